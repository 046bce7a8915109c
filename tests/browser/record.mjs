// The record of a drill that people played in browsers, beside the one that `tocsin play` makes of
// the same inputs: but for wall times and for the ids that pages draw, they are the same.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fail } from "./lib.mjs";

const CLIENT_ID = "c[0-9a-f]{32}";
const HASH = /[0-9a-f]{64}/;

function run(...args) {
  return execFileSync(process.env.TOCSIN, args, {
    encoding: "utf8",
    cwd: process.env.TOCSIN_SOURCE,
    maxBuffer: 1 << 26,
  });
}

const linesOf = (text) => text.split("\n").filter(Boolean);

// The newest exercise of a folder as its readers have it: one event a line, and the same in words.
export function readRecord(folder) {
  const db = join(folder, "drill.db");
  return {
    events: linesOf(run("log", "--json", "--db", db)),
    words: linesOf(run("log", "--db", db)),
  };
}

export function playGolden(folder, scenario, inputs, mode) {
  const db = join(folder, "drill.db");
  const made = ["--home", ".", "--seed", "7", "--mode", mode];
  run("play", scenario, ...made, "--inputs", inputs, "--strict", "--db", db);
  return readRecord(folder);
}

// Ids as they come up, whoever drew them. Words stand in the record under salted hashes; what they
// are is compared in the other log. What the lobby fits to a team is a scenario with its own hash.
function plain({ events, words }, id) {
  const names = new Map();
  const nameOf = (found) => {
    if (!names.has(found)) names.set(found, `id${names.size + 1}`);
    return names.get(found);
  };
  return {
    events: events.map((line) =>
      line
        .replace(new RegExp(`"(${id})"`, "g"), (whole, found) => `"${nameOf(found)}"`)
        .replace(/"[0-9a-f]{32}"/g, '"WORDS"')
        .replace(HASH, "HASH"),
    ),
    words: words.map((line) =>
      line
        .replace(new RegExp(`=(${id})(?= |$)`, "g"), (whole, found) => `=${nameOf(found)}`)
        .replace(HASH, "HASH"),
    ),
  };
}

// ids: those that the file of inputs gives.
export function compareRecords(name, live, golden, ids) {
  const [is, should] = [plain(live, CLIENT_ID), plain(golden, ids.join("|"))];
  for (const kind of ["events", "words"]) {
    const n = Math.max(is[kind].length, should[kind].length);
    for (let i = 0; i < n; i++) {
      if (is[kind][i] === should[kind][i]) continue;
      const both = `  is     ${is[kind][i]}\n  should ${should[kind][i]}`;
      return fail(`${name}: the record differs first in line ${i + 1}\n${both}`);
    }
  }
}
