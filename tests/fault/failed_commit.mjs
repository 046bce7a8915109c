// A disk that refuses: the turn gets 503, nobody is shown anything, memory is built again from the
// record, and once the disk is well the same input succeeds once. The disk is a real one: the
// kernel's limit on the size of files, set from outside on the running program.
import { spawnSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync, cpSync } from "node:fs";
import { join } from "node:path";
import { check, checkSame, copyRecord, finish, pause, readInputs, scenario, source, sqlRows, tocsin,
  tocsinOk, toMs, workFolder } from "./lib.mjs";
import { joinAll, SEATS, serve, setClock } from "./web.mjs";

const folder = workFolder();
const id = "phone-tree-1";
const viewers = ["facilitator", ...SEATS];

// How far beyond its present size the journal may grow: not at all (or even less), by part of its
// first frame, by whole frames but not by a whole turn.
const ROOMS = [-Infinity, 0, 100, 4120, 8000, 9000];

function limitFiles(server, bytes) {
  const ran = spawnSync("prlimit", ["--pid", String(server.pid), `--fsize=${bytes}:`], { encoding: "utf8" });
  if (ran.status !== 0) throw new Error(`prlimit: ${ran.stderr}`);
}

const heal = (server) => limitFiles(server, "unlimited");

function breakDisk(server, db, room) {
  limitFiles(server, room === -Infinity ? 0 : statSync(`${db}-wal`).size + room);
}

const counts = (room) => Object.fromEntries(viewers.map((as) => [as, room[as].frames.length]));

function checkSilent(room, before, when) {
  for (const as of viewers)
    check(room[as].frames.length === before[as], `${when}: ${as} was told ${JSON.stringify(room[as].frames.at(-1)?.data)}`);
}

function inputsIn(db) {
  const copy = join(folder, "copy.db");
  copyRecord(db, copy);
  return sqlRows(copy, "SELECT actor, client_id FROM input").map((row) => `${row.actor}/${row.client_id}`);
}

function checkProblem(answer, when) {
  check(answer.status === 503, `${when}: ${answer.status} ${answer.text}`);
  check(/^application\/problem\+json/.test(answer.type ?? ""), `${when}: type ${answer.type}`);
  const problem = JSON.parse(answer.text);
  check(problem.status === 503 && problem.sentence?.en.length > 20 && /[ぁ-ん]/.test(problem.sentence?.ja),
    `${when}: no sentence in ${answer.text}`);
  check(/^not-(kept|ready)$/.test(problem.reason), `${when}: the reason is ${problem.reason}`);
}

// A monitoring system sees that the disk refuses, and that others' inputs were kept.
async function checkVitals(server, failed) {
  const text = await (await fetch(`${server.origin}/metrics`)).text();
  const value = (name) => Number(text.match(new RegExp(`^tocsin_${name} (\\S+)$`, "m"))?.[1] ?? -1);
  check(value("turns_failed_total") >= failed, `turns that failed: ${value("turns_failed_total")}, not ${failed}`);
  check(value("turns_total") === value("commit_seconds_count"), "turns and commits differ");
  check(value('inputs_total{status="5xx"}') >= failed, "nobody was answered 5xx");
  check(value('inputs_total{status="2xx"}') >= readInputs().length, "too few inputs were answered");
  check(value("streams") === viewers.length && value("rooms") === 1, "streams or rooms are wrong");
  check(value("record_bytes") > 4096 && value("memory_bytes") > 1 << 20, "no bytes");
}

async function allJoin(server) {
  const room = await server.up() ? await joinAll(server) : null;
  if (room === null) throw new Error(`the server did not come up: ${server.complained}`);
  for (const as of viewers) await room[as].listen(0);
  return room;
}

// Asks for the setting until the table has been built again.
async function rebuilt(room) {
  for (let i = 0; i < 100; i++) {
    if ((await room.facilitator.get("setting")).status === 200) return true;
    await pause(20);
  }
  return check(false, "the table was never built again");
}

