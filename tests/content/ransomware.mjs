// Counts scenarios/ransomware. Its YAML is read line by line, in the one form in which it is written;
// what the program itself can say (check --json, the log of a play) is asked of the program.
import {execFileSync} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";

const [tocsin, work] = process.argv.slice(2);
const folder = "scenarios/ransomware";
const plays = "tests/story/ransomware";
const roles = ["commander", "handler", "poc", "legal"];
const read = (name) => readFileSync(`${folder}/${name}`, "utf8");
const items = (text) => text.split(/^(?=- id: )/m).slice(1);
const field = (item, key) => item.match(new RegExp(`^  ${key}: (.*)$`, "m"))?.[1];
const list = (value) => (value ?? "").replace(/[[\]]/g, "").split(",").map((word) => word.trim());
const id = (item) => item.match(/^- id: (\S+)/)[1];
const section = (text, key) => text.match(new RegExp(`^${key}:\\n([^]*?)(?=^\\S|$(?![^]))`, "m"))[1];
const count = (text, pattern) => [...text.matchAll(pattern)].length;

let failures = 0;
let checks = 0;
function expect(holds, sentence) {
    checks += 1;
    if (holds) return;
    failures += 1;
    console.error(`ransomware: ${sentence}`);
}
const least = (found, wanted, what) => expect(found >= wanted, `${found} ${what}, ${wanted} wanted`);
const exactly = (found, wanted, what) => expect(found === wanted, `${found} ${what}, ${wanted} wanted`);
const none = (found, what) => expect(found.length === 0, `${what}: ${found.join(", ")}`);

// ---- the files -------------------------------------------------------------------------------

const scenario = read("scenario.yaml");
const story = read("story.lua");
const phases = ["night", "morning", "day-four"];

const injects = items(read("injects.yaml")).map((item) => ({
    id: id(item),
    kind: field(item, "kind"),
    level: Number(field(item, "level") ?? 0),
    to: field(item, "to") === "room" ? roles : list(field(item, "to")),
    phase: /^  story_at: 2026-11-17/m.test(item) ? "morning" : /^  story_at: 2026-11-20/m.test(item) ? "day-four" : "night",
    at: field(item, "at"),
    words: item.match(/^  body:\n    en: \|\n([^]*?)^    ja: \|/m)?.[1].split(/\s+/).filter(Boolean).length,
    files: [...item.matchAll(/files\/[\w.-]+/g)].map((match) => match[0]),
    questions: [...item.matchAll(/id: (\S+)\n +prompt:\n([^]*?)(?=^    - id:|^  \w|$(?![^]))/gm)].map((match) => ({
        id: match[1], owners: list(match[2].match(/owner: (.*)/)[1]), options: count(match[2], /- id: /g)})),
}));
const core = injects.filter((inject) => !inject.level && ["contextual", "event"].includes(inject.kind));
const optional = injects.filter((inject) => inject.level);
const questions = injects.flatMap((inject) => inject.questions.map((question) => ({...question, to: inject.to})));

