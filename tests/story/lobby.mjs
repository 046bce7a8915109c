// What the lobby of a live exercise does over HTTP, with the real program and its record.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { check, finish, goodFile, pause, source, tocsin, tocsinOk, workFolder } from "../fault/lib.mjs";
import { Browser, serve } from "../fault/web.mjs";

const folder = workFolder();
const db = join(folder, "drill.db");
const scenario = join(source, "scenarios/ransomware");
let asked = 0;
let made = 1; // the one that the first start makes

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

async function remakeNow(facilitator, body) {
  const answer = await fetch(facilitator.address("lobby"), {
    method: "POST",
    headers: { Cookie: facilitator.cookie, "Content-Type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  asked++;
  if (answer.status === 200) made++;
  return { status: answer.status, data: await answer.json(), wait_s: Number(answer.headers.get("retry-after")) };
}

// As somebody does who tries until it is possible.
async function remake(facilitator, body) {
  for (;;) {
    const answer = await remakeNow(facilitator, body);
    if (answer.status !== 429) return answer;
    await pause(100);
  }
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

// Others wait while an exercise is made anew, so that is not done again at once.
async function isNotMadeAtOnce(facilitator) {
  const answers = [];
  check((await remake(facilitator, plain)).status === 200, "it is not made anew");
  for (let i = 0; i < 5; i++) answers.push(await remakeNow(facilitator, plain));
  check(answers.every((one) => one.status === 429), `at once: ${answers.map((one) => one.status)}`);
  const { data, wait_s } = answers[0];
  check(data.reason === "too-soon" && wait_s === 2, `${data.reason}, again in ${wait_s} s`);
  check(/two seconds/.test(data.sentence.en) && /2秒/.test(data.sentence.ja), JSON.stringify(data.sentence));
}

const listed = (more = []) => JSON.parse(tocsinOk(["list", "--json", "--db", db, ...more]));

// What was replaced before it began stays in the record, and is in nobody's way.
function isOutOfTheWay(made) {
  const last = `ransomware-${made}`;
  check(listed().map((one) => one.exercise).join() === last, `listed: ${listed().map((one) => one.exercise)}`);
  const all = listed(["--all"]);
  check(all.length === made, `${all.length} in all`);
  check(all.slice(0, -1).every((one, i) => one.replaced_by === `ransomware-${i + 2}`), JSON.stringify(all));
  check(all.at(-1).replaced_by === undefined, "the last one is replaced as well");
  check(/made anew as ransomware-2 before it began/.test(tocsinOk(["list", "--all", "--db", db])), "it is not said in words");
  check(JSON.parse(tocsinOk(["show", "ransomware-1", "--json", "--db", db])).replaced_by === "ransomware-2", "it is not shown so");
  check(/作り直し +ransomware-2（開始前）/.test(tocsinOk(["show", "ransomware-1", "--lang", "ja", "--db", db])), "nor in words");
  const skills = JSON.parse(tocsinOk(["skills", "--json", "--db", db, "--home", "."]));
  check(skills.running === 1, `${skills.running} are said to run`);
  for (const args of [["serve", "--resume", "ransomware-1", "--listen", "127.0.0.1:0"], ["play", "--exercise", "ransomware-1", "--inputs", goodFile]]) {
    const { code, err } = tocsin([...args, "--db", db]);
    check(code === 1 && /was made anew as ransomware-2/.test(err), `${args[0]}: ${code} ${err}`);
  }
  check(tocsin(["verify", "--all", "--db", db]).code === 0, "the record is not whole");
  const copy = join(folder, "one.db");
  tocsinOk(["bundle", last, copy, "--db", db]);
  tocsinOk(["verify", "--db", copy]);
}

function canBeDeleted() {
  const copy = join(folder, "copy.db");
  copyFileSync(db, copy);
  tocsinOk(["delete", "ransomware-1", "--yes", "--db", copy]);
  tocsinOk(["verify", "--all", "--db", copy]);
}

const server = await up();
const facilitator = await facilitatorOf(server);
await isMadeAnew(server, facilitator);
await isRefused(facilitator);
await isNotMadeAtOnce(facilitator);
await server.stop();
isOutOfTheWay(made);
canBeDeleted();

// As if it had died between making the last one and saying that the room is its own.
const died = spawnSync("sqlite3", [db, "UPDATE room SET table_id = table_id - 1"]);
check(died.error?.code === "ENOENT" || died.status === 0, `sqlite3: ${died.stderr}`);

// Started again, the exercise that was made last goes on, and the page is still in.
const again = await up();
check(again.complained.includes(`going on with ransomware-${made} `), again.complained);
facilitator.server = again;
check((await facilitator.get("setting")).status === 200, "the page is not let in any more");
check((await settingOf(facilitator)).setting.mode === "live", "what was chosen is forgotten");
check((await facilitator.post({ do: "start", id: "s" })).status === 200, "it does not start");
const late = await remake(facilitator, plain);
check(late.status === 422 && /has begun/.test(late.data.sentence.en), JSON.stringify(late.data));
await again.stop();

const several = await up(["--new", "--tables", "2"]);
const answer = await remake(await facilitatorOf(several), plain);
check(answer.status === 422 && /several tables/.test(answer.data.sentence.en), JSON.stringify(answer.data));
await several.stop();

// An organisation that is added, edited or taken away shows at once, though they are read once only.
async function followsTheFiles() {
  const home = join(folder, "home"), houses = join(home, "roles/organisations");
  cpSync(join(source, "roles"), join(home, "roles"), { recursive: true });
  cpSync(join(source, "scoring"), join(home, "scoring"), { recursive: true });
  mkdirSync(houses, { recursive: true });
  const server = await up(["--new", "--home", home]);
  const facilitator = await facilitatorOf(server);
  const offered = async () => JSON.parse((await facilitator.get("lobby")).text).organisations;
  const before = await offered();
  check(before.some((one) => one.id === "hospital"), JSON.stringify(before));
  const profile = readFileSync(join(houses, "hospital.yaml"), "utf8");
  writeFileSync(join(houses, "added.yaml"), profile.replace(/^id: hospital$/m, "id: added"));
  check((await offered()).length === before.length + 1, "what was added is not offered");
  writeFileSync(join(houses, "added.yaml"), "no: profile\n");
  check((await offered()).length === before.length, "what cannot be read is offered");
  rmSync(join(houses, "added.yaml"));
  check((await offered()).length === before.length, "what was taken away is offered");
  await server.stop();
}
await followsTheFiles();

tocsinOk(["verify", `ransomware-${made}`, "--db", db]);
finish(`${asked} wishes for another exercise were answered`);
