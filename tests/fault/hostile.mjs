// A drill that goes on while hostile clients do their worst: dribbled headers and bodies, ten thousand
// connections from one address and from many, things too big, garbage, streams that are left open.
//
// All the while a player sends inputs over a connection of its own and over new ones, and is answered in
// time. At the end the server has as many open files as before, no more memory than its limits allow,
// and sanitizers have found nothing.
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { chance, check, finish, pause, workFolder } from "./lib.mjs";
import { joinAll, serve } from "./web.mjs";

const PATIENCE_MS = 30000; // how long somebody may take to ask, or to read
const SLACK_MS = 6000;
const PER_ADDRESS = 256;
const MOST_CONNECTIONS = 6000;
const FLOOD = 10000, FLOOD_AT_ONCE = 500;
const ANSWERED_WITHIN_MS = 1000;
const MOST_MEMORY_KB = 600 * 1024; // with a sanitizer's own

// Both sides of each connection are files of this machine's.
function filesAllowed() {
  try {
    return Number(readFileSync("/proc/self/limits", "utf8").match(/Max open files\s+(\d+)/)[1]);
  } catch {
    return 0;
  }
}

if (filesAllowed() < FLOOD + 2000) {
  console.log(`skipped: a process needs ${FLOOD + 2000} open files here, and /proc (ulimit -n ${FLOOD + 2000})`);
  process.exit(77);
}

const random = chance(7);
let server, room, port;

const openFiles = () => readdirSync(`/proc/${server.pid}/fd`).length;
const memory = () => Number(readFileSync(`/proc/${server.pid}/status`, "utf8").match(/VmRSS:\s*(\d+)/)[1]);

// ---- hostile sockets ----

// {socket, got, closed}; `from` is the last two bytes of an address of this machine.
function dial(from, bytes = "") {
  const one = { got: "", closed: false };
  one.socket = connect({ host: "127.0.0.1", port, localAddress: `127.0.${from}`, allowHalfOpen: true });
  one.socket.on("data", (data) => { if (one.got.length < 4096) one.got += data.toString("latin1"); });
  one.socket.on("end", () => { one.closed = true; one.socket.end(); });
  one.socket.on("error", () => { one.closed = true; });
  one.socket.on("close", () => { one.closed = true; });
  one.socket.on("connect", () => { one.connected = true; if (bytes) one.socket.write(bytes); });
  return one;
}

const many = (count, from, bytes) => Array.from({ length: count }, (_, i) =>
  dial(typeof from === "function" ? from(i) : from, typeof bytes === "function" ? bytes(i) : bytes));
// As fast as they are let in or refused: what waits in the system's own queue is not the server's, and
// with the queue full the system lets everybody wait.
async function flood(from) {
  const all = [];
  for (let i = 0; i < FLOOD; i += FLOOD_AT_ONCE) {
    const some = many(FLOOD_AT_ONCE, (n) => from(i + n));
    all.push(...some);
    await until(() => some.every(({ connected, closed }) => connected || closed), 5000);
  }
  return all;
}

const hangUp = (all) => all.forEach(({ socket }) => socket.destroy());

async function until(condition, within_ms) {
  for (let waited_ms = 0; waited_ms < within_ms; waited_ms += 10) {
    if (condition()) return true;
    await pause(10);
  }
  return condition();
}

// ---- the player who goes on ----

// In a thread of its own, so that what is measured is the server and not this test among ten thousand
// sockets: one connection that is kept, and a new one for each input.
const player = { answers: [], full: false };

function startPlayer() {
  player.worker = new Worker(new URL("hostile_player.mjs", import.meta.url), { workerData: { port, cookie: room.poc.cookie } });
  player.worker.on("message", (answer) => player.answers.push({ ...answer, scene, full: player.full }));
  player.stopped = new Promise((done) => player.worker.on("exit", done));
}

// While the whole server is full, nobody new gets in; whoever is in stays.
function beFull(full) {
  player.full = full;
  player.worker.postMessage(full ? "stay in" : "go on");
}

// Nobody is turned away, and next to nobody waits, on a machine that runs other tests at the same time.
function checkPlayer() {
  const answers = player.answers.filter(({ full, isNew }) => !full || !isNew);
  const late = answers.filter(({ ms }) => ms > ANSWERED_WITHIN_MS);
  for (const { status, scene: when } of answers) check(status === 200, `during ${when} the player was answered ${status}`);
  for (const { ms, isNew, scene: when } of late.slice(0, late.length > answers.length / 50 ? 5 : 0))
    check(false, `during ${when} the player waited ${ms} ms${isNew ? ", on a new connection" : ""}`);
  check(answers.length > 100, `the player was asked only ${answers.length} times`);
  return { count: answers.length, slowest_ms: Math.max(...answers.map(({ ms }) => ms)), late: late.length };
}

