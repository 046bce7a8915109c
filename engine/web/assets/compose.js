// What a player says, in dialogs that come filled in: most of the time the last step is Enter.
import { clockText, exerciseNow } from "/assets/clock.js";
import { deedPicker } from "/assets/deed.js";
import { openDialog } from "/assets/dialog.js";
import { current, factTicks, untold } from "/assets/facts.js";
import { partyTicks } from "/assets/finder.js";
import { gapField } from "/assets/gap.js";
import { say, text } from "/assets/i18n.js";
import { sendInput } from "/assets/send.js";
import { button, field, folded, h, select, ticks } from "/assets/ui.js";

const TYPES = [
  "report",
  "escalation",
  "request",
  "order",
  "answer",
  "info",
  "notification",
  "statement",
  "sitrep",
  "approval-request",
  "approval",
  "handoff",
];
export const CHANNELS = ["phone", "mail", "chat", "meeting", "ticket"];
const TLPS = ["clear", "green", "amber", "amber-strict", "red"];
const ACKS = ["none", "5m", "15m", "30m"];
export const STATUSES = [
  "aware",
  "classified",
  "determined",
  "applies",
  "does-not-apply",
  "unknown",
  "filed",
  "closed",
];
const INSTEAD = 2; // as many names as stand in one line of a phone
const LADDER = ["commander", "executive", "management"]; // whom one escalates to, if they are there

export const choices = (list, prefix) => list.map((value) => ({ value, what: say(`${prefix}${value}`) }));

// Everybody a message can go to, but oneself.
export function parties(page, withRoom = false) {
  const { setting, names, api } = page;
  const seats = setting.seats
    .filter((seat) => seat.id !== api.as)
    .map((seat) => seat.roles[0] || seat.id);
  const outside = setting.stakeholders.map((stakeholder) => stakeholder.id);
  const all = [...(withRoom ? ["room"] : []), ...seats, ...outside];
  return all.map((value) => ({ value, what: names.party(value) }));
}

// What is set at a glance, and changed with one tap: in one line, without words beside it.
const chip = (key, items, value, look = "chip") =>
  select(items, value, { class: look, label: say(key) });

// Whom one may escalate to, the likeliest first: above one's own role, then the house's ladder.
function above(page) {
  const there = parties(page).map((party) => party.value);
  const own = (page.setting.seats.find((seat) => seat.id === page.api.as) || { roles: [] }).roles;
  const roles = LADDER.slice(LADDER.findIndex((role) => own.includes(role)) + 1);
  const rungs = (page.setting.ladder || []).map((rung) => rung.to);
  return [...new Set([...roles, ...rungs])].filter((party) => there.includes(party));
}

export const ladder = (page) => above(page)[0] || parties(page)[0].value;

// What an escalation is most likely about: the last thing opened of those that told what is passed on.
function subject(page, facts) {
  return [...page.store.state.inbox.values()]
    .filter((one) => one.title && one.opened && (one.opened.facts || []).some(({ id }) => facts.includes(id)))
    .reduce((last, one) => (last && last.opened.at_ms > one.opened.at_ms ? last : one), null);
}

export const draftKey = (page, name) => `${page.drafts}.${name}`;

const TWICE_MS = 120000;
const JUST_NOW_MS = 30000;
const same = (a, b) => [...a].sort().join() === [...b].sort().join();

// The newest message like this one that went out just now, perhaps from another tab of this seat.
function sentAlready(page, { type, to, text = "", facts = [], action = "", target = "" }) {
  return [...page.store.state.sent.values()]
    .reverse()
    .find(
      (sent) =>
        exerciseNow() - sent.at_ms < TWICE_MS &&
        sent.body.type === type &&
        same(sent.body.to, to) &&
        same(sent.body.facts || [], facts) &&
        (sent.body.action || "") === action &&
        (sent.body.target || "") === target &&
        sent.text.trim() === text.trim(),
    );
}

// Sends; the same once more only when asked for a second time.
function createSender(page) {
  let asked = null;
  return (input) => {
    const before = sentAlready(page, input);
    if (!before || before.id === asked) return sendInput(page, input);
    asked = before.id;
    const ago_ms = exerciseNow() - before.at_ms;
    return say(ago_ms < JUST_NOW_MS ? "compose.twiceNow" : "compose.twice", {
      names: before.body.to.map(page.names.party),
      time: clockText(ago_ms),
    });
  };
}