exactly(core.length, 14, "core injects");
exactly(core.length + optional.length, 30, "injects at the highest difficulty");
for (const level of [1, 2, 3]) least(optional.filter((inject) => inject.level === level).length, 3, `injects of level ${level}`);
least(optional.filter((inject) => inject.kind === "benign").length * 4, optional.length, "times four benign injects");
least(injects.filter((inject) => inject.kind === "contingency").length, 6, "contingencies");
least(new Set(story.match(/contingency\("[\w-]+"/g)).size, 6, "contingencies of the story");
least(questions.length, 8, "questions");
none(questions.filter((question) => question.options < 3).map((question) => question.id), "questions with fewer than three ways");
none(questions.filter((question) => question.owners.some((owner) => !question.to.includes(owner))).map((question) => question.id),
    "questions whose owner is not asked");
least(count(story, /\b(ask|decided)[ (]"/g), 8, "branches on a question");
none(core.concat(optional).filter((inject) => !(inject.words >= 60 && inject.words <= 140)).map((inject) => inject.id),
    "texts of other than 60 to 140 words");
for (const phase of phases)
    for (const role of roles)
        expect(core.some((inject) => inject.phase === phase && inject.kind === "event" && inject.to.includes(role)),
            `no core inject for ${role} in ${phase}`);
expect(injects.some((inject) => /^([0-9]|[1-5][0-9])m$/.test(inject.at ?? "") && inject.questions.some((question) => question.owners.includes("legal"))),
    "legal is not asked within the first hour");

const facts = items(read("facts.yaml")).map((item) => ({
    id: id(item), replaces: field(item, "replaces"), needs: /^  needs:/m.test(item), slot: field(item, "slot"),
    neverTrue: /truth:\n    - from: 0s\n      holds: no/.test(item), ends: /holds: no/.test(item),
}));
const before = (fact) => facts.find((other) => other.id === fact?.replaces);
least(facts.length, 30, "facts");
none(facts.filter((fact) => !fact.needs).map((fact) => fact.id), "facts that nobody needs");
least(facts.filter((fact) => before(before(fact))).length, 4, "facts that are revised twice");
least(facts.filter((fact) => fact.neverTrue).length, 3, "false leads");
least(facts.filter((fact) => fact.ends).length, 5, "facts that stop being true");

exactly(count(section(scenario, "phases"), /- id: /g), 3, "phases");
exactly(count(story, /jump \{phase = "[\w-]+", sheet = true\}/g), 2, "jumps with a sheet");
const stakeholders = section(scenario, "stakeholders");
least(count(stakeholders, /^  - id: /gm), 20, "stakeholders");
least(count(stakeholders, /^    hours: /gm), 10, "stakeholders with hours");
least(count(stakeholders, /^    deputy: /gm), 6, "deputies");
least(count(stakeholders, /^    after_hours:/gm), 4, "answers after hours");
least(count(stakeholders, /^    forwards: yes/gm), 2, "lines that forward");
least(count(section(scenario, "actions"), /authority: /g), 8, "actions with an authority");
least(count(section(scenario, "slots"), /- \{id: /g), 8, "slots");
least(count(section(scenario, "hints"), /- id: /g), 5, "hints");

const files = [...new Set(injects.flatMap((inject) => inject.files))];
for (const suffix of ["log", "eml", "svg", "csv", "md"])
    expect(files.some((file) => file.endsWith(`.${suffix}`)), `no attachment is a .${suffix}`);
for (const file of files) {
    expect(existsSync(`${folder}/${file}`), `${file} is not there`);
    const text = existsSync(`${folder}/${file}`) ? read(file) : "";
    expect(file.includes(".ja.") ? text.includes("訓練") : text.includes("EXERCISE"), `${file} does not say that it is an exercise`);
}
const guide = read("README.md");
none(core.concat(optional).map((inject) => inject.id).filter((name) => count(guide, new RegExp(`\\| \`${name}\` \\|`, "g")) !== 2),
    "injects that do not stand in both tables of README.md");

// ---- what the program says -------------------------------------------------------------------

function run(...args) {
    return execFileSync(tocsin, [...args, "--home", "."], {encoding: "utf8", stdio: ["ignore", "pipe", "pipe"]});
}
for (const overlay of [[], ["--overlay", `${folder}/overlays/abroad.yaml`]]) {
    const said = JSON.parse(run("check", folder, "--json", "--strict", ...overlay));
    none(said.problems.filter((problem) => problem.kind !== "unused-hint" && problem.level !== "note").map((problem) => problem.message),
        `check ${overlay.join(" ")}`);
    none(said.problems.filter((problem) => /option/.test(problem.kind)).map((problem) => problem.message), "options that nothing tells apart");
}

// The events of a play, in which nothing may be refused and no story may fail.
function play(name, ...options) {
    const db = `${work}/${name}${options.join("")}.db`;
    run("play", folder, "--inputs", `${plays}/${name}.jsonl`, "--db", db, ...options);
    const log = execFileSync(tocsin, ["log", "--json", "--db", db], {encoding: "utf8"});
    const events = log.trim().split("\n").map((line) => JSON.parse(line));
    none(events.filter((event) => event.kind === "fault").map((event) => event.body.message), `faults in ${name}`);
    return {
        came: new Set(events.filter((event) => event.kind === "delivered").map((event) => event.body.inject)),
        chose: new Map(events.filter((event) => event.kind === "decided").map((event) => [event.body.question, event.body.option])),
        world: new Map(events.filter((event) => event.kind === "world-set").map((event) => [event.body.name, event.body.value])),
        refused: events.filter((event) => event.kind === "refused"),
        sheets: events.filter((event) => event.kind === "gap-opened").length,
        phases: events.filter((event) => event.kind === "phase-changed").map((event) => event.body.phase),
    };
}
const good = play("good");
const slow = play("slow");
const ownWay = play("own-way");
const most = play("good", "--difficulty", "3");
const fewest = play("good", "--difficulty", "0");
const missing = (wanted, table) => wanted.filter((inject) => !table.came.has(inject.id)).map((inject) => inject.id);
const helped = (table) => injects.filter((inject) => inject.kind === "contingency" && table.came.has(inject.id)).length;

for (const [name, table] of Object.entries({good, slow, ownWay})) {
    none(table.refused.map((event) => JSON.stringify(event.body)), `refused in ${name}`);
    none(missing(core, table), `core injects that did not come in ${name}`);
    exactly(table.sheets, 2, `sheets in ${name}`);
    expect(table.phases.join() === "morning,day-four", `the phases of ${name} were ${table.phases}`);
}
none(missing(core.concat(optional), most), "injects that did not come at difficulty 3");
none(optional.filter((inject) => fewest.came.has(inject.id)).map((inject) => inject.id), "optional injects that came at difficulty 0");
exactly(helped(good), 0, "contingencies in the good play");
exactly(helped(ownWay), 0, "contingencies in the play with its own way");
least(helped(slow), 6, "contingencies in the slow play");
expect(good.world.get("harm") === "near-miss" && slow.world.get("harm") === "harmed", "harm does not depend on what is done");
least([...good.chose].filter(([question, option]) => ownWay.chose.has(question) && ownWay.chose.get(question) !== option).length, 8,
    "questions that two good teams decided differently");
least(new Set([...good.came, ...slow.came, ...ownWay.came, ...most.came]).size, injects.length * 0.8, "injects that came in one of the plays");

console.log(`ransomware: ${checks} promises, ${failures} broken`);
process.exit(failures === 0 ? 0 : 1);
