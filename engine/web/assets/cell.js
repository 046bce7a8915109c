// The simulation cell: who plays whom, what they were told, and answers in their name; and what the
// facilitator enters for the table: something said aloud, a decision, whatever counted by mistake.
import { clockText, exerciseNow } from "/assets/clock.js";
import { CHANNELS, choices } from "/assets/compose.js";
import { openDialog } from "/assets/dialog.js";
import { bind, say } from "/assets/i18n.js";
import { describe, words as wordsOf } from "/assets/lines.js";
import { myName, nameField } from "/assets/self.js";
import { sendFrom, sendInput } from "/assets/send.js";
import { button, field, h, keyed, section, select, ticks } from "/assets/ui.js";

const ANSWERS = ["answer", "request", "report", "info", "order", "approval"];
const PLAY = ["running", "paused"];
const MINUTE_MS = 60000;

const rolesAtTable = (page) =>
  page.setting.seats
    .map((seat) => seat.roles[0] || seat.id)
    .map((value) => ({ value, what: page.names.party(value) }));

const roleOf = (page, id) =>
  (page.setting.seats.find((seat) => seat.id === id) || { roles: [] }).roles[0] || id;

const factTicks = (page) =>
  ticks(
    "compose.facts",
    page.setting.facts.map((fact) => ({ value: fact.id, what: fact.text })),
    [],
    "compose.noFacts",
  );

// ---- answering in somebody's name ----

// What the scenario has ready in somebody's name and has not come yet.
const prepared = (page, as) =>
  page.setting.injects.filter((inject) => {
    const now = page.store.state.injects.get(inject.id);
    return inject.from === as && !(now && (now.delivered_ms !== undefined || now.skipped));
  });

// A choice of prepared answers that follows the person who speaks; hidden while there are none.
function preparedChoice(page, as) {
  const element = select([], "");
  const preview = h("div", { class: "said" });
  const row = h("div", {}, field("cell.prepared", element), preview);
  const chosen = () => prepared(page, as.value).find((one) => one.id === element.value);
  const show = () => preview.replaceChildren(...(chosen() ? [h("p", { say: chosen().body })] : []));
  function follow() {
    const items = prepared(page, as.value);
    element.replaceChildren(
      h("option", { value: "", say: say("cell.ownWords") }),
      ...items.map((one) => h("option", { value: one.id, say: one.title })),
    );
    row.hidden = items.length === 0;
    show();
  }
  as.addEventListener("change", follow);
  element.addEventListener("change", show);
  follow();
  return { element, row, chosen };
}

// Two who answer in one name contradict each other: the second is warned once, and then free to send.
function watchForAnother(page, as, re) {
  const from = page.store.state.lines.length;
  const warned = new Set();
  const isAnswer = (line, i) =>
    (i >= from || (re && line.body.re === re)) &&
    (line.actor === as.value
      ? line.kind === "messaged"
      : line.kind === "delivered" &&
        (page.setting.injects.find((one) => one.id === line.body.inject) || {}).from === as.value);
  return {
    warning() {
      const found = page.store.state.lines.filter((line, i) => isAnswer(line, i) && !warned.has(line.n));
      if (found.length === 0) return null;
      found.forEach((line) => warned.add(line.n));
      const last = found[found.length - 1];
      const said = wordsOf(last) || describe(page.names, last);
      return say("cell.another", { name: page.names.party(as.value), said });
    },
  };
}

// What is answered, in sight while it is: who wrote, about what, what is ordered, the words, the facts.
function quoted(page, { actor, at_ms, body, shown, ...line }) {
  const about = body.re ? page.names.anything(body.re) : "";
  return h(
    "blockquote",
    { class: "quote", label: say("cell.quoted") },
    h(
      "p",
      { class: "quiet" },
      `${clockText(at_ms)} `,
      h("span", { say: describe(page.names, { ...line, actor, body, shown }) }),
    ),
    about && about !== body.re ? h("p", { say: say("quoted", { title: about }) }) : null,
    shown.text ? h("p", { class: "text", say: shown.text }) : null,
    h(
      "ul",
      {},
      (body.facts || []).map((fact) => h("li", { say: page.names.fact(fact) })),
    ),
  );
}

