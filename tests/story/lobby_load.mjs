// Two rooms of one program: one facilitator looks at the lobby and makes the exercise anew as fast
// as can be, while somebody in the other room plays. The bound is generous, for the machine may be
// busy and the program full of sanitizers; what it forbids is that each look is paid by everybody.
import { join } from "node:path";
import { check, finish, source, workFolder } from "../fault/lib.mjs";
import { Browser, serve } from "../fault/web.mjs";

const QUIET_MS = 1500, BUSY_MS = 4500, LOOKERS = 8;
const BOUND_MS = 150, TIMES = 12; // the median stays below the greater of the two

const server = serve(join(workFolder(), "drill.db"), { scenario: join(source, "scenarios/phone-tree"), realClock: true,
  more: [join(source, "scenarios/ransomware")] });
const secrets = await server.upAll();
const [first, second] = await Promise.all(secrets.map(async (secret) => {
  const facilitator = new Browser(server, "facilitator");
  check(await facilitator.join(secret), "a facilitator's link does not work");
  const { mode } = JSON.parse((await facilitator.get("setting")).text).setting;
  return { facilitator, mode, lobby: JSON.parse((await facilitator.get("lobby")).text) };
}));
const [busy, calm] = first.lobby.exercise.startsWith("ransomware") ? [first, second] : [second, first];

async function latencies(span_ms) {
  const took = [];
  for (const end = performance.now() + span_ms; performance.now() < end;) {
    const began = performance.now();
    const answer = await calm.facilitator.post({ do: "note", id: `n${took.length}-${span_ms}`, text: "x" });
    check(answer.status === 200, `an input: ${answer.status} ${answer.text}`);
    took.push(performance.now() - began);
  }
  return took.sort((a, b) => a - b);
}

let isOver = false;
const told = { looks: 0, made: 0, later: 0 };

async function look() {
  while (!isOver) {
    check((await busy.facilitator.get("lobby")).status === 200, "the lobby cannot be looked at");
    busy.facilitator.bytes.length = 0;
    told.looks++;
  }
}

async function makeAnew() {
  const body = JSON.stringify({ choice: { organisation: "hospital", scenario: { pace: 1 } }, difficulty: 1, mode: "live" });
  const headers = { Cookie: busy.facilitator.cookie, "Content-Type": "application/json" };
  while (!isOver) {
    const { status } = await fetch(busy.facilitator.address("lobby"), { method: "POST", headers, body });
    check(status === 200 || status === 429, `made anew: ${status}`);
    told[status === 200 ? "made" : "later"]++;
  }
}

const median = (sorted) => sorted[sorted.length >> 1];
const about = (sorted) => `median ${median(sorted).toFixed(1)} ms, longest ${sorted.at(-1).toFixed(0)} ms of ${sorted.length}`;

check((await calm.facilitator.post({ do: "start", id: "s" })).status === 200, "it does not start");
const quiet = await latencies(QUIET_MS);
const others = [...Array.from({ length: LOOKERS }, look), makeAnew()];
const hammered = await latencies(BUSY_MS);
isOver = true;
await Promise.all(others);

const bound = Math.max(BOUND_MS, TIMES * median(quiet));
check(median(hammered) < bound, `inputs of another room: ${about(hammered)}; alone ${about(quiet)}; the bound is ${bound} ms`);
check(told.made >= 1 && told.made <= BUSY_MS / 2000 + 2 && told.later > 0, `made anew ${told.made} times, refused ${told.later}`);
await server.stop();
finish(`${told.looks} looks at the lobby, ${told.made} times made anew; another room's inputs: ${about(hammered)}, alone ${about(quiet)}`);