// wish: {type, to, via, facts, text, re, action, quote}: what is known already; the rest has defaults.
export function composeMessage(page, wish = {}) {
  const to = wish.to || [];
  const type = chip("compose.type", choices(TYPES, "type."), wish.type || "report");
  const via = chip("compose.via", choices(CHANNELS, "via."), wish.via || "phone", "chip whole");
  const marks = [{ value: "", what: say("compose.noTlp") }, ...choices(TLPS, "tlp.")];
  const tlp = chip("compose.tlp", marks, "");
  const ack = select(choices(ACKS, "compose.ack."), "none");
  const words = h("textarea", { rows: "3", maxlength: "4000", value: wish.text || "" });
  const toTicks = partyTicks(page, "compose.to", parties(page), to);
  const facts = factTicks(page, wish.facts || untold(page, to));
  const send = createSender(page);
  const slotTicks = ticks(
    "compose.unknown",
    page.setting.slots.map((slot) => ({ value: slot.id, what: slot.name })),
    [],
  );
  const unknown = folded(
    () => say("compose.unknownIs", { count: slotTicks.picked().length }),
    false,
    slotTicks,
  );
  unknown.hidden = page.setting.slots.length === 0;
  const deed = deedPicker(page, { none: say("compose.noDeed"), chosen: wish.action });
  const readback = h("input", { type: "checkbox" });
  const readbackRow = h(
    "label",
    { class: "tick" },
    readback,
    h("span", { say: say("compose.readback") }),
  );
  const showDeed = () => {
    deed.hidden = type.value !== "order" || page.setting.actions.length === 0;
    readbackRow.hidden = type.value !== "order";
  };
  type.addEventListener("change", showDeed);
  showDeed();
  // Other receivers, other facts: a tick made for one is not meant for the next.
  toTicks.addEventListener("change", () => facts.pick(untold(page, toTicks.picked())));
  const name = `message.${wish.re || wish.draft || ""}.${to.join("+")}.${wish.type || ""}`;
  const toFold = foldedParties(page, toTicks, to.length === 0);
  const chips = h("div", { class: "chips", role: "group", label: say("compose.how") }, type, via, tlp);
  return openDialog({
    title: wish.title || say("compose.title"),
    fields: [
      // An open list of receivers is long; what stands in one line is not looked for below it.
      ...(to.length === 0 ? [chips, toFold] : [toFold]),
      insteadRow(page, wish.instead || [], toTicks),
      to.length === 0 ? null : chips,
      deed,
      wish.quote || null,
      field("compose.text", words),
      gapField(page),
      // A yes carries no facts of its own, as a rule.
      type.value === "approval" ? folded(() => say("compose.facts"), false, facts) : facts,
      unknown,
      field("compose.ack", ack, { class: "field beside" }),
      readbackRow,
    ],
    draft: {
      key: draftKey(page, name),
      read: () => ({
        to: toTicks.picked(),
        type: type.value,
        via: via.value,
        facts: facts.picked(),
        unknown: slotTicks.picked(),
        text: words.value,
        tlp: tlp.value,
        ack: ack.value,
        readback: readback.checked,
      }),
      write(kept) {
        toTicks.pick(kept.to);
        facts.pick(current(page, kept.facts));
        slotTicks.pick(kept.unknown || []);
        [type.value, via.value, words.value, tlp.value, ack.value] = [
          kept.type,
          kept.via,
          kept.text,
          kept.tlp,
          kept.ack,
        ];
        readback.checked = Boolean(kept.readback);
        toFold.refresh();
        unknown.refresh();
        showDeed();
      },
    },
    submit() {
      if (toTicks.picked().length === 0) return say("compose.toMissing");
      return send({
        do: "message",
        type: type.value,
        to: toTicks.picked(),
        via: via.value,
        facts: facts.picked(),
        ...(slotTicks.picked().length > 0 ? { unknown: slotTicks.picked() } : {}),
        ...(type.value === "order" ? deed.read() : {}),
        ...(type.value === "order" && readback.checked ? { readback: true } : {}),
        ...(words.value ? { text: words.value } : {}),
        ...(tlp.value ? { tlp: tlp.value } : {}),
        ...(ack.value !== "none" ? { ack_within: ack.value } : {}),
        ...(wish.re ? { re: wish.re } : {}),
        ...(wish.draft ? { draft: wish.draft } : {}),
      });
    },
  });
}

// The ticks behind a line that says who is ticked.
const foldedParties = (page, toTicks, open) =>
  folded(
    () => say("compose.toIs", { names: toTicks.picked().map(page.names.party) }),
    open,
    toTicks,
  );

