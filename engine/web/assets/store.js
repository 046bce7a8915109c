// The state of the page: a fold over its view's lines. Only `apply` changes it.

export function createStore(me) {
  const state = {
    me,
    status: "ready",
    n: 0,
    lines: [], // all of them, for logs and feeds
    inbox: new Map(), // "inject x" or "message y" → what came
    sent: new Map(), // message → what became of it
    facts: new Map(), // fact → {id, text, source, through, at_ms}
    questions: new Map(), // question → {decided, expired}
    told: new Map(), // fact → Set of parties that this seat told, or that told it
    injects: new Map(), // inject → {delivered_ms, due_ms, held, skipped} (the facilitator's)
    claimed: new Map(), // stakeholder that somebody plays by hand → {name}
    annulled: new Set(), // events that do not count (the staff's)
    checkedIn: new Set(), // seats, since the last warm-up
    warmedUp: false,
    gapOpen: false,
    gap: null, // {from_ms, until_ms, phase}: the hours that the open gap sheet is for
    phase: null, // its id (the staff's)
    phaseLine: null, // the line by which the present phase began
    difficulty: 0, // the staff's
    pace: 1,
    stopped: null,
    stood: { reason: "", gap_ms: 0 }, // why the clock stands, while it does
    lost_at: 0, // wall time of this page; 0: the server is heard
    keeps: true, // false: the server says that nothing can be kept at present
    shared: false, // the agenda, with the whole table
    reflections: new Map(), // id → what somebody said in the hot wash
    hotWash: null, // {n, length_ms}: the latest word about its clock
  };
  const listeners = [];
  let waiting = false;

  function tell() {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      listeners.forEach((listener) => listener(state));
    }, 0);
  }

  return {
    state,
    subscribe: (listener) => listeners.push(listener),
    apply(line) {
      state.n = line.n;
      // What is entered on a gap sheet is of the story's time; the clock stands.
      line.inGap = Boolean(state.gap) && line.kind !== "jumped";
      state.lines.push(line);
      const fold = FOLDS[line.kind];
      if (fold) fold(state, line, line.body, line.shown);
      tell();
    },
    // How it stands with the server, which is no line of any view.
    hear(what) {
      if (Object.keys(what).every((key) => state[key] === what[key])) return;
      Object.assign(state, what);
      tell();
    },
    // Words that a line shows (names learned, say) came in by another way.
    touch: tell,
  };
}

// What a sender learns of a message, each saying more than those before it. Nobody learns that a mail
// was opened: only what the other side lets know. An order that is questioned stays so, whatever polite
// words come with the question.
const ANSWERS = [
  "arrived",
  "reached",
  "unreached",
  "acked",
  "answered",
  "challenged",
  "named",
  "approved",
  "done",
];
const NAMES_AUTHORITY = ["answer", "order"];

const status = (name) => (state) => {
  state.status = name;
};
const keyOf = (body) => (body.inject ? `inject ${body.inject}` : `message ${body.message}`);

function inject(state, id) {
  if (!state.injects.has(id)) state.injects.set(id, { id });
  return state.injects.get(id);
}

function tellAbout(state, facts, parties) {
  for (const fact of facts || []) {
    if (!state.told.has(fact)) state.told.set(fact, new Set());
    for (const party of parties || []) state.told.get(fact).add(party);
  }
}

// From whom a fact came: nobody needs to tell them.
function teller(state, { source, through }) {
  if (source === "said" || source === "heard" || source === "handoff") return [through];
  const message = source === "message" && state.inbox.get(`message ${through}`);
  return message ? [message.actor] : [];
}

function outcome(state, message, party, result, at_ms) {
  const sent = state.sent.get(message);
  const had = sent && sent.outcomes.get(party);
  if (!sent || (had && ANSWERS.indexOf(result) < ANSWERS.indexOf(had.result))) return;
  sent.outcomes.set(party, { party, result, at_ms });
}

