// The mode discuss on one screen: the room reads, the facilitator goes on, a scribe takes down. Two
// views of one page. The room's shows nothing that has not come; the facilitator's adds what only the
// facilitator reads. No clock runs here, and no second is shown.
import { buildAfter } from "/assets/after.js";
import { annul, answerAs } from "/assets/cell.js";
import { incidentButton } from "/assets/compose.js";
import { buildStatus } from "/assets/clocks.js";
import { buildComing, buildTalk, comingInjects } from "/assets/desk.js";
import { openDialog } from "/assets/dialog.js";
import { confirmEnd, improvise } from "/assets/facilitator.js";
import { buildRatings, watchFindings } from "/assets/findings.js";
import { bind, say, text } from "/assets/i18n.js";
import { keySwitch, keyed as withKey, listenToKeys } from "/assets/keys.js";
import { kitLink } from "/assets/kit.js";
import { describe, words } from "/assets/lines.js";
import { buildLobby } from "/assets/lobby.js";
import { buildReference } from "/assets/reference.js";
import { SCRIBE, openQuestions } from "/assets/scribe.js";
import { buildLinks } from "/assets/seats.js";
import { sendInput } from "/assets/send.js";
import { buildStage, calendarText, firstPhase } from "/assets/stage.js";
import { giveHint } from "/assets/steer.js";
import { button, field, h, keyed, section, select, ticks } from "/assets/ui.js";

const PLAY = ["running", "paused"];
const VIEW = "tocsin.discuss.view";

// ---- going on ----

// Several inputs in a row; the first that is refused says why.
async function sendAll(page, inputs) {
  for (const input of inputs) {
    const problem = await sendInput(page, input);
    if (problem) {
      page.shell.notice(problem, true);
      return false;
    }
  }
  return true;
}

// One button, whatever stands in the way: STARTEX, a gap sheet that is open, an outage.
const GO_ON = {
  ready: { key: "discuss.start", inputs: [{ do: "start" }, { do: "next" }] },
  running: { key: "discuss.next", inputs: [{ do: "next" }] },
  paused: { key: "discuss.resume", inputs: [{ do: "resume" }] },
  gap: { key: "discuss.closeGap", inputs: [{ do: "jump" }, { do: "resume" }] },
};
const goingOn = (state) => GO_ON[state.gapOpen ? "gap" : state.status];

// One at a time: who presses twice in a hurry does not pass over what they have not read.
async function goOn(page) {
  const what = goingOn(page.store.state);
  const pressed = page.nextButton;
  if (!what || pressed.getAttribute("aria-busy") === "true") return;
  pressed.setAttribute("aria-busy", "true");
  await sendAll(page, what.inputs);
  pressed.removeAttribute("aria-busy");
}

// What passes in silence when the clock moves.
const SILENT = ["moved-on", "arrived", "reached", "forwarded", "expired", "skipped", "scheduled", "world-set"];

// Whether anything came is known from the lines that follow: they come together.
function watchForNothing(page) {
  let timer = 0;
  page.store.subscribe((state) => {
    clearTimeout(timer);
    const moved = state.lines.findLastIndex((line) => line.kind === "moved-on");
    const came = moved >= 0 && state.lines.slice(moved).some((line) => !SILENT.includes(line.kind));
    if (page.live && moved >= 0 && !came && state.status === "running")
      timer = setTimeout(() => page.shell.notice(say("discuss.nothing")), 300);
  });
}

// The next phase before its time: what has not come of this one stays due, or is left out.
function nextPhase(page) {
  const { phases } = page.setting;
  const now = page.store.state.phase || firstPhase(page);
  const next = phases[Math.min(phases.findIndex((one) => one.id === now) + 1, phases.length - 1)];
  const phase = select(
    phases.map((one) => ({ value: one.id, what: one.name })),
    next.id,
  );
  const sheet = h("input", { type: "checkbox", checked: true });
  const sheetRow = h("label", { class: "tick" }, sheet, h("span", { say: say("discuss.sheet") }));
  const begins = () => phases.find((one) => one.id === phase.value).begins_ms;
  const open = comingInjects(page).filter((row) => isOfThisPhase(row, begins(), page));
  const out = ticks(
    "discuss.leaveOut",
    open.map((row) => ({ value: row.inject.id, what: row.inject.title })),
    open.map((row) => row.inject.id),
  );
  const outFold = h("details", {}, h("summary", { say: say("discuss.leaveOut") }), out);
  outFold.hidden = open.length === 0 || !isFacilitatorView();
  const outCount = h("p", { class: "quiet", say: say("discuss.leftOut", { count: open.length }) });
  outCount.hidden = open.length === 0 || isFacilitatorView(); // their titles are not for the room
  const follow = () => {
    sheetRow.hidden = !begins();
  };
  phase.addEventListener("change", follow);
  follow();
  openDialog({
    title: say("discuss.nextPhase"),
    submitKey: "discuss.nextPhase",
    fields: [field("jump.phase", phase), sheetRow, outFold, outCount],
    async submit() {
      for (const inject of out.picked()) {
        const problem = await sendInput(page, { do: "skip", inject });
        if (problem) return problem;
      }
      if (!begins()) return sendInput(page, { do: "phase", phase: phase.value });
      return sendInput(page, {
        do: "jump",
        phase: phase.value,
        ...(sheet.checked ? { sheet: true } : {}),
      });
    },
  });
}

