// What the lobby of a live exercise does over HTTP, with the real program and its record.
import { join } from "node:path";
import { check, finish, source, tocsinOk, workFolder } from "../fault/lib.mjs";
import { Browser, serve } from "../fault/web.mjs";

const db = join(workFolder(), "drill.db");
const scenario = join(source, "scenarios/ransomware");
let asked = 0;

async function up(more = []) {
  const server = serve(db, { scenario, more });
  check(await server.up(), `the server does not start: ${server.complained}`);
  return server;
}

async function facilitatorOf(server) {
  const facilitator = new Browser(server, "facilitator");
  check(await facilitator.join(server.secret), "the facilitator's link does not work");
  return facilitator;
}

async function remake(facilitator, body) {
  const address = `${facilitator.server.origin}/api/1/lobby?as=facilitator`;
  const answer = await fetch(address, {
    method: "POST",
    headers: { Cookie: facilitator.cookie, "Content-Type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  asked++;
  return { status: answer.status, data: await answer.json() };
}

const settingOf = async (browser) => JSON.parse((await browser.get("setting")).text);
const plain = { choice: { organisation: "hospital", scenario: { pace: 1 } }, difficulty: 1, mode: "live" };

async function isMadeAnew(server, facilitator) {
  const before = await settingOf(facilitator);
  const chosen = {
    choice: {
      ladder: { management: "11m" },
      organisation: "hospital",
      scenario: { names: { hospital: { en: "Wakaba", ja: "若葉" } }, pace: 2 },
    },
    difficulty: 0,
    mode: "discuss",
  };
  const done = await remake(facilitator, chosen);
  check(done.status === 200, `it is not made anew: ${JSON.stringify(done.data)}`);
  const after = await settingOf(facilitator);
  check(after.table !== before.table, "the table is the same");
  check(after.setting.mode === "discuss", `the mode is ${after.setting.mode}`);
  check(after.setting.title.ja.includes("若葉"), `the title is ${after.setting.title.ja}`);
  const rung = after.setting.ladder.find((one) => one.to === "management");
  check(rung.within_ms === 660000, `management hears within ${rung.within_ms}`);
  const lobby = JSON.parse((await facilitator.get("lobby")).text);
  check(lobby.by_person === false, "it is told by person though nobody has chosen that");
  const agreed = await remake(facilitator, { by_person: true, ...chosen });
  check(agreed.status === 200, JSON.stringify(agreed.data));
  check(JSON.parse((await facilitator.get("lobby")).text).by_person === true, "what was agreed is forgotten");
  check((await remake(facilitator, chosen)).status === 200, "it is not made once more");
  check(JSON.parse((await facilitator.get("lobby")).text).by_person === true, "left out, it does not stay");
  check((await remake(facilitator, { by_person: false, ...chosen })).status === 200, "it is not taken back");
  check(JSON.parse((await facilitator.get("lobby")).text).by_person === false, "it is not taken back");
  check(lobby.difficulty === 0 && lobby.pace === 2, `difficulty ${lobby.difficulty}, pace ${lobby.pace}`);
}

async function isRefused(facilitator) {
  const before = await settingOf(facilitator);
  const rows = [
    ["nothing", "{}", /a choice, a difficulty and a mode/],
    ["no JSON", "{", /a choice, a difficulty and a mode/],
    ["an unknown house", { ...plain, choice: { organisation: "nowhere" } }, /nowhere/],
    ["a house that is a path", { ...plain, choice: { organisation: "../../etc/passwd" } }, /./],
    ["a mode that is none", { ...plain, mode: "loud" }, /no mode/],
    ["a difficulty that is none", { ...plain, difficulty: 9 }, /difficulty/],
    ["a rung that is none", { ...plain, choice: { ladder: { nobody: "1m" }, organisation: "hospital" } }, /no rung/],
    ["a time that is none", { ...plain, choice: { ladder: { management: "soon" }, organisation: "hospital" } }, /soon/],
    ["a name without text", { ...plain, choice: { organisation: "hospital", scenario: { names: { hospital: { en: "", ja: "" } } } } }, /./],
    ["another id", { ...plain, choice: { organisation: "hospital", scenario: { id: "other" } } }, /id/],
  ];
  for (const [what, body, says] of rows) {
    const answer = await remake(facilitator, body);
    check(answer.status === 422, `${what}: ${answer.status}`);
    check(says.test(answer.data.sentence?.en ?? ""), `${what}: ${JSON.stringify(answer.data)}`);
    check(/作り直せません/.test(answer.data.sentence?.ja ?? ""), `${what}: ${answer.data.sentence?.ja}`);
  }
  check((await settingOf(facilitator)).table === before.table, "a refusal changed something");
}

const server = await up();
const facilitator = await facilitatorOf(server);
await isMadeAnew(server, facilitator);
await isRefused(facilitator);
await server.stop();

// Started again, the exercise that was made last goes on, and the page is still in.
const again = await up();
check(/going on with ransomware-5 /.test(again.complained), again.complained);
facilitator.server = again;
check((await facilitator.get("setting")).status === 200, "the page is not let in any more");
check((await settingOf(facilitator)).setting.mode === "discuss", "what was chosen is forgotten");
check((await facilitator.post({ do: "start", id: "s" })).status === 200, "it does not start");
const late = await remake(facilitator, plain);
check(late.status === 422 && /has begun/.test(late.data.sentence.en), JSON.stringify(late.data));
await again.stop();

const several = await up(["--new", "--tables", "2"]);
const answer = await remake(await facilitatorOf(several), plain);
check(answer.status === 422 && /several tables/.test(answer.data.sentence.en), JSON.stringify(answer.data));
await several.stop();

tocsinOk(["verify", "ransomware-5", "--db", db]);
finish(`${asked} wishes for another exercise were answered`);
