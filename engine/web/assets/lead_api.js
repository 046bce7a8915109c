// What a lead's pages ask of the server. Answers are those of api.js; `field` names the field of the
// plan in which something is wrong.
import { ask as askServer, pageAddress } from "/assets/api.js";
import { say } from "/assets/i18n.js";

const PAUSES_MS = [400, 800, 1600];

// A lead has neither a facilitator nor a code: who is not let in needs the link of a new start.
async function ask(...request) {
  const answer = await askServer(...request);
  return answer.status === 401 ? { ...answer, problem: say("lead.restarted") } : answer;
}

export function createLeadApi({ as, at }) {
  const query = pageAddress({ as, at }).slice(1);
  const address = (path, options = {}) => {
    const given = Object.entries(options).filter(([, value]) => value);
    return `/api/1/${path}${query}${given.map(([key, value]) => `&${key}=${encodeURIComponent(value)}`).join("")}`;
  };
  // The server reads members in their order only.
  const ordered = (value) =>
    JSON.stringify(value, (_, inner) =>
      inner && typeof inner === "object" && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    );
  // What others are waiting for takes the few places; one becomes free in a moment.
  async function patient(method, path, options, body) {
    for (const pause_ms of PAUSES_MS) {
      const answer = await ask(method, address(path, options), body);
      if (answer.status !== 429) return answer;
      await new Promise((resume) => setTimeout(resume, pause_ms));
    }
    return ask(method, address(path, options), body);
  }
  const get = (path, options) => patient("GET", path, options);

  return {
    programme: () => get("programme"),
    skills: (options) => get("skills", options),
    readiness: (options) => get("readiness", options),
    exercises: () => get("exercises"),
    plan: (options) => get("plan", options),
    history: (options) => get("plan/history", options),
    proposals: (options) => get("plan/proposals", options),
    change: (change) => ask("POST", address("plan"), ordered(change)),
    take: (proposal, lang) => patient("POST", "plan/proposals", { lang }, ordered(proposal)),
    planAddress: (options) => address("plan", options),
    evidenceAddress: (options) => address("evidence", options),
    reportAddress: (options) => address("exercises/report", options),
  };
}