// wish: {as, to, re, via, line}: what is known already; `line`: the message that is answered
export function answerAs(page, wish = {}) {
  const people = page.setting.stakeholders.map((one) => ({ value: one.id, what: one.name }));
  const as = select(people, wish.as || people[0].value);
  const type = select(choices(ANSWERS, "type."), "answer");
  const via = select(choices(CHANNELS, "via."), wish.via || "phone");
  const to = ticks("compose.to", rolesAtTable(page), wish.to || []);
  const words = h("textarea", { rows: "4", maxlength: "4000" });
  const facts = factTicks(page);
  const ready = preparedChoice(page, as);
  const own = h(
    "div",
    { class: "fields" },
    to,
    field("compose.text", words),
    h("details", {}, h("summary", { say: say("compose.facts") }), facts),
    field("compose.type", type),
  );
  const follow = () => {
    own.hidden = Boolean(ready.chosen());
  };
  const another = watchForAnother(page, as, wish.re);
  as.addEventListener("change", follow);
  ready.element.addEventListener("change", follow);
  openDialog({
    title: say("cell.answer"),
    focus: words,
    fields: [
      wish.line ? quoted(page, wish.line) : null,
      h("div", { class: "pair" }, field("cell.as", as), field("compose.via", via)),
      ready.row,
      own,
    ],
    draft: {
      key: `${page.drafts}.as.${wish.re || ""}`,
      read: () => ({ words: words.value }),
      write: (kept) => {
        words.value = kept.words;
      },
    },
    submit() {
      const one = ready.chosen();
      const warning = another.warning();
      if (warning) return warning;
      if (one)
        return sendInput(page, { do: "fire", inject: one.id, ...(wish.re ? { re: wish.re } : {}) });
      if (to.picked().length === 0) return say("compose.toMissing");
      if (!words.value && facts.picked().length === 0) return say("cell.empty");
      return sendInput(page, {
        do: "reply_as",
        as: as.value,
        to: to.picked(),
        type: type.value,
        via: via.value,
        facts: facts.picked(),
        ...(words.value ? { text: words.value } : {}),
        ...(wish.re ? { re: wish.re } : {}),
      });
    },
  });
}

// What seats sent to people outside and has no answer yet, the newest first.
function unanswered(page, state) {
  const outside = new Set(page.setting.stakeholders.map((one) => one.id));
  // Whoever answered in person; an answer of the story is from whom its inject says.
  const answered = new Set(
    state.lines
      .filter((line) => line.body.re && (outside.has(line.actor) || line.kind === "delivered"))
      .map((line) => `${line.body.re} ${outside.has(line.actor) ? line.actor : "story"}`),
  );
  const isAnswered = (message, party) =>
    answered.has(`${message} ${party}`) || answered.has(`${message} story`);
  return state.lines
    .filter((line) => line.kind === "messaged" && !outside.has(line.actor))
    .flatMap((line) =>
      (line.body.to || [])
        .filter((party) => outside.has(party) && !isAnswered(line.body.message, party))
        .map((party) => ({ line, party })),
    )
    .reverse();
}

const outcomeOf = (state, { line, party }) =>
  state.lines
    .filter(
      (one) =>
        one.body.message === line.body.message && (one.actor === party || one.body.party === party),
    )
    .map((one) => (one.kind === "unreached" ? one.body.reason : one.kind))
    .pop() || "waiting";

function messageRow(page, state, { line, party }) {
  const claimed = state.claimed.has(party);
  return h(
    "li",
    { class: "waiting" },
    h(
      "p",
      { class: "what" },
      h("span", {
        say: say("cell.from", { from: page.names.party(line.actor), to: page.names.party(party) }),
      }),
    ),
    line.body.action ? h("p", { class: "deed", say: page.names.deed(line.body) }) : null,
    line.shown.text ? h("p", { class: "said", say: line.shown.text }) : null,
    h(
      "p",
      { class: "quiet" },
      `${clockText(line.at_ms)} · `,
      h("span", { say: say(`type.${line.body.type}`) }),
      " · ",
      h("span", { say: say(`outcome.${outcomeOf(state, { line, party })}`, { name: page.names.party(party) }) }),
    ),
    h(
      "div",
      { class: "row" },
      button(
        "cell.answer",
        () =>
          answerAs(page, {
            as: party,
            to: [roleOf(page, line.actor)],
            re: line.body.message,
            via: line.body.via,
            line,
          }),
        { "data-focus": "answer" },
      ),
      claimed
        ? h("span", { class: "quiet", say: playedBy(state.claimed.get(party)) })
        : button("cell.claim", (event) => claim(page, event, party), {
            "data-focus": "claim",
            label: () => [say("cell.claim"), page.names.party(party)],
          }),
    ),
  );
}

// ---- who plays whom ----

// Whoever has said before what they are called is not asked again.
function claim(page, event, party) {
  if (myName())
    return sendFrom(page, event, { do: "claim", stakeholder: party, name: myName() });
  const name = nameField();
  return openDialog({
    title: say("cell.claim"),
    submitKey: "cell.claim",
    focus: name.input,
    fields: [h("p", { say: page.names.party(party) }), name, h("p", { class: "quiet", say: say("self.why") })],
    submit: () => sendInput(page, { do: "claim", stakeholder: party, ...name.read() }),
  });
}

