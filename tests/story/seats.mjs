// Who sits where outlives the program: a seat that was taken back stays free, a closed code closed,
// and whoever had joined is in again; but not with a copy of the record in another place.
import { chmodSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { check, copyRecord, finish, workFolder } from "../fault/lib.mjs";
import { joinAll, serve } from "../fault/web.mjs";

const db = join(workFolder(), "drill.db");
const copy = join(workFolder(), "copy.db");
const id = "phone-tree-1";

const ask = async (browser, method, path, body) => {
  const answer = await fetch(browser.address(path), {
    method,
    headers: { Cookie: browser.cookie, ...(body ? { "Content-Type": "application/json" } : {}) },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, data: JSON.parse(text) };
};
const wants = async (browser, status, reason, when) => {
  const answer = await ask(browser, "GET", "setting");
  check(answer.status === status && (!reason || answer.data.reason === reason),
    `${when}: ${browser.as} is answered ${answer.status} ${answer.data.reason}, not ${status} ${reason ?? ""}`);
};
const joinWithCode = async (server, secret) => {
  const answer = await fetch(`${server.origin}/api/1/join`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ as: "poc", secret }),
  });
  return { status: answer.status, data: await answer.json() };
};

async function again(record, room) {
  const server = serve(record, { resume: id });
  check(await server.up(), `the server does not start again: ${server.complained}`);
  for (const browser of Object.values(room)) browser.server = server;
  return server;
}

let server = serve(db);
check(await server.up(), "the server does not start");
const room = await joinAll(server);
const { facilitator, poc, commander } = room;
check((await ask(facilitator, "POST", "free", { as: "poc" })).status === 200, "the seat is not freed");
await wants(poc, 401, "freed", "freed");
const printed = (await ask(facilitator, "GET", "code")).data.code;
check((await ask(facilitator, "POST", "code", { open: false })).status === 200, "the code is not closed");
await server.stop();

server = await again(db, room);
await wants(poc, 401, "no-session", "started again");
await wants(commander, 200, null, "started again");
const code = (await ask(facilitator, "GET", "code")).data;
check(code.open === false, "the code is open again after a stop");
check(code.code === printed, `a code that was printed is ${code.code} after a stop`);
const refused = await joinWithCode(server, code.code);
check(refused.status === 403 && refused.data.reason === "code-closed", `a closed code is answered ${refused.status}`);
check((await ask(facilitator, "POST", "code", { open: true })).status === 200, "the code is not opened");
await server.stop();

server = await again(db, room);
const open = (await ask(facilitator, "GET", "code")).data;
check(open.open === true, "the code is closed again after a stop");
check((await joinWithCode(server, open.code)).status === 200, "the freed seat is not free");
await server.stop();

// The record goes to somebody else, who plays on.
copyRecord(db, copy);
server = await again(copy, room);
for (const browser of [commander, facilitator]) await wants(browser, 401, "no-session", "a copy");
await server.stop();

// A secret that others can read is none; the exercise goes on all the same.
const key = `${db}-key`;
check(existsSync(key) && (statSync(key).mode & 0o077) === 0, "others can read the secret beside the record");
chmodSync(key, 0o644);
server = await again(db, room);
await wants(commander, 401, "no-session", "a secret that others can read");
check(server.complained.includes("drill.db-key: is not a file that its owner alone"), `it does not say why: ${server.complained}`);
await server.stop();
chmodSync(key, 0o600);
server = await again(db, room);
await wants(commander, 200, null, "the secret put right");
await server.stop();
finish("seats that were taken back, a closed code and passes outlive the program, and stay where they were made");
