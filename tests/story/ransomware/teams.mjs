// Teams that play to the score, made of the good play (good.jsonl): each is that play with one vice,
// so that whatever differs in its result is what the vice does. `node teams.mjs TOCSIN` writes their
// files anew; with --check it only says which are not what would be written. fairness.sh plays them.
//
// A vice changes what comes: whoever was not told does not ring back. So each play is tried with the
// program, and what is refused, because what it opens or answers never came, is left out.
import {execFileSync} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";

const tocsin = process.argv[2];
const check = process.argv[3] === "--check";
const folder = new URL(".", import.meta.url);
const home = new URL("../../../", folder);
const scenario = new URL("../../../scenarios/ransomware/", folder);
const good = readFileSync(new URL("good.jsonl", folder), "utf8").trim().split("\n").map((line) => JSON.parse(line));

const seats = ["commander", "handler", "poc", "legal"];
const telling = ["report", "sitrep", "info", "answer", "notification", "escalation", "request"];
const updates = ["report", "sitrep", "info", "answer", "notification"];
const isTelling = (input) => input.do === "message" && telling.includes(input.type);
const isOpening = (input) => input.do === "open";
const isDraft = (id) => good.some((input) => input.id === id && input.type === "approval-request");

// Seconds since STARTEX, and the form in which a file of inputs says so.
function seconds(at) {
    const parts = at.match(/^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/).slice(1).map((part) => Number(part ?? 0));
    return parts[0] * 3600 + parts[1] * 60 + parts[2];
}
function later(at, by) {
    const all = seconds(at) + by;
    const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
    return (hours ? `${hours}h` : "") + (minutes ? `${minutes}m` : "") + (rest ? `${rest}s` : "") || "0s";
}
const inOrder = (inputs) => inputs
    .map((input, index) => ({input, index}))
    .sort((a, b) => seconds(a.input.at) - seconds(b.input.at) || a.index - b.index)
    .map(({input}) => input);

// What an inject tells whoever opens it.
const told = new Map(readFileSync(new URL("injects.yaml", scenario), "utf8").split(/^- id: /m).slice(1).map((item) => [
    item.match(/^\S+/)[0], (item.match(/^  facts: \[(.*)\]$/m)?.[1] ?? "").split(",").map((fact) => fact.trim()).filter(Boolean)]));

// Walks through the play with what each seat knows at each input.
function knowing(change) {
    const known = new Map(seats.map((seat) => [seat, new Set()]));
    const sent = new Map();
    return good.map((input) => {
        const mine = known.get(input.actor);
        if (isOpening(input)) for (const fact of told.get(input.inject) ?? sent.get(input.message) ?? []) mine.add(fact);
        const changed = change(input, mine);
        for (const fact of changed.facts ?? []) mine?.add(fact);
        if (input.id) sent.set(input.id, changed.facts ?? []);
        return changed;
    });
}

const everybody = ["commander", "handler", "poc", "legal", "management", "management-deputy", "secretariat", "board",
    "it-duty", "it-lead", "ward", "emergency", "staff", "pr", "counsel", "vendor", "sister", "linked-clinics",
    "forensics", "insurer", "police", "prefecture", "ministry", "jpcert", "regulator", "press"];

