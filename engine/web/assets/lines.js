// One sentence for each line of a view: what the log and the feed say.
import { known, say } from "/assets/i18n.js";
import { clockText } from "/assets/clock.js";
import { spanText } from "/assets/trouble.js";

const thing = (names, body) =>
  body.inject ? say("quoted", { title: names.inject(body.inject) }) : names.message(body.message);

// What could not be done, and with what, where that has a name.
function tried(names, { input_name, what }) {
  const input = known(`input.${input_name}`) ? say(`input.${input_name}`) : input_name;
  const thing = names.anything(what);
  return thing === what ? input : say("refused.with", { input, what: thing });
}

// kind → what its sentence needs beside the actor
const PARAMETERS = {
  acked: (names, body) => ({ what: thing(names, body) }),
  acted: (names, body) => ({ action: names.action(body.action), target: body.target || "" }),
  answered: (names, body) => ({ what: thing(names, body) }),
  arrived: (names, body) => ({ what: thing(names, body) }),
  assigned: (names, body) => ({ seat: names.party(body.seat) }),
  challenged: (names, body) => ({ action: names.action(body.action) }),
  claimed: (names, body, shown) => ({
    stakeholder: names.party(body.stakeholder),
    name: shown.name || say("facilitator"),
  }),
  decided: (names, body) => ({ option: names.option(body.option) }),
  declared: (names, body) => ({
    status: say(`declared.${body.status}`),
    of: body.of ? names.matter(body.of) : "",
  }),
  delivered: (names, body) => ({ what: thing(names, body), to: (body.to || []).map(names.party) }),
  edited: (names, body) => ({ what: thing(names, body) }),
  expired: (names, body) => ({ question: names.question(body.question) }),
  fault: (names, body) => ({
    file: body.file || body.story || "",
    line: body.line || 0,
    message: body.message,
  }),
  forwarded: (names, body) => ({ what: thing(names, body), party: names.party(body.party) }),
  "handed-off": (names, body) => ({ to: names.party(body.to) }),
  heard: (names, body) => ({ from: body.from ? names.party(body.from) : say("someone") }),
  "hot-wash": (names, body) => ({ minutes: Math.round((body.length_ms || 0) / 60000) }),
  held: (names, body) => ({ what: thing(names, body) }),
  hinted: (names, body) => ({ to: (body.to || []).map(names.party) }),
  improvised: (names, body) => ({ what: thing(names, body) }),
  learned: (names, body) => ({ fact: names.fact(body.fact) }),
  messaged: (names, body) => ({
    type: say(`type.${body.type}`),
    to: (body.to || []).map(names.party),
    via: say(`via.${body.via || ""}`),
    deed: names.deed(body),
  }),
  observed: (names, body, shown) => ({ name: shown.name || "" }),
  opened: (names, body) => ({ what: thing(names, body) }),
  "pace-changed": (names, body) => ({ pace: body.pace }),
  paused: (names, body) => ({ span: spanText(body.gap_ms || 0) }),
  "phase-changed": (names, body, shown) => ({ phase: shown.name, number: shown.number }),
  "receiver-tested": (names, body) => ({ what: thing(names, body) }),
  reached: (names, body) => ({ what: thing(names, body) }),
  "read-back": (names, body) => ({ what: thing(names, body) }),
  reflected: (names, body) => ({ about: say(`hotwash.one.${body.about}`) }),
  refused: (names, body, shown) => ({
    input: tried(names, body),
    sentence: shown.sentence || say("refused.plain"),
  }),
  said: (names, body) => ({ to: (body.to || []).map(names.party) }),
  scheduled: (names, body) => ({ what: thing(names, body), time: clockText(body.due_ms || 0) }),
  skipped: (names, body) => ({ what: thing(names, body) }),
  unreached: (names, body) => ({
    party: names.party(body.party),
    reason: say(`reason.${body.reason}`),
  }),
  "world-set": (names, body) => ({
    name: names.world(body.name),
    value: names.worldValue(body.name, body.value),
  }),
};

function keyOf({ kind, body, shown }) {
  if (kind === "phase-changed" && !shown.name) return "line.phase-begins";
  if (kind === "claimed" && body.released) return "line.released";
  if (kind === "decided" && body.contested) return "line.decided-contested";
  if (kind === "observed" && shown.name) return "line.observed-by";
  if (kind === "messaged" && body.action) return "line.ordered";
  if (kind === "paused" && body.reason === "outage") return "line.paused-outage";
  if (kind === "hot-wash" && !body.length_ms) return "line.hot-wash-over";
  if (kind !== "skipped" || body.why === "hand") return `line.${kind}`;
  return body.why === "dial" ? "line.above-dial" : "line.not-again";
}

// `actor`, where given, stands for whoever did it: "You", in one's own log.
export function describe(names, line, actor = names.party(line.actor)) {
  const key = keyOf(line);
  if (!known(key)) return line.kind;
  const more = PARAMETERS[line.kind];
  return say(key, { actor, ...(more ? more(names, line.body, line.shown) : {}) });
}

// What a phase is called that began; to players many have a number only.
export const phaseName = ({ shown }) => shown.name || say("phase.number", { number: shown.number });

// What was written or said in free words, if anything.
export const words = (line) =>
  line.shown.text && line.kind !== "learned" ? line.shown.text : line.shown.reason || null;