let scene = "nothing";

// ---- scenes ----

const HOST = () => `Host: 127.0.0.1:${port}\r\n`;
const POST = (length) => `POST /api/1/join HTTP/1.1\r\n${HOST()}Content-Type: application/json\r\n${length}\r\n`;

// Whoever dribbles: half of them headers, half a body; a byte a second each.
function dribblers() {
  const all = [...many(200, "0.2", "GET / HTTP/1.1\r\nHost: "), ...many(200, "0.3", POST("Content-Length: 900\r\n"))];
  const timer = setInterval(() => all.forEach(({ socket, closed }) => closed || socket.write("x")), 1000);
  return { all, stop: () => clearInterval(timer) };
}

// Pages that were open and are gone, without a word: the server cannot know until it writes.
async function abandonStreams() {
  const stream = `GET /api/1/stream?as=commander HTTP/1.1\r\n${HOST()}Cookie: ${room.commander.cookie}\r\n\r\n`;
  const all = many(200, "0.5", stream);
  check(await until(() => all.every(({ got }) => got.includes("event: clock")), 5000), "200 streams were not opened");
  hangUp(all);
}

async function oneAddressFloods() {
  scene = "a flood from one address";
  const before = openFiles();
  const all = await flood(() => "0.4");
  check(await until(() => all.filter((one) => one.closed).length >= FLOOD - PER_ADDRESS, 20000),
    `of ${FLOOD} connections from one address only ${all.filter((one) => one.closed).length} were refused`);
  const open = all.filter((one) => !one.closed).length;
  check(open > 0 && open <= PER_ADDRESS, `one address holds ${open} connections`);
  check(openFiles() - before <= PER_ADDRESS + 16, `a flood from one address holds ${openFiles() - before} files`);
  hangUp(all);
}

async function manyAddressesFlood() {
  scene = "a flood from forty addresses";
  beFull(true);
  const before = openFiles();
  const all = await flood((i) => `1.${1 + Math.floor(i / 250)}`);
  await until(() => openFiles() - before > MOST_CONNECTIONS * 0.8, 15000);
  await pause(500);
  const held = openFiles();
  check(held > MOST_CONNECTIONS * 0.8, `the flood holds only ${held} files`);
  check(held < MOST_CONNECTIONS + 100, `the flood holds ${held} files`);
  hangUp(all);
  check(await until(() => openFiles() < before + 50, 10000), `after the flood ${openFiles()} files are open, before ${before}`);
  beFull(false);
}

async function thingsTooBig() {
  scene = "things too big";
  const big = "x".repeat(1 << 20);
  const all = [
    ...many(20, "0.6", POST(`Content-Length: ${1 << 20}\r\n`) + big),
    ...many(20, "0.6", POST("Transfer-Encoding: chunked\r\n") + `100000\r\n${big}\r\n0\r\n\r\n`),
    ...many(20, "0.6", `GET /${big} HTTP/1.1\r\n${HOST()}\r\n`),
    ...many(20, "0.6", `GET / HTTP/1.1\r\n${HOST()}X: ${big}\r\n\r\n`),
    ...many(20, "0.6", `GET / HTTP/1.1\r\n${HOST()}${"a: b\r\n".repeat(1e5)}\r\n`),
    ...many(20, "0.6", `GET / HTTP/1.1\r\n${HOST()}Cookie: ${"a=b; ".repeat(1e5)}\r\n\r\n`),
    ...many(20, "0.6", POST("Content-Length: 99999999999999999999\r\n") + big),
  ];
  await until(() => all.every(({ closed, got }) => closed || got), 8000);
  for (const { got } of all) check(!got.startsWith("HTTP/1.1 2"), `something too big was taken: ${got.slice(0, 40)}`);
  check(all.filter(({ closed, got }) => closed || got).length === all.length, "something too big has no answer");
  hangUp(all);
}

