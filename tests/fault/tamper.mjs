// A record that somebody changed behind the program's back: with triggers in place nobody can, by
// mistake; without them it is found, and the first difference is named.
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canonical, forgeProgramme, forgeTable, programmeHashes, sha256, tableHashes } from "./chain.mjs";
import { chance, check, checkSame, finish, goodFile, program, scenario, source, sql, sqlRows, tocsin, tocsinOk, workFolder } from "./lib.mjs";

const folder = workFolder();
const base = join(folder, "base.db");
const db = join(folder, "drill.db");
const id = "phone-tree-1";
tocsinOk(["play", scenario, "--home", source, "--inputs", goodFile, "--db", base]);
const head = tocsinOk(["verify", id, "--db", base]).trim().split(" ").at(-1);
const log = tocsinOk(["log", id, "--db", base, "--json"]);
const last = sqlRows(base, "SELECT max(seq) AS seq FROM event")[0].seq;
const lastInput = sqlRows(base, "SELECT max(seq) AS seq FROM input")[0].seq;

function fresh() {
  for (const end of ["", "-wal", "-shm"]) rmSync(db + end, { force: true });
  copyFileSync(base, db);
}

function run(statement) {
  const done = sql(db, statement);
  if (!done.ok) throw new Error(`${statement}: ${done.err}`);
}

// ---- what the triggers refuse ----

const EVENT_COPY = "SELECT table_id, seq, at_ms, observed_ms, story_ms, wall_ms, kind, actor, proxy, cause, input, body, hash FROM event";
const INPUT_COPY = "SELECT table_id, seq, at_ms, wall_ms, actor, client_id, kind, digest, body FROM input";
const eventAs = (seq) => EVENT_COPY.replace(" seq,", ` ${seq},`);
const inputAs = (seq, client = "client_id") => INPUT_COPY.replace(" seq,", ` ${seq},`).replace("client_id", client);

const EVENTS_NEXT = "events are only added at the end of their table";
const INPUTS_NEXT = "inputs are only added at the end of their table";
const PROGRAMME_NEXT = "the programme is only added to at its end";
const REFUSED = [
  ["UPDATE event SET body = '{}' WHERE seq = 5", "events are never changed"],
  ["UPDATE OR REPLACE event SET seq = 5 WHERE seq = 6", "events are never changed"],
  ["UPDATE OR IGNORE event SET wall_ms = 1", "events are never changed"],
  ["DELETE FROM event", "events are never deleted"],
  [`DELETE FROM event WHERE seq = ${last}`, "events are never deleted"],
  [`INSERT INTO event ${eventAs(5)} WHERE seq = 6`, EVENTS_NEXT],
  [`INSERT OR REPLACE INTO event ${eventAs(5)} WHERE seq = 6`, EVENTS_NEXT],
  [`REPLACE INTO event ${EVENT_COPY} WHERE seq = 5`, EVENTS_NEXT],
  [`INSERT OR IGNORE INTO event ${eventAs(5)} WHERE seq = 6`, EVENTS_NEXT],
  [`INSERT OR IGNORE INTO event ${eventAs(last + 2)} WHERE seq = 6`, EVENTS_NEXT],
  [`INSERT INTO event ${eventAs(0)} WHERE seq = 6`, EVENTS_NEXT],
  [`INSERT INTO event ${eventAs(last + 2)} WHERE seq = 6`, EVENTS_NEXT],
  [`INSERT INTO event ${EVENT_COPY} WHERE seq = 5 ON CONFLICT DO UPDATE SET body = '{}'`, EVENTS_NEXT],
  ["UPDATE input SET body = '{}' WHERE seq = 5", "inputs are never changed"],
  ["UPDATE OR REPLACE input SET seq = 5 WHERE seq = 6", "inputs are never changed"],
  ["DELETE FROM input WHERE seq = 5", "inputs are never deleted"],
  [`INSERT OR REPLACE INTO input ${inputAs(5, "'other'")} WHERE seq = 6`, INPUTS_NEXT],
  [`INSERT OR IGNORE INTO input ${inputAs(5, "'other'")} WHERE seq = 6`, INPUTS_NEXT],
  [`INSERT INTO input ${inputAs(lastInput + 2, "'other'")} WHERE seq = 6`, INPUTS_NEXT],
  [`INSERT OR REPLACE INTO input ${inputAs(lastInput + 1)} WHERE seq = 6`, "this actor has already sent an input with this id"],
  [`INSERT OR IGNORE INTO input ${inputAs(lastInput + 1)} WHERE seq = 6`, "this actor has already sent an input with this id"],
  ["UPDATE programme SET kind = 'x'", "the programme is never changed"],
  ["DELETE FROM programme WHERE seq = 2", "nothing is deleted from the programme"],
  ["INSERT OR REPLACE INTO programme SELECT 1, wall_ms, kind, body, hash FROM programme WHERE seq = 2", PROGRAMME_NEXT],
  ["UPDATE content SET bytes = x''", "pinned content is never changed"],
  ["UPDATE exercise_file SET hash = x''", "pinned content is never changed"],
];

