// Plays the phone tree with everybody connected, and looks in every byte that each seat received for
// what it must not know yet: what is still to come, what came to others, what the facilitator hopes.
//
// What a seat may know follows here from the facilitator's stream alone, not from the rules in the
// engine that are being tested.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check, finish, pause, readInputs, scenario, sqlRows, toMs, workFolder } from "./lib.mjs";
import { joinAll, SEATS, serve, setClock } from "./web.mjs";

const folder = workFolder();

// ---- what there is to hide ----

// A secret: its words, the seats that may know it, and whether it is a name or a title (then it counts
// only where it stands alone, since other texts may hold the same words).
class Secrets {
  constructor() { this.all = new Map(); }

  add(kind, key, text, isName = false) {
    if (!text || (!isName && [...text].length < 8)) return;
    const id = `${kind}:${key}:${text}`;
    if (!this.all.has(id)) this.all.set(id, { kind, key, text, isName, known: new Set() });
  }

  // Lines, since a text's line breaks are written in other ways on the wire.
  addLines(kind, key, text) {
    for (const line of text.split("\n")) this.add(kind, key, line.trim());
  }

  addWords(kind, key, words) {
    for (const text of Object.values(words)) this.addLines(kind, key, text);
  }

  tell(seat, kind, key) {
    for (const secret of this.all.values())
      if (secret.kind === kind && secret.key === key) secret.known.add(seat);
  }

  hiddenFrom(seat) { return [...this.all.values()].filter((secret) => !secret.known.has(seat)); }
}

// The texts of a YAML file that stand under a key, in both languages; enough for our own scenario.
function textsUnder(file, keys) {
  const texts = [];
  let inside = -1;
  for (const line of readFileSync(join(scenario, file), "utf8").split("\n")) {
    const indent = line.search(/\S/);
    const key = line.match(/^\s*(?:- )?([a-z_]+):/)?.[1];
    if (indent >= 0 && indent <= inside) inside = -1;
    if (inside < 0 && keys.includes(key)) inside = indent;
    if (inside < 0) continue;
    for (const [, text] of line.matchAll(/\b(?:en|ja): "?([^"{}]+?)"?\s*(?:[,}]|$)/g)) texts.push(text);
    const id = line.match(/- id: ([a-z0-9-]+)/)?.[1];
    if (id && inside >= 0) texts.push({ name: id });
  }
  return texts;
}

function collect(setting) {
  const secrets = new Secrets();
  for (const inject of setting.injects) {
    secrets.add("inject", inject.id, inject.id, true);
    for (const title of Object.values(inject.title)) secrets.add("inject", inject.id, title, true);
    secrets.addWords("body", inject.id, inject.body);
    secrets.addWords("staff", inject.id, inject.reason);
    for (const words of inject.expected) secrets.addWords("staff", inject.id, words);
  }
  for (const fact of setting.facts) {
    secrets.add("fact", fact.id, fact.id, true);
    secrets.addWords("fact", fact.id, fact.text);
  }
  for (const found of textsUnder("injects.yaml", ["question"]))
    secrets.add("body", "corrections", found.name ?? found, Boolean(found.name));
  secrets.add("body", "corrections", "first-correction", true);
  for (const found of textsUnder("rules.yaml", ["title", "why"])) secrets.add("staff", "rules", found);
  secrets.add("stale", "vendor", "stale", true);
  return secrets;
}

// ---- who may know it ----

const seatsOf = (parties) => (parties.includes("room") ? SEATS : SEATS.filter((seat) => parties.includes(seat)));

// Follows the facilitator's stream.
class Knowledge {
  constructor(secrets) {
    this.secrets = secrets;
    this.messages = new Map(); // id → {facts, inject that it answers}
  }

  learn(seat, facts = []) { facts.forEach((fact) => this.secrets.tell(seat, "fact", fact)); }

  // A message's envelope names what it answers.
  envelope(seat, message, re) {
    this.secrets.tell(seat, "message", message);
    if (re) this.secrets.all.get(`inject:${re}:${re}`)?.known.add(seat);
  }