const teams = {
    // Whatever one of them tells, all of the contact list is told, and the others at the table read it.
    "blasts-everyone": () => inOrder(good.flatMap((input) => {
        if (!isTelling(input)) return [input];
        const others = everybody.filter((party) => party !== input.actor && !input.to.includes(party));
        const readers = others.filter((party) => seats.includes(party));
        return [{...input, to: [...input.to, ...others]},
            ...readers.map((actor) => ({at: later(input.at, 40), actor, do: "open", message: input.id}))];
    })),
    // The same, but only to those of the house and its helpers, who are allowed to hear nearly everything.
    "blasts-inside": () => inOrder(good.flatMap((input) => {
        if (!isTelling(input)) return [input];
        const inside = everybody.slice(0, everybody.indexOf("counsel"));
        const others = inside.filter((party) => party !== input.actor && !input.to.includes(party));
        const readers = others.filter((party) => seats.includes(party));
        return [{...input, to: [...input.to, ...others]},
            ...readers.map((actor) => ({at: later(input.at, 40), actor, do: "open", message: input.id}))];
    })),
    // Every message carries every fact that its sender has ever come to know.
    "ticks-everything": () => knowing((input, mine) =>
        isTelling(input) ? {...input, facts: [...new Set([...(input.facts ?? []), ...mine])]} : input),
    // What comes is confirmed first and opened afterwards.
    "acks-unread": () => good.filter((input) => input.do !== "ack")
        .flatMap((input) => isOpening(input) ? [{...input, do: "ack"}, input] : [input]),
    // Whatever somebody opens goes up at once.
    "escalates-everything": () => inOrder(good.flatMap((input) => {
        if (!isOpening(input) || !input.inject) return [input];
        const to = input.actor === "commander" ? ["management-deputy"] : ["commander", "management-deputy"];
        return [input, {at: later(input.at, 5), actor: input.actor, do: "message", id: `up-${input.actor}-${input.inject}`,
            type: "escalation", to, via: "phone", facts: told.get(input.inject), tlp: "amber", text: "For your attention.", re: input.inject}];
    })),
    // They decide as the good team does, and tell nobody.
    "says-nothing": () => good.filter((input) => !["message", "handoff", "ack"].includes(input.do) && !input.message),
    // They go by what they are told across the table.
    "opens-nothing": () => good.filter((input) => !isOpening(input)).map(({facts, ...input}) => input),
    // What is to be declared is declared when nothing else is left to do.
    "declares-late": () => inOrder(good.map((input) => input.do === "declare" ? {...input, at: "1h29m"} : input)),
    // The yes comes before the reading.
    "stamps": () => inOrder(good.map((input) =>
        isDraft(input.message) ? {...input, at: later(input.at, 90)} : input)),
    // Whoever owes an update sends the last one again.
    "copies-the-last": () => {
        const last = new Map();
        return good.map((input) => {
            if (input.do !== "message" || !updates.includes(input.type)) return input;
            const before = last.get(input.actor);
            const {facts, unknown, ...rest} = input;
            if (!before) last.set(input.actor, input);
            return before ? {...rest, facts: before.facts, text: before.text} : input;
        });
    },
};

// An input without what was refused in it: without the fact that its sender cannot have, or nothing.
function without(input, event) {
    const {input_name: name, what} = event.body;
    if (input.actor !== event.actor || seconds(input.at) * 1000 !== event.at_ms || input.do !== name) return [input];
    if (input.facts?.includes(what)) return [{...input, facts: input.facts.filter((fact) => fact !== what)}];
    return [input.inject, input.message, input.question, input.re, input.draft].includes(what) ? [] : [input];
}

// What is left of a play when what is refused is left out.
function possible(inputs) {
    const work = mkdtempSync(join(tmpdir(), "teams-"));
    try {
        for (;;) {
            const [db, file] = [join(work, "db"), join(work, "inputs.jsonl")];
            rmSync(db, {force: true});
            writeFileSync(file, inputs.map((input) => `${JSON.stringify(input)}\n`).join(""));
            const options = {encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28};
            execFileSync(tocsin, ["play", scenario.pathname, "--home", home.pathname, "--inputs", file, "--db", db], options);
            const log = execFileSync(tocsin, ["log", "--json", "--db", db], options).trim().split("\n").map((line) => JSON.parse(line));
            const refused = log.filter((event) => event.kind === "refused");
            if (refused.length === 0) return inputs;
            const left = refused.reduce((all, event) => all.flatMap((input) => without(input, event)), inputs);
            if (JSON.stringify(left) === JSON.stringify(inputs)) throw new Error(`cannot leave out ${JSON.stringify(refused[0])}`);
            inputs = left;
        }
    } finally {
        rmSync(work, {recursive: true});
    }
}

let stale = 0;
for (const [name, play] of Object.entries(teams)) {
    const file = new URL(`${name}.jsonl`, folder);
    const text = possible(play()).map((input) => `${JSON.stringify(input)}\n`).join("");
    if (!check) writeFileSync(file, text);
    else if (readFileSync(file, "utf8") !== text) {
        console.error(`${name}.jsonl is not what good.jsonl makes of it: node tests/story/ransomware/teams.mjs TOCSIN`);
        stale += 1;
    }
}
process.exit(stale === 0 ? 0 : 1);
