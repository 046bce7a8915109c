// Plays the flagship over HTTP with a session for every seat, an evaluator and the board, and after
// every input looks in every byte that each of them was sent, on every route, for what it may not know
// yet. Then each seat guesses: at every name that an input can hold and at every file, and must not be
// able to tell what is hidden from what does not exist.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check, finish, pause, readInputs, source, toMs, workFolder } from "./lib.mjs";
import { Knowledge, Secrets } from "./scan_secrets.mjs";
import { joinAll, SEATS, serve, setClock } from "./web.mjs";

const folder = join(source, "scenarios/ransomware");
const good = readInputs(join(source, "tests/story/ransomware/good.jsonl"));
const work = workFolder();
const WATCHED = [...SEATS, "board"];

// ---- the search ----

function collect(value, found) {
  if (typeof value === "string") found.strings.add(value);
  else if (Array.isArray(value)) value.forEach((item) => collect(item, found));
  else if (value !== null && typeof value === "object")
    for (const [key, item] of Object.entries(value)) {
      found.fields.add(key);
      collect(item, found);
    }
}

// What a browser was sent since the last look: its bytes, and each string by itself.
function news(browser) {
  const raw = browser.bytes.slice(browser.lookedBytes ?? 0);
  const frames = browser.frames.slice(browser.lookedFrames ?? 0);
  browser.lookedBytes = browser.bytes.length;
  browser.lookedFrames = browser.frames.length;
  const found = { strings: new Set(), fields: new Set() };
  for (const { data } of frames) collect(data, found);
  for (const text of raw) {
    try {
      collect(JSON.parse(text), found);
    } catch {
      // a piece of the stream, an asset, a file
    }
  }
  return { ...found, text: `${raw.join("")}\n${[...found.strings].join("\n")}` };
}

const holds = ({ strings, text }, secret) => (secret.isName ? strings.has(secret.text) : text.includes(secret.text));

// Fields that are the staff's in every event and every answer.
const STAFF_FIELDS = ["seq", "cause", "input", "why", "contested", "unread", "expected", "needs", "reach", "truth",
  "trigger", "injects", "seed", "content", "due_ms", "by_story", "rule", "draft_text", "authority", "begins_ms"];

// A finding says about whom it is on what it hangs: somebody's question or letter, by its name, but
// never in its words.
const NAMED_BY_FINDINGS = ["mail", "inside", "staff"];
const isFindings = (room, who, { kind, text }) =>
  NAMED_BY_FINDINGS.includes(kind) && (room.findings?.[who] ?? []).some((one) => one.includes(text));

let looked = 0;

function scan(room, secrets, when) {
  for (const who of WATCHED) {
    const found = news(room[who]);
    if (found.text.length < 2) continue;
    for (const secret of secrets.hiddenFrom(who)) {
      looked++;
      if (holds(found, secret) && !secrets.isKnownElsewhere(who, secret) && !isFindings(room, who, secret))
        check(false, `${when}: ${who} received ${secret.kind} of ${secret.key}: "${secret.text}"`);
    }
    if (room.findings) continue; // then a finding names its rule
    for (const field of STAFF_FIELDS) check(!found.fields.has(field), `${when}: ${who} received a field "${field}"`);
  }
}

// ---- the play ----

// What happens beside the good play, so that every way of telling something is in it.
const MORE = [
  ["30s", "facilitator", { do: "edit", inject: "linked-hospitals", title: "Changed before it came, and unseen" }],
  ["31s", "facilitator", { do: "hold", inject: "who-pulls-the-cable" }],
  ["32s", "evaluator", { do: "observe", text: "What an evaluator thinks of them" }],
  ["55s", "poc", { do: "note", text: "A private remark of the poc alone" }],
  ["1m50s", "poc", { do: "said", to: ["handler"], facts: ["printers-notes"], text: "Spoken into the handler's ear" }],
  ["2m12s", "facilitator", { do: "improvise", id: "i-legal", from: "a caller made up", to: ["legal"], via: "phone",
    title: "A call for legal alone, improvised", body: "What the made-up caller wants of legal", facts: [] }],
  ["2m15s", "legal", { do: "open", inject: "i-legal" }],
  ["2m16s", "legal", { do: "answer", inject: "i-legal", text: "What legal answers to the caller" }],
  ["2m20s", "facilitator", { do: "hint", to: ["legal"], hint: "when-did-we-know" }],
  ["2m21s", "facilitator", { do: "hint", to: ["poc"], text: "A hint in free words for the poc", rule: "commander-hears" }],
  ["5m10s", "facilitator", { do: "claim", stakeholder: "vendor-desk" }],
  ["5m30s", "facilitator", { do: "reply_as", id: "r-vendor", as: "vendor-desk", to: ["handler"], type: "answer", via: "mail",
    facts: ["route-vendor"], text: "What the vendor tells the handler" }],
  ["5m35s", "handler", { do: "open", message: "r-vendor" }],
  ["13m", "commander", { do: "handoff", to: "handler", facts: ["scope-first"], text: "From the commander to the handler" }],
  ["13m10s", "commander", { do: "message", id: "order-1", type: "order", to: ["handler"], via: "chat", readback: true,
    action: "take-image", target: "file-server", text: "An image of the file server, please" }],
  ["13m20s", "handler", { do: "open", message: "order-1" }],
  ["13m30s", "handler", { do: "readback", message: "order-1", text: "I take an image of the file server" }],
  ["14m", "facilitator", { do: "fire", inject: "who-pulls-the-cable" }],
  ["1h31m", "evaluator", { do: "rate", capability: "communication", rating: "S", text: "Why an evaluator rates them so" }],
];