// Of the clock before a phase that begins on the calendar: what would otherwise come in its midst.
function isOfThisPhase({ inject, due_ms }, begins_ms, page) {
  const { trigger = {} } = inject;
  if (due_ms === Infinity || !begins_ms) return false;
  if (trigger.kind === "story_at")
    return page.setting.story_start_ms + (trigger.at_ms || 0) < begins_ms;
  return true;
}

// ---- the two views ----

const isFacilitatorView = () => document.body.dataset.view === "facilitator";

function buildViews(page) {
  const element = button("discuss.toFacilitator", () => turn(page, !isFacilitatorView()));
  element.classList.add("view");
  page.turnView = () => turn(page, !isFacilitatorView());
  page.viewButton = element;
  turn(page, sessionStorage.getItem(VIEW) === "facilitator");
  return element;
}

function turn(page, toFacilitator) {
  document.body.dataset.view = toFacilitator ? "facilitator" : "room";
  sessionStorage.setItem(VIEW, document.body.dataset.view);
  bind(
    page.viewButton,
    say(toFacilitator ? "discuss.toRoom" : "discuss.toFacilitator"),
  );
  page.store.touch();
}

// ---- what is on record ----

const KEPT = ["decided", "said", "heard", "messaged", "acted", "declared", "noted", "observed", "handed-off"];

// The staff's own lines, and a scenario's mistakes, are not for the room.
const recorded = (page, state) =>
  state.lines.filter((line) =>
    isFacilitatorView()
      ? line.kind === "fault" || KEPT.includes(line.kind)
      : KEPT.includes(line.kind) &&
        (isOfSeat(page, line) || ["messaged", "acted"].includes(line.kind)),
  );

const isOfSeat = (page, line) => page.setting.seats.some((seat) => seat.id === line.actor);

const UNDO = ["decided", "said", "heard", "messaged", "acted", "declared", "handed-off", "noted"];

function recordRow(page, state, line) {
  const gone = state.annulled.has(line.seq);
  const said = words(line);
  const facts = (line.body.facts || []).map(page.names.fact);
  return h(
    "li",
    { class: `line is-${line.kind}${gone ? " uncounted" : ""}` },
    h("span", { class: "when" }, calendarText(page, line.story_ms)),
    h(
      "span",
      { class: "what" },
      h("span", { say: describe(page.names, line) }),
      said ? h("span", { class: "said", say: said }) : null,
      facts.length > 0 ? h("ul", { class: "told" }, facts.map((fact) => h("li", { say: fact }))) : null,
      gone ? h("span", { class: "quiet", say: say("annul.done") }) : null,
      !gone && page.me.facilitator && UNDO.includes(line.kind) && isOfSeat(page, line)
        ? button("annul", () => annul(page, line), { class: "plainbutton", "data-focus": "annul" })
        : null,
    ),
  );
}

function buildRecord(page) {
  const list = h("ol", { class: "lines", reversed: true });
  const scroll = h("div", { class: "scroll", tabindex: "0", role: "group", label: say("discuss.record") }, list);
  const empty = h("p", { class: "quiet", say: say("discuss.noRecord") });
  const element = section("record", "discuss.record", empty, scroll);
  page.store.subscribe((state) => {
    const lines = recorded(page, state).reverse();
    empty.hidden = lines.length > 0;
    element.hidden = lines.length === 0 && state.status === "ready";
    keyed(
      list,
      lines,
      (line) => line.n,
      (line) => String(state.annulled.has(line.seq)),
      (line) => recordRow(page, state, line),
    );
  });
  return element;
}

// The last line of a seat that still counts, in one keystroke.
function undo(page) {
  const { state } = page.store;
  const last = [...state.lines]
    .reverse()
    .find((line) => UNDO.includes(line.kind) && isOfSeat(page, line) && !state.annulled.has(line.seq));
  if (last) sendAll(page, [{ do: "annul", event: last.seq, reason: text(say("discuss.undoReason")) }]);
  else page.shell.notice(say("discuss.nothingToUndo"));
}

