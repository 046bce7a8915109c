// The room's code: shown to whoever stands in front of it, closed and opened again by the
// facilitator. All places of a page that show it know the same.
import { bind, say } from "/assets/i18n.js";
import { button, h, section } from "/assets/ui.js";

const REFRESH_MS = 5000;
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

function createCode(page) {
  const shows = [];
  let known = "";

  async function refresh() {
    const answer = await page.api.code();
    const text = JSON.stringify(answer.data);
    if (!answer.ok || text === known) return;
    known = text;
    shows.forEach((show) => show(answer.data));
  }

  async function setOpen(open) {
    const answer = await page.api.openCode(open);
    if (answer.ok) await refresh();
    else page.shell.notice(answer.problem, true);
  }

  setInterval(() => !document.hidden && refresh(), REFRESH_MS);
  refresh();
  return {
    setOpen,
    watch(show) {
      shows.push(show);
      if (known) show(JSON.parse(known));
    },
  };
}

const codeOf = (page) => (page.code = page.code || createCode(page));

function shownOpen(page, data) {
  const address = new URL(data.link);
  const picture = h("img", { class: "qr", src: page.api.codePicture, alt: "" });
  bind(picture, say("code.picture"), "alt");
  return [
    LOOPBACK.includes(address.hostname) ? h("p", { class: "wrong", say: say("links.qrHere") }) : picture,
    h(
      "div",
      {},
      h("p", { say: say("code.explain") }),
      h("p", { class: "address" }, `${address.origin}/join`),
      h("p", { class: "code" }, data.code),
    ),
  ];
}

// For whoever stands in front of it: the address, the code, and both as a picture.
export function buildCode(page) {
  const place = h("div", { class: "roomcode" });
  codeOf(page).watch((data) =>
    place.replaceChildren(
      ...(data.open ? shownOpen(page, data) : [h("p", { class: "closed", say: say("code.closed") })]),
    ),
  );
  return section("code", "code.title", place);
}

// Whether it lets anybody in, during the whole exercise.
export function buildCodeSwitch(page) {
  const state = h("p", { role: "status" });
  let isOpen = true;
  const press = button("code.close", () => codeOf(page).setOpen(!isOpen), { hidden: true });
  codeOf(page).watch((data) => {
    isOpen = data.open;
    press.hidden = false;
    bind(press, say(isOpen ? "code.close" : "code.reopen"));
    bind(state, say(isOpen ? "code.isOpen" : "code.isClosed", { code: data.code }));
  });
  return h("div", { class: "row codeswitch" }, state, press);
}
