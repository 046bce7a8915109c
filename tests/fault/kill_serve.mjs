// A live exercise whose program is killed at any moment: what was answered is kept once, what was
// told is on disk, and the record comes out as if nothing had happened.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { chance, check, checkSame, copyRecord, finish, killsWanted, readInputs, sqlRows, tocsin, tocsinOk, toMs,
  workFolder } from "./lib.mjs";
import { Browser, joinAll, SEATS, serve, setClock } from "./web.mjs";

const KILLS = killsWanted();
const SPAN_MS = 12; // a request takes about half of this, its commit included
const next = chance(7);
const folder = workFolder();
const id = "phone-tree-1";
let kills = 0, repeats = 0, unheard = 0, passes = 0;
const viewers = ["facilitator", ...SEATS];
const inputs = readInputs().map(({ at, actor, ...rest }, i) =>
  ({ at_ms: toMs(at), actor, body: { id: `c${i + 1}`, ...rest } }));

// What people were told and answered, over all lives of the program.
class Memory {
  constructor() {
    this.told = Object.fromEntries(viewers.map((as) => [as, []]));
    this.answered = []; // {actor, id, text}
    this.waits_ms = [];
    this.joined = []; // in the life before
  }

  take(as, frames) {
    for (const { n, text } of frames.splice(0)) {
      const told = this.told[as];
      check(n <= told.length + 1, `${as} was told line ${n} after line ${told.length}`);
      if (n <= told.length) checkSame(text, told[n - 1], `line ${n} of ${as}, told again`);
      told[n - 1] = text;
    }
  }
}

function logOf(db, as) {
  const ran = tocsin(["log", id, "--db", db, "--as", as, "--json"]);
  return ran.code === 0 ? ran.out.split("\n").slice(0, -1) : [];
}

// Everything that anybody saw or was answered is in what lies on disk now.
function checkOnDisk(db, memory, when) {
  const copy = join(folder, "copy.db");
  copyRecord(db, copy);
  for (const as of viewers) {
    if (memory.told[as].length === 0) continue;
    const kept = logOf(copy, as);
    memory.told[as].forEach((text, i) => check(kept[i] === text, `${when}: ${as} saw what is not on disk: ${text}`));
  }
  if (memory.answered.length === 0) return;
  const rows = sqlRows(copy, "SELECT actor, client_id FROM input").map((row) => `${row.actor}/${row.client_id}`);
  for (const { actor, id: client } of memory.answered)
    check(rows.filter((row) => row === `${actor}/${client}`).length === 1, `${when}: ${client} of ${actor} was answered and is not on disk once`);
}

// Whether the copy holds an input whose sender got no answer.
function isKept(at) {
  if (at === inputs.length || tocsin(["log", id, "--db", join(folder, "copy.db")]).code !== 0) return false;
  const { actor, body } = inputs[at];
  return sqlRows(join(folder, "copy.db"), `SELECT 1 AS kept FROM input
    WHERE actor = '${actor}' AND client_id = '${body.id}'`).length > 0;
}

// A log that begins again at its start grows only later: its time tells of every write.
const writtenAt = (path) => (existsSync(path) ? statSync(path, { bigint: true }).mtimeNs : 0n);

// Kills as exactly as the event loop allows: after a time, or when the commit begins to be written.
function killSoon(server, db, kill) {
  const due_ms = performance.now() + kill.after_ms;
  const before = writtenAt(`${db}-wal`);
  const isTime = () => (kill.atWrite ? writtenAt(`${db}-wal`) !== before : performance.now() >= due_ms);
  const look = () => {
    if (server.isOver) return;
    if (isTime()) server.process.kill("SIGKILL");
    else setImmediate(look);
  };
  setImmediate(look);
}

// A browser that never got its answer asks again: it hears the same, and nothing happens twice.
async function repeatLast(room, memory) {
  const last = memory.answered.at(-1);
  if (!room || !last) return;
  const answer = await room[last.actor].post(last.body);
  if (answer.status === 0) return;
  check(answer.status === 200 && answer.text === last.text, `${last.id} again: ${answer.status} ${answer.text}`);
  repeats++;
}

// Who joined in an earlier life of the program is still let in.
async function checkPasses(server, room, memory) {
  for (const { as, cookie } of memory.joined) {
    const before = new Browser(server, as);
    before.cookie = cookie;
    const answer = await before.get("setting");
    check(answer.status === 200 || answer.status === 0, `${as}, who had joined: ${answer.status} ${answer.text}`);
    passes += answer.status === 200;
  }
  memory.joined = viewers.map((as) => ({ as, cookie: room[as].cookie }));
}