  take({ kind, actor, body }) {
    const to = seatsOf(body.to ? [body.to].flat() : []);
    if (kind === "delivered") to.forEach((seat) => this.secrets.tell(seat, "inject", body.inject));
    if (kind === "opened" && body.inject) this.secrets.tell(actor, "body", body.inject);
    if (kind === "learned") this.learn(actor, [body.fact]);
    if (kind === "opened" && body.message) {
      this.secrets.tell(actor, "text", body.message);
      this.learn(actor, this.messages.get(body.message));
    }
    if (kind === "messaged") {
      this.messages.set(body.message, body.facts);
      [actor, ...to].forEach((seat) => this.envelope(seat, body.message, body.re));
      this.secrets.tell(actor, "text", body.message);
      this.learn(actor, body.facts);
    }
    if (kind === "said") [actor, ...to].forEach((seat) => this.learn(seat, body.facts));
    if (kind === "unreached" && body.reason === "stale") this.secrets.tell("poc", "stale", "vendor");
  }
}

// ---- the search ----

function* stringsIn(value) {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const item of value) yield* stringsIn(item);
  else if (value !== null && typeof value === "object")
    for (const [key, item] of Object.entries(value)) {
      yield key;
      yield* stringsIn(item);
    }
}

// What a browser holds: its raw bytes, and every string of its answers and frames by itself.
function holdings(browser, fromByte = 0, fromFrame = 0) {
  const raw = browser.bytes.slice(fromByte);
  const strings = new Set();
  for (const frame of browser.frames.slice(fromFrame)) for (const text of stringsIn(frame.data)) strings.add(text);
  for (const text of raw) {
    try {
      for (const found of stringsIn(JSON.parse(text))) strings.add(found);
    } catch {
      // a piece of the stream
    }
  }
  return { strings, text: `${raw.join("")}\n${[...strings].join("\n")}` };
}

const holds = ({ strings, text }, secret) => (secret.isName ? strings.has(secret.text) : text.includes(secret.text));

function scan(room, secrets, places, when) {
  let looked = 0;
  for (const seat of SEATS) {
    const place = places?.[seat] ?? { byte: 0, frame: 0 };
    const found = holdings(room[seat], place.byte, place.frame);
    for (const secret of secrets.hiddenFrom(seat)) {
      looked++;
      check(!holds(found, secret), `${when}: ${seat} received ${secret.kind} of ${secret.key}: "${secret.text}"`);
    }
    if (places) places[seat] = { byte: room[seat].bytes.length, frame: room[seat].frames.length };
  }
  return looked;
}

// Fields that are the staff's in every event and every answer.
const STAFF_FIELDS = ["seq", "cause", "input", "why", "contested", "unread", "expected", "needs", "reach",
  "trigger", "injects", "seed", "content", "due_ms", "by_story", "rule", "draft_of"];

function checkFields(room) {
  for (const seat of SEATS) {
    const { strings } = holdings(room[seat]);
    for (const field of STAFF_FIELDS) check(!strings.has(field), `${seat} received a field "${field}"`);
    room[seat].frames.forEach(({ n }, i) => check(n === i + 1, `${seat} was told line ${n} as its ${i + 1}th`));
  }
}

// ---- the play ----

// What happens beside the good play, so that every way of telling something is in it.
const MORE = [
  ["35s", "facilitator", { do: "edit", inject: "corrections", title: "Changed before it came, unseen" }],
  ["36s", "facilitator", { do: "hold", inject: "shipping-calls-again" }],
  ["45s", "poc", { do: "note", text: "A private remark of the poc" }],
  ["2m35s", "poc", { do: "said", to: ["handler"], facts: ["shared-account"], text: "Spoken to the handler alone" }],
  ["2m40s", "facilitator", { do: "improvise", id: "i-legal", from: "a reporter", to: ["legal"], via: "phone",
    title: "A call for legal alone", body: "What the reporter wants of legal", facts: [] }],
  ["2m45s", "legal", { do: "open", inject: "i-legal" }],
  ["2m46s", "facilitator", { do: "hint", to: ["legal"], text: "A hint for legal alone", rule: "status-on-request" }],
  ["4m30s", "facilitator", { do: "reply_as", id: "r1", as: "vendor-desk", to: ["poc"], type: "answer", via: "mail",
    facts: ["more-recipients"], text: "What the vendor answers" }],
  ["4m40s", "poc", { do: "open", message: "r1" }],
  ["5m", "legal", { do: "open", message: "m4" }],
  ["5m10s", "commander", { do: "handoff", to: "handler", facts: ["account-locked"], text: "From the commander to the handler" }],
];

