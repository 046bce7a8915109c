// What the fault tests share: chance that a seed decides, the program as a process that can be
// killed, the record as somebody else's eyes see it, and how a test says what it found.
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const source = process.env.TOCSIN_SOURCE ?? new URL("../..", import.meta.url).pathname;
export const program = process.env.TOCSIN ?? join(source, "build/dev/tocsin");
export const scenario = join(source, "scenarios/phone-tree");
export const goodFile = join(source, "tests/story/phone-tree/good.jsonl");

// A sanitizer's finding must not pass for an ordinary failure, which exits with 1.
const FOUND_BY_SANITIZER = 99;
const environment = {
  ...process.env,
  ASAN_OPTIONS: `exitcode=${FOUND_BY_SANITIZER}`,
  UBSAN_OPTIONS: `exitcode=${FOUND_BY_SANITIZER}:print_stacktrace=1`,
};

// ---- saying what was found ----

let failures = 0;
let checks = 0;

export function check(condition, sentence) {
  checks++;
  if (condition) return true;
  if (failures++ < 20) console.error(`FAILED ${sentence}`);
  return false;
}

export function checkSame(found, expected, what) {
  if (found === expected) return check(true);
  const a = found.split("\n"), b = expected.split("\n");
  const at = a.findIndex((line, i) => line !== b[i]);
  const line = at < 0 ? a.length : at;
  return check(false, `${what}: line ${line + 1} differs:\n  found    ${a[line]}\n  expected ${b[line]}`);
}

// The one line that a test prints. A test that checked nothing has failed.
export function finish(summary) {
  if (checks === 0) check(false, "nothing was checked");
  console.log(failures === 0 ? summary : `${failures} of ${checks} checks failed: ${summary}`);
  process.exit(failures === 0 ? 0 : 1);
}

// How often the program is killed: KILLS of the environment, or a number that ./do test has time for.
export function killsWanted() {
  const kills = Number(process.env.KILLS ?? 25);
  if (!Number.isInteger(kills) || kills < 5) throw new Error(`KILLS=${process.env.KILLS}: expected a number from 5 up`);
  return kills;
}

// ---- chance ----

// mulberry32: the same seed gives the same numbers from 0 up to 1.
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const pause = (span_ms) => new Promise((done) => setTimeout(done, span_ms));

// ---- places and files ----

// In memory where there is such a place: what a killed process leaves behind is the same there, and
// a disk's patience would make these tests slow.
const MEMORY = "/dev/shm";

function isWritable(path) {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export function workFolder() {
  const folder = mkdtempSync(join(isWritable(MEMORY) ? MEMORY : tmpdir(), "tocsin-fault-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// The record as it lies on disk at this moment, opened by nobody.
export function copyRecord(db, copy) {
  for (const end of ["", "-wal", "-journal"]) {
    rmSync(copy + end, { force: true });
    if (existsSync(db + end)) copyFileSync(db + end, copy + end);
  }
  rmSync(`${copy}-shm`, { force: true });
}

export function sql(db, statement) {
  const ran = spawnSync("sqlite3", ["-batch", "-bail", db, statement], { encoding: "utf8" });
  if (ran.error) throw ran.error;
  return { ok: ran.status === 0, out: ran.stdout.trimEnd(), err: ran.stderr.trim() };
}

export function sqlRows(db, statement) {
  const ran = spawnSync("sqlite3", ["-batch", "-bail", "-json", db, statement],
    { encoding: "utf8", maxBuffer: 1 << 28 });
  if (ran.status !== 0) throw new Error(`sqlite3: ${statement}: ${ran.stderr}`);
  return ran.stdout.trim() === "" ? [] : JSON.parse(ran.stdout);
}

// ---- the program, run to its end ----

export const isSanitizers = (text) => /runtime error:|Sanitizer/.test(text);

export function tocsin(args, options = {}) {
  const ran = spawnSync(options.program ?? program, args,
    { cwd: source, encoding: "utf8", env: environment, maxBuffer: 1 << 28, ...options });
  if (ran.error) throw ran.error;
  if (isSanitizers(ran.stderr)) throw new Error(`tocsin ${args.join(" ")}:\n${ran.stderr}`);
  return { code: ran.status, signal: ran.signal, out: ran.stdout, err: ran.stderr.trim() };
}

// The same where failing is not expected.
export function tocsinOk(args, options) {
  const ran = tocsin(args, options);
  if (ran.code !== 0) throw new Error(`tocsin ${args.join(" ")} ended with ${ran.code}: ${ran.err}`);
  return ran.out;
}

export function start(args, options = {}) {
  return spawn(program, args, { cwd: source, env: environment, stdio: ["ignore", "pipe", "pipe"], ...options });
}

// ---- inputs ----

const UNITS_MS = { h: 3600000, m: 60000, s: 1000, ms: 1 };

export function toMs(text) {
  let ms = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|h|m|s)/g)) ms += Number(count) * UNITS_MS[unit];
  return ms;
}

export function readInputs(path = goodFile) {
  return readFileSync(path, "utf8").split("\n").filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line));
}