// ---- keys ----

function buildScribe(page) {
  const rows = [
    ...SCRIBE,
    ...(page.me.facilitator ? [{ letter: "u", key: "scribe.undo", run: undo }] : []),
  ];
  const element = section(
    "scribe",
    "scribe.title",
    h(
      "div",
      { class: "row" },
      rows.map((row) => withKey(row.key, row.letter, () => row.run(page))),
    ),
    keySwitch(say(page.me.facilitator ? "discuss.keys" : "discuss.viewKey")),
  );
  page.store.subscribe((state) => {
    element.hidden = !PLAY.includes(state.status);
  });
  startKeys(page, rows);
  return element;
}

function startKeys(page, rows) {
  const runs = new Map(rows.map((row) => [row.letter, () => row.run(page)]));
  if (page.me.facilitator) runs.set("ArrowRight", () => goOn(page)).set("p", () => nextPhase(page));
  runs.set("v", () => page.turnView());
  listenToKeys(runs, (key) => PLAY.includes(page.store.state.status) || key === "v");
}

// ---- the page ----

function buildSteering(page) {
  const next = withKey("discuss.next", "→", () => goOn(page), { class: "primary large" });
  page.nextButton = next;
  const phase = withKey("discuss.nextPhase", "p", () => nextPhase(page));
  const only = [
    button("control.improvise", () => improvise(page)),
    button("control.hint", () => giveHint(page)),
    ...(page.setting.stakeholders.length > 0 ? [button("cell.answerAny", () => answerAs(page))] : []),
  ];
  const end = button("control.end", () => confirmEnd(page));
  const prompts = h("ul");
  const open = h("div", { class: "openquestions" }, h("p", { say: say("discuss.open") }), prompts);
  page.store.subscribe((state) => {
    const what = goingOn(state);
    next.hidden = !what;
    if (what) bind(next.querySelector(".doing"), say(what.key));
    next.querySelector("kbd").hidden = state.status === "ready";
    phase.hidden = state.status !== "running" || page.setting.phases.length < 2;
    for (const one of only) one.hidden = !PLAY.includes(state.status) || !isFacilitatorView();
    end.hidden = !["ready", ...PLAY].includes(state.status);
    // What has run out is past: the story has gone on without it.
    const questions = openQuestions(page).filter(
      (one) => PLAY.includes(state.status) && !(state.questions.get(one.id) || {}).expired,
    );
    open.hidden = questions.length === 0;
    keyed(
      prompts,
      questions,
      (one) => one.id,
      () => "",
      (one) => h("li", { say: one.prompt }),
    );
  });
  return h(
    "div",
    { class: "quick", role: "region", label: say("control.title") },
    next,
    phase,
    ...only,
    end,
    kitLink(page),
    incidentButton(page, "danger outline"),
    open,
  );
}

function buildBar(page) {
  return [
    h("p", { class: "scenario", say: page.setting.title }),
    buildStatus(page),
    buildViews(page),
  ];
}

// For the facilitator, for a scribe with a facilitator's link, and for an evaluator, who takes down
// and does not steer.
export function startDiscuss(page) {
  const findings = watchFindings(page);
  document.body.classList.add("discuss");
  page.shell.rename(say("discuss.title"));
  page.shell.bar.append(...buildBar(page));
  const desk = h("div", { class: "side desk" }, buildTalk(page));
  if (page.me.facilitator)
    desk.append(
      buildComing(page),
      h("details", { class: "links" }, h("summary", { say: say("links.title") }), buildLinks(page)),
    );
  const after = h(
    "div",
    { class: "side after" },
    buildAfter(page, findings),
    buildRatings(page, findings),
  );
  const { main } = page.shell;
  main.classList.add("discuss");
  main.append(
    ...(page.me.facilitator ? [buildLobby(page)] : []),
    buildScribe(page),
    buildReference(page),
    buildStage(page),
    buildRecord(page),
    desk,
    after,
  );
  page.store.subscribe((state) => {
    desk.hidden = !isFacilitatorView();
    const isOver = ["ended", "sealed"].includes(state.status);
    after.hidden = !isFacilitatorView() || !isOver;
    // What was found is what the room now talks about; everything else is to look things up.
    if (isOver && main.firstElementChild !== after) main.prepend(after);
  });
  if (page.me.facilitator) {
    page.shell.main.before(buildSteering(page));
    watchForNothing(page);
  }
  page.onLine = (line) => {
    if (line.kind === "delivered") page.shell.announce(describe(page.names, line));
  };
  page.store.touch();
}