function allInputs(secrets) {
  const rows = readInputs().map(({ at, actor, ...rest }, i) => ({ at_ms: toMs(at), actor, body: { id: `c${i + 1}`, ...rest } }));
  MORE.forEach(([at, actor, body], i) => rows.push({ at_ms: toMs(at), actor, body: { id: `more${i}`, ...body } }));
  rows.sort((a, b) => a.at_ms - b.at_ms);
  for (const { actor, body } of rows) addOwnWords(secrets, actor, body);
  return rows;
}

// What people write is secret as well, from those whom it does not concern.
function addOwnWords(secrets, actor, body) {
  const text = body.text ?? body.reason;
  const open = { said: body.to, note: [], handoff: [body.to], hint: body.to, decide: [], answer: [] };
  if (body.do === "message" || body.do === "reply_as") {
    secrets.add("message", body.id, body.id, true);
    secrets.addLines("text", body.id, text);
  } else if (body.do === "improvise") {
    secrets.add("inject", body.id, body.id, true);
    secrets.add("inject", body.id, body.title, true);
    secrets.add("body", body.id, body.body);
  } else if (body.do === "edit") {
    secrets.add("inject", body.inject, body.title, true);
  } else if (text) {
    secrets.add("own", body.id, text);
    [actor, ...seatsOf([open[body.do]].flat())].forEach((seat) => secrets.tell(seat, "own", body.id));
  }
}

async function play() {
  const db = join(folder, "play.db");
  const server = serve(db);
  await server.up();
  const room = await joinAll(server);
  for (const as of ["facilitator", ...SEATS]) {
    await room[as].listen(0);
    await room[as].get("setting");
  }
  const secrets = collect(JSON.parse((await room.facilitator.get("setting")).text).setting);
  const rows = allInputs(secrets);
  const knowledge = new Knowledge(secrets);
  const places = {};
  let followed = 0, looked = 0, refused = 0;
  for (const { at_ms, actor, body } of rows) {
    await setClock(server, at_ms);
    const answer = await room[actor].post(body);
    refused += answer.status !== 200;
    check(answer.status === 200, `${body.id}: ${answer.status} ${answer.text}`);
    await room.facilitator.until(sqlRows(db, "SELECT count(*) AS n FROM event")[0].n);
    await pause(15);
    for (; followed < room.facilitator.frames.length; followed++) knowledge.take(room.facilitator.frames[followed].data);
    if (body.do === "start") {
      for (const seat of SEATS) await room[seat].get("setting");
      const hidden = SEATS.map((seat) => secrets.hiddenFrom(seat).length);
      check(Math.min(...hidden) >= 120, `just after STARTEX only ${hidden} strings are secret`);
    }
    looked += scan(room, secrets, places, `${at_ms} ms, ${body.do}`);
  }
  looked += scan(room, secrets, null, "at the end, in all bytes");
  checkFields(room);
  checkPlanted(room, secrets);
  await foreignDoors(room);
  await server.stop();
  return { looked, count: secrets.all.size };
}

