// The player of hostile.mjs: sends a note again and again, once over a connection that is kept and once
// over a new one, and tells how long each answer took.
import { Agent, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";

const { port, cookie } = workerData;
let asked = 0, stays = false, over = false;

function ask(agent) {
  const body = JSON.stringify({ id: `h${asked++}`, do: "note", text: "I go on" });
  const begun = Date.now();
  return new Promise((done) => {
    const sent = request({ host: "127.0.0.1", port, agent, method: "POST", path: "/api/1/inputs?as=poc",
      headers: { "Content-Type": "application/json", "Content-Length": body.length, Cookie: cookie } }, (answer) => {
      answer.resume();
      answer.on("end", () => done({ status: answer.statusCode, ms: Date.now() - begun }));
    });
    sent.on("error", (error) => done({ status: error.code, ms: Date.now() - begun }));
    sent.end(body);
  });
}

async function goOn(agentOf, isNew) {
  while (!over) {
    if (!(stays && isNew)) parentPort.postMessage({ ...await ask(agentOf()), isNew });
    await new Promise((done) => setTimeout(done, 30));
  }
}

parentPort.on("message", (word) => {
  stays = word === "stay in";
  over = word === "stop";
});
const kept = new Agent({ keepAlive: true, maxSockets: 1 });
await Promise.all([goOn(() => kept, false), goOn(() => new Agent({ keepAlive: false }), true)]);
kept.destroy();
parentPort.close();