function allInputs() {
  const rows = good.map(({ at, actor, ...rest }, i) => ({ at_ms: toMs(at), actor, body: { id: `c${i + 1}`, ...rest } }));
  MORE.forEach(([at, actor, body], i) => rows.push({ at_ms: toMs(at), actor, body: { id: `more${i}`, ...body } }));
  return rows.sort((a, b) => a.at_ms - b.at_ms);
}

let barriers = 0;

// Waits until everybody was told what has happened so far: the facilitator's own note comes last.
async function settle(room) {
  const text = `barrier ${barriers++}`;
  await room.facilitator.post({ id: `b${barriers}`, do: "note", text });
  for (let waited_ms = 0; waited_ms < 10000; waited_ms += 2) {
    if (room.facilitator.frames.slice(-5).some(({ data }) => data.shown.text === text)) return pause(4);
    await pause(2);
  }
  check(false, "the facilitator was never told of a note");
}

// Every address that the server has, whoever it is for; the stream is open all the time.
const ASKED = [...readFileSync(join(source, "engine/web/route.c"), "utf8").matchAll(/\{"(?:GET|POST)", "\/api\/1\/(\S+)"/g)]
  .map(([, path]) => path).filter((path) => path !== "stream")
  .flatMap((path) => (path.endsWith("*") ? ["poc", "board", "scenario.yaml", "story.lua"].map((rest) => path.replace("*", rest)) : [path]));

async function askEverything(room, who) {
  check(ASKED.length > 15, `only ${ASKED.length} addresses were found`);
  for (const path of ASKED) await room[who].get(path);
  for (const other of ["facilitator", ...SEATS])
    if (other !== who) check((await room[who].get("setting", other)).status === 401, `${who} was let in as ${other}`);
}

async function askForFiles(room, secrets, who) {
  for (const [path, injects] of secrets.files) {
    const answer = await room[who].get(`files/${path}`);
    const may = injects.some((inject) => secrets.all.get(`inside\n${inject}\n${path}`).known.has(who));
    check(answer.status === (may ? 200 : 404), `${who} asked for ${path}: ${answer.status}`);
  }
}

async function fetchAssets(room) {
  const paths = ["", "join", "healthz", "assets/main.js"];
  for (let i = 0; i < paths.length; i++) {
    const text = await (await fetch(`${room.facilitator.server.origin}/${paths[i]}`)).text();
    room.poc.bytes.push(text);
    for (const [, next] of text.matchAll(/"\/(assets\/[\w.]+)"/g)) if (!paths.includes(next)) paths.push(next);
  }
  return paths.length;
}

// The replay shows everybody what came to anybody, how true it was, and nobody what did not come; what
// people wrote to each other and what the staff hoped to see stay where they were.
const SHOWN_BY_REPLAY = ["envelope", "inject", "inside", "fact"];

function theReplay(secrets) {
  const all = [...secrets.all.values()];
  const came = new Set(all.filter(({ kind, known }) => kind === "fact" && known.size > 0).map(({ key }) => key));
  for (const { kind, key, known } of all)
    if ((SHOWN_BY_REPLAY.includes(kind) && known.size > 0) || (kind === "staff" && came.has(key)))
      SEATS.forEach((seat) => known.add(seat));
}

// After ENDEX a seat is told of the rules that say something about it.
async function theEnd(room, secrets) {
  theReplay(secrets);
  const { findings } = JSON.parse((await room.facilitator.get("findings")).text);
  const silent = ["not-activated", "not-measured"];
  room.findings = {};
  for (const seat of SEATS) {
    const own = findings.filter(({ actor, verdict }) => actor === seat && !silent.includes(verdict));
    for (const { rule } of own) secrets.tell(seat, "rule", rule);
    room.findings[seat] = own.map((one) => JSON.stringify(one));
    check(own.length > 5, `only ${own.length} findings are about ${seat}`);
  }
  for (const who of WATCHED) await askEverything(room, who);
}

async function play() {
  const server = serve(join(work, "play.db"), { scenario: folder });
  await server.up();
  const room = await joinAll(server, ["board", "evaluator"]);
  const secrets = new Secrets(folder);
  const knowledge = new Knowledge(secrets, SEATS);
  for (const who of ["facilitator", ...WATCHED]) await room[who].listen(0);
  for (const who of WATCHED) await askEverything(room, who);
  const assets = await fetchAssets(room);
  check(assets > 30, `only ${assets} of the pages' parts were looked through`);
  scan(room, secrets, "before STARTEX");
  let followed = 0, step = 0, refused = 0;
  for (const { at_ms, actor, body } of allInputs()) {
    await setClock(server, at_ms);
    const answer = await room[actor].post(body);
    refused += answer.status !== 200;
    check(answer.status === 200 || body.do === "open", `${body.do} ${body.id}: ${answer.status} ${answer.text}`);
    await settle(room);
    for (; followed < room.facilitator.frames.length; followed++) knowledge.take(room.facilitator.frames[followed].data);
    if (body.do === "start") {
      const hidden = SEATS.map((seat) => secrets.hiddenFrom(seat).length);
      check(Math.min(...hidden) > 1500, `just after STARTEX only ${hidden} lines are hidden`);
    }
    if (step++ % 20 === 0) for (const who of WATCHED) await askEverything(room, who);
    if (step % 40 === 0) for (const who of WATCHED) await askForFiles(room, secrets, who);
    if (body.do === "end") await theEnd(room, secrets);
    scan(room, secrets, `${at_ms} ms, ${body.do} of ${actor}`);
  }
  checkPlanted(room, secrets);
  for (const who of WATCHED)
    room[who].frames.forEach(({ n }, i) => check(n === i + 1, `${who} was told line ${n} as its ${i + 1}th`));
  for (const who of ["facilitator", ...WATCHED]) await room[who].leave();
  await server.stop();
  return { count: secrets.all.size, steps: step, refused };
}

// The search finds what is there: in each seat's bytes what it was told, and in the facilitator's most.
function checkPlanted(room, secrets) {
  const least = { poc: 250, commander: 250, handler: 200, legal: 150, board: 0 };
  for (const who of WATCHED) {
    room[who].lookedBytes = room[who].lookedFrames = 0;
    const own = news(room[who]);
    const told = [...secrets.all.values()].filter((secret) => secret.known.has(who) && holds(own, secret)).length;
    check(told >= least[who], `${who} was told only ${told} things`);
  }
  const all = news(room.facilitator);
  const sought = [...secrets.all.values()].filter(({ kind }) => ["envelope", "inside", "fact", "letter"].includes(kind));
  const found = sought.filter((secret) => holds(all, secret)).length;
  check(found > sought.length / 2, `the facilitator was told only ${found} of ${sought.length}`);
}

// ---- guessing ----

// The inputs and their fields, as the reference lists them: {name: [{field, must, is}]}.
function readCatalogue() {
  const page = readFileSync(join(source, "docs/events.md"), "utf8").split(/^## /m).find((part) => part.startsWith("Inputs"));
  const inputs = {};
  for (const part of page.split(/^### /m).slice(1)) {
    const name = part.match(/^`([a-z_]+)`/)[1];
    inputs[name] = [...part.matchAll(/^\| `([a-z_]+)`( \(must\))? \| (.*?) \|/gm)]
      .map(([, field, must, is]) => ({ field, must: Boolean(must), is }));
  }
  return inputs;
}

// What is true of a moment in the play: names that exist and that the handler does not know.
const HIDDEN = {
  inject: ["leak-sample", "ward-calls"], // one to come, one of others
  message: ["m2-others"],
  fact: ["leak-sample", "number-true"], // not one that others have: passing that on is never refused
  question: ["talk-or-pay", "records-advice"],
  option: ["contact-only"],
  hint: ["whose-night"],
  rule: ["isolation-is-done"],
};
// Fields whose kind the reference leaves open.
const KIND_OF_FIELD = { re: ["inject", "message"], rule: ["rule"], finding: ["rule"], reaction: [] };
const UNKNOWN = "no-such-thing";

// Something that the field takes, so that nothing but the guess can be wrong.
function filler(is, field) {
  if (/^`/.test(is)) return is.match(/`([^`]+)`/)[1];
  if (is === "integer") return 1;
  if (is === "duration") return "5m";
  if (is === "true/false") return true;
  if (/role|stakeholder or room/.test(is)) return is.startsWith("ids") ? ["poc"] : "poc";
  const some = { action: "take-image", seat: "poc", stakeholder: "ward", status: "aware", phase: "morning", person: "p1",
    inject: "spreading", message: "m4", fact: "scope-first", question: "containment-order", option: "backup-first",
    hint: "whose-night", "world value": "records", slot: "scope" }[is.match(/^ids?: (.*)$/)?.[1]];
  if (some) return is.startsWith("ids") ? [some] : some;
  return field === "name" || field === "value" ? "records" : "x";
}

function kindsOf({ field, is }) {
  if (KIND_OF_FIELD[field]) return KIND_OF_FIELD[field];
  const kind = is.match(/^ids?: ([a-z]+)$/)?.[1];
  return kind && HIDDEN[kind] ? [kind] : [];
}

// Every field of every input that can hold a name, with each name that is hidden.
function* guesses() {
  for (const [name, fields] of Object.entries(readCatalogue()))
    for (const guessed of fields)
      for (const kind of kindsOf(guessed))
        for (const hidden of HIDDEN[kind]) {
          const body = { do: name };
          for (const { field, must, is } of fields)
            if (must || field === "text" || field === "to") body[field] = filler(is, field);
          // An inject or a message; an option of the very question.
          body[guessed.field] = guessed.is.startsWith("ids") ? ["?"] : "?";
          if (kind === "option") body.question = "talk-or-pay";
          yield { hidden, body };
        }
}

const bare = (frame) => JSON.stringify({ ...frame.data, n: 0 });

// Everything that came of an input: the answer with its headers, and what the streams told.
async function outcome(room, body) {
  const before = Object.fromEntries(WATCHED.map((who) => [who, room[who].frames.length]));
  const answer = await room.handler.post(body);
  await settle(room);
  const headers = [...(answer.headers ?? [])].filter(([name]) => name !== "date" && name !== "content-length");
  const told = WATCHED.map((who) => `${who}: ${room[who].frames.slice(before[who]).map(bare).join(" ")}`);
  return [answer.status, JSON.stringify(headers), answer.text, ...told].join("\n");
}

// Nine minutes into the night the handler has letters of its own, and others have theirs.
async function guess() {
  const server = serve(join(work, "guess.db"), { scenario: folder });
  await server.up();
  const room = await joinAll(server, ["board", "evaluator"]);
  for (const who of ["facilitator", ...WATCHED]) await room[who].listen(0);
  for (const { at, actor, ...rest } of good.filter((row) => toMs(row.at) <= 520000)) {
    await setClock(server, toMs(at));
    await room[actor].post({ id: `c${at}${actor}`, ...rest });
  }
  await room.poc.post({ id: "m2-others", do: "message", type: "info", to: ["legal"], via: "chat", text: "For legal alone" });
  await settle(room);
  let count = 0, accepted = 0;
  for (const { hidden, body } of guesses()) {
    const outcomes = [];
    for (const name of [hidden, UNKNOWN]) {
      const text = JSON.stringify({ id: `g${count}-${name}`, ...body }).replaceAll('"?"', JSON.stringify(name));
      outcomes.push((await outcome(room, JSON.parse(text))).replaceAll(`g${count}-${name}`, "g").replaceAll(`"${name}"`, '"?"'));
    }
    accepted += outcomes[0].startsWith("200");
    check(outcomes[0] === outcomes[1], `the handler can tell "${hidden}" by ${JSON.stringify(body)}:\n  hidden  ${outcomes[0]}\n  unknown ${outcomes[1]}`);
    count++;
  }
  check(count >= 40 && accepted < count / 4, `${count} guesses, of which ${accepted} were taken`);
  for (const who of ["facilitator", ...WATCHED]) await room[who].leave();
  await server.stop();
  return count;
}

const { count, steps } = await play();
const guessed = await guess();
finish(`${count} lines and names are secret; looked for ${looked} times during ${steps} inputs; ${guessed} guesses told nothing`);
