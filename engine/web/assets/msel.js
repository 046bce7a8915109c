// The facilitator's list of what is to come, and what the table is busy with now.
import { clockText, exerciseNow, storyNow, storyText, watch } from "/assets/clock.js";
import { say } from "/assets/i18n.js";
import { prose } from "/assets/markdown.js";
import { sendFrom } from "/assets/send.js";
import { button, h, keyed, section } from "/assets/ui.js";

// When it will come, on the exercise's clock, as far as that is known; Infinity: not by itself.
function dueOf(page, inject, now) {
  const { trigger = {}, level = 0 } = inject;
  if (now.due_ms !== undefined) return now.due_ms;
  if (level > page.store.state.difficulty) return Infinity;
  if (trigger.kind === "at") return trigger.at_ms || 0;
  if (trigger.kind === "story_at") return dueOnCalendar(page, trigger);
  return Infinity;
}

// As the calendar runs now: it may jump.
function dueOnCalendar(page, trigger) {
  const due_ms = page.setting.story_start_ms + (trigger.at_ms || 0);
  const left_ms = due_ms - (storyNow() ?? page.setting.story_start_ms);
  return exerciseNow() + left_ms / page.store.state.pace;
}

const TRIGGERS = {
  at: (page, trigger) => say("inject.due", { time: clockText(trigger.at_ms || 0) }),
  story_at: ({ setting }, trigger) =>
    say("inject.dueStory", {
      time: storyText(setting.story_start_ms + (trigger.at_ms || 0), setting.story_offset_minutes),
    }),
  after: (page, trigger) =>
    say("inject.after", {
      time: clockText(trigger.by_ms || 0),
      inject: say("quoted", { title: page.names.inject(trigger.inject) }),
    }),
  when: () => say("inject.when"),
  unless: (page, trigger) => say("inject.unless", { time: clockText(trigger.by_ms || 0) }),
};

// A contingency whose time has passed without it was not needed.
function isAverted(page, inject, now) {
  const { trigger = {} } = inject;
  if (trigger.kind !== "unless" || now.delivered_ms !== undefined) return false;
  const from = trigger.inject ? page.store.state.injects.get(trigger.inject) || {} : { delivered_ms: 0 };
  return from.delivered_ms !== undefined && exerciseNow() > from.delivered_ms + trigger.by_ms;
}

function stateOf(page, inject, now) {
  if (isAverted(page, inject, now)) return say("inject.averted");
  if (now.delivered_ms !== undefined)
    return say("inject.delivered", { time: clockText(now.delivered_ms) });
  if (now.skipped) return say("inject.skipped");
  if (now.held) return say("inject.held");
  if (now.due_ms !== undefined) return say("inject.due", { time: clockText(now.due_ms) });
  const kind = inject.trigger && TRIGGERS[inject.trigger.kind];
  return kind ? kind(page, inject.trigger) : say("inject.by-story");
}

function injectCard(page, inject, now, open) {
  const { status } = page.store.state;
  const playing = status === "running" || status === "paused";
  const early = playing || status === "ready";
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
      h("span", { say: stateOf(page, inject, now) }),
      " · ",
      inject.level ? [h("span", { say: say("inject.level", { level: inject.level }) }), " · "] : [],
      h("span", { say: say("inject.to", { to: (now.to || inject.to).map(page.names.party) }) }),
    ),
    h(
      "details",
      {},
      h("summary", { say: say("improvise.body") }),
      prose(inject.body),
      inject.expected && inject.expected.length > 0
        ? h(
            "div",
            {},
            h("h3", { say: say("inject.expected") }),
            h(
              "ul",
              {},
              inject.expected.map((one) => h("li", { say: one })),
            ),
          )
        : null,
    ),
    h(
      "div",
      { class: "row" },
      playing ? wish("inject.fire", { do: "fire" }) : null,
      open && !now.held && early ? wish("inject.hold", { do: "hold" }) : null,
      open && early ? wish("inject.skip", { do: "skip" }) : null,
    ),
  );
}

const SHOWN = 6; // of those whose time is known: what is further off waits behind a fold

