// Several tables in one program that is killed at any moment while people act at all of them at once.
//
// Pages go on by themselves: with the cookie that they got when they joined, from the line behind the
// last that they have seen, sending what was not answered again. At the end every answered input is
// in the record once, every page was told every line once, and records and findings are those of an
// exercise that nobody killed.
import { createServer } from "node:net";
import { join } from "node:path";
import { chance, check, checkSame, copyRecord, finish, killsWanted, pause, readInputs, sqlRows, tocsinOk, toMs,
  workFolder } from "./lib.mjs";
import { Browser, SEATS, serve, setClock } from "./web.mjs";

const KILLS = killsWanted();
const TABLES = 3; // the last one is a crowd
const NOTES_AT_ONCE = 3; // of each seat
const RECOVERY_MS = 3000;
const TRY_AGAIN_MS = 25;
const GIVE_UP_MS = 60000;
const next = chance(11);
const folder = workFolder();
const viewers = ["facilitator", ...SEATS];
const script = readInputs().map(({ at, actor, ...rest }, i) =>
  ({ at_ms: toMs(at), actor, body: { id: `c${i + 1}`, ...rest } }));
const idOf = (place) => (place === 1 ? "phone-tree-1" : `phone-tree-1/${place}`);
const isCrowd = (place) => place === TABLES;

// A program comes back at the address that pages know.
const freePort = () => new Promise((found) => {
  const listener = createServer().listen(0, "127.0.0.1", () => {
    const { port } = listener.address();
    listener.close(() => found(port));
  });
});

// The program over all of its lives.
class House {
  constructor(db, port) {
    this.db = db;
    this.port = port;
    this.life = 0;
    this.back_ms = 0; // when the present life could be reached
    this.isOver = false;
  }

  // Resolves with the facilitators' links, or null when it was killed before they were printed.
  async start() {
    const what = this.life++ === 0 ? { more: ["--tables", String(TABLES)] } : { resume: idOf(1) };
    this.server = serve(this.db, { port: this.port, ...what });
    const secrets = await this.server.upAll();
    if (secrets) this.back_ms = performance.now();
    return secrets;
  }

  // Asks until there is an answer: nobody notices that the program was not there for a while.
  async insist(what, ask) {
    for (const began_ms = performance.now(); performance.now() - began_ms < GIVE_UP_MS; await pause(TRY_AGAIN_MS)) {
      const answer = await ask(this.server);
      if (answer.status !== 0 && answer.status !== 503) return answer;
    }
    check(false, `${what}: there was no answer for ${GIVE_UP_MS / 1000} s`);
    return { status: 0, text: "" };
  }
}

// What a page does: it listens, and sends until it is answered.
class Page {
  constructor(house, place, as) {
    this.house = house;
    this.place = place;
    this.as = as;
    this.told = [];
    this.answered = []; // {id, text}
    this.recovered_ms = [];
    this.life = 0; // of the program, to which it listened last
    this.browser = new Browser(house.server, as);
  }

  async join(secret) {
    return this.browser.join(secret);
  }

  take() {
    for (const { n, text } of this.browser.frames.splice(0)) {
      check(n === this.told.length + 1, `${this.as} of table ${this.place} was told line ${n} after line ${this.told.length}`);
      this.told.push(text);
    }
  }

  // Over all lives, until the exercise is over for everybody.
  async stay() {
    for (; !this.house.isOver; await pause(TRY_AGAIN_MS)) {
      const { server } = this.house;
      this.browser.server = server;
      if (server.isOver || !server.origin || !await this.browser.listen(this.told.length)) continue;
      if (this.life !== 0 && this.life !== this.house.life)
        this.recovered_ms.push(performance.now() - this.house.back_ms);
      this.life = this.house.life;
      const frames = this.browser.frames;
      const seen = setInterval(() => this.take(), 5);
      await this.browser.reading;
      clearInterval(seen);
      if (frames === this.browser.frames) this.take();
    }
  }

  // at_ms: when it happens. The clock is set again each time: where nothing happens it is kept every
  // five seconds only, and a program that was killed goes on from there.
  async send(body, at_ms) {
    const answer = await this.house.insist(`${body.id} of ${this.as}`, async (server) => {
      this.browser.server = server;
      const clock = at_ms === undefined ? { status: 200 } : await setClock(server, at_ms, this.browser.at);
      return clock.status === 200 ? this.browser.post(body) : clock;
    });
    check(answer.status === 200, `${body.id} of ${this.as} at table ${this.place}: ${answer.status} ${answer.text}`);
    this.answered.push({ id: body.id, text: answer.text });
  }
}

// The facilitator joins with the link that was printed, the seats with those on the facilitator's page.
async function joinTable(house, place, secret) {
  const pages = {};
  for (const as of viewers) pages[as] = new Page(house, place, as);
  if (!await pages.facilitator.join(secret)) return null;
  const answer = await pages.facilitator.browser.get("links");
  if (answer.status !== 200) return null;
  for (const { as, link } of JSON.parse(answer.text).links)
    if (SEATS.includes(as) && !await pages[as].join(link.split("#")[1])) return null;
  return pages;
}

// At the crowd's table everybody writes at once after every line of the script, and one page's line
// is so bad that it sends everything twice.
async function writeAtOnce(pages, step) {
  for (let i = 0; i < NOTES_AT_ONCE; i++) {
    const note = (as) => ({ id: `note-${step}-${i}`, do: "note", text: `${as} notes ${i} at ${step}` });
    await Promise.all([...SEATS.map((as) => pages[as].send(note(as))),
      pages.legal.browser.post(note("legal"))]);
  }
}

async function play(place, pages) {
  for (const [step, { at_ms, actor, body }] of script.entries()) {
    await pages[actor].send(body, at_ms);
    if (isCrowd(place)) await writeAtOnce(pages, step + 1);
  }
}

