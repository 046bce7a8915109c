// Taking down what a room decides, says and does, a line in a few keystrokes. Each line is entered as
// the seat whose it is; what nobody in particular did is a note of the staff.
import { STATUSES, choices } from "/assets/compose.js";
import { deedPicker } from "/assets/deed.js";
import { openDialog } from "/assets/dialog.js";
import { bind, say, text } from "/assets/i18n.js";
import { nameField } from "/assets/self.js";
import { sendInput } from "/assets/send.js";
import { field, h, select, ticks } from "/assets/ui.js";

const SAID = "said";
const WAYS = [SAID, "escalation", "report", "request", "notification", "sitrep", "statement"];
const LADDER = ["commander", "executive", "management"]; // whom one escalates to
const NOBODY = "nobody";
const OWN = "own";

const seatItems = (page) =>
  page.setting.seats.map((seat) => ({ value: seat.id, what: page.names.party(seat.id) }));

// One line, so that Enter sends it.
const oneLine = (options = {}) => h("input", { maxlength: "2000", autocomplete: "off", ...options });

// Whoever did something last, or had something read out to them, is the most likely to be the next.
function lastActor(page, among) {
  const deeds = page.store.state.lines.filter(
    (line) =>
      !["learned", "reached"].includes(line.kind) &&
      among.some((seat) => seat.value === line.actor),
  );
  return deeds.length > 0 ? deeds[deeds.length - 1].actor : among[0].value;
}

const who = (page) => {
  const items = seatItems(page);
  return select(items, lastActor(page, items));
};

// The facts that have come: somebody at the table knows them.
function factsThatCame(page) {
  const ids = new Set(
    page.store.state.lines.filter((line) => line.kind === "learned").map((line) => line.body.fact),
  );
  return page.setting.facts.filter((fact) => ids.has(fact.id)).reverse();
}

// Questions that were read out and that nobody has decided: [{id, prompt, options, to}], newest first.
export function openQuestions(page) {
  const { state } = page.store;
  const found = new Map();
  for (const line of state.lines)
    for (const question of line.shown.questions || [])
      if (!(state.questions.get(question.id) || {}).decided) {
        const { to = [] } = state.injects.get(line.body.inject) || {};
        found.set(question.id, { ...question, to });
      }
  return [...found.values()].reverse();
}

// ---- the lines ----

function optionsOf(question) {
  const group = h(
    "optgroup",
    {},
    question.options.map((option) =>
      h("option", { value: `${question.id} ${option.id}`, say: option.text }),
    ),
    h("option", { value: `${question.id} ${NOBODY}`, say: say("scribe.nobody") }),
  );
  return bind(group, question.prompt, "label");
}

// Who may decide it, by role; empty: any seat.
const ownersOf = (page, id) => (page.setting.questions.find((one) => one.id === id) || { owners: [] }).owners;

// Who decides what is not theirs is taken down, and the question stays open: that is said before.
function ownerRemark(page, seat) {
  const words = h("p");
  const use = h("button", { type: "button" });
  const element = h("div", { class: "remark", role: "status", hidden: true }, words, use);
  let owner = null;
  use.addEventListener("click", () => {
    seat.value = owner.value;
    seat.dispatchEvent(new Event("change"));
    seat.focus();
  });
  element.follow = (question) => {
    const owners = question ? ownersOf(page, question) : [];
    const isTheirs = owners.length === 0 || holds(page, seat.value, owners);
    owner = isTheirs ? null : seatItems(page).find((one) => holds(page, one.value, owners));
    element.hidden = isTheirs;
    use.hidden = !owner;
    if (isTheirs) return;
    bind(words, say("scribe.notTheirs", { seat: page.names.party(seat.value), owners: owners.map(page.names.party) }));
    if (owner) bind(use, say("scribe.useOwner", { owner: owner.what }));
  };
  return element;
}

function whatItems(open) {
  return [
    h("option", { value: "", say: say("scribe.choose") }),
    open.map(optionsOf),
    h("option", { value: OWN, say: say("scribe.own") }),
  ].flat();
}

