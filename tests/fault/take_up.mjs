// Going on with an exercise: what is played by somebody else, damaged, or cannot be written is said,
// and nothing else is begun in its place; a story that no longer agrees loses no time.
import { statSync } from "node:fs";
import { join } from "node:path";
import { canonical, forgeTable, sha256 } from "./chain.mjs";
import { check, copyRecord, finish, pause, program, scenario, sql, sqlRows, tocsin, tocsinOk, workFolder } from "./lib.mjs";
import { joinAll, serve, setClock } from "./web.mjs";

const folder = workFolder();
const id = "phone-tree-1";

const exercises = (db) => sqlRows(db, "SELECT count(*) AS n FROM programme WHERE kind = 'exercise-created'")[0].n;
const serveArgs = (db) => ["serve", "--scenario", scenario, "--db", db, "--listen", "127.0.0.1:0"];

// Somebody who knows SQLite changes a record without leaving the triggers broken.
function withoutTriggers(db, statements) {
  const triggers = sqlRows(db, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
  const drop = triggers.map(({ name }) => `DROP TRIGGER ${name};`).join("");
  const done = sql(db, drop + statements);
  if (!done.ok) throw new Error(done.err);
  forgeTable(db);
  const again = sql(db, triggers.map((trigger) => `${trigger.sql};`).join(""));
  if (!again.ok) throw new Error(again.err);
}

// An exercise that runs until its program is killed.
async function leftRunning(name, options, wait) {
  const db = join(folder, `${name}.db`);
  const server = serve(db, options);
  const room = await server.up() ? await joinAll(server) : null;
  if (room === null) throw new Error(`${name}: ${server.complained}`);
  check((await room.facilitator.post({ id: "c1", do: "start" })).status === 200, `${name}: start`);
  await wait?.(server, room);
  await server.kill();
  return db;
}

// Ends with an error that says what the matter is; no second exercise comes of it.
function checkRefused(db, name, says, ran) {
  check(ran.code === 1 || ran.code === 2, `${name}: ended with ${ran.code ?? ran.signal}: ${ran.out} ${ran.err}`);
  check(says.test(ran.err), `${name}: said "${ran.err}"`);
  check(exercises(db) === 1, `${name}: there are ${exercises(db)} exercises now`);
}

async function twice() {
  const db = join(folder, "twice.db");
  const first = serve(db);
  if (!await first.up()) throw new Error(first.complained);
  checkRefused(db, "a second program", /played by another process/,
    tocsin([...serveArgs(db), "--test-clock"], { timeout: 20000 }));
  await first.stop();
}

async function damaged() {
  const db = await leftRunning("damaged", {});
  withoutTriggers(db, "UPDATE event SET body = '[]' WHERE seq = 2;");
  checkRefused(db, "a damaged record", /./, tocsin([...serveArgs(db), "--test-clock"], { timeout: 20000 }));
}

// How far the files may grow beyond what lies there: not at all, or by part of a turn.
const ROOMS = [0, 100, 4120];
const SHARED_MEMORY_BYTES = 32768; // SQLite's own, needed for reading

async function fullDisk() {
  const db = await leftRunning("full", { realClock: true }, () => pause(300));
  let unkept = 0;
  for (const room of ROOMS) {
    const copy = join(folder, `room-${room}.db`);
    copyRecord(db, copy);
    const bytes = Math.max(SHARED_MEMORY_BYTES, statSync(`${copy}-wal`).size) + room;
    const ran = tocsin([`--fsize=${bytes}`, program, ...serveArgs(copy)], { program: "prlimit", timeout: 20000 });
    checkRefused(copy, `a full disk, room ${room}`, /room-\d+\.db: /, ran);
    unkept += /disk/.test(ran.err);
  }
  check(unkept > 0, "nothing failed on a full disk");
}

// Goes on by hand: the operator hears why, the clock stands where it had come to, and the board's
// timers go on firing.
async function goesOnByHand(name, db, says) {
  const server = serve(db);
  const room = await server.up() ? await joinAll(server) : null;
  if (!check(room !== null, `${name}: did not go on: ${server.complained}`)) return;
  check(/the story is switched off/.test(server.complained) && says.test(server.complained), `${name}: said "${server.complained}"`);
  await room.poc.listen(0);
  await setClock(server, 0); // tells the clock as it is
  await pause(50);
  check(room.poc.clocks.at(-1)?.at_ms === CLOCK_MS, `${name}: the clock stands at ${JSON.stringify(room.poc.clocks.at(-1))}`);
  await setClock(server, 31000);
  await room.facilitator.listen(0);
  await room.facilitator.until(3);
  const told = room.facilitator.frames.at(-1)?.data;
  check(told?.kind === "delivered" && told.at_ms === 30000, `${name}: told ${JSON.stringify(told)}`);
  await server.stop();
  check(exercises(db) === 1, `${name}: there are ${exercises(db)} exercises now`);
}

const CLOCK_MS = 20000; // later than all events, sooner than the first inject

async function quarrel() {
  const db = await leftRunning("quarrel", {}, (server) => setClock(server, CLOCK_MS));
  withoutTriggers(db, "UPDATE event SET proxy = 1 WHERE kind = 'started';");
  await goesOnByHand("a story that disagrees", db, /stepping again gives/);
}

// Another version's record: read as ever, played on by hand.
async function otherSemantics() {
  const db = await leftRunning("foreign", {}, (server) => setClock(server, CLOCK_MS));
  const line = sqlRows(db, "SELECT body FROM input WHERE seq = 1")[0].body.replace(/"semantics":\d+/, '"semantics":9');
  const digest = sha256(canonical({ ...JSON.parse(line), at_ms: 0, seq: 0 }));
  withoutTriggers(db, `UPDATE event SET body = json_set(body, '$.semantics', 9) WHERE seq = 1;
    UPDATE input SET body = '${line}', digest = x'${digest}' WHERE seq = 1;`);
  check(/semantics=9/.test(tocsinOk(["log", id, "--db", db])), "the log does not say semantics=9");
  await goesOnByHand("other semantics", db, /made with semantics 9 and this program steps with semantics \d/);
}

// A forger who knows the chain writes what no table could have done: said, and nothing crashes.
const IMPOSSIBLE = [
  ["an inject that is nowhere", "UPDATE event SET body = json_set(body, '$.inject', 'nowhere') WHERE kind = 'delivered';"],
  ["an actor that is nobody", "UPDATE event SET actor = 'nobody' WHERE kind = 'opened';"],
];

async function impossible() {
  const db = await leftRunning("whole", {}, async (server, room) => {
    await setClock(server, 31000);
    check((await room.poc.post({ id: "o", do: "open", inject: "night-report" })).status === 200, "open");
  });
  for (const [i, [name, statement]] of IMPOSSIBLE.entries()) {
    const copy = join(folder, `impossible-${i}.db`);
    copyRecord(db, copy);
    withoutTriggers(copy, statement);
    checkRefused(copy, `${name}: serve`, /event \d+/, tocsin([...serveArgs(copy), "--test-clock"], { timeout: 20000 }));
    for (const command of ["log", "score"])
      checkRefused(copy, `${name}: ${command}`, /event \d+/, tocsin([command, id, "--db", copy]));
  }
}

await twice();
await damaged();
await fullDisk();
await quarrel();
await otherSemantics();
await impossible();
finish("an exercise that cannot be taken up is not begun anew; one whose story disagrees goes on by hand; the impossible is refused");