// One life of the program. kill: {step, …} counted in requests, or null to live to the end.
// Returns how far the inputs have come.
async function live(db, at, kill, memory) {
  // Had the end been kept and nobody heard of it, the scenario alone would begin another exercise.
  const server = serve(db, at === inputs.length - 1 ? { resume: id } : {});
  let step = 0;
  const about = (isHeard = true) => {
    const isNow = kill && step++ === kill.step;
    if (isNow && isHeard) killSoon(server, db, kill);
    return isNow;
  };
  about(); // while it starts
  const room = await server.up() ? await joinAll(server) : null;
  for (const as of room ? viewers : []) await room[as].listen(memory.told[as].length);
  if (room) await checkPasses(server, room, memory);
  await repeatLast(room, memory);
  for (; room && at < inputs.length; at++) {
    const { at_ms, actor, body } = inputs[at];
    about();
    const clock = await setClock(server, at_ms);
    if (clock.status === 0) break;
    check(clock.status === 200, `the clock: ${clock.status} ${clock.text}`);
    // From commit to answer is too short a time to hit: who does not listen sees the same.
    const isDeaf = about(!kill?.unheard) && kill.unheard;
    const began_ms = performance.now();
    const answer = await room[actor].post(body);
    memory.waits_ms.push(performance.now() - began_ms);
    if (answer.status === 0 || isDeaf) break;
    check(answer.status === 200, `${body.id}: ${answer.status} ${answer.text}`);
    memory.answered.push({ actor, body, id: body.id, text: answer.text });
  }
  if (at < inputs.length || (kill && !server.isOver)) await server.kill();
  else if (!server.isOver) {
    await room.facilitator.until(logOf(db, "facilitator").length);
    await server.stop();
  }
  for (const as of room ? viewers : []) {
    await room[as].leave();
    memory.take(as, room[as].frames);
  }
  return at;
}

const referenceDb = join(folder, "reference.db");
const seen = new Memory();
await live(referenceDb, 0, null, seen);
const reference = tocsinOk(["log", id, "--db", referenceDb, "--json"]);
const head = tocsinOk(["verify", id, "--db", referenceDb]).trim().split(" ").at(-1);
check(seen.told.facilitator.length === reference.split("\n").length - 1, "the facilitator was not told everything");

const waits_ms = seen.waits_ms.sort((a, b) => a - b);
const median_ms = waits_ms[Math.floor(waits_ms.length / 2)];
check(median_ms < 500, `half of the answers took ${Math.round(median_ms)} ms and longer`);

for (let run = 0; kills < KILLS; run++) {
  const db = join(folder, `run-${run}.db`);
  const memory = new Memory();
  let at = 0;
  for (let life = 0; at < inputs.length || life === 0; life++) {
    // Five lives a run; requests are counted from the start of each.
    const ends = life < 5 && kills < KILLS;
    const kill = { step: Math.floor(next() * next() * 24), after_ms: SPAN_MS * next(), atWrite: next() < 0.5,
      unheard: next() < 0.5 };
    if (kill.step === 0) kill.after_ms *= 12; // a start takes longer than a request
    at = await live(db, at, ends ? kill : null, memory);
    kills += ends;
    if (!ends) continue;
    checkOnDisk(db, memory, `run ${run}, life ${life}`);
    unheard += isKept(at);
  }
  checkSame(tocsinOk(["log", id, "--db", db, "--json"]), reference, `run ${run}`);
  const verified = tocsin(["verify", id, "--db", db, "--head", head]);
  check(verified.code === 0, `run ${run}: ${verified.err}`);
  checkOnDisk(db, memory, `run ${run}, at its end`);
  check(memory.answered.length === inputs.length, `run ${run}: ${memory.answered.length} answers`);
  const [once] = sqlRows(db, "SELECT count(*) AS n FROM input");
  check(once.n === inputs.length + 1, `run ${run}: ${once.n} inputs, not ${inputs.length + 1}`);
}
check(unheard >= KILLS / 12, `only ${unheard} inputs were kept and not answered`);
check(passes >= KILLS / 3, `only ${passes} browsers were let in again without a link`);
check(repeats >= KILLS / 3, `only ${repeats} inputs were sent again`);
finish(`a live exercise of ${inputs.length} inputs survived ${kills} kills, ${unheard} between keeping and answering;`
  + ` ${viewers.length} pages saw nothing that was lost`);