// What comes at a known time, first things first; then what waits for somebody, behind a fold: a long
// scenario must not bury the next minute.
export function buildNext(page) {
  const next = h("ol", { class: "cards" });
  const later = h("ol", { class: "cards" });
  const waiting = h("ol", { class: "cards" });
  const past = h("ol", { class: "cards" });
  const empty = h("p", { class: "quiet", say: say("next.empty") });
  const laterFold = h("details", {}, h("summary", { say: say("next.later") }), later);
  const waitingFold = h("details", {}, h("summary", { say: say("next.waiting") }), waiting);
  page.store.subscribe((state) => {
    const rows = page.setting.injects.map((inject) => ({
      inject,
      now: state.injects.get(inject.id) || {},
    }));
    const isOpen = ({ inject, now }) =>
      now.delivered_ms === undefined && !now.skipped && !isAverted(page, inject, now);
    const open = rows
      .filter(isOpen)
      .sort((a, b) => dueOf(page, a.inject, a.now) - dueOf(page, b.inject, b.now));
    const timed = open.filter((row) => dueOf(page, row.inject, row.now) !== Infinity);
    const untimed = open.filter((row) => dueOf(page, row.inject, row.now) === Infinity);
    empty.hidden = open.length > 0;
    const keyOf = (row) => row.inject.id;
    const signature = (row) =>
      JSON.stringify([row.now, state.status, isAverted(page, row.inject, row.now)]);
    const draw = (list, some) =>
      keyed(list, some, keyOf, signature, (row) => injectCard(page, row.inject, row.now, true));
    draw(next, timed.slice(0, SHOWN));
    draw(later, timed.slice(SHOWN));
    draw(waiting, untimed);
    laterFold.hidden = timed.length <= SHOWN;
    waitingFold.hidden = untimed.length === 0;
    keyed(
      past,
      rows.filter((row) => !isOpen(row)),
      keyOf,
      signature,
      (row) => injectCard(page, row.inject, row.now, false),
    );
  });
  return section(
    "next",
    "next.title",
    empty,
    next,
    laterFold,
    waitingFold,
    h("details", {}, h("summary", { say: say("next.past") }), past),
  );
}

// Delivered and not opened by everybody; questions nobody has decided.
function waitingFor(page, state) {
  const items = [];
  const seatsOf = (roles) =>
    page.setting.seats
      .filter((seat) => seat.roles.some((role) => roles.includes(role)))
      .map((seat) => seat.id);
  for (const now of state.injects.values()) {
    if (now.delivered_ms === undefined) continue;
    const missing = seatsOf(now.to || []).filter(
      (seat) => !(now.openedBy && now.openedBy.has(seat)),
    );
    if (missing.length > 0)
      items.push({
        key: `open ${now.id}`,
        since_ms: now.delivered_ms,
        title: page.names.inject(now.id),
        what: say("now.unopened", { names: missing.map(page.names.party) }),
        who: missing,
      });
  }
  for (const question of state.questions.values())
    if (!question.decided && !question.expired)
      items.push({
        key: `decide ${question.id}`,
        title: null,
        due_ms: question.due_ms,
        what: say("now.question", { prompt: page.names.question(question.id) }),
        owners: ownersOf(page, question.id),
      });
  return items;
}

function ownersOf(page, id) {
  const { owners = [] } = page.setting.questions.find((one) => one.id === id) || {};
  return owners.length > 0 ? say("now.owner", { owners: owners.map(page.names.party) }) : say("now.anyOwner");
}

export function buildNow(page) {
  const list = h("ul", { class: "plainlist" });
  const empty = h("p", { class: "quiet", say: say("now.empty") });
  page.store.subscribe((state) => {
    const items = waitingFor(page, state);
    empty.hidden = items.length > 0;
    keyed(
      list,
      items,
      (item) => item.key,
      (item) => JSON.stringify(item.who || ""),
      (item) =>
        h(
          "li",
          { class: "waiting" },
          item.title ? h("p", { class: "what", say: item.title }) : null,
          item.owners ? h("p", { class: "what", say: item.owners }) : null,
          h(
            "p",
            {},
            h("span", { say: item.what }),
            " ",
            item.since_ms !== undefined
              ? watch(h("span", { class: "time" }), () =>
                  say("now.since", { time: clockText(exerciseNow() - item.since_ms) }),
                )
              : null,
            item.due_ms
              ? watch(h("span", { class: "time" }), () =>
                  say("now.left", { time: clockText(Math.max(0, item.due_ms - exerciseNow())) }),
                )
              : null,
          ),
        ),
    );
  });
  return section("now", "now.title", empty, list);
}