// Others whom one may mean, one tap each: it goes to them instead.
export function insteadRow(page, others, toTicks, key = "compose.instead") {
  if (others.length === 0) return null;
  // As if the ticks had been pressed: what follows them, and the draft, hear of it.
  const turnTo = (id) => {
    toTicks.pick([id]);
    for (const kind of ["change", "input"])
      toTicks.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  return h(
    "div",
    { class: "chips", role: "group", label: say(key) },
    h("span", { class: "quiet", say: say(key) }),
    others.map((id) =>
      h("button", {
        type: "button",
        class: "chip",
        "data-instead": id,
        say: page.names.party(id),
        on: { click: () => turnTo(id) },
      }),
    ),
  );
}

// What a yes is said to, in sight while it is said.
function draftQuote({ opened = {} }) {
  return h(
    "blockquote",
    { class: "quote", label: say("approve.text") },
    h("p", { class: "text", say: opened.text || say("approve.noText") }),
    h(
      "ul",
      {},
      (opened.facts || []).map((fact) => h("li", { say: fact.text })),
    ),
  );
}

// Yes to a draft: to whoever asked.
export const approve = (page, one) =>
  composeMessage(page, {
    title: say("approve"),
    type: "approval",
    to: [one.actor],
    via: one.via,
    facts: [],
    re: one.id,
    draft: one.id,
    quote: draftQuote(one),
  });

// A draft goes out as it stands. Who writes other words in its place sends a new text.
export const publish = (page, sent) =>
  composeMessage(page, {
    title: say("publish"),
    type: "statement",
    via: "mail",
    facts: sent.body.facts || [],
    draft: sent.id,
  });

// `to`: one party; else whom it most likely is for, with others one tap away.
export function escalate(page, to = null) {
  const first = to || ladder(page);
  const about = subject(page, untold(page, [first]));
  composeMessage(page, {
    title: say("escalate"),
    type: "escalation",
    to: [first],
    instead: to ? [] : above(page).filter((party) => party !== first).slice(0, INSTEAD),
    via: "phone",
    text: text(
      about ? say("compose.escalateText", { title: about.title }) : say("compose.escalatePlain"),
    ),
  });
}

// An order: what, to whom it falls, and to others one tap away.
export function order(page, { to, action, via = "phone" }) {
  composeMessage(page, {
    title: say("order"),
    type: "order",
    to: [to[0]],
    instead: to.slice(1, 1 + INSTEAD),
    via,
    action,
  });
}

export function call(page, to) {
  composeMessage(page, {
    title: say("call"),
    type: "report",
    to: to ? [to] : [ladder(page)],
    via: "phone",
  });
}

export function declare(page) {
  const status = select(choices(STATUSES, "declared."), "aware");
  const of = select(
    [
      { value: "", what: say("declare.any") },
      ...page.setting.matters.map(({ id, name }) => ({ value: id, what: name })),
    ],
    page.setting.matters.length > 0 ? page.setting.matters[0].id : "",
  );
  const reason = h("textarea", { rows: "2", maxlength: "2000" });
  openDialog({
    title: say("declare.title"),
    fields: [
      field("declare.status", status),
      field("declare.of", of),
      gapField(page),
      field("reason", reason),
    ],
    submit: () =>
      sendInput(page, {
        do: "declare",
        status: status.value,
        ...(of.value ? { of: of.value } : {}),
        ...(reason.value ? { reason: reason.value } : {}),
      }),
  });
}

// A dialog of one text: notes, reading back.
export function writeText(page, titleKey, labelKey, input, draftName) {
  const words = h("textarea", { rows: "4", maxlength: "4000", required: true });
  openDialog({
    title: say(titleKey),
    fields: [field(labelKey, words), page.store ? gapField(page) : null],
    focus: words,
    draft: {
      key: draftKey(page, draftName),
      read: () => words.value,
      write: (kept) => {
        words.value = kept;
      },
    },
    submit: () => sendInput(page, { ...input, text: words.value }),
  });
}

export const note = (page) => writeText(page, "note.title", "compose.text", { do: "note" }, "note");
export const readBack = (page, message) =>
  writeText(
    page,
    "readback.title",
    "readback.text",
    { do: "readback", message },
    `readback.${message}`,
  );

export const answer = (page, inject) =>
  writeText(page, "answer.words", "compose.text", { do: "answer", inject }, `answer.${inject}`);

// The button for a real incident; it is of no use once the exercise has stopped.
export function incidentButton(page, look) {
  const element = button("incident", () => realIncident(page), { class: look });
  page.store.subscribe(({ status }) => {
    element.hidden = status === "stopped" || status === "sealed" || status === "ended";
  });
  return element;
}

// Anybody may stop the exercise for something real; nobody by accident.
function realIncident(page) {
  const words = h("textarea", { rows: "2", maxlength: "2000" });
  openDialog({
    title: say("incident.title"),
    danger: true,
    submitKey: "incident.confirm",
    fields: [h("p", { say: say("incident.explain") }), field("incident.text", words)],
    focus: words,
    submit: () =>
      sendInput(page, { do: "stop_real_incident", ...(words.value ? { text: words.value } : {}) }),
  });
}