// Whoever asked on whose authority an order is given has been told.
function tellAuthority(state, { at_ms, body }) {
  if (!NAMES_AUTHORITY.includes(body.type)) return;
  for (const [message, sent] of state.sent)
    for (const party of body.to) {
      const had = sent.outcomes.get(party);
      if (!had || had.result !== "challenged") continue;
      outcome(state, message, party, "named", at_ms);
      state.inbox.get(`challenge ${message} ${party}`).answered = at_ms;
    }
}

const FOLDS = {
  created(state, line, body) {
    state.status = "ready";
    state.difficulty = body.difficulty || 0;
    state.pace = body.pace || 1;
  },
  "pace-changed"(state, line, body) {
    state.pace = body.pace;
  },
  started: status("running"),
  paused(state, line, body) {
    state.status = "paused";
    state.stood = { reason: body.reason || "", gap_ms: body.gap_ms || 0 };
  },
  resumed: status("running"),
  ended(state) {
    state.status = "ended";
    state.gapOpen = false;
    state.gap = null;
  },
  sealed: status("sealed"),
  "findings-shared"(state) {
    state.shared = true;
  },
  "hot-wash"(state, line, body) {
    state.hotWash = { n: line.n, length_ms: body.length_ms || 0 };
  },
  reflected(state, line, body, shown) {
    state.reflections.set(body.reflection, {
      id: body.reflection,
      actor: line.actor,
      about: body.about,
      role: body.role || "",
      text: shown.text || "",
    });
  },
  withdrawn(state, line, body) {
    state.reflections.delete(body.reflection);
  },
  stopped(state, line, body, shown) {
    state.status = "stopped";
    state.stopped = { text: shown.text || "", by: line.actor === "exercise" ? "facilitator" : line.actor };
  },
  delivered(state, line, body, shown) {
    const one = inject(state, body.inject);
    one.delivered_ms = line.at_ms;
    one.to = body.to;
    const had = state.inbox.get(keyOf(body));
    state.inbox.set(keyOf(body), {
      ...had,
      key: keyOf(body),
      kind: "inject",
      id: body.inject,
      at_ms: line.at_ms,
      from: shown.from,
      title: shown.title,
      via: body.via || "",
      tlp: shown.tlp || "",
    });
  },
  messaged(state, line, body, shown) {
    if (line.actor === state.me.as) {
      tellAuthority(state, line);
      state.sent.set(body.message, {
        id: body.message,
        at_ms: line.at_ms,
        story_ms: line.story_ms,
        inGap: line.inGap,
        body,
        text: shown.text || "",
        outcomes: new Map(),
      });
      return tellAbout(state, body.facts, body.to);
    }
    if (body.re) {
      const isYes = body.type === "approval" && body.draft === body.re;
      outcome(state, body.re, line.actor, isYes ? "approved" : "answered", line.at_ms);
    }
    state.inbox.set(keyOf(body), {
      key: keyOf(body),
      kind: "message",
      id: body.message,
      at_ms: line.at_ms,
      actor: line.actor,
      type: body.type,
      action: body.action,
      target: body.target || "",
      via: body.via || "",
      tlp: body.tlp || "",
      to: body.to || [],
      re: body.re,
      readback: body.readback,
      ack_within_ms: body.ack_within_ms || 0,
    });
  },
  hinted(state, line, body, shown) {
    state.inbox.set(`hint ${line.n}`, {
      key: `hint ${line.n}`,
      kind: "hint",
      id: "",
      at_ms: line.at_ms,
      opened: { text: shown.text || "" },
    });
  },
  opened(state, line, body, shown) {
    const one = state.inbox.get(keyOf(body));
    if (one && line.actor === state.me.as) one.opened = { at_ms: line.at_ms, ...shown };
    const delivery = body.inject && inject(state, body.inject);
    if (delivery) (delivery.openedBy = delivery.openedBy || new Set()).add(line.actor);
    for (const question of shown.questions || [])
      if (!state.questions.has(question.id))
        state.questions.set(question.id, {
          id: question.id,
          due_ms: question.within_ms ? line.at_ms + question.within_ms : 0,
        });
  },
  acked(state, line, body) {
    const one = state.inbox.get(keyOf(body));
    if (one && line.actor === state.me.as) one.acked = line.at_ms;
    else if (body.message) outcome(state, body.message, line.actor, "acked", line.at_ms);
  },
  "read-back"(state, line, body) {
    const one = state.inbox.get(keyOf(body));
    if (one && line.actor === state.me.as) one.readBack = line.at_ms;
    else outcome(state, body.message, line.actor, "acked", line.at_ms);
  },
  arrived: (state, line, body) => outcome(state, body.message, line.actor, "arrived", line.at_ms),
  reached: (state, line, body) => outcome(state, body.message, line.actor, "reached", line.at_ms),
  forwarded: (state, line, body) =>
    outcome(state, body.message, line.actor, "forwarded", line.at_ms),
  // Who ordered sees the question among what has come, as any other.
  challenged(state, line, body, shown) {
    const sent = state.sent.get(body.message);
    outcome(state, body.message, line.actor, "challenged", line.at_ms);
    if (!sent) return;
    const key = `challenge ${body.message} ${line.actor}`;
    state.inbox.set(key, {
      key,
      kind: "challenge",
      id: body.message,
      at_ms: line.at_ms,
      from: line.actor,
      via: sent.body.via || "",
      action: body.action,
      target: sent.body.target || "",
      opened: { text: shown.text },
      answered: 0,
    });
  },
  acted(state, line, body) {
    if (body.order && line.actor !== state.me.as)
      outcome(state, body.order, line.actor, "done", line.at_ms);
  },
  "checked-in"(state, line) {
    state.checkedIn.add(line.actor);
  },
  claimed(state, line, body, shown) {
    if (body.released) state.claimed.delete(body.stakeholder);
    else state.claimed.set(body.stakeholder, { name: shown.name || "" });
  },
  annulled: (state, line, body) => state.annulled.add(body.event),
  "warm-up"(state) {
    state.checkedIn.clear();
    state.warmedUp = true;
  },
  "gap-opened"(state, line, body) {
    state.status = "paused";
    state.gapOpen = true;
    state.gap = { from_ms: line.story_ms, until_ms: body.until_story_ms, phase: body.phase };
  },
  jumped(state) {
    state.gapOpen = false;
    state.gap = null;
  },
  "phase-changed"(state, line, body) {
    state.phase = body.phase || null;
    state.phaseLine = line;
  },
  unreached: (state, line, body) =>
    outcome(state, body.message, body.party, body.reason, line.at_ms),
  learned(state, line, body, shown) {
    if (line.actor !== state.me.as) return;
    if (state.facts.has(body.replaces)) state.facts.get(body.replaces).replacedBy = body.fact;
    state.facts.set(body.fact, {
      id: body.fact,
      text: shown.text || body.fact,
      source: body.source || "inject",
      through: body.through,
      at_ms: line.at_ms,
    });
    tellAbout(state, [body.fact], teller(state, body));
  },
  said: (state, line, body) => line.actor === state.me.as && tellAbout(state, body.facts, body.to),
  decided(state, line, body, shown) {
    if (body.contested) return;
    state.questions.set(body.question, {
      ...state.questions.get(body.question),
      id: body.question,
      decided: body.option,
      by: line.actor,
    });
  },
  expired(state, line, body) {
    state.questions.set(body.question, {
      ...state.questions.get(body.question),
      id: body.question,
      expired: true,
    });
  },
  scheduled: (state, line, body) => {
    inject(state, body.inject).due_ms = body.due_ms;
  },
  held: (state, line, body) => {
    inject(state, body.inject).held = true;
  },
  skipped: (state, line, body) => {
    // Left out by hand; otherwise it had come already, and only this second time was left out.
    if (body.why === "hand") inject(state, body.inject).skipped = true;
  },
  improvised(state, line, body, shown) {
    Object.assign(inject(state, body.inject), {
      improvised: true,
      title: shown.title,
      to: body.to,
    });
  },
};
