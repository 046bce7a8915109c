// The live program and the people before it: a server that can be killed, and browsers that keep
// every byte that they were sent.
import { check, isSanitizers, pause, scenario, start } from "./lib.mjs";

export class Server {
  constructor(args) {
    this.process = start(args);
    this.said = "";
    this.complained = "";
    this.process.stderr.on("data", (bytes) => { this.complained += bytes; });
    this.ended = new Promise((done) => {
      this.process.on("close", (code, signal) => {
        this.isOver = true;
        if (isSanitizers(this.complained)) check(false, `the server:\n${this.complained}`);
        done({ code, signal });
      });
    });
    this.open = new Promise((done) => { this.openRooms = done; });
    this.ready = new Promise((found) => {
      this.process.stdout.on("data", (bytes) => {
        this.said += bytes;
        const link = this.said.match(/(http:\/\/\S+)\/join#([0-9a-f]+)/);
        if (link) found({ origin: link[1], secret: link[2] });
        if (/^Stop with/m.test(this.said)) this.openRooms();
      });
    });
  }

  // Resolves once the facilitator's link stands there; false when the program ended before.
  async up() {
    const found = await Promise.race([this.ready, this.ended.then(() => null)]);
    if (found === null) return false;
    this.origin = found.origin;
    this.secret = found.secret;
    return true;
  }

  // Resolves once all tables can be reached, with the secrets of their facilitators' links; null when
  // the program ended before.
  async upAll() {
    if (!await this.up()) return null;
    if (await Promise.race([this.open.then(() => true), this.ended.then(() => false)]) === false) return null;
    // The last one is a lead's.
    return [...this.said.matchAll(/\/join#([0-9a-f]+)/g)].map((link) => link[1]).slice(0, -1);
  }

  get pid() { return this.process.pid; }

  kill() {
    this.process.kill("SIGKILL");
    return this.ended;
  }

  async stop() {
    this.process.kill("SIGTERM");
    const { code } = await this.ended;
    check(code === 0, `the server ended with ${code}: ${this.complained}`);
  }
}

export function serve(db, options = {}) {
  const what = options.resume ? ["--resume", options.resume]
    : ["--scenario", options.scenario ?? scenario, "--seed", "7"];
  return new Server(["serve", ...what, "--db", db, "--listen", `127.0.0.1:${options.port ?? 0}`,
    ...(options.realClock ? [] : ["--test-clock"]),
    ...(options.more ?? [])]);
}

// An answer, or status 0 when the connection broke before there was one.
async function ask(method, address, cookie, body) {
  const headers = { ...(cookie ? { Cookie: cookie } : {}), ...(body ? { "Content-Type": "application/json" } : {}) };
  try {
    const response = await fetch(address, { method, headers, body });
    const text = await response.text();
    return { status: response.status, text, headers: response.headers, type: response.headers.get("content-type"),
      cookie: response.headers.get("set-cookie")?.split(";")[0] };
  } catch {
    return { status: 0, text: "" };
  }
}

// Of the first table, or of the room that is named.
export const setClock = (server, at_ms, at) =>
  ask("POST", `${server.origin}/api/1/test/clock${at ? `?at=${at}` : ""}`, null, JSON.stringify({ at_ms }));

// Somebody's session: joined with a link, keeping what came.
export class Browser {
  constructor(server, as) {
    this.server = server;
    this.as = as;
    this.bytes = []; // every body and frame that came, as text
    this.frames = []; // {n, text, data} of the stream
    this.clocks = [];
  }

  keep(answer) {
    if (answer.text !== "") this.bytes.push(answer.text);
    return answer;
  }

  async join(secret) {
    const answer = this.keep(await ask("POST", `${this.server.origin}/api/1/join`, null, JSON.stringify({ secret })));
    if (answer.status !== 200) return false;
    this.cookie = answer.cookie;
    this.at = JSON.parse(answer.text).at;
    return true;
  }

  address(path, as = this.as) {
    return `${this.server.origin}/api/1/${path}?${this.at ? `at=${this.at}&` : ""}as=${as}`;
  }

  async get(path, as = this.as) {
    return this.keep(await ask("GET", this.address(path, as), this.cookie));
  }

  async post(input) {
    return this.keep(await ask("POST", this.address("inputs"), this.cookie, JSON.stringify(input)));
  }

  // Opens the stream behind what was seen before; resolves when the server has taken the request.
  async listen(after = 0, more = "") {
    this.abort = new AbortController();
    const headers = { Cookie: this.cookie, ...(after > 0 ? { "Last-Event-ID": String(after) } : {}) };
    try {
      const response = await fetch(this.address("stream") + more, { headers, signal: this.abort.signal });
      if (response.status !== 200) return false;
      this.reading = this.read(response.body.getReader());
      return true;
    } catch {
      return false;
    }
  }

  async read(reader) {
    const decoder = new TextDecoder();
    let rest = "";
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        const text = decoder.decode(value, { stream: true });
        this.bytes.push(text);
        const frames = (rest + text).split("\n\n");
        rest = frames.pop();
        frames.forEach((frame) => this.take(frame));
      }
    } catch {
      // killed, or hung up: what came until then was kept
    }
  }

  take(frame) {
    const field = {};
    for (const row of frame.split("\n")) {
      const colon = row.indexOf(": ");
      if (colon > 0) field[row.slice(0, colon)] = row.slice(colon + 2);
    }
    if (field.event === "clock") this.clocks.push(JSON.parse(field.data));
    else if (field.id !== undefined)
      this.frames.push({ n: Number(field.id), text: field.data, data: JSON.parse(field.data) });
  }

  // Waits until the stream has told the nth line; what never comes is an error.
  async until(n) {
    for (let waited_ms = 0; waited_ms < 10000; waited_ms += 5) {
      if (this.frames.length > 0 && this.frames.at(-1).n >= n) return true;
      await pause(5);
    }
    return check(false, `${this.as} was never told line ${n}`);
  }

  async leave() {
    this.abort?.abort();
    await this.reading;
  }
}

export const SEATS = ["poc", "commander", "handler", "legal"];

// Facilitator, seats and perhaps others join; null when the server died meanwhile.
export async function joinAll(server, others = []) {
  const facilitator = new Browser(server, "facilitator");
  if (!await facilitator.join(server.secret)) return null;
  const answer = await facilitator.get("links");
  if (answer.status !== 200) return null;
  const room = { facilitator };
  for (const { as, link } of JSON.parse(answer.text).links) {
    if (![...SEATS, ...others].includes(as)) continue;
    room[as] = new Browser(server, as);
    if (!await room[as].join(link.split("#")[1])) return null;
  }
  return room;
}
