// Plays every team of the flagship and compares what the rules make of them, one capability at a time:
// graded (the mean of a rule's points, the rules by their weights) and passed (satisfied of scored).
import {execFileSync} from "node:child_process";
import {readFileSync, readdirSync} from "node:fs";

const [tocsin, work] = process.argv.slice(2);
const plays = "tests/story/ransomware";
const honest = ["good", "own-way"];

// What each gaming team plays for, and by how much at least (per cent) it stays behind both honest teams
// there. Everything else it does as the good team does, so elsewhere it may do as well.
const games = {
    "blasts-everyone": {escalation: 4, communication: 10, content: 25, "information-handling": 8},
    "blasts-inside": {escalation: 4, communication: 8, content: 12},
    "ticks-everything": {content: 5, escalation: 4, communication: 5, "information-handling": 5},
    "acks-unread": {communication: 8},
    "escalates-everything": {escalation: 12, content: 5},
    "says-nothing": {decisions: 20, escalation: 40, communication: 60, content: 60, evidence: 30},
    "opens-nothing": {decisions: 5, escalation: 40, communication: 20, content: 12, "information-handling": 50},
    "declares-late": {decisions: 10, "record-keeping": 10},
    "stamps": {"information-handling": 30},
    "copies-the-last": {communication: 30, content: 30, "information-handling": 5},
};

// Slow says less than it should, but it does say it. Whoever keeps silent, or passes on what nobody has
// read, is behind even that.
const behindSlow = {
    "says-nothing": ["escalation", "communication", "content"],
    "opens-nothing": ["escalation", "information-handling"],
    "stamps": ["information-handling"],
};

// The order of merit, by the mean of all capabilities; a capability in which nothing was scored counts as
// nothing. That mean is no figure of the program's: it is made here to compare, and nowhere else.
// Two good ways are about equal. One vice costs less than doing everything too late; saying nothing at
// all costs more, because the others can do nothing with what is right in one's own head.
const order = [["good", "own-way"], Object.keys(games).filter((name) => name !== "says-nothing"), ["slow"], ["says-nothing"]];
const equal = 4;

let failures = 0;
let checks = 0;
function expect(holds, sentence) {
    checks += 1;
    if (holds) return;
    failures += 1;
    console.error(`fairness: ${sentence}`);
}

// The capability and the weight of each rule, read line by line in the one form in which they are written.
const rules = new Map();
for (const file of [...readdirSync("scoring").sort().map((name) => `scoring/${name}`), "scenarios/ransomware/rules.yaml"]) {
    const text = readFileSync(file, "utf8");
    const pack = text.match(/^pack:\n  id: (\S+)/m)?.[1];
    for (const item of text.split(/^ *- id: /m).slice(1)) {
        const field = (key) => item.match(new RegExp(`^ +${key}: (\\S+)$`, "m"))?.[1];
        rules.set(item.match(/^\S+/)[0], {capability: field("capability") ?? pack, weight: Number(field("weight") ?? 1)});
    }
}

function run(...args) {
    return execFileSync(tocsin, args, {encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28});
}

// For each capability: how well (per cent) and how many of how many opportunities were met.
function result(team) {
    const db = `${work}/${team}.db`;
    const id = run("play", "scenarios/ransomware", "--home", ".", "--inputs", `${plays}/${team}.jsonl`, "--db", db).trim().split(/\s+/).at(-1);
    const log = run("log", id, "--json", "--db", db).trim().split("\n").map((line) => JSON.parse(line));
    expect(!log.some((event) => event.kind === "refused"), `something was refused to ${team}`);
    const points = new Map();
    for (const finding of JSON.parse(run("score", id, "--json", "--db", db)).findings) {
        if (!["satisfied", "violated"].includes(finding.verdict)) continue;
        if (!points.has(finding.rule)) points.set(finding.rule, {met: 0, all: []});
        const rule = points.get(finding.rule);
        rule.met += finding.verdict === "satisfied";
        rule.all.push(finding.time_permille * finding.content_permille * finding.assistance_permille / 1e7);
    }
    const sums = new Map();
    for (const [name, {met, all}] of points) {
        const {capability, weight} = rules.get(name);
        const sum = sums.get(capability) ?? {points: 0, weight: 0, met: 0, scored: 0};
        sum.points += weight * all.reduce((a, b) => a + b) / all.length;
        sum.weight += weight;
        sum.met += met;
        sum.scored += all.length;
        sums.set(capability, sum);
    }
    return new Map([...sums].map(([name, sum]) => [name, {graded: sum.points / sum.weight, met: sum.met, scored: sum.scored}]));
}

const teams = order.flat();
const results = new Map(teams.map((team) => [team, result(team)]));
const graded = (team, capability) => results.get(team).get(capability)?.graded ?? 0;
const capabilities = [...results.get("good").keys()].sort();
const overall = new Map(teams.map((team) => [team, capabilities.reduce((sum, name) => sum + graded(team, name), 0) / capabilities.length]));

const width = Math.max(...teams.map((team) => team.length)) + 1;
console.log(" ".repeat(width) + [...capabilities, "all"].map((name) => name.slice(0, 13).padStart(15)).join(""));
for (const team of [...teams].sort((a, b) => overall.get(b) - overall.get(a))) {
    const cells = capabilities.map((name) => {
        const cell = results.get(team).get(name);
        return (cell ? `${cell.graded.toFixed(1)} ${cell.met}/${cell.scored}` : "-").padStart(15);
    });
    console.log(team.padEnd(width) + cells.join("") + overall.get(team).toFixed(1).padStart(15));
}

for (const [team, gamed] of Object.entries(games))
    for (const [capability, margin] of Object.entries(gamed))
        for (const other of honest)
            expect(graded(team, capability) <= graded(other, capability) - margin,
                `${team} has ${graded(team, capability).toFixed(1)} in ${capability}, ${other} ${graded(other, capability).toFixed(1)}: less than ${margin} apart`);
for (const [team, gamed] of Object.entries(behindSlow))
    for (const capability of gamed)
        expect(graded(team, capability) < graded("slow", capability), `${team} is not behind slow in ${capability}`);
// No vice pays anywhere: what a gaming team does better than the good one is within a rounding of it.
for (const team of Object.keys(games))
    for (const capability of capabilities)
        expect(graded(team, capability) <= graded("good", capability) + 1, `${team} is better than good in ${capability}`);
for (const capability of capabilities)
    expect(graded("slow", capability) < graded("own-way", capability), `slow is not behind own-way in ${capability}`);

expect(overall.get("good") >= overall.get("own-way"), "own-way is better than good");
expect(overall.get("good") - overall.get("own-way") <= equal, "own-way is treated worse than good");
for (let step = 1; step < order.length; step += 1)
    for (const better of order[step - 1])
        for (const worse of order[step])
            expect(overall.get(worse) < overall.get(better), `${worse} is not behind ${better}`);

console.log(`fairness: ${teams.length} teams, ${checks} comparisons, ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
