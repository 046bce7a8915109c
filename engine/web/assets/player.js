// The page of a seat.
import { act } from "/assets/act.js";
import { buildAfter } from "/assets/after.js";
import { buildClocks } from "/assets/clocks.js";
import { clockText } from "/assets/clock.js";
import {
  call,
  composeMessage,
  declare,
  escalate,
  incidentButton,
  note,
} from "/assets/compose.js";
import { watchFindings } from "/assets/findings.js";
import { buildGap } from "/assets/gap.js";
import { bind, say } from "/assets/i18n.js";
import { beforeStartOnly, buildSentences } from "/assets/lobby.js";
import { buildContacts } from "/assets/contacts.js";
import { buildInbox, isNew, titleOf } from "/assets/inbox.js";
import { describe } from "/assets/lines.js";
import { buildLog } from "/assets/log.js";
import { sendFrom } from "/assets/send.js";
import { chime, soundSwitch, titleBadge } from "/assets/signal.js";
import { listen, speak } from "/assets/spoken.js";
import { button, h, keyed, section } from "/assets/ui.js";

const TABS = ["inbox", "contacts", "known", "log", "after"];

// What a seat can do, and in which states of the exercise; before, the button is there, asleep.
const PLAY = ["running", "paused"];
const OVER = ["ended", "sealed"];
const QUICK = [
  {
    key: "checkIn",
    class: "primary",
    run: (page, event) => sendFrom(page, event, { do: "check_in" }),
    when: ["ready"],
    only: true,
  },
  { key: "escalate", class: "primary", run: (page) => escalate(page), when: PLAY },
  { key: "call", class: "primary", run: (page) => call(page), when: PLAY },
  { key: "message", run: (page) => composeMessage(page), when: PLAY },
  { key: "said", run: (page) => speak(page), when: PLAY },
  { key: "heard", run: (page) => listen(page), when: PLAY },
  { key: "act", run: (page) => act(page), when: PLAY, needs: (page) => page.setting.actions.length > 0 },
  { key: "declare", run: declare, when: PLAY },
  { key: "note", run: note, when: ["ready", "running", "paused", "ended"] },
];

// On a phone the deeds stand in one row: what is out of sight is one tap away.
function further(row) {
  const element = button("quick.further", () => row.scrollBy({ left: row.clientWidth / 2 }), {
    class: "further",
    hidden: true,
  });
  const follow = () => {
    element.hidden = row.scrollWidth <= row.clientWidth;
    // At the end it keeps its place: nothing may move under a finger.
    element.classList.toggle("done", row.scrollLeft + row.clientWidth >= row.scrollWidth - 2);
  };
  row.addEventListener("scroll", follow);
  new ResizeObserver(follow).observe(row);
  return element;
}

function quickBar(page) {
  const rows = QUICK.filter((row) => !row.needs || row.needs(page)).map((row) => ({
    ...row,
    button: button(row.key, (event) => row.run(page, event), { class: row.class }),
  }));
  const element = h(
    "div",
    { class: "quick", role: "region", label: say("quick") },
    rows.map((row) => row.button),
  );
  const deeds = h("div", { class: "deeds" }, element, further(element));
  page.store.subscribe(({ status, checkedIn }) => {
    rows.forEach((row) => {
      row.button.disabled = !row.when.includes(status);
      row.button.hidden = row.only
        ? row.button.disabled || checkedIn.has(page.api.as)
        : row.button.disabled && OVER.includes(status);
    });
    deeds.hidden = rows.every((row) => row.button.disabled);
    element.dispatchEvent(new Event("scroll"));
  });
  return deeds;
}

// On a narrow page one part is shown at a time; on a wide one all stand side by side.
function buildTabs(page) {
  const buttons = TABS.map((name) =>
    button(`tab.${name}`, () => choose(name), { "data-tab": name }),
  );
  const badge = h("span", { class: "badge", hidden: true });
  buttons[0].append(" ");
  const holder = h("span", { class: "holder" }, buttons[0], badge);
  function choose(name) {
    if (name === "inbox" && page.shell.main.dataset.tab === name) return page.showNew();
    page.shell.main.dataset.tab = name;
    buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.tab === name)));
    window.scrollTo({ top: 0 });
  }
  choose("inbox");
  let isOver = false;
  page.store.subscribe((state) => {
    const over = OVER.includes(state.status);
    buttons[TABS.indexOf("after")].hidden = !over;
    // What comes after is about oneself: it is shown first.
    if (over && !isOver) choose("after");
    isOver = over;
    const unopened = [...state.inbox.values()].filter(isNew).length;
    badge.hidden = unopened === 0;
    badge.textContent = String(unopened);
    titleBadge(unopened, page.names.party(page.api.as));
  });
  // Browsers leave a tab alone that is half in sight.
  const focusin = ({ target }) => target.scrollIntoView({ block: "nearest", inline: "nearest" });
  return h("nav", { class: "tabs", label: say("tabs"), on: { focusin } }, holder, buttons.slice(1));
}