// The good play, where before every fifth input the disk refuses it first, together with inputs of
// others at the same moment, and the clock before it.
async function playOnBadDisk() {
  const db = join(folder, "bad.db");
  const server = serve(db);
  const room = await allJoin(server);
  let at_ms = 0, failed = 0, extra = 0;
  for (const [i, { at, actor, ...rest }] of readInputs().entries()) {
    const body = { id: `c${i + 1}`, ...rest };
    const due_ms = toMs(at);
    if (i % 4 === 2) {
      const when = `input ${i + 1}, room ${ROOMS[failed % ROOMS.length]}`;
      await room.facilitator.until(Number(sqlRows(db, "SELECT count(*) AS n FROM event")[0].n));
      await pause(30);
      const before = counts(room), kept = inputsIn(db);
      breakDisk(server, db, ROOMS[failed++ % ROOMS.length]);
      const others = SEATS.map((seat) => ({ seat, body: { id: `x${extra++}`, do: "note", text: "Meanwhile" } }));
      // The same id for something else: a conflict only if the first is kept, which it is not.
      others.push({ seat: SEATS[0], body: { ...others[0].body, text: "Something else" } });
      const answers = await Promise.all([room[actor].post(body),
        ...others.map((other) => room[other.seat].post(other.body))]);
      answers.forEach((answer, k) => checkProblem(answer, `${when}, answer ${k}`));
      const clock = await setClock(server, at_ms);
      check(clock.status === 200 || clock.status === 503, `${when}: the clock: ${clock.status}`);
      await rebuilt(room);
      checkProblem(await room[actor].post(body), `${when}, again`);
      await pause(20);
      checkSilent(room, before, when);
      check(room.facilitator.clocks.at(-1).at_ms <= at_ms, `${when}: the clock was told to be ${room.facilitator.clocks.at(-1).at_ms}`);
      checkSame(inputsIn(db).join(" "), kept.join(" "), `${when}: what is on disk`);
      heal(server);
    }
    const clock = await setClock(server, due_ms);
    check(clock.status === 200, `the clock at ${due_ms}: ${clock.status} ${clock.text}`);
    at_ms = due_ms;
    const answer = await room[actor].post(body);
    check(answer.status === 200, `${body.id}: ${answer.status} ${answer.text}`);
    const again = await room[actor].post(body);
    checkSame(again.text, answer.text, `${body.id}, again`);
  }
  check(failed >= ROOMS.length, `the disk failed only ${failed} times`);
  check(/a turn was not kept: \S+bad\.db: /.test(server.complained), `the operator was told: ${server.complained}`);
  await room.facilitator.until(Number(sqlRows(db, "SELECT count(*) AS n FROM event")[0].n));
  await pause(50);
  await checkVitals(server, failed);
  await server.stop();
  await checkAgainstGood(db, room);
  return failed;
}

// Nothing of the failures is left: the record and everybody's view of it are those of a good disk.
async function checkAgainstGood(db, room) {
  const goodDb = join(folder, "good.db");
  const server = serve(goodDb);
  const goodRoom = await allJoin(server);
  for (const [i, { at, actor, ...rest }] of readInputs().entries()) {
    await setClock(server, toMs(at));
    await goodRoom[actor].post({ id: `c${i + 1}`, ...rest });
  }
  await server.stop();
  checkSame(tocsinOk(["log", id, "--db", db, "--json"]), tocsinOk(["log", id, "--db", goodDb, "--json"]), "the record");
  const verified = tocsin(["verify", id, "--db", db]);
  check(verified.code === 0, verified.err);
  for (const as of viewers) {
    const log = tocsinOk(["log", id, "--db", db, "--as", as, "--json"]);
    checkSame(room[as].frames.map((frame) => `${frame.text}\n`).join(""), log, `what ${as} was told`);
  }
}

const TICKS_A_SECOND = 100;