function enterDecision(page, open, { seat, what, own, why }) {
  const [question, option] = what.value.split(" ");
  const reason = why.value.trim();
  if (!what.value) return say("scribe.chooseFirst");
  if (option === NOBODY) {
    const { prompt } = open.find((one) => one.id === question);
    const words = reason ? "scribe.nobodyWhy" : "scribe.nobodyWords";
    return sendInput(page, { do: "note", text: text(say(words, { prompt, reason })) });
  }
  if (what.value === OWN) {
    if (!own.value.trim()) return say("scribe.empty");
    const words = reason ? "scribe.ownWhy" : "scribe.ownWords";
    const params = { decision: own.value.trim(), reason };
    return sendInput(page, { do: "note", for: seat.value, text: text(say(words, params)) });
  }
  return sendInput(page, {
    do: "decide",
    for: seat.value,
    question,
    option,
    ...(reason ? { reason } : {}),
  });
}

// Nothing is chosen beforehand: the first of several answers is not the likelier one.
function decided(page) {
  const open = openQuestions(page);
  const asked = open.length > 0 ? [...ownersOf(page, open[0].id), ...open[0].to] : [];
  const likely = asked
    .map((party) => seatItems(page).find((one) => holds(page, one.value, [party])))
    .find(Boolean);
  const seat = who(page);
  if (likely) seat.value = likely.value;
  const what = h("select", {}, whatItems(open));
  what.value = open.length > 0 ? "" : OWN;
  const own = oneLine();
  const ownField = field("scribe.decision", own);
  const why = oneLine();
  const seatField = field("scribe.who", seat);
  const remark = ownerRemark(page, seat);
  const follow = () => {
    const [question, option] = what.value.split(" ");
    ownField.hidden = what.value !== OWN;
    seatField.hidden = option === NOBODY;
    remark.follow(option && option !== NOBODY ? question : null);
  };
  for (const one of [what, seat]) one.addEventListener("change", follow);
  follow();
  openDialog({
    title: say("scribe.decided"),
    submitKey: "scribe.enter",
    focus: open.length > 0 ? what : own,
    fields: [seatField, field("scribe.what", what), remark, ownField, field("scribe.why", why)],
    submit: () => enterDecision(page, open, { seat, what, own, why }),
  });
}

const named = (page, ids) => ids.map((value) => ({ value, what: page.names.party(value) }));
const inside = (page) => page.setting.seats.map((seat) => seat.roles[0] || seat.id);
const outside = (page) => page.setting.stakeholders.map((one) => one.id);

const rolesOf = (page, id) => (page.setting.seats.find((one) => one.id === id) || { roles: [] }).roles;

const holds = (page, id, parties) =>
  parties.some((party) => party === id || rolesOf(page, id).includes(party));

// What is said across the room is said; what leaves it is a message, to be answered from outside; and
// who tells somebody above escalates.
function likelyWay(page, teller, to) {
  const above = LADDER.slice(LADDER.findIndex((role) => rolesOf(page, teller).includes(role)) + 1);
  if (to.length > 0 && to.every((party) => above.includes(party))) return "escalation";
  return to.some((party) => outside(page).includes(party)) ? "report" : SAID;
}

function viaOf(page, to) {
  const called = page.setting.stakeholders.find((one) => to.includes(one.id));
  if (!called) return "meeting";
  const { channels = [] } = called;
  return channels.includes("phone") || channels.length === 0 ? "phone" : channels[0];
}

// Those in a room that talks have heard it when it was said; elsewhere each opens what comes.
async function tellByMessage(page, message) {
  const answer = await page.api.send(message);
  if (!answer.ok) return answer.problem;
  if (page.setting.mode !== "discuss") return null;
  const seats = page.setting.seats.filter(
    (seat) =>
      seat.id !== message.for && (message.to.includes("room") || holds(page, seat.id, message.to)),
  );
  for (const seat of seats)
    await page.api.send({ do: "open", for: seat.id, message: answer.data.id });
  return null;
}

