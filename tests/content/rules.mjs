// What the rules of scenarios/ransomware must be beside well-formed. The YAML is read line by line, in
// the one form in which it is written.
import {execFileSync} from "node:child_process";
import {readFileSync, readdirSync} from "node:fs";

const [tocsin, work] = process.argv.slice(2);
const folder = "scenarios/ransomware";
const kinds = ["respond", "precede", "forbid", "forbid_until", "count", "cadence", "each", "all_of", "any_of",
    "sequence", "choose", "hold", "content", "flow", "deadline"];
const opportunities = 12; // of each role in the good play: with fewer a report can say nothing about it
const read = (name) => readFileSync(name, "utf8");

let failures = 0;
let checks = 0;
function expect(holds, sentence) {
    checks += 1;
    if (holds) return;
    failures += 1;
    console.error(`rules: ${sentence}`);
}

// The rules of a file: id, kind, objective and the general sentence in both languages.
function rules(file) {
    return read(file).split(/^ *- id: /m).slice(1).filter((item) => /^ +kind: /m.test(item)).map((item) => ({
        id: item.match(/^\S+/)[0],
        kind: item.match(/^ +kind: (\S+)$/m)[1],
        objective: item.match(/^ +objective: (\S+)$/m)?.[1],
        before: ["en", "ja"].map((lang) => item.match(new RegExp(`^ +before:\\n(?: +en: .*\\n)?(?: +${lang}: (.*)$)`, "m"))?.[1]),
    }));
}

const scenario = read(`${folder}/scenario.yaml`);
const packs = scenario.match(/^rules: \[(.*)\]$/m)[1].split(",").map((name) => `scoring/${name.trim()}.yaml`);
const own = rules(`${folder}/rules.yaml`);
const used = [...packs.flatMap(rules), ...own];
expect(packs.length >= 7 && used.length >= 80, `only ${used.length} rules of ${packs.length} packs were read`);

// ---- before play ------------------------------------------------------------------------------

const secrets = read("tests/content/ransomware.secrets").split("\n").filter(Boolean);
for (const rule of used) {
    expect(rule.before.every(Boolean), `${rule.id} has no "before" in both languages`);
    const told = rule.before.join("\n").toLowerCase();
    const spoilt = secrets.filter((word) => told.includes(word.toLowerCase()));
    expect(spoilt.length === 0, `"before" of ${rule.id} gives away: ${spoilt.join(", ")}`);
}

// ---- what they cover --------------------------------------------------------------------------

const objectives = [...scenario.match(/^objectives:\n([^]*?)^\S/m)[1].matchAll(/^  - id: (\S+)$/gm)].map((match) => match[1]);
expect(objectives.length >= 5, `only ${objectives.length} objectives were read`);
for (const objective of objectives)
    expect(own.some((rule) => rule.objective === objective), `no rule serves the objective ${objective}`);
for (const rule of own)
    expect(objectives.includes(rule.objective), `${rule.id} serves no objective of the scenario`);

const shipped = readdirSync("scoring").flatMap((name) => rules(`scoring/${name}`));
for (const kind of kinds) expect(shipped.some((rule) => rule.kind === kind), `no shipped pack uses the kind ${kind}`);

// A practice that no shipped pack names would be observed nowhere but in one scenario.
const named = new Set(readdirSync("scoring").flatMap((name) =>
    [...read(`scoring/${name}`).matchAll(/^ +skills: \[(.*)\]$/gm)].flatMap((match) => match[1].split(",").map((id) => id.trim()))));
const practices = [...read("roles/skills.yaml").match(/^practices:\n([^]*?)^\S/m)[1].matchAll(/^  - id: (\S+)$/gm)].map((match) => match[1]);
expect(practices.length >= 20, `only ${practices.length} practices were read`);
for (const practice of practices) expect(named.has(practice), `no shipped rule observes ${practice}`);

// How soon somebody must hear stands in the ladder of each house; a card is the same in all of them.
const timed = [...read("roles/catalogue.yaml").matchAll(/^      \* .*(?:within [\w-]+ (?:minutes|hours)|within thirty|\d+(?:分|時間)以内).*$/gm)];
for (const line of timed) expect(false, `a card sets a time of its own: ${line[0].trim()}`);
checks += 1;

// ---- what they find ---------------------------------------------------------------------------

const run = (...args) => execFileSync(tocsin, args, {encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 26});
const db = `${work}/good.db`;
run("play", folder, "--inputs", "tests/story/ransomware/good.jsonl", "--home", ".", "--db", db);
const scored = JSON.parse(run("score", "--json", "--db", db)).findings.filter((finding) => ["satisfied", "violated"].includes(finding.verdict));
for (const role of ["commander", "handler", "poc", "legal"]) {
    const found = scored.filter((finding) => finding.actor === role).length;
    expect(found >= opportunities, `the good play has ${found} opportunities for ${role}, ${opportunities} wanted`);
}

// ---- where one person holds several roles -----------------------------------------------------------

// Whoever knows something has not told it to anybody: no duty begins and is done by one event.
for (const name of readdirSync("roles/organisations")) {
    const org = name.replace(/\.yaml$/, "");
    const record = `${work}/${org}.db`;
    try {
        run("play", folder, "--org", org, "--inputs", "tests/story/ransomware/good.jsonl", "--home", ".", "--db", record);
    } catch (error) {
        if (!error.stdout.includes("played ")) throw error; // some lines mean nothing in another organisation
    }
    for (const finding of JSON.parse(run("score", "--json", "--db", record)).findings)
        expect(finding.activation_seq === undefined || finding.activation_seq !== finding.target_seq || finding.verdict !== "satisfied",
            `in ${org}, ${finding.rule} is satisfied by the event that began it`);
}

console.log(`rules: ${checks} checks of ${used.length} rules, ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