// They have said all that they will say, and would still listen.
async function halfClosed() {
  scene = "sockets half closed";
  const whole = many(50, "0.7", `GET /healthz HTTP/1.1\r\n${HOST()}Connection: close\r\n\r\n`);
  const half = many(50, "0.7", `GET /healthz HTTP/1.1\r\nHo`);
  const bodies = many(50, "0.7", POST("Content-Length: 900\r\n") + '{"secret":');
  await until(() => [...whole, ...half, ...bodies].every((one) => one.connected), 3000);
  await pause(100);
  [...whole, ...half, ...bodies].forEach(({ socket }) => socket.end());
  check(await until(() => whole.every(({ got }) => got.startsWith("HTTP/1.1 200")), 5000), "whoever asked whole has no answer");
  check(await until(() => [...half, ...bodies].every((one) => one.closed), 5000), "whoever left in the middle is waited for");
  hangUp([...whole, ...half, ...bodies]);
}

const noise = (count) => Array.from({ length: count }, () => String.fromCharCode(Math.floor(random() * 256))).join("");

async function garbage() {
  scene = "garbage";
  const health = `GET /healthz HTTP/1.1\r\n${HOST()}\r\n`;
  const chunks = ["zz\r\n", "-1\r\n", "ffffffffffffffff\r\n", "5;\0\r\nabcde\r\n", "5\nabcde\n0\n\n", "0\r\nContent-Length: 5\r\n\r\nGET /"];
  const all = [
    ...many(60, "0.8", () => Buffer.from(noise(3000), "latin1")),
    ...many(60, "0.8", () => Buffer.from(health.repeat(30) + noise(500) + "\r\n\r\n" + health, "latin1")),
    ...many(60, "0.8", (i) => POST("Transfer-Encoding: chunked\r\n") + chunks[i % chunks.length] + noise(50)),
    ...many(30, "0.8", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ...many(30, "0.8", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
  ];
  await pause(1500);
  for (const { got } of all.slice(120, 180)) check(!got.startsWith("HTTP/1.1 200"), "chunks of nonsense were taken");
  hangUp(all);
}

// Whoever guesses at links is slowed and named to the operator; what was guessed is not.
async function guesses() {
  scene = "guesses";
  const body = '{"secret":"deadbeefdeadbeefdeadbeefdeadbeef"}';
  const all = [];
  for (let i = 0; i < 40; i++) {
    all.push(dial("0.9", POST(`Content-Length: ${body.length}\r\n`) + body));
    await until(() => all[i].got.includes("\r\n\r\n"), 2000);
  }
  check(all[0].got.startsWith("HTTP/1.1 403") && all[39].got.startsWith("HTTP/1.1 429"), "guessing is not slowed");
  check(await until(() => server.complained.includes("wrong links keep coming from 127.0.0.9"), 2000), "nobody is told who guesses");
  check(!/deadbeef|[0-9a-f]{32}/.test(server.complained), `a secret on stderr: ${server.complained}`);
  hangUp(all);
}

// ---- the drill ----

const started = Date.now();
server = serve(join(workFolder(), "drill.db"));
await server.up();
port = Number(new URL(server.origin).port);
room = await joinAll(server);
await room.facilitator.post({ id: "s", do: "start" });
await room.handler.listen();
await pause(200);
const before = openFiles(), memoryBefore = memory();
startPlayer();

const dribbling = dribblers();
check(await until(() => dribbling.all.every((one) => one.connected), 5000), "the dribblers were not let in");
const begun = Date.now();
await abandonStreams();
await oneAddressFloods();
await manyAddressesFlood();
await thingsTooBig();
await halfClosed();
await garbage();
await guesses();
const most = memory();
scene = "dribbling";
const left_ms = () => Math.max(0, begun + PATIENCE_MS + SLACK_MS - Date.now());
check(await until(() => dribbling.all.every((one) => one.closed), left_ms()),
  `${dribbling.all.filter((one) => !one.closed).length} of ${dribbling.all.length} may dribble for good`);
dribbling.stop();
hangUp(dribbling.all);
// A stream that was left is noticed by the second heartbeat.
check(await until(() => openFiles() <= before + 4, left_ms() + SLACK_MS), `${openFiles()} files are open at the end, ${before} at first`);
player.worker.postMessage("stop");
await player.stopped;
check(most < MOST_MEMORY_KB, `the server took ${most} KiB`);
const { count, slowest_ms, late } = checkPlayer();
await room.handler.leave();
await server.stop();
finish(`${count} inputs were answered meanwhile, ${late} of them late, the slowest after ${slowest_ms} ms; ` +
  `${memoryBefore >> 10} MiB before, ${most >> 10} at the worst; ${Math.round((Date.now() - started) / 1000)} s`);
