// The facilitator's page: now, next, everything that happens; control and improvisation.
import { buildAfter } from "/assets/after.js";
import { buildCell } from "/assets/cell.js";
import { clockText } from "/assets/clock.js";
import { buildClocks } from "/assets/clocks.js";
import { incidentButton, writeText } from "/assets/compose.js";
import { openDialog } from "/assets/dialog.js";
import { say } from "/assets/i18n.js";
import { buildFeed } from "/assets/feed.js";
import { buildRatings, buildSoon, watchFindings } from "/assets/findings.js";
import { keyed as withKey } from "/assets/keys.js";
import { kitLink } from "/assets/kit.js";
import { describe } from "/assets/lines.js";
import { giveHint, moveOn } from "/assets/steer.js";
import { buildNow, buildNext } from "/assets/msel.js";
import { buildProxy } from "/assets/proxy.js";
import { buildLobby } from "/assets/lobby.js";
import { buildLinks } from "/assets/seats.js";
import { sendFrom, sendInput } from "/assets/send.js";
import { button, field, h, keyed, section, select, ticks } from "/assets/ui.js";

const CHANNELS = ["phone", "mail", "chat", "meeting", "ticket", "news", "alert"];

export function confirmEnd(page) {
  openDialog({
    title: say("end.title"),
    danger: true,
    submitKey: "end.confirm",
    fields: [h("p", { say: say("end.explain") })],
    submit: () => sendInput(page, { do: "end" }),
  });
}

// As whom and to whom the last one went: the next is mostly a further word of the same.
const LAST = "last";
const lastKey = (page) => `${page.drafts}.improvise.${LAST}`;
const lastUsed = (page) => JSON.parse(sessionStorage.getItem(lastKey(page)) || "null");

// A list to choose from by its names, and whatever else somebody writes.
function senderInput(page, last) {
  const { setting, names } = page;
  const people = [...setting.stakeholders, ...setting.roles].map((one) => one.id);
  const known = select(
    [...people.map((id) => ({ value: id, what: names.party(id) })), { value: "", what: say("improvise.other") }],
    people[0] || "",
  );
  const other = h("input", { maxlength: "64", label: say("improvise.otherName") });
  const follow = () => {
    other.hidden = known.value !== "";
  };
  const element = h("div", {}, field("improvise.from", known), other);
  element.read = () => known.value || other.value.trim();
  element.write = (from) => {
    known.value = people.includes(from) ? from : "";
    other.value = people.includes(from) ? "" : from;
    follow();
  };
  known.addEventListener("change", follow);
  element.write(last || people[0] || "");
  return element;
}

export function improvise(page) {
  const { setting, names } = page;
  const last = lastUsed(page) || {};
  const from = senderInput(page, last.from);
  const to = ticks(
    "compose.to",
    setting.roles
      .filter((role) => setting.seats.some((seat) => seat.roles.includes(role.id)))
      .map((role) => ({ value: role.id, what: names.party(role.id) })),
    last.to || setting.seats.flatMap((seat) => seat.roles),
  );
  const via = select(
    CHANNELS.map((value) => ({ value, what: say(`via.${value}`) })),
    last.via || "phone",
  );
  const title = h("input", { required: true, maxlength: "200" });
  const body = h("textarea", { rows: "4", maxlength: "4000" });
  const facts = ticks(
    "compose.facts",
    setting.facts.map((fact) => ({ value: fact.id, what: fact.text })),
    [],
  );
  let askedForBody = false;
  openDialog({
    title: say("improvise.title"),
    focus: title,
    fields: [
      field("improvise.subject", title),
      h(
        "div",
        { class: "pair" },
        from,
        field("compose.via", via),
      ),
      to,
      field("improvise.body", body),
      h("details", {}, h("summary", { say: say("compose.facts") }), facts),
      h("p", { class: "quiet", say: say("improvise.keys") }),
    ],
    draft: {
      key: `${page.drafts}.improvise`,
      read: () => ({
        from: from.read(),
        to: to.picked(),
        via: via.value,
        title: title.value,
        body: body.value,
      }),
      write(kept) {
        to.pick(kept.to);
        from.write(kept.from);
        [via.value, title.value, body.value] = [kept.via, kept.title, kept.body];
      },
    },
    submit() {
      if (!from.read() || !title.value || to.picked().length === 0) return say("improvise.missing");
      if (!body.value.trim() && !askedForBody) {
        askedForBody = true;
        return say("improvise.noBody");
      }
      const kept = { from: from.read(), to: to.picked(), via: via.value };
      sessionStorage.setItem(lastKey(page), JSON.stringify(kept));
      return sendInput(page, {
        do: "improvise",
        from: from.read(),
        to: to.picked(),
        via: via.value,
        title: title.value,
        facts: facts.picked(),
        ...(body.value ? { body: body.value } : {}),
      });
    },
  });
}