function playedBy({ name }) {
  if (!name) return say("cell.claimed");
  return say(name === myName() ? "cell.claimedByYou" : "cell.claimedBy", { name });
}

function buildPlayed(page) {
  const list = h("ul", { class: "plainlist played" });
  page.store.subscribe((state) => {
    list.hidden = state.claimed.size === 0;
    keyed(
      list,
      [...state.claimed],
      ([party]) => party,
      ([, by]) => `${by.name} ${myName()}`,
      ([party, by]) =>
        h(
          "li",
          { class: "beside" },
          h("span", {}, h("strong", { say: page.names.party(party) }), " ", h("span", { class: "quiet", say: playedBy(by) })),
          button(
            "cell.release",
            (event) =>
              sendFrom(page, event, {
                do: "claim",
                stakeholder: party,
                released: true,
                ...(myName() ? { name: myName() } : {}),
              }),
            { "data-focus": "release", label: () => [say("cell.release"), page.names.party(party)] },
          ),
        ),
    );
  });
  return list;
}

const SHOWN = 5;

export function buildCell(page) {
  const list = h("ul", { class: "plainlist" });
  const empty = h("p", { class: "quiet", say: say("cell.none") });
  const more = h("p", { class: "quiet" });
  const element = section(
    "cell",
    "cell.title",
    buildPlayed(page),
    empty,
    list,
    more,
    button("cell.answerAny", () => answerAs(page)),
  );
  element.hidden = true;
  page.store.subscribe((state) => {
    element.hidden = !PLAY.includes(state.status) || page.setting.stakeholders.length === 0;
    const all = unanswered(page, state);
    const rows = all.slice(0, SHOWN);
    empty.hidden = rows.length > 0;
    more.hidden = all.length <= SHOWN;
    bind(more, say("cell.more", { count: all.length - SHOWN }));
    keyed(
      list,
      rows,
      (row) => `${row.line.body.message} ${row.party}`,
      (row) => JSON.stringify([outcomeOf(state, row), state.claimed.get(row.party) || ""]),
      (row) => messageRow(page, state, row),
    );
  });
  return element;
}

// ---- entering for the table ----

const seatItems = (page) =>
  page.setting.seats.map((seat) => ({ value: seat.id, what: page.names.party(seat.id) }));

// A room that talks does not type: what somebody said aloud, now or some minutes ago.
export function enterSaid(page) {
  const who = select(seatItems(page), seatItems(page)[0].value);
  const to = ticks("compose.to", [{ value: "room", what: say("room") }, ...rolesAtTable(page)], ["room"]);
  const facts = factTicks(page);
  const words = h("textarea", { rows: "3", maxlength: "2000" });
  const ago = h("input", { type: "number", min: "0", max: "120", step: "1", value: "0", inputmode: "numeric" });
  openDialog({
    title: say("enter.said"),
    focus: words,
    fields: [
      h("div", { class: "pair" }, field("enter.who", who), field("enter.ago", ago)),
      to,
      field("compose.text", words),
      h("details", {}, h("summary", { say: say("compose.facts") }), facts),
    ],
    submit() {
      const minutes = Number(ago.value) || 0;
      if (to.picked().length === 0) return say("compose.toMissing");
      if (!words.value && facts.picked().length === 0) return say("cell.empty");
      return sendInput(page, {
        do: "said",
        for: who.value,
        to: to.picked(),
        facts: facts.picked(),
        ...(words.value ? { text: words.value } : {}),
        ...(minutes > 0
          ? { observed_at: Math.max(0, Math.round(exerciseNow() - minutes * MINUTE_MS)) }
          : {}),
      });
    },
  });
}

// Nothing is taken away: what is annulled stays in the record and leaves the score.
export function annul(page, line) {
  const reason = h("textarea", { rows: "2", maxlength: "2000", required: true });
  openDialog({
    title: say("annul"),
    submitKey: "annul",
    focus: reason,
    fields: [h("p", { say: say("annul.explain") }), field("annul.reason", reason)],
    submit: () =>
      reason.value
        ? sendInput(page, { do: "annul", event: line.seq, reason: reason.value })
        : say("annul.missing"),
  });
}

// The reader is asked, without looking: what is wanted, by when, and what is not known yet?
export function testReceiver(page, line) {
  const asked = ticks(
    "receiver.asked",
    ["ask", "by_when", "unknown"].map((value) => ({ value, what: say(`receiver.${value}`) })),
    [],
  );
  openDialog({
    title: say("receiver"),
    fields: [h("p", { say: say("receiver.explain") }), asked],
    submit: () =>
      sendInput(page, {
        do: "receiver_test",
        message: line.body.message,
        ...Object.fromEntries(asked.picked().map((key) => [key, true])),
      }),
  });
}
