// A locked phone, a closed page, a page that is looked at again and two tabs of one seat, in a live
// exercise on a real clock. A glance at something else is no absence.
import { join } from "node:path";
import { check, finish, pause, tocsinOk, workFolder } from "../fault/lib.mjs";
import { Browser, joinAll, serve } from "../fault/web.mjs";

const LASTS_MS = 20000;
const db = join(workFolder(), "drill.db");
const server = serve(db, { realClock: true, more: ["--mode", "live"] });
check(await server.up(), "the server does not start");
const room = await joinAll(server);
const seen = (browser, is, page) =>
  fetch(`${server.origin}/api/1/presence?as=${browser.as}`, {
    method: "POST",
    headers: { Cookie: browser.cookie, "Content-Type": "application/json" },
    body: JSON.stringify({ page, seen: is }),
  }).then((answer) => check(answer.status === 200, `presence: ${answer.status}`));

// The PoC's phone is locked, the commander closes the page, the handler only looks away.
// The handler has two tabs, of which one is behind the other all the time.
for (const as of ["poc", "commander"]) await room[as].listen();
await room.handler.listen(0, "&page=front");
const second = new Browser(server, "handler");
second.cookie = room.handler.cookie;
await second.listen(0, "&page=behind&seen=no");
check((await room.facilitator.post({ do: "start", id: "s" })).status === 200, "it does not start");
await pause(2500);
await seen(room.poc, false);
await seen(room.commander, false); // as a page does that is closed
await room.commander.leave();
await seen(room.handler, false, "front");
await pause(3000);
await seen(room.handler, true, "front");
await seen(room.handler, false, "behind");
await pause(LASTS_MS);
await seen(room.poc, true);
await pause(2500);
await server.stop();

const lines = tocsinOk(["log", "phone-tree-1", "--db", db, "--json"]).trim().split("\n").map((line) => JSON.parse(line));
const moves = lines.filter(({ kind }) => kind === "left" || kind === "returned").map(({ actor, kind }) => `${actor} ${kind}`);
check(moves.filter((one) => one.endsWith("left")).sort().join() === "commander left,poc left", `who left: ${moves}`);
check(moves.filter((one) => one.endsWith("returned")).join() === "poc returned", `who returned: ${moves}`);
const left = lines.find(({ kind, actor }) => kind === "left" && actor === "poc");
check(left.observed_ms < left.at_ms - LASTS_MS / 2, "it is dated when it was noticed, not when it was");
check(lines.every(({ kind, actor }) => kind !== "left" || actor !== "legal"), "whoever never came is not missed");
tocsinOk(["verify", "phone-tree-1", "--db", db]);
finish("a locked phone and a closed page are recorded as away, a glance and a tab behind another one are not");