// The search finds what is there: nearly everything in the facilitator's bytes, and in each seat's
// what it was told.
function checkPlanted(room, secrets) {
  const all = [...secrets.all.values()].filter((secret) => secret.key !== "rules" && secret.kind !== "body");
  const found = holdings(room.facilitator);
  const missing = all.filter((secret) => !holds(found, secret));
  check(missing.length <= all.length / 20, `the facilitator lacks ${missing.length} of ${all.length}: ${missing.slice(0, 5).map((one) => one.text)}`);
  const expected = { poc: 60, commander: 20, handler: 10, legal: 10 };
  for (const seat of SEATS) {
    const own = holdings(room[seat]);
    const known = [...secrets.all.values()].filter((secret) => secret.known.has(seat) && holds(own, secret)).length;
    check(known >= expected[seat], `${seat} was told only ${known} things`);
  }
}

// Doors that are not a seat's.
async function foreignDoors(room) {
  for (const [path, as, status] of [["links", "poc", 403], ["setting", "facilitator", 401], ["setting", "commander", 401],
    ["stream", "facilitator", 401], ["links", "facilitator", 401]]) {
    const answer = await room.poc.get(path, as);
    check(answer.status === status, `the poc asked for ${path} as ${as} and got ${answer.status}`);
  }
}

// ---- guessing ----

// Whoever guesses a name hears the same whether it is hidden or does not exist. Each row: who, and
// the input with what is guessed in the place of "?".
const GUESSES = [
  ["poc", "corrections", { do: "open", inject: "?" }],
  ["poc", "corrections", { do: "ack", inject: "?" }],
  ["poc", "corrections", { do: "answer", inject: "?", text: "x" }],
  ["poc", "corrections", { do: "message", type: "info", to: ["legal"], via: "chat", re: "?", text: "x" }],
  ["poc", "corrections", { do: "message", type: "info", to: ["legal"], via: "chat", text: "x", id: "?" }],
  ["poc", "first-correction", { do: "decide", question: "?", option: "what-failed", reason: "x" }],
  ["poc", "first-correction", { do: "decide", question: "?", option: "no-such-option", reason: "x" }],
  ["poc", "corrections", { do: "skip", inject: "?" }],
  ["poc", "corrections", { do: "fire", inject: "?" }],
  ["legal", "night-report", { do: "open", inject: "?" }],
  ["legal", "m1", { do: "open", message: "?" }],
  ["legal", "m1", { do: "ack", message: "?" }],
  ["legal", "m1", { do: "readback", message: "?", text: "x" }],
  ["legal", "m1", { do: "message", type: "info", to: ["poc"], via: "chat", re: "?", text: "x" }],
  ["legal", "m1", { do: "message", type: "approval", to: ["poc"], via: "chat", draft: "?", text: "x" }],
  ["legal", "account-locked", { do: "message", type: "info", to: ["poc"], via: "chat", facts: ["?"], text: "x" }],
  ["legal", "account-locked", { do: "message", type: "info", to: ["poc"], via: "chat", unknown: ["?"], text: "x" }],
  ["legal", "account-locked", { do: "said", to: ["room"], facts: ["?"] }],
  ["legal", "account-locked", { do: "heard", from: "poc", facts: ["?"] }],
  ["legal", "account-locked", { do: "handoff", to: "poc", facts: ["?"] }],
];

async function guess() {
  const server = serve(join(folder, "guess.db"));
  await server.up();
  const room = await joinAll(server);
  for (const { at, actor, ...rest } of readInputs().slice(0, 8)) {
    await setClock(server, toMs(at));
    await room[actor].post({ id: `c${at}`, ...rest });
  }
  for (const [i, [seat, hidden, input]] of GUESSES.entries()) {
    const answers = [];
    for (const name of [hidden, `no-such-thing-${i}`]) {
      const body = JSON.parse(JSON.stringify({ id: `g${i}-?`, ...input }).replaceAll("?", name));
      const answer = await room[seat].post(body);
      answers.push(`${answer.status} ${answer.text}`.replaceAll(name, "?"));
    }
    check(answers[0] === answers[1],
      `${seat} can tell "${hidden}" by ${JSON.stringify(input)}:\n  hidden  ${answers[0]}\n  unknown ${answers[1]}`);
  }
  await server.stop();
}

const { looked, count } = await play();
await guess();
finish(`${count} secrets, looked for ${looked} times in what four seats received; ${GUESSES.length} guesses told nothing`);
