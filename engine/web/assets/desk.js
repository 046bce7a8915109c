// What only the facilitator of a discussion reads: what to listen for, what comes next, and what could
// come instead. Nothing of it stands on the page while the room looks at it.
import { say } from "/assets/i18n.js";
import { prose } from "/assets/markdown.js";
import { myName } from "/assets/self.js";
import { sendFrom } from "/assets/send.js";
import { calendarOf, newest, timeOf, whatCame } from "/assets/stage.js";
import { button, h, keyed, section } from "/assets/ui.js";

// ---- what to listen for ----

// An evaluator observes; a facilitator, who is one at such a table, writes a note.
function seenButton(page, words, isSeen) {
  if (isSeen) return h("span", { class: "done", say: say("desk.wasSeen") });
  const what = () => [say("desk.seen"), words];
  return button(
    "desk.seen",
    (event) =>
      sendFrom(page, event, {
        do: page.me.evaluator ? "observe" : "note",
        text: seenText(words),
        ...(page.me.evaluator && myName() ? { name: myName() } : {}),
      }),
    { class: "plainbutton", label: what, "data-focus": "seen" },
  );
}

// In both languages, so that the line means the same whoever reads it, and is found again.
const seenText = ({ en, ja }) => [...new Set([ja, en])].join(" / ");

const wasSeen = (state, words) =>
  state.lines.some(
    (line) =>
      ["noted", "observed"].includes(line.kind) &&
      line.shown.text === seenText(words) &&
      !state.annulled.has(line.seq),
  );

export function buildTalk(page) {
  const list = h("ul", { class: "talk" });
  const empty = h("p", { class: "quiet", say: say("desk.noTalk") });
  const objectives = page.setting.objectives || [];
  page.store.subscribe((state) => {
    const injects = newest(whatCame(page, state)).filter((item) => item.inject);
    const points = injects.flatMap((item) => {
      const { expected = [] } = page.setting.injects.find((one) => one.id === item.inject) || {};
      return expected.map((words, i) => ({ key: `${item.key} ${i}`, words }));
    });
    empty.hidden = points.length > 0;
    keyed(
      list,
      points,
      (point) => point.key,
      (point) => String(wasSeen(state, point.words)),
      (point) =>
        h(
          "li",
          {},
          h("span", { say: point.words }),
          " ",
          seenButton(page, point.words, wasSeen(state, point.words)),
        ),
    );
  });
  return section(
    "talk",
    "desk.talk",
    empty,
    list,
    objectives.length > 0
      ? h(
          "details",
          {},
          h("summary", { say: say("desk.objectives") }),
          h("ul", {}, objectives.map((one) => h("li", { say: one.text }))),
        )
      : null,
  );
}

// ---- what comes, and what could ----

// When it would come on the exercise's clock, as far as that is known; only the order is shown.
function dueOf(page, inject, now) {
  const { trigger = {}, level = 0 } = inject;
  const { state } = page.store;
  if (now.due_ms !== undefined) return now.due_ms;
  if (level > state.difficulty || now.held) return Infinity;
  if (trigger.kind === "at") return trigger.at_ms || 0;
  if (trigger.kind === "story_at") {
    const left_ms = page.setting.story_start_ms + (trigger.at_ms || 0) - calendarOf(state);
    return timeOf(state) + left_ms / state.pace;
  }
  const since = trigger.inject && (state.injects.get(trigger.inject) || {}).delivered_ms;
  if (trigger.kind === "after" && since !== undefined) return since + (trigger.by_ms || 0);
  return Infinity;
}

const namesOf = (page, values) => values.map((id) => page.names.anything(id));

const TRIGGERS = {
  after: (page, { inject }) => say("desk.after", { inject: page.names.inject(inject) }),
  when: (page, { pattern }) =>
    say("desk.when", {
      what: say(`pattern.${pattern.name}`),
      values: namesOf(page, pattern.values),
    }),
  unless: (page, trigger, inject) =>
    inject.reason ? inject.reason : say("desk.unless", { what: say(`pattern.${trigger.pattern.name}`) }),
};

function triggerWords(page, inject) {
  const words = TRIGGERS[inject.trigger.kind];
  if (words) return words(page, inject.trigger, inject);
  return say(inject.trigger.kind ? "desk.inOrder" : "desk.byStory");
}

function card(page, inject, now) {
  const wish = (key, input) =>
    button(key, (event) => sendFrom(page, event, { ...input, inject: inject.id }), {
      label: () => [say(key), inject.title],
      "data-focus": key,
    });
  return h(
    "li",
    { class: now.held ? "card held" : "card" },
    h("p", { class: "what", say: inject.title }),
    h(
      "p",
      { class: "quiet" },
      h("span", { say: now.held ? say("inject.held") : triggerWords(page, inject) }),
      " · ",
      h("span", { say: say("inject.to", { to: (now.to || inject.to).map(page.names.party) }) }),
      inject.level ? [" · ", h("span", { say: say("inject.level", { level: inject.level }) })] : [],
    ),
    h("details", {}, h("summary", { say: say("improvise.body") }), prose(inject.body)),
    h(
      "div",
      { class: "row" },
      wish("desk.read", { do: "fire" }),
      now.held ? null : wish("inject.hold", { do: "hold" }),
      wish("inject.skip", { do: "skip" }),
    ),
  );
}

// Not come, not left out: in the order in which "next" would bring them.
export function comingInjects(page) {
  const { state } = page.store;
  return page.setting.injects
    .map((inject) => ({ inject, now: state.injects.get(inject.id) || {} }))
    .filter(({ now }) => now.delivered_ms === undefined && !now.skipped)
    .map((row) => ({ ...row, due_ms: dueOf(page, row.inject, row.now) }))
    .sort((a, b) => a.due_ms - b.due_ms);
}

const SHOWN = 4;

export function buildComing(page) {
  const inOrder = h("ol", { class: "cards" });
  const later = h("ol", { class: "cards" });
  const waiting = h("ol", { class: "cards" });
  const laterFold = h("details", {}, h("summary", { say: say("next.later") }), later);
  const waitingFold = h("details", {}, h("summary", { say: say("desk.waiting") }), waiting);
  const empty = h("p", { class: "quiet", say: say("next.empty") });
  const element = section(
    "coming",
    "desk.coming",
    h("p", { class: "quiet", say: say("desk.explain") }),
    empty,
    inOrder,
    laterFold,
    waitingFold,
  );
  page.store.subscribe((state) => {
    element.hidden = !["running", "paused"].includes(state.status);
    const rows = comingInjects(page);
    const known = rows.filter((row) => row.due_ms !== Infinity);
    const choices = rows.filter((row) => row.due_ms === Infinity);
    const draw = (place, some) =>
      keyed(
        place,
        some,
        (row) => row.inject.id,
        (row) => JSON.stringify(row.now),
        (row) => card(page, row.inject, row.now),
      );
    draw(inOrder, known.slice(0, SHOWN));
    draw(later, known.slice(SHOWN));
    draw(waiting, choices);
    empty.hidden = known.length > 0;
    laterFold.hidden = known.length <= SHOWN;
    waitingFold.hidden = choices.length === 0;
  });
  return element;
}
