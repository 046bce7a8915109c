// The event stream, read with fetch: unlike EventSource it tells why a connection was refused, and
// notices a connection that has died without a word.

const PAUSES_MS = [200, 700, 1500, 2000];
const SILENCE_MS = 25 * 1000; // the server speaks every 15 s

// addressNow(): where the stream is, asked whenever it is opened.
// on: line(object), clock(object), state("live" | "reconnecting" | "closed" | "away", {problem, silent_ms}):
// why it is away; for how long nothing had been heard when it was noticed that the connection is lost
export function openStream(addressNow, on) {
  let last = 0; // the view's counter
  let failures = 0;
  let abort = null;
  let heard_at = Date.now();
  let saidBye = false;
  let silent_ms = 0;

  async function run() {
    for (;;) {
      const { status, problem } = await connect();
      if (status === 401 || status === 403) return on.state("away", { problem });
      on.state(saidBye ? "closed" : "reconnecting", { silent_ms });
      await pause(PAUSES_MS[Math.min(failures++, PAUSES_MS.length - 1)]);
    }
  }

  async function connect() {
    abort = new AbortController();
    heard_at = Date.now();
    silent_ms = 0;
    try {
      const headers = last > 0 ? { "Last-Event-ID": String(last) } : {};
      const response = await fetch(addressNow(), { headers, cache: "no-store", signal: abort.signal });
      if (!response.ok) return { status: response.status, problem: (await response.json()).sentence };
      failures = 0;
      saidBye = false;
      tell(on.state, "live");
      await read(response.body.getReader());
    } catch {
      // the network, or our own watch: both mean trying again
    }
    return { status: 0 };
  }

  async function read(reader) {
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard_at = Date.now();
      const frames = (rest + decoder.decode(value, { stream: true })).split("\n\n");
      rest = frames.pop();
      frames.forEach(take);
    }
  }

  function take(frame) {
    const field = {};
    for (const row of frame.split("\n")) {
      const colon = row.indexOf(": ");
      if (colon > 0) field[row.slice(0, colon)] = row.slice(colon + 2);
    }
    if (field.event === "bye") saidBye = true;
    if (field.data === undefined || saidBye) return;
    const data = JSON.parse(field.data);
    if (field.event === "clock") return tell(on.clock, data);
    const n = Number(field.id);
    if (n <= last) return; // told already, before the break
    tell(on.line, data);
    last = n;
  }

  setInterval(() => {
    if (Date.now() - heard_at <= SILENCE_MS || !abort) return;
    silent_ms = Date.now() - heard_at;
    abort.abort();
  }, 2500);
  window.addEventListener("online", () => abort && abort.abort());
  run();
}

// A mistake of the page is shown as one, and costs neither the stream nor what follows.
function tell(listener, data) {
  try {
    listener(data);
  } catch (error) {
    reportError(error);
  }
}

const pause = (span_ms) => new Promise((resume) => setTimeout(resume, span_ms));