function refusals() {
  fresh();
  const tables = ["event", "input", "programme", "content", "exercise_file"];
  const dump = () => tables.map((table) => sql(db, `SELECT * FROM ${table}`).out).join("\n");
  const before = dump();
  for (const [statement, message] of REFUSED) {
    const done = sql(db, statement);
    check(!done.ok && done.err.includes(message), `${statement}: ${done.ok ? "was done" : done.err}`);
  }
  checkSame(dump(), before, "after what was refused");
}

// ---- what is found without triggers ----

// A hand that knows SQLite drops the triggers, does its work, and puts them back as they were.
function withoutTriggers(work) {
  const triggers = sqlRows(db, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'");
  run(triggers.map(({ name }) => `DROP TRIGGER ${name};`).join(""));
  work();
  run(triggers.map((trigger) => `${trigger.sql};`).join(""));
}

function verify(more = []) {
  return tocsin(["verify", id, "--db", db, ...more]);
}

function checkFound(name, says, more) {
  const verified = verify(more);
  check(verified.code === 1, `${name}: verify ended with ${verified.code}: ${verified.out}`);
  check(says.test(verified.err), `${name}: found as "${verified.err}", expected ${says}`);
  check(verified.err.startsWith("tocsin verify: "), `${name}: "${verified.err}"`);
}

const seqOf = (kind) => sqlRows(base, `SELECT min(seq) AS seq FROM event WHERE kind = '${kind}'`)[0].seq;
const decided = seqOf("decided"), ended = seqOf("ended");
const decide = sqlRows(base, `SELECT input FROM event WHERE seq = ${decided}`)[0].input;
const tailInput = sqlRows(base, `SELECT input FROM event WHERE seq = ${ended}`)[0].input;
const OTHER_OPTION = "replace(body, 'what-failed', 'nothing')";
const CUT = `DELETE FROM event WHERE seq >= ${decided}; DELETE FROM input WHERE seq >= ${decide}; DELETE FROM text WHERE input_seq >= ${decide};`;
const beforeCut = sqlRows(base, `SELECT max(at_ms) AS at_ms FROM event WHERE seq < ${decided}`)[0].at_ms;
const CUT_CLOCK = `UPDATE clock SET clock_ms = ${beforeCut};`;
const CUT_NOTE = "DELETE FROM programme WHERE kind = 'table-ended';";

// The digest and the line of an input, as a forger makes them.
function forgeInput() {
  run(`UPDATE input SET body = ${OTHER_OPTION} WHERE seq = ${decide}`);
  const { body } = sqlRows(db, `SELECT body FROM input WHERE seq = ${decide}`)[0];
  const digest = sha256(canonical({ ...JSON.parse(body), at_ms: 0, seq: 0 }));
  run(`UPDATE input SET digest = x'${digest}' WHERE seq = ${decide}`);
}

function forgeEvent() { run(`UPDATE event SET body = ${OTHER_OPTION} WHERE seq = ${decided}`); }

// name, what is done, what verify says; without "says" only a head on paper helps.
const FOUND = [
  ["an event's body", forgeEvent, `event ${decided} \\(decided\\).* was changed: its hash`],
  ["an event's wall time", () => run(`UPDATE event SET wall_ms = 5 WHERE seq = ${ended}`), `(event ${ended} |input ${tailInput} )`],
  ["an event's time", () => run("UPDATE event SET at_ms = at_ms + 1 WHERE seq = 9"), "event 9 .* was changed"],
  ["an event's actor", () => run("UPDATE event SET actor = 'legal' WHERE seq = 9"), "event 9 .* was changed"],
  ["an event's proxy", () => run("UPDATE event SET proxy = 1 WHERE seq = 9"), "event 9 .* was changed"],
  ["an event's cause", () => run("UPDATE event SET cause = 3 WHERE seq = 9"), "event 9 .* was changed"],
  ["an event's hash", () => run("UPDATE event SET hash = x'00' WHERE seq = 9"), "event 9 .* was changed"],
  ["an event's body, no JSON", () => run("UPDATE event SET body = '{' WHERE seq = 9"), "event 9 has no well-formed body"],
  ["an event in the middle", () => run("DELETE FROM event WHERE seq = 9"), "event 9 is missing"],
  ["an input's line", () => run(`UPDATE input SET body = ${OTHER_OPTION} WHERE seq = ${decide}`), `input ${decide} was changed`],
  ["an input's line and digest", forgeInput, `event ${decided} \\(decided\\) or the input that it came from was changed`],
  ["an input's actor", () => run("UPDATE input SET actor = 'legal' WHERE seq = 6"), "input 6 was changed"],
  ["an input's id", () => run("UPDATE input SET client_id = 'mine' WHERE seq = 6"), "input 6 was changed"],
  ["an input's wall time", () => run("UPDATE input SET wall_ms = 5 WHERE seq = 6"), "input 6 was changed"],
  ["an input in the middle", () => run("DELETE FROM input WHERE seq = 6"), "input 6 is missing"],
  ["an input too many", () => run(`INSERT INTO input ${inputAs(lastInput + 1, "'more'")} WHERE seq = 6`), `input ${lastInput + 1} led to no event`],
  ["a text", () => run("UPDATE text SET body = 'I told nobody.' WHERE input_seq = 7"), 'the text "text" of input 7 was changed'],
  ["a pinned file", () => run("UPDATE content SET bytes = CAST(bytes || x'0a' AS BLOB) WHERE rowid = 1"), "(pinned|content|file)"],
  ["the list of pinned files", () => run("UPDATE exercise_file SET path = 'rules2.yaml' WHERE path LIKE '%rules.yaml'"), "list of pinned files was changed"],
  ["the programme's first entry", () => run("UPDATE programme SET wall_ms = wall_ms + 1 WHERE seq = 1"), "programme entry 1 .* was changed"],
  ["an exercise's scenario", () => run(`UPDATE programme SET body = replace(body, 'phone-tree"', 'other"') WHERE seq = 1`), "(programme entry 1|the programme) .*was changed"],
  ["the programme's note", () => run("UPDATE programme SET body = replace(body, '\"seq\":', '\"seq\":1') WHERE seq = 2"), "programme entry 2 .* was changed"],
  ["the tail", () => run(CUT), `phone-tree-1 ends at event ${decided - 1}, but the programme noted event ${last} \\(table-ended\\): events were cut off`],
  ["the tail and the clock", () => run(CUT + CUT_CLOCK), "events were cut off"],
  ["the note alone", () => run(CUT_NOTE), "the programme has no note of it"],
  ["the tail, the note, not the clock", () => run(CUT + CUT_NOTE), "the chain is whole, but the record says nothing more"],
  ["the tail, the clock and the note", () => run(CUT + CUT_CLOCK + CUT_NOTE), null],
  ["an event, the chain made anew", () => { forgeEvent(); forgeTable(db); }, `event ${last} does not have the hash that the programme noted`],
  ["an event, both chains made anew", () => { forgeEvent(); forgeTable(db); forgeProgramme(db); }, "the chain is whole, but the record says .*nothing.*; stepping again gives .*what-failed"],
  ["event and input, the chain made anew", () => { forgeInput(); forgeEvent(); forgeTable(db); }, `event ${last} does not have the hash that the programme noted`],
  ["event and input, both chains made anew", () => { forgeInput(); forgeEvent(); forgeTable(db); forgeProgramme(db); }, null],
  ["an event too many, well chained", () => {
    run(`INSERT INTO event ${eventAs(last + 1).replace("hash FROM", "x'' FROM")} WHERE seq = 9`);
    forgeTable(db);
    forgeProgramme(db);
  }, `event ${last + 1} \\(learned\\) does not go on .*: no engine made this record`],
];

function discoveries() {
  // The page's words and the program agree on an untouched record, or nothing below would mean much.
  for (const [name, hashes] of [["table", tableHashes(base)], ["programme", programmeHashes(base)]])
    hashes.forEach(({ seq, hash, kept }) => checkSame(hash, kept, `docs/record.md, ${name} entry ${seq}`));
  checkSame(tableHashes(base).at(-1).hash, head, "the head");
  for (const [name, work, says] of FOUND) {
    fresh();
    withoutTriggers(work);
    if (says !== null) {
      checkFound(name, new RegExp(says, "s"));
      continue;
    }
    const verified = verify();
    check(verified.code === 0, `${name}: should need the head, but: ${verified.err}`);
    checkFound(name, /never had the expected head/, ["--head", head]);
  }
  fresh();
  withoutTriggers(() => {});
  check(verify(["--head", head]).code === 0, "triggers that were put back are no change");
  run("DROP TRIGGER event_no_update");
  checkFound("a trigger that is missing", /trigger "event_no_update" is missing/);
  run("CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT 1; END");
  checkFound("a trigger that does nothing", /trigger "event_no_update" is not as Tocsin made it/);
}

// ---- bytes of the file ----

// A byte anywhere is found, or it did not matter.
function flips(count) {
  const next = chance(5);
  const bytes = readFileSync(base);
  let found = 0;
  for (let i = 0; i < count; i++) {
    fresh();
    const at = Math.floor(next() * bytes.length), bit = 1 << Math.floor(next() * 8);
    const changed = Buffer.from(bytes);
    changed[at] ^= bit;
    writeFileSync(db, changed);
    const verified = verify(["--head", head]);
    found += verified.code === 1;
    if (verified.code === 0) checkSame(tocsinOk(["log", id, "--db", db, "--json"]), log, `with byte ${at} changed`);
    else check(verified.code === 1 && verified.err.length > 30, `with byte ${at} changed: ${verified.code}: ${verified.err}`);
  }
  check(found >= count / 8, `only ${found} of ${count} changed bytes were found`);
  return found;
}

// ---- files that are no record ----

const strange = join(folder, "strange");
const whole = readFileSync(base);
const random = chance(11);

function sqliteFile(path, statements) {
  const done = sql(path, statements);
  if (!done.ok) throw new Error(done.err);
}

// name, how it is made, what is said; whether a play may create it all the same.
const STRANGE = [
  ["another program's", (path) => sqliteFile(path, "CREATE TABLE event (a); INSERT INTO event VALUES (1)"), /SQLite file of another program/],
  ["another program's, in WAL mode", (path) => sqliteFile(path, "PRAGMA journal_mode=WAL; CREATE TABLE t (a)"), /SQLite file of another program/],
  ["a newer record", (path) => { copyFileSync(base, path); sqliteFile(path, "PRAGMA user_version = 1000"); }, /made by a newer Tocsin/],
  ["cut in the middle", (path) => writeFileSync(path, whole.subarray(0, whole.length / 2)), /damaged/],
  ["cut within a page", (path) => writeFileSync(path, whole.subarray(0, 4096 * 3 + 100)), /damaged/],
  ["cut after its header", (path) => writeFileSync(path, whole.subarray(0, 100)), /damaged|no Tocsin record/],
  ["noise", (path) => writeFileSync(path, Buffer.from(Array.from({ length: 20000 }, () => random() * 256))), /no Tocsin record/],
  ["a text", (path) => writeFileSync(path, "poc,opened,night-report\n"), /no Tocsin record/],
  ["noise behind a good header", (path) => {
    const bytes = Buffer.from(whole);
    for (let i = 100; i < bytes.length; i++) bytes[i] = random() * 256;
    writeFileSync(path, bytes);
  }, /damaged/],
  ["a folder", (path) => mkdirSync(path), /is a folder/],
  ["nothing", (path) => writeFileSync(path, ""), /no such file, or it is empty/, "may create"],
  ["absent", () => {}, /no such file, or it is empty/, "may create"],
];

const COMMANDS = [
  ["verify", (path) => ["verify", "--db", path]],
  ["log", (path) => ["log", "--db", path]],
  ["score", (path) => ["score", "--db", path]],
  ["play", (path) => ["play", "--resume", id, "--inputs", goodFile, "--db", path]],
  ["play", (path) => ["play", scenario, "--home", source, "--inputs", goodFile, "--db", path], "creates"],
  ["serve", (path) => ["serve", "--resume", id, "--listen", "127.0.0.1:0", "--db", path]],
];

// Everything in the folder: names, and the bytes behind them.
function fingerprint(at) {
  return readdirSync(at).sort().map((name) => {
    const path = join(at, name);
    return `${name} ${statSync(path).isDirectory() ? fingerprint(path) : sha256(readFileSync(path))}`;
  }).join("\n");
}

function strangeFiles() {
  for (const [name, make, says, mayCreate] of STRANGE) {
    rmSync(strange, { recursive: true, force: true });
    mkdirSync(strange);
    const path = join(strange, "drill.db");
    make(path);
    const before = fingerprint(strange);
    for (const [command, args, creates] of COMMANDS) {
      if (creates && mayCreate) continue;
      const ran = tocsin(args(path), { timeout: 20000 });
      const what = `${name}: ${args(path).slice(0, 2).join(" ")}`;
      check(ran.code === 1, `${what} ended with ${ran.code ?? ran.signal}: ${ran.out}`);
      check(ran.err.startsWith(`tocsin ${command}: `) && ran.err.includes(path) && says.test(ran.err), `${what} said "${ran.err}"`);
      checkSame(fingerprint(strange), before, `${what} left the folder`);
    }
  }
}

// ---- protected files ----

// Permissions do not bind root; somebody else they do.
function asSomebody(args) {
  const own = join(folder, "tocsin");
  if (process.getuid() !== 0) return tocsin(args);
  return tocsin(["--reuid", "65534", "--regid", "65534", "--clear-groups", own, ...args], { program: "setpriv", cwd: folder });
}

function protectedFiles() {
  copyFileSync(program, join(folder, "tocsin"));
  chmodSync(join(folder, "tocsin"), 0o755);
  chmodSync(folder, 0o755);
  const inputs = join(folder, "good.jsonl");
  copyFileSync(goodFile, inputs);
  const path = join(strange, "drill.db");
  for (const [name, folderMode, fileMode] of [["a read-only file", 0o777, 0o444], ["a read-only folder", 0o555, 0o444]]) {
    rmSync(strange, { recursive: true, force: true });
    mkdirSync(strange);
    copyFileSync(base, path);
    chmodSync(path, fileMode);
    chmodSync(strange, folderMode);
    const bytes = () => sha256(readFileSync(path)); // SQLite may leave its -shm beside what it only reads
    const before = bytes();
    const played = asSomebody(["play", "--resume", id, "--inputs", inputs, "--db", path]);
    check(played.code === 1 && /read-only|cannot be opened/.test(played.err) && played.err.includes(path), `${name}: play ended with ${played.code}: ${played.err}`);
    checkSame(bytes(), before, `${name}: what play left`);
    const verified = asSomebody(["verify", id, "--db", path]);
    const reads = folderMode === 0o777;
    check(reads ? verified.code === 0 : verified.code <= 1, `${name}: verify ended with ${verified.code}: ${verified.err}`);
    check(verified.code === 0 || (verified.err.includes(path) && /read-only|cannot be opened/.test(verified.err)), `${name}: verify said "${verified.err}"`);
    checkSame(bytes(), before, `${name}: what verify left`);
    chmodSync(strange, 0o755);
  }
}

refusals();
discoveries();
const found = flips(60);
strangeFiles();
protectedFiles();
finish(`${REFUSED.length} statements refused; ${FOUND.length} changes found; ${found} of 60 changed bytes found, the others meant nothing; `
  + `${STRANGE.length} strange files refused and left as they were`);