function processorMs(server) {
  const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 1000 / TICKS_A_SECOND;
}

// While nothing can be kept, nobody's time runs, and the program rests between its tries.
function checkStanding(server, room, used_ms) {
  const clock = room.poc.clocks.at(-1);
  check(clock.running === false && clock.at_ms <= 2000, `the poc was told ${JSON.stringify(clock)}`);
  const busy_ms = processorMs(server) - used_ms;
  check(busy_ms < 700, `the program was busy for ${busy_ms} ms while the disk refused`);
}

// Once the disk is well the exercise is paused, with the gap noted, until the facilitator resumes.
async function goOn(room, before) {
  await room.facilitator.until(before.facilitator + 1);
  const paused = room.facilitator.frames.at(-1)?.data;
  check(paused?.kind === "paused" && paused.body.reason === "outage" && paused.body.gap_ms > 2000,
    `the facilitator was told ${JSON.stringify(paused)}`);
  const resumed = await room.facilitator.post({ id: "again", do: "resume" });
  check(resumed.status === 200, `resume: ${resumed.status} ${resumed.text}`);
}

// A timer that falls due while the disk refuses comes when it is well again, with its own time.
async function timersDuringFailure(name, options, wait) {
  const db = join(folder, `${name}.db`);
  const server = serve(db, options);
  const room = await allJoin(server);
  check((await room.facilitator.post({ id: "c1", do: "start" })).status === 200, `${name}: start`);
  await room.poc.until(3); // created, started, the first inject
  await pause(30);
  const before = counts(room);
  limitFiles(server, statSync(`${db}-wal`).size);
  const used_ms = processorMs(server);
  await wait(server, room);
  checkSilent(room, before, name);
  const missed = (await room.facilitator.get("setting")).status;
  check(missed === 200 || missed === 503, `${name}: the setting: ${missed}`);
  if (options.realClock) checkStanding(server, room, used_ms);
  heal(server);
  if (options.realClock) await goOn(room, before);
  else check((await setClock(server, 45000)).status === 200, `${name}: the clock after`);
  await room.poc.until(before.poc + (options.realClock ? 3 : 1));
  const told = room.poc.frames.at(-1)?.data;
  check(told?.kind === "delivered" && told.body.inject === "night-report" && told.at_ms === options.due_ms,
    `${name}: the poc was told ${JSON.stringify(told)}`);
  await server.stop();
  const verified = tocsin(["verify", id, "--db", db]);
  check(verified.code === 0, `${name}: ${verified.err}`);
  const delivered = sqlRows(db, "SELECT count(*) AS n FROM event WHERE body LIKE '%night-report%' AND kind = 'delivered'");
  check(delivered[0].n === 1, `${name}: delivered ${delivered[0].n} times`);
  check(/a turn was not kept/.test(server.complained), `${name}: nothing failed: ${server.complained}`);
}

// The same scenario with its first call after two seconds, for a clock that cannot be set.
function quickScenario() {
  const quick = join(folder, "scenarios/phone-tree");
  cpSync(scenario, quick, { recursive: true });
  for (const shared of ["roles", "scoring"]) cpSync(join(source, shared), join(folder, shared), { recursive: true });
  const injects = readFileSync(join(quick, "injects.yaml"), "utf8");
  check(injects.includes("at: 30s"), "the scenario's first call is not at 30s any more");
  writeFileSync(join(quick, "injects.yaml"), injects.replace("at: 30s", "at: 2s"));
  return quick;
}

const failures = await playOnBadDisk();
await timersDuringFailure("manual", { due_ms: 30000 }, async (server) => {
  const clock = await setClock(server, 40000);
  checkProblem(clock, "the clock, on a bad disk");
});
await timersDuringFailure("real", { due_ms: 2000, realClock: true, scenario: quickScenario() }, () => pause(3500));
finish(`${failures} refusals of the disk: 503 each, nobody saw anything, nothing was lost or done twice; timers came late and in time`);