function told(page) {
  const seat = who(page);
  const here = ticks("scribe.here", named(page, ["room", ...inside(page)]), []);
  const away = ticks("scribe.away", named(page, outside(page)), []);
  for (const group of [here, away]) group.classList.add("compact");
  away.hidden = outside(page).length === 0;
  const to = () => [...here.picked(), ...away.picked()];
  const facts = ticks(
    "scribe.facts",
    factsThatCame(page).map((fact) => ({ value: fact.id, what: fact.text })),
    [],
    "compose.noFacts",
  );
  const words = oneLine();
  const way = select(
    WAYS.map((value) => ({ value, what: say(value === SAID ? "scribe.aloud" : `type.${value}`) })),
    SAID,
  );
  let chosen = false; // by hand: then it stays
  const follow = () => {
    if (!chosen) way.value = likelyWay(page, seat.value, to());
  };
  way.addEventListener("change", () => {
    chosen = true;
  });
  for (const one of [here, away, seat]) one.addEventListener("change", follow);
  openDialog({
    title: say("scribe.told"),
    submitKey: "scribe.enter",
    focus: seat,
    fields: [
      h("div", { class: "pair" }, field("scribe.who", seat), field("scribe.way", way)),
      here,
      field("scribe.words", words),
      facts,
      away,
    ],
    submit() {
      const parties = to();
      if (parties.length === 0) return say("compose.toMissing");
      if (!words.value.trim() && facts.picked().length === 0) return say("cell.empty");
      const line = {
        for: seat.value,
        to: parties,
        facts: facts.picked(),
        ...(words.value.trim() ? { text: words.value.trim() } : {}),
      };
      if (way.value === SAID) return sendInput(page, { do: "said", ...line });
      const via = viaOf(page, parties);
      return tellByMessage(page, { do: "message", type: way.value, via, ...line });
    },
  });
}

// A deed of one's own, or an order to somebody who can do it.
function did(page) {
  const { actions } = page.setting;
  if (actions.length === 0) return page.shell.notice(say("act.none"));
  const seat = who(page);
  const deed = deedPicker(page);
  const hands = select(
    [
      { value: "", what: say("scribe.oneself") },
      ...named(page, [...inside(page), ...outside(page)]),
    ],
    "",
  );
  const why = oneLine();
  openDialog({
    title: say("scribe.did"),
    submitKey: "scribe.enter",
    focus: seat,
    fields: [
      h("div", { class: "pair" }, field("scribe.who", seat), field("scribe.hands", hands)),
      deed,
      field("scribe.why", why),
    ],
    submit() {
      const reason = why.value.trim();
      if (!hands.value)
        return sendInput(page, {
          do: "act",
          for: seat.value,
          ...deed.read(),
          ...(reason ? { reason } : {}),
        });
      return tellByMessage(page, {
        do: "message",
        for: seat.value,
        type: "order",
        to: [hands.value],
        via: viaOf(page, [hands.value]),
        ...deed.read(),
        ...(reason ? { text: reason } : {}),
      });
    },
  });
}

function declared(page) {
  const seat = who(page);
  const status = select(choices(STATUSES, "declared."), "aware");
  const of = select(
    [
      { value: "", what: say("declare.any") },
      ...page.setting.matters.map(({ id, name }) => ({ value: id, what: name })),
    ],
    page.setting.matters.length > 0 ? page.setting.matters[0].id : "",
  );
  const why = oneLine();
  openDialog({
    title: say("scribe.declared"),
    submitKey: "scribe.enter",
    focus: seat,
    fields: [
      field("scribe.who", seat),
      h("div", { class: "pair" }, field("declare.status", status), field("declare.of", of)),
      field("scribe.why", why),
    ],
    submit: () =>
      sendInput(page, {
        do: "declare",
        for: seat.value,
        status: status.value,
        ...(of.value ? { of: of.value } : {}),
        ...(why.value.trim() ? { reason: why.value.trim() } : {}),
      }),
  });
}

function noted(page) {
  const seat = select([{ value: "", what: page.names.party(page.me.as) }, ...seatItems(page)], "");
  const words = oneLine({ required: true });
  const name = page.me.evaluator ? nameField() : null;
  openDialog({
    title: say("scribe.noted"),
    submitKey: "scribe.enter",
    focus: words,
    fields: [field("scribe.words", words), field("scribe.who", seat), name].filter(Boolean),
    submit() {
      const isOwn = page.me.evaluator && !seat.value;
      return sendInput(page, {
        do: isOwn ? "observe" : "note",
        text: words.value.trim(),
        ...(seat.value ? { for: seat.value } : {}),
        ...(isOwn ? name.read() : {}),
      });
    },
  });
}

// Each with its key.
export const SCRIBE = [
  { letter: "d", key: "scribe.decided", run: decided },
  { letter: "t", key: "scribe.told", run: told },
  { letter: "a", key: "scribe.did", run: did },
  { letter: "s", key: "scribe.declared", run: declared },
  { letter: "n", key: "scribe.noted", run: noted },
];
