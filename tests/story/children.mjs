// Skills and reports as a live exercise's pages ask for them: about its own organisation, from a
// record into which nothing is written, and without one room keeping all others waiting.
import { join } from "node:path";
import { check, copyRecord, finish, goodFile, source, sqlRows, tocsinOk, workFolder } from "../fault/lib.mjs";
import { Browser, serve } from "../fault/web.mjs";

const folder = workFolder();
const db = join(folder, "drill.db");
const scenario = join(source, "scenarios/phone-tree");
const MINE = "model-a", THEIRS = "model-b", NEW = "model-c";

for (const house of [MINE, THEIRS])
  tocsinOk(["play", scenario, "--org", house, "--inputs", goodFile, "--db", db]);

async function facilitatorOf(house) {
  const server = serve(db, { scenario, more: ["--org", house, "--new"] });
  check(await server.up(), `the server does not start: ${server.complained}`);
  const facilitator = new Browser(server, "facilitator");
  check(await facilitator.join(server.secret), "the facilitator's link does not work");
  return { server, facilitator };
}

const look = () => {
  const copy = join(folder, "copy.db");
  copyRecord(db, copy);
  return JSON.stringify([
    sqlRows(copy, "SELECT count(*) AS n FROM scored"),
    sqlRows(copy, "SELECT table_id, max(seq), hex(max(hash)) FROM event GROUP BY table_id"),
    sqlRows(copy, "SELECT max(seq), count(*) FROM programme"),
  ]);
};

async function tellsOfOneHouse() {
  const { server, facilitator } = await facilitatorOf(MINE);
  const before = look();
  const answer = await facilitator.get("skills");
  check(answer.status === 200, `skills: ${answer.status} ${answer.text.slice(0, 200)}`);
  const skills = JSON.parse(answer.text);
  check(skills.exercises.map((one) => one.exercise ?? one.id).join() === "phone-tree-1", `of ${JSON.stringify(skills.exercises)}`);
  check(skills.teams.join() === MINE, `teams ${skills.teams}`);
  check(skills.running === 1, `${skills.running} running`);
  check(!answer.text.includes(THEIRS), "another organisation is named");
  check(look() === before, `the record was written to: ${before} became ${look()}`);
  await server.stop();
}

// Nothing has ended there yet, which is no failure.
async function isEmptyAtFirst() {
  const { server, facilitator } = await facilitatorOf(NEW);
  const answer = await facilitator.get("skills");
  check(answer.status === 200 && JSON.parse(answer.text).tables === 0, `skills: ${answer.status} ${answer.text.slice(0, 200)}`);
  check(!answer.text.includes(THEIRS), "another organisation is named");
  check(!server.complained.includes(THEIRS), server.complained);
  await server.stop();
}

async function hasItsShare() {
  const { server, facilitator } = await facilitatorOf(MINE);
  const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => facilitator.get("skills")));
  const count = (status) => answers.filter((one) => one.status === status).length;
  check(count(200) >= 2 && count(429) >= 1 && count(200) + count(429) === answers.length,
    `six at once: ${answers.map((one) => one.status)}`);
  for (const one of answers.filter((other) => other.status === 429)) {
    check(JSON.parse(one.text).reason === "writing", one.text);
    check(Number(one.headers.get("retry-after")) > 0, "it is not said when to try again");
  }
  check((await facilitator.get("skills")).status === 200, "afterwards it fails");
  await server.stop();
}

await tellsOfOneHouse();
await isEmptyAtFirst();
await hasItsShare();
finish("skills are told of one's own organisation, from a record that stays as it is");