// Every answered input is in the file as the killed program left it.
function checkOnDisk(house, tables, when) {
  const copy = join(folder, "copy.db");
  copyRecord(house.db, copy);
  const rows = sqlRows(copy, "SELECT table_id || '/' || actor || '/' || client_id AS name FROM input").map((row) => row.name);
  const kept = new Set(rows);
  check(kept.size === rows.length, `${when}: an input was kept twice`);
  tables.forEach((pages, i) => viewers.forEach((as) => pages[as].answered.forEach(({ id }) =>
    check(kept.has(`${i + 1}/${as}/${id}`), `${when}: ${id} of ${as} at table ${i + 1} was answered and is not on disk`))));
}

// Kills and starts again until the play is over, or there were enough kills.
async function killAndStart(house, tables, mayKill, over) {
  let kills = 0;
  while (!over.is && kills < mayKill) {
    await pause(next() < 0.2 ? 5 * next() : 500 * next() * next()); // some before a page is back
    if (over.is) break;
    await house.server.kill();
    kills++;
    checkOnDisk(house, tables, `kill ${kills}`);
    if (next() < 0.15 && kills < mayKill) { // while it starts
      const starting = house.start();
      await pause(80 * next());
      await house.server.kill();
      await starting;
      kills++;
    }
    check(await house.start() !== null, `kill ${kills}: the program did not come back: ${house.server.complained}`);
  }
  return kills;
}

function checkTold(house, tables) {
  tables.forEach((pages, i) => viewers.forEach((as) =>
    checkSame(`${pages[as].told.join("\n")}\n`, tocsinOk(["log", idOf(i + 1), "--db", house.db, "--as", as, "--json"]),
      `what ${as} of table ${i + 1} was told`)));
}

// Also at a table that ended before the last kill.
async function untilBack(house, tables) {
  const pages = tables.flatMap((table) => viewers.map((as) => table[as]));
  const isBack = (page) => page.life === house.life;
  for (let waited_ms = 0; !pages.every(isBack) && waited_ms < RECOVERY_MS; waited_ms += 5) await pause(5);
  for (const page of pages)
    check(isBack(page), `${page.as} of table ${page.place} did not come back after the last kill`);
}

async function untilTold(house, tables) {
  for (const [i, pages] of tables.entries()) {
    for (const as of viewers) {
      const count = tocsinOk(["log", idOf(i + 1), "--db", house.db, "--as", as, "--json"]).split("\n").length - 1;
      for (let waited_ms = 0; pages[as].told.length < count && waited_ms < 10000; waited_ms += 5) await pause(5);
    }
  }
}

// One exercise at all tables. Returns the pages and how often the program was killed.
async function live(db, mayKill) {
  const house = new House(db, await freePort());
  const secrets = await house.start();
  const tables = [];
  for (const [i, secret] of secrets.entries()) tables.push(await joinTable(house, i + 1, secret));
  const staying = tables.flatMap((pages) => viewers.map((as) => pages[as].stay()));
  const over = { is: false };
  const killing = killAndStart(house, tables, mayKill, over);
  await Promise.all(tables.map((pages, i) => play(i + 1, pages)));
  over.is = true;
  const kills = await killing;
  await untilBack(house, tables);
  await untilTold(house, tables);
  house.isOver = true;
  await house.server.stop(); // pages are told that it closes
  await Promise.all(staying);
  checkTold(house, tables);
  checkOnDisk(house, tables, "at the end");
  return { tables, kills };
}

// The crowd's order is its own; what everybody said is not.
const sorted = (text) => text.split("\n").sort().join("\n");
const findings = (db, place) => JSON.stringify(JSON.parse(tocsinOk(["score", idOf(place), "--db", db, "--json"])), null, 1);
const logOf = (db, place) => tocsinOk(["log", idOf(place), "--db", db, "--json"]);
const notesOf = (db) => JSON.stringify(sqlRows(db, `SELECT actor, client_id, body FROM input WHERE table_id = ${TABLES}
  ORDER BY actor, client_id`).map(({ actor, client_id }) => `${actor} ${client_id}`));

const referenceDb = join(folder, "reference.db");
await live(referenceDb, 0);

let kills = 0, answered = 0, runs = 0;
const recovered_ms = [];
for (; kills < KILLS; runs++) {
  const db = join(folder, `run-${runs}.db`);
  const run = await live(db, KILLS - kills);
  kills += run.kills;
  for (let place = 1; place <= TABLES; place++) {
    checkSame(findings(db, place), findings(referenceDb, place), `run ${runs}: the findings of table ${place}`);
    if (!isCrowd(place)) checkSame(logOf(db, place), logOf(referenceDb, place), `run ${runs}: table ${place}`);
  }
  checkSame(notesOf(db), notesOf(referenceDb), `run ${runs}: what the crowd sent`);
  tocsinOk(["verify", "--db", db]);
  for (const pages of run.tables) {
    for (const as of viewers) {
      answered += pages[as].answered.length;
      recovered_ms.push(...pages[as].recovered_ms);
    }
  }
}
recovered_ms.sort((a, b) => a - b);
const longest_ms = Math.round(recovered_ms.at(-1));
check(recovered_ms.length >= KILLS * 3, `pages recovered only ${recovered_ms.length} times`);
check(longest_ms <= RECOVERY_MS, `a page recovered only ${longest_ms} ms after the program was back`);
finish(`${TABLES} tables in one program survived ${kills} kills in ${runs} exercises: ${answered} inputs were answered and kept`
  + ` once, pages came back ${recovered_ms.length} times, the last ${longest_ms} ms after the program, half within`
  + ` ${Math.round(recovered_ms[recovered_ms.length >> 1])} ms`);
