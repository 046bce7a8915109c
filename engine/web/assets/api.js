// What the page asks of the server. Every answer is {ok, data} or {ok: false, status, problem}, with
// problem in words.
import { say } from "/assets/i18n.js";

const RETRIES_MS = [300, 1000, 2500];

// A lead's session has a page of its own.
export const pageAddress = ({ as, at, page = "/" }) =>
  `${page}?at=${encodeURIComponent(at)}&as=${encodeURIComponent(as)}`;

export function createApi({ as, at }) {
  const query = pageAddress({ as, at }).slice(1);

  // crypto.randomUUID would need https, or a page from this very machine.
  function freshId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return "c" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  const unanswered = new Map(); // an input that may have been kept all the same -> its id

  // An input goes out under an id of its own: sent twice, it still counts once; also when somebody
  // sends the same again by hand after there was no answer.
  async function send(input) {
    const content = JSON.stringify(input);
    const id = unanswered.get(content) || freshId();
    unanswered.set(content, id);
    for (const pause_ms of [...RETRIES_MS, null]) {
      const answer = await ask("POST", `/api/1/inputs${query}`, JSON.stringify({ id, ...input }));
      const isAnswered = answer.status !== 0 && answer.status !== 503;
      if (isAnswered) unanswered.delete(content);
      if (isAnswered || pause_ms === null) return answer;
      await new Promise((resume) => setTimeout(resume, pause_ms));
    }
  }

  const page = freshId(); // two tabs of one seat are seen or not, each for itself

  return {
    as,
    at,
    send,
    setting: () => ask("GET", `/api/1/setting${query}`),
    fileAddress: (path) => `/api/1/files/${path}${query}`,
    file: (path) => askText(`/api/1/files/${path}${query}`),
    qrAddress: (of) => `/api/1/qr/${encodeURIComponent(of)}${query}`,
    kitAddress: (lang) => `/api/1/kit${query}&lang=${lang}`,
    // Sent even by a page that is being put away.
    presence: (seen) =>
      fetch(`/api/1/presence${query}`, {
        method: "POST",
        body: JSON.stringify({ page, seen }),
        headers: { "Content-Type": "application/json" },
        keepalive: true,
      }).catch(() => {}),
    reportAddress: (options) => `/api/1/report${query}&${new URLSearchParams(options)}`,
    skills: () => ask("GET", `/api/1/skills${query}`),
    findings: () => ask("GET", `/api/1/findings${query}`),
    replay: () => ask("GET", `/api/1/replay${query}`),
    links: () => ask("GET", `/api/1/links${query}`),
    code: () => ask("GET", `/api/1/code${query}`),
    openCode: (open) => ask("POST", `/api/1/code${query}`, JSON.stringify({ open })),
    freeSeat: (as) => ask("POST", `/api/1/free${query}`, JSON.stringify({ as })),
    codePicture: `/api/1/code.svg${query}`,
    lobby: () => ask("GET", `/api/1/lobby${query}`),
    remake: (json) => ask("POST", `/api/1/lobby${query}`, json),
    sentences: () => ask("GET", `/api/1/sentences${query}`),
    // A page that nobody sees may have to connect again.
    streamAddress: () => `/api/1/stream${query}&page=${page}${document.hidden ? "&seen=no" : ""}`,
  };
}

export const sessions = () => ask("GET", "/api/1/sessions");
// {secret}: a link's, or a room's code; {as, secret}: the code and a seat. Keys in order.
export const join = (request) => ask("POST", "/api/1/join", JSON.stringify(request));

export async function ask(method, address, body) {
  let response, data;
  try {
    response = await fetch(address, {
      method,
      body,
      cache: "no-store",
      credentials: "same-origin",
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
    });
    data = await response.json();
  } catch {
    if (!response) return { ok: false, status: 0, problem: say("problem.offline") };
  }
  if (response.ok) return { ok: true, status: response.status, data };
  return {
    ok: false,
    status: response.status,
    problem: problemWords(response.status, data),
    field: data && data.field,
  };
}

async function askText(address) {
  try {
    const response = await fetch(address, { cache: "no-store", credentials: "same-origin" });
    if (response.ok) return { ok: true, status: response.status, data: await response.text() };
    return { ok: false, status: response.status, problem: problemWords(response.status) };
  } catch {
    return { ok: false, status: 0, problem: say("problem.offline") };
  }
}

function problemWords(status, data) {
  if (data && data.sentence) return data.sentence;
  return say("problem.unknown", { status });
}