function buildKnown(page) {
  const list = h("ul", { class: "plainlist" });
  const empty = h("p", { class: "quiet", say: say("known.empty") });
  page.store.subscribe((state) => {
    empty.hidden = state.facts.size > 0;
    keyed(
      list,
      [...state.facts.values()],
      (fact) => fact.id,
      (fact) => JSON.stringify(fact),
      (fact) =>
        h(
          "li",
          { class: fact.replacedBy ? "fact replaced" : "fact", "data-fact": fact.id },
          fact.replacedBy ? h("p", { class: "quiet", say: say("known.replaced") }) : null,
          h("p", { say: fact.text }),
          h("p", {
            class: "quiet",
            say: say("known.source", {
              time: clockText(fact.at_ms),
              source: say(`source.${fact.source}`),
            }),
          }),
          button("known.say", async (event) => {
            if (await sendFrom(page, event, { do: "said", to: ["room"], facts: [fact.id] }))
              page.shell.notice(say("known.said"));
          }),
        ),
    );
  });
  return section("known", "known.title", empty, list);
}

// What a screen reader says, and a sighted person sees in the inbox's badge.
function announce(page, line) {
  const one =
    line.kind === "delivered" || line.kind === "messaged"
      ? page.store.state.inbox.get(
          line.body.inject ? `inject ${line.body.inject}` : `message ${line.body.message}`,
        )
      : null;
  if (one) {
    page.shell.announce(say("inbox.arrived", { title: titleOf(page, one) }));
    chime();
  }
  if (line.kind === "challenged") chime();
  if (line.kind === "challenged" || line.kind === "warm-up")
    page.shell.notice(describe(page.names, line));
  if (line.kind === "unreached") page.shell.notice(describe(page.names, line), true);
  if (
    line.kind === "reached" ||
    line.kind === "acked" ||
    line.kind === "paused" ||
    line.kind === "resumed" ||
    line.kind === "ended"
  )
    page.shell.announce(describe(page.names, line));
}

// Before the start there is nothing to do but to know what is expected.
function buildBefore(page) {
  const element = h(
    "div",
    { class: "before" },
    section("before", "before.title", h("p", { say: page.setting.summary }), h("p", { class: "quiet", say: say("before.explain") })),
    buildSentences(page),
  );
  return beforeStartOnly(page, element);
}

// Where one is in time stays in sight, however far one reads, beside the word that says EXERCISE. What
// is set once stands behind a button on a phone.
function buildHead(page) {
  const { header, bar } = page.shell;
  const settings = header.querySelector(".settings");
  const isOpen = (open) => {
    settings.classList.toggle("open", open);
    more.setAttribute("aria-expanded", String(open));
  };
  const more = button("settings", () => isOpen(!settings.classList.contains("open")), {
    class: "more",
    "aria-expanded": "false",
  });
  document.addEventListener("click", ({ target }) => {
    if (!settings.contains(target) && target !== more) isOpen(false);
  });
  settings.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    isOpen(false);
    more.focus();
  });
  settings.prepend(soundSwitch());
  settings.before(more);
  bar.append(incidentButton(page, "danger outline"));
  more.before(bar);
  header.querySelector(".exercise").append(buildClocks(page));
  document.body.classList.add("seated");
}

export function startPlayer(page) {
  bind(page.shell.heading, page.names.party(page.api.as));
  buildHead(page);
  page.shell.main.classList.add("player");
  page.shell.main.append(
    buildBefore(page),
    buildAfter(page, watchFindings(page)),
    buildInbox(page),
    buildContacts(page),
    buildKnown(page),
    buildLog(page),
  );
  page.shell.main.before(quickBar(page), buildTabs(page), buildGap(page));
  // Also when the connection is back: it may have been made by a page that nobody sees.
  page.onConnected = () => page.api.presence(!document.hidden);
  document.addEventListener("visibilitychange", page.onConnected);
  page.onLine = (line) => announce(page, line);
}
