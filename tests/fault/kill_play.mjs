// A play that is killed at any moment and taken up again leaves the record that an uninterrupted
// one leaves, byte for byte.
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chance, check, checkSame, finish, killsWanted, pause, readInputs, scenario, source, sqlRows,
  start, tocsin, tocsinOk, toMs, workFolder } from "./lib.mjs";

const KILLS = killsWanted();
const MIDWAY = Math.floor(KILLS / 2); // so many of them when there was something to take up
const MORE_INPUTS = 240;
const next = chance(20261120);
const folder = workFolder();
const inputs = join(folder, "inputs.jsonl");
const id = "phone-tree-1";

// The good play, and between its lines much talk and many notes, every one with words of its own.
function writeInputs() {
  const rows = readInputs().map((input) => ({ at_ms: toMs(input.at), input }));
  const end_ms = rows.at(-1).at_ms;
  const actors = ["poc", "commander", "handler", "legal"];
  for (let i = 0; i < MORE_INPUTS; i++) {
    const at_ms = 1 + Math.floor(next() * (end_ms - 1));
    const actor = actors[Math.floor(next() * actors.length)];
    const text = `Remark ${i}: ${Math.floor(next() * 1e9)}`;
    const input = i % 3 === 0
      ? { at: at_ms, actor, do: "said", to: ["room"], text }
      : { at: at_ms, actor, do: "note", text };
    rows.push({ at_ms, input });
  }
  rows.sort((a, b) => a.at_ms - b.at_ms);
  writeFileSync(inputs, rows.map(({ input }) => `${JSON.stringify(input)}\n`).join(""));
  return rows.length;
}

const begin = (db) => ["play", scenario, "--home", source, "--inputs", inputs, "--db", db];
const goOn = (db) => ["play", "--resume", id, "--inputs", inputs, "--db", db];
const hasExercise = (db) => tocsin(["log", id, "--db", db]).code === 0;

// Plays until killed; true when the play came to its end before that.
async function playAndKill(args, after_ms) {
  const player = start(args);
  let complained = "";
  player.stderr.on("data", (bytes) => { complained += bytes; });
  const ended = new Promise((done) => player.on("close", (code, signal) => done({ code, signal })));
  await Promise.race([pause(after_ms), ended]);
  player.kill("SIGKILL");
  const { code, signal } = await ended;
  check(code === 0 || signal === "SIGKILL", `a play ended with ${code ?? signal}: ${complained}`);
  return code === 0;
}

const count = writeInputs();
const referenceDb = join(folder, "reference.db");
const began_ms = performance.now();
tocsinOk(begin(referenceDb));
let whole_ms = performance.now() - began_ms;
const reference = tocsinOk(["log", id, "--db", referenceDb, "--json"]);
const head = tocsinOk(["verify", id, "--db", referenceDb]).trim().split(" ").at(-1);

// On a busy machine a play may be through before it is killed; then there are more trials.
let kills = 0, midway = 0;
for (let trial = 0; (kills < KILLS || midway < MIDWAY) && trial < 4 * KILLS; trial++) {
  const db = join(folder, `trial-${trial}.db`);
  let done = false;
  // The first fifth very early, the others one in each part of the run; some are killed again.
  const early = KILLS / 5;
  const part = kills < early ? 0.05 * (kills + next()) / early : ((kills - early) % (KILLS - early) + next()) / (KILLS - early);
  let after_ms = whole_ms * Math.min(part, 0.98);
  for (let attempt = 0; !done; attempt++) {
    const args = hasExercise(db) ? goOn(db) : begin(db);
    midway += args[1] === "--resume";
    if (attempt > 0 && next() < 0.6) {
      tocsinOk(args);
      done = true;
    } else {
      done = await playAndKill(args, after_ms);
      kills += !done;
      after_ms = whole_ms * next();
    }
    if (done && attempt === 0) whole_ms *= 0.9; // quicker than the reference, which was first
  }
  checkSame(tocsinOk(["log", id, "--db", db, "--json"]), reference, `trial ${trial}`);
  const verified = tocsin(["verify", id, "--db", db, "--head", head]);
  check(verified.code === 0, `trial ${trial}: ${verified.err}`);
  const [once] = sqlRows(db,
    "SELECT count(*) AS inputs, count(DISTINCT actor || '/' || client_id) AS ids FROM input");
  check(once.inputs === count + 1 && once.ids === count + 1,
    `trial ${trial}: ${once.inputs} inputs, ${once.ids} ids, not ${count + 1}`);
  const [exercises] = sqlRows(db, "SELECT count(*) AS n FROM programme WHERE kind = 'exercise-created'");
  check(exercises.n === 1, `trial ${trial}: ${exercises.n} exercises`);
  rmSync(db, { force: true });
}
check(kills >= KILLS && midway >= MIDWAY, `only ${kills} kills, ${midway} of them midway`);
finish(`a play of ${count} inputs survived ${kills} kills, ${midway} of them midway`);
