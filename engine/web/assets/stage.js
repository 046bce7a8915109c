// What a room that discusses has before its eyes: the phase, the calendar to the minute, and what has
// come, the newest large and open. Nothing here that the room has not heard; the board shows it, too.
import { attachments } from "/assets/attachments.js";
import { exerciseNow, storyNow, storyText } from "/assets/clock.js";
import { bind, say } from "/assets/i18n.js";
import { describe, phaseName, words } from "/assets/lines.js";
import { prose } from "/assets/markdown.js";
import { h, keyed, section } from "/assets/ui.js";

// Beside injects: what a room notices of those outside it.
const NEWS = ["unreached", "challenged"];

const isOutside = (page, line) =>
  !["facilitator", "evaluator", "story", "clock", "host"].includes(line.actor) &&
  !page.setting.seats.some((seat) => seat.id === line.actor);

const isNews = (page, line) =>
  NEWS.includes(line.kind) ||
  (line.kind === "learned" && line.body.source === "revealed") ||
  (["messaged", "acted"].includes(line.kind) && isOutside(page, line));

// The server tells its clock when it runs; here it moves with what comes.
const lastLine = (state) => state.lines[state.lines.length - 1] || { at_ms: 0, story_ms: 0, body: {} };

export const timeOf = (state) => Math.max(exerciseNow(), lastLine(state).at_ms);

export function calendarOf(state) {
  const { kind, story_ms, body } = lastLine(state);
  return Math.max(storyNow() ?? 0, story_ms, kind === "jumped" ? body.story_ms : 0);
}

export const calendarText = (page, story_ms) =>
  storyText(story_ms, page.setting.story_offset_minutes || 0);

// Phase by phase what came: [{phase: its name or null, items: [{key, line, inject}]}].
export function whatCame(page, state) {
  const [first] = page.setting.phases;
  const phases = [{ phase: first ? first.name : null, items: [] }];
  for (const line of state.lines) {
    const { items } = phases[phases.length - 1];
    if (line.kind === "phase-changed" && items.length > 0)
      phases.push({ phase: phaseName(line), items: [] });
    else if (line.kind === "phase-changed") phases[phases.length - 1].phase = phaseName(line);
    else if (line.kind === "delivered") items.push({ key: line.n, line, inject: line.body.inject });
    else if (isNews(page, line)) items.push({ key: line.n, line });
  }
  return phases;
}

export const firstPhase = (page) => (page.setting.phases[0] || {}).id || null;

// What came last: all that came while the clock stood where it stands.
export function newest(phases) {
  const { items } = phases[phases.length - 1];
  if (items.length === 0) return [];
  const { at_ms } = items[items.length - 1].line;
  return items.filter((item) => item.line.at_ms === at_ms);
}

// What an inject says: the board has it from its coming, the staff from its being opened, or, when
// nobody at the table was asked, from the scenario.
function contentOf(page, state, item) {
  if (item.line.shown.body) return item.line.shown;
  const opened = state.lines.find(
    (line) => line.kind === "opened" && line.body.inject === item.inject && line.shown.body,
  );
  if (opened) return opened.shown;
  return (page.setting.injects || []).find((one) => one.id === item.inject) || {};
}

function questionBlock(page, state, question) {
  const now = state.questions.get(question.id) || {};
  return h(
    "div",
    { class: "question" },
    h("h4", { say: question.prompt }),
    h(
      "ol",
      { class: "options" },
      question.options.map((option) =>
        h(
          "li",
          { class: now.decided === option.id ? "chosen" : "" },
          h("span", { say: option.text }),
          now.decided === option.id
            ? h("strong", { class: "done", say: say("stage.chosen", { by: page.names.party(now.by) }) })
            : null,
        ),
      ),
    ),
  );
}

function injectBlock(page, state, item, isNewest) {
  const content = contentOf(page, state, item);
  const { shown, body } = item.line;
  return h(
    "details",
    { class: "came", open: isNewest },
    h("summary", {}, h("h3", { say: shown.title || page.names.inject(item.inject) })),
    h(
      "p",
      { class: "from" },
      h("span", {
        say: say("stage.from", {
          from: shown.from || "",
          via: say(`via.${body.via || ""}`),
          to: (body.to || []).map(page.names.party),
        }),
      }),
      shown.tlp ? [" ", h("span", { class: "tlp", say: say(`tlp.${shown.tlp}`) })] : [],
    ),
    content.body ? prose(content.body) : null,
    attachments(page, content.attachments),
    (content.questions || []).map((question) => questionBlock(page, state, question)),
  );
}

function newsBlock(page, item, isNewest) {
  const said = words(item.line);
  return h(
    "div",
    { class: isNewest ? "came news newest" : "came news" },
    h("p", { class: "what", say: describe(page.names, item.line) }),
    said ? h("p", { class: "said", say: said }) : null,
  );
}

const block = (page, state, item, isNewest) =>
  h(
    "li",
    { class: isNewest ? "newest" : "" },
    item.inject ? injectBlock(page, state, item, isNewest) : newsBlock(page, item, isNewest),
  );

const STANDS = {
  ready: "stage.ready",
  paused: "stage.paused",
  ended: "stage.ended",
  sealed: "stage.ended",
};

export function buildStage(page) {
  const phase = h("h2", { id: "title-stage" });
  const calendar = h("span", { class: "calendar" });
  const stands = h("p", { class: "stands" });
  const summary = h("div", { class: "summary" }, prose(page.setting.summary));
  const list = h("ol", { class: "arrivals", reversed: true });
  const earlier = h("ol", { class: "arrivals" });
  const earlierFold = h(
    "details",
    { class: "earlier" },
    h("summary", { say: say("stage.earlier") }),
    earlier,
  );
  const element = section("stage", "stage.title", h("p", {}, calendar), stands, summary, list, earlierFold);
  element.firstElementChild.replaceWith(phase);

  page.store.subscribe((state) => {
    const phases = whatCame(page, state);
    const now = phases[phases.length - 1];
    bind(phase, now.phase || page.setting.title);
    bind(calendar, calendarText(page, calendarOf(state)));
    summary.hidden = state.status !== "ready" && phases.some((one) => one.items.length > 0);
    const key = state.gapOpen ? "stage.gap" : STANDS[state.status];
    stands.hidden = !key;
    if (key) bind(stands, say(key));
    const last = newest(phases);
    const draw = (place, items) =>
      keyed(
        place,
        items,
        (item) => item.key,
        (item) => JSON.stringify([last.includes(item), decidedOf(page, state, item)]),
        (item) => block(page, state, item, last.includes(item)),
      );
    // The newest batch in the order in which it came, and above what came before.
    draw(list, [...last, ...now.items.filter((item) => !last.includes(item)).reverse()]);
    const before = phases.slice(0, -1).flatMap((one) => one.items);
    draw(earlier, before);
    earlierFold.hidden = before.length === 0;
  });
  return element;
}

// What is drawn of an inject changes when its questions are decided, or its text comes in.
function decidedOf(page, state, item) {
  if (!item.inject) return "";
  const content = contentOf(page, state, item);
  return [
    Boolean(content.body),
    ...(content.questions || []).map((one) => (state.questions.get(one.id) || {}).decided || ""),
  ];
}