// Which control is offered in which state.
const CONTROLS = [
  {
    key: "control.start",
    shown: ["ready"],
    class: "primary",
    run: (page, event) => sendFrom(page, event, { do: "start" }),
  },
  {
    key: "control.pause",
    keys: "Space",
    shown: ["running"],
    class: "primary",
    run: (page, event) => sendFrom(page, event, { do: "pause" }),
  },
  {
    key: "control.resume",
    keys: "Space",
    shown: ["paused"],
    class: "primary",
    when: (state) => !state.gapOpen,
    run: (page, event) => sendFrom(page, event, { do: "resume" }),
  },
  {
    key: "control.warmUp",
    shown: ["ready"],
    run: (page, event) => sendFrom(page, event, { do: "warm_up" }),
  },
  {
    key: "control.closeGap",
    shown: ["paused"],
    class: "primary",
    when: (state) => state.gapOpen,
    run: (page, event) => sendFrom(page, event, { do: "jump" }),
  },
  {
    key: "control.jump",
    shown: ["running", "paused"],
    when: (state, page) => !state.gapOpen && page.setting.phases.length > 1,
    run: moveOn,
  },
  { key: "control.hint", shown: ["running", "paused"], run: giveHint },
  { key: "control.improvise", letter: "i", shown: ["running", "paused"], run: improvise },
  {
    key: "note",
    shown: ["ready", "running", "paused", "ended"],
    run: (page) => writeText(page, "note.title", "compose.text", { do: "note" }, "note"),
  },
  { key: "control.end", shown: ["ready", "running", "paused"], run: confirmEnd },
];

function buildControls(page) {
  const buttons = CONTROLS.map((row) => {
    const run = (event) => row.run(page, event);
    return row.letter
      ? withKey(row.key, row.letter, run, { class: row.class })
      : button(row.key, run, { class: row.class, ...(row.keys ? { "aria-keyshortcuts": row.keys } : {}) });
  });
  const hint = h("span", { class: "quiet keys", say: say("control.space") });
  page.store.subscribe((state) => {
    const { status } = state;
    const had = buttons.find((one) => one === document.activeElement);
    buttons.forEach((one, i) => {
      const { shown, when } = CONTROLS[i];
      one.hidden = !shown.includes(status) || Boolean(when && !when(state, page));
    });
    hint.hidden = status !== "running" && status !== "paused";
    // Who pressed "Pause" stands on "Resume": the keyboard keeps its place.
    if (had && had.hidden) (buttons.find((one) => !one.hidden) || page.shell.main).focus();
  });
  spaceKey(page);
  return h(
    "div",
    { class: "quick", role: "region", label: say("control.title") },
    buttons,
    kitLink(page),
    incidentButton(page, "danger"),
    hint,
  );
}

// Space pauses and resumes wherever it means nothing else. The bar's own buttons leave it to that: after
// a dialog the keyboard stands on one of them, and whoever then wants to pause must not open it again.
const MEANS_ELSE = "button, a, input, textarea, select, summary, dialog";
const isElsewhere = ({ target }) => target.closest(MEANS_ELSE) && !target.closest(".quick");

function spaceKey(page) {
  let asked = ""; // the state in which it was asked, until that is another one
  page.store.subscribe(({ status }) => {
    if (status !== asked) asked = "";
  });
  const isOurs = (event) =>
    event.key === " " && ["running", "paused"].includes(page.store.state.status) && !isElsewhere(event);
  document.addEventListener("keydown", (event) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    const { status } = page.store.state;
    if (event.repeat || asked === status) return;
    asked = status;
    sendInput(page, { do: status === "running" ? "pause" : "resume" }).then((problem) => {
      if (!problem) return;
      asked = "";
      page.shell.notice(problem, true);
    });
  });
  // Some browsers press a button only when the key is let go.
  document.addEventListener("keyup", (event) => isOurs(event) && event.preventDefault());
}

// What failed, in words; what a programmer wants to know waits behind a fold.
function faultRow(page, line) {
  const { file, story, line: row, message } = line.body;
  return h(
    "li",
    { class: "fault" },
    h("p", {}, h("span", { class: "when" }, clockText(line.at_ms)), " ", h("span", { say: describe(page.names, line) })),
    h(
      "details",
      {},
      h("summary", { say: say("faults.details") }),
      h("pre", {}, `${file || story || ""}:${row || 0}\n${message || ""}`),
    ),
  );
}

function buildFaults(page) {
  const list = h("ul", { class: "plainlist" });
  const element = section(
    "faults",
    "faults.title",
    h("p", { say: say("faults.explain") }),
    list,
  );
  element.hidden = true;
  page.store.subscribe((state) => {
    const faults = state.lines.filter((line) => line.kind === "fault");
    element.hidden = faults.length === 0;
    keyed(
      list,
      faults,
      (line) => line.n,
      () => "",
      (line) => faultRow(page, line),
    );
  });
  return element;
}

export function startFacilitator(page) {
  const findings = watchFindings(page);
  page.shell.rename(say("facilitator"));
  const title = h("p", { class: "scenario", say: page.setting.title });
  page.shell.bar.append(title, buildClocks(page));
  page.shell.main.classList.add("facilitator");
  page.store.subscribe(({ status }) => {
    page.shell.main.dataset.status = status;
  });
  page.shell.main.append(
    buildLobby(page),
    buildAfter(page, findings),
    buildNow(page),
    buildNext(page),
    buildFeed(page),
    h(
      "div",
      { class: "side" },
      buildFaults(page),
      buildSoon(page, findings),
      buildCell(page),
      buildProxy(page, [["i", () => improvise(page)]]),
      buildRatings(page, findings),
      buildLinks(page),
    ),
  );
  page.shell.main.before(buildControls(page));
  page.onLine = (line) => {
    if (line.kind === "fault") page.shell.announce(describe(page.names, line));
  };
  page.store.touch();
}
