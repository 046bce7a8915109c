// The seats: their links, to be handed out, and taking one back.
import { buildCodeSwitch } from "/assets/code.js";
import { openDialog } from "/assets/dialog.js";
import { bind, say } from "/assets/i18n.js";
import { button, h, keyed, section } from "/assets/ui.js";

const REFRESH_MS = 5000;

const STAFF = ["facilitator", "evaluator", "board"];
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

// For the camera of a phone. The picture is of the link as it is now: used once, it is another one.
function showQr(page, one, name) {
  const picture = h("img", {
    class: "qr",
    src: `${page.api.qrAddress(one.as)}&at=${Date.now()}`,
    alt: "",
  });
  bind(picture, say("links.qrOf", { name }), "alt");
  openDialog({
    title: name,
    submitKey: "links.qrDone",
    onlyShows: true,
    fields: [
      LOOPBACK.includes(new URL(one.link).hostname)
        ? h("p", { class: "wrong", say: say("links.qrHere") })
        : h("p", { class: "quiet", say: say("links.explain") }),
      picture,
    ],
    submit: () => null,
  });
}

// Whoever sits there is out at once, so a slip of the finger is asked about.
function askFree(page, one, name, then) {
  openDialog({
    title: say("links.freeOf", { name }),
    submitKey: "links.free",
    danger: true,
    fields: [h("p", { say: say("links.freeExplain", { name }) })],
    async submit() {
      const answer = await page.api.freeSeat(one.as);
      if (!answer.ok) return answer.problem;
      page.shell.notice(say("links.freed", { name }));
      then();
      return null;
    },
  });
}

const canBeFreed = (one) => one.as !== "facilitator" && one.joined > 0;

// Who has answered "Ask who is there"; before that was asked there is nothing to say.
function presence(page, one) {
  const { warmedUp, checkedIn } = page.store.state;
  if (!warmedUp || STAFF.includes(one.as)) return "";
  return checkedIn.has(one.as) ? "links.there" : "links.notYet";
}

function linkRow(page, one, refresh) {
  const there = presence(page, one);
  const address = one.link;
  // A stakeholder may be called "board", too.
  const name = STAFF.includes(one.as) ? say(one.as) : page.names.party(one.as);
  const input = h("input", { readonly: true, value: address, label: say("links.for", { name }) });
  input.addEventListener("focus", () => input.select());
  return h(
    "li",
    { class: "seat" },
    h(
      "p",
      { class: "name" },
      h("span", { say: name }),
      " ",
      h("span", { class: "quiet", say: say("links.open", { open: one.open, joined: one.joined }) }),
      there ? [" ", h("span", { class: there === "links.there" ? "done" : "quiet", say: say(there) })] : null,
    ),
    h(
      "div",
      { class: "row" },
      input,
      h("button", {
        type: "button",
        say: say("links.copy"),
        label: () => [say("links.copy"), name],
        "data-focus": "copy",
        on: {
          click: async () => {
            input.select();
            // Without a secure connection there is no clipboard: the link then stands selected.
            if (navigator.clipboard) await navigator.clipboard.writeText(address).catch(() => {});
            page.shell.notice(say("links.copied"));
          },
        },
      }),
      h("button", {
        type: "button",
        say: say("links.qr"),
        label: () => [say("links.qr"), name],
        "data-focus": "qr",
        on: { click: () => showQr(page, one, name) },
      }),
      canBeFreed(one) &&
        h("button", {
          type: "button",
          say: say("links.free"),
          label: () => [say("links.free"), name],
          "data-focus": "free",
          on: { click: () => askFree(page, one, name, refresh) },
        }),
    ),
  );
}

export function buildLinks(page) {
  const list = h("ul", { class: "plainlist" });
  let links = [];
  const draw = () =>
    keyed(
      list,
      links,
      (one) => one.as,
      (one) => JSON.stringify([one, presence(page, one)]),
      (one) => linkRow(page, one, refresh),
    );
  async function refresh() {
    const answer = await page.api.links();
    if (answer.ok) links = answer.data.links;
    draw();
  }
  page.store.subscribe(draw);
  setInterval(() => !document.hidden && refresh(), REFRESH_MS);
  refresh();
  return section(
    "links",
    "links.title",
    buildCodeSwitch(page),
    h("p", { class: "quiet", say: say("links.explain") }),
    list,
    button("links.refresh", refresh),
  );
}
