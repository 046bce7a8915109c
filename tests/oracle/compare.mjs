// Compares a scorer with the second one (evaluate.mjs), finding by finding, over random cases.
//
// usage: TOCSIN_SCORE_CASES=PROGRAM node compare.mjs CASES FIRST-SEED [--examples N]
//
// PROGRAM reads paths of case folders, one a line, and prints one line of JSON for each:
// {"findings":[…]} or {"error":"…"}. `node itself.mjs` stands in for it to try this file.

import { rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { evaluate } from './evaluate.mjs';
import { Chance, KINDS, definitionOf, randomCase } from './cases.mjs';
import { plain, program, score, work } from './program.mjs';

const [cases, firstSeed] = [Number(process.argv[2] ?? 550), Number(process.argv[3] ?? 1)];
const EXAMPLES = process.argv[4] === '--examples' ? Number(process.argv[5]) : 5;
const MUST_OCCUR_FROM = 20000;
const SHIFT = 7654321;
if (!program) {
    console.error('TOCSIN_SCORE_CASES names no program');
    process.exit(2);
}
const WHOLE = 'whole'; // a difference that is of no one rule

const expect = one => evaluate(definitionOf(one), one.rules, one.log).map(plain);
const ofRule = (findings, id) => findings.filter(finding => finding.rule === id);
const references = rule => [...[rule.caused_by ?? []].flat(), ...[rule.duty ?? []].flat(), ...Object.values(rule.anchors ?? {}).map(one => one.filed).filter(Boolean)];

function closure(rules, id) {
    const wanted = new Set([id]);
    for (const rule of [...rules].reverse()) if (wanted.has(rule.id)) references(rule).forEach(other => wanted.add(other));
    return wanted;
}

// ---------------------------------------------------------------------------------------------
// What must not matter: each makes another case, and says how its findings are to be read.

const deep = (value, text, key = text) => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(one => deep(one, text, key));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [key(name), deep(one, text, key)]));
};

// (a) All times are later by the same.
function shifted(one) {
    if (one.facts.some(fact => fact.truth)) return undefined;
    const log = one.log.map(event => {
        const moved = { ...event, at_ms: event.at_ms + SHIFT };
        if (event.observed_ms !== undefined) moved.observed_ms += SHIFT;
        return moved;
    });
    const onStory = new Set(one.rules.filter(rule => rule.kind === 'deadline' || rule.time === 'story').map(rule => rule.id));
    const skip = one.rules.filter(rule => [...closure(one.rules, rule.id)].some(id => onStory.has(id))).map(rule => rule.id);
    const back = finding => {
        const read = { ...finding };
        for (const field of ['start_ms', 'bound_ms', 'met_ms']) if (read[field] !== undefined) read[field] -= SHIFT;
        return read;
    };
    return { ...one, log, label: 'shifted', skip: new Set(skip), back };
}

// (b) Everything has another name.
function renamed(one) {
    const names = [...one.rules, ...one.facts, ...one.injects, ...one.scenario.slots, ...one.scenario.stakeholders, ...one.scenario.phases, ...one.scenario.actions]
        .map(thing => thing.id);
    names.push('desk-a', 'desk-b', 'leak', 'outage', 'srv', 'pc', 'up', 'down', 'shut', 'w1', 'w2', 'x1', 'x2', 'q1', 'q2', 'q3', 'o1', 'o2', 'o3', 'o4', 'o5', 'o6', 'a1', 'a2', 'a3');
    names.push(...Array.from({ length: 20 }, (_, index) => `m${index + 1}`));
    const chance = new Chance(one.seed + 77);
    const there = new Map(names.map(name => [name, `${'abcdefghijklmnopqrstuvwxyz'[chance.below(26)]}z${name}`]));
    const home = new Map([...there].map(([name, other]) => [other, name]));
    const change = map => text => (map.has(text) ? map.get(text) : text.split('--').map(part => map.get(part) ?? part).join('--'));
    const other = Object.fromEntries(['scenario', 'facts', 'injects', 'rules', 'log'].map(part => [part, deep(one[part], change(there))]));
    return { seed: one.seed, ...other, label: 'renamed', skip: new Set(), back: finding => deep(finding, change(home), key => key) };
}

// (c) More has happened that no rule looks at.
function crowded(one) {
    const chance = new Chance(one.seed + 78);
    const noted = !/"note"/.test(JSON.stringify([one.rules, one.injects]));
    const places = new Set(Array.from({ length: 6 }, () => 3 + chance.below(one.log.length)));
    const seqs = new Map();
    const log = [];
    one.log.forEach((event, index) => {
        seqs.set(event.seq, log.length + 1);
        log.push(event);
        if (!places.has(index)) return;
        log.push(noted ? { actor: 'desk-a', at_ms: event.at_ms, body: {}, kind: 'noted', story_ms: event.story_ms }
            : { actor: 'evaluator', at_ms: event.at_ms, body: { capability: 'c', rating: 'S' }, kind: 'rated', story_ms: event.story_ms });
    });
    const moved = (finding, by) => finding.split('--').map((part, index) => (index === 1 ? by.get(Number(part)) ?? part : part)).join('--');
    const move = finding => moved(finding, seqs);
    log.forEach((event, index) => {
        const other = { ...event, seq: index + 1 };
        if (event.cause) other.cause = seqs.get(event.cause);
        if (event.kind === 'annulled') other.body = { ...event.body, event: seqs.get(event.body.event) };
        if (event.body.finding) other.body = { ...event.body, finding: move(event.body.finding) };
        log[index] = Object.fromEntries(Object.keys(other).sort().map(key => [key, other[key]]));
    });
    const home = new Map([...seqs].map(([old, now]) => [now, old]));
    const back = finding => {
        const read = { ...finding };
        for (const field of ['activation_seq', 'target_seq', 'miss_seq', 'disputed_seq']) if (read[field] !== undefined) read[field] = home.get(read[field]) ?? `new ${read[field]}`;
        read.name = moved(read.name, home);
        return read;
    };
    return { ...one, log, label: 'crowded', skip: new Set(), back };
}

// (d) The rules stand in another order, each after those that it refers to.
function permuted(one) {
    const chance = new Chance(one.seed + 79);
    const rules = [];
    const there = new Set();
    let rest = chance.shuffle(one.rules);
    while (rest.length > 0) {
        const next = rest.find(rule => references(rule).every(id => there.has(id)));
        rules.push(next);
        there.add(next.id);
        rest = rest.filter(rule => rule !== next);
    }
    return { ...one, rules, label: 'permuted', skip: new Set(), back: finding => finding };
}

const VARIANTS = [one => shifted(one) ?? renamed(one), renamed, crowded, permuted];

// ---------------------------------------------------------------------------------------------
// A difference, as small as it can be told

function smaller(one, id) {
    let best = { seed: one.seed, scenario: one.scenario, facts: one.facts, injects: one.injects, rules: one.rules, log: one.log };
    const differs = list => score(list).map((said, index) => said.findings === undefined ? /died|differ/.test(said.error) : id !== WHOLE && !isDeepStrictEqual(ofRule(expect(list[index]), id), ofRule(said.findings, id)));
    const step = candidates => {
        const index = differs(candidates).indexOf(true);
        if (index >= 0) best = candidates[index];
        return index >= 0;
    };
    const wanted = closure(best.rules, id);
    if (id !== WHOLE) step([{ ...best, rules: best.rules.filter(rule => wanted.has(rule.id)) }]);
    else for (const rule of best.rules) step([{ ...best, rules: best.rules.filter(other => closure(best.rules, rule.id).has(other.id)) }]);
    for (let size = Math.ceil(best.log.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
        for (let progress = true; progress;) {
            const candidates = [];
            for (let from = 0; from < best.log.length; from += size) candidates.push({ ...best, log: best.log.filter((_, index) => index < from || index >= from + size) });
            const good = differs(candidates);
            const all = best.log.filter((_, index) => !good[Math.floor(index / size)]);
            progress = good.includes(true) && (step([{ ...best, log: all }]) || step([candidates[good.indexOf(true)]]));
        }
    }
    const optional = ['while', 'unless', 'applies_if', 'duty', 'role', 'caused_by', 'modes', 'grace', 'weight', 'match', 'consume', 'within', 'receiver', 'slots', 'at_least', 'reason', 'knowing',
        'informing', 'worth', 'check', 'matter', 'override', 'holidays', 'zone', 'no_change', 'until', 'time'];
    for (const field of optional) {
        const rules = best.rules.map(rule => (rule.id === id ? Object.fromEntries(Object.entries(rule).filter(([key]) => key !== field)) : rule));
        if (best.rules.some(rule => rule.id === id && field in rule)) step([{ ...best, rules }]);
    }
    const last = closure(best.rules, id);
    if (id !== WHOLE) step([{ ...best, rules: best.rules.filter(rule => last.has(rule.id)), label: 'smallest' }]);
    return best;
}

// As YAML that a person reads: one key a line, the values in flow style.
function yaml(rule) {
    const value = one => JSON.stringify(one).replace(/"([a-z0-9_-]+)"/g, '$1').replace(/([:,])/g, '$1 ');
    return Object.keys(rule).filter(key => !['before', 'title', 'why', 'skills', 'severity'].includes(key)).map(key => `    ${key}: ${value(rule[key])}`).join('\n');
}

function tell(one, id, kinds) {
    const best = smaller(one, id);
    const [said] = score([best]);
    console.log(`--- seed ${one.seed}, ${kinds}`);
    for (const rule of best.rules) console.log(yaml(rule));
    const mode = best.scenario;
    console.log(`    (definition: mode ${mode.mode}, pace ${mode.pace}, ${mode.story_start}, world ${JSON.stringify(mode.world)}; facts and injects in ${best.path})`);
    for (const event of best.log) console.log(`  ${JSON.stringify({ ...event, input: undefined })}`);
    if (said.error) console.log(`  ${said.error}`);
    const [ours, theirs] = [ofRule(expect(best), id), ofRule(said.findings ?? [], id)];
    for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
        if (isDeepStrictEqual(ours[index], theirs[index])) continue;
        console.log(`  text     ${JSON.stringify(ours[index]) ?? 'none'}\n  program  ${JSON.stringify(theirs[index]) ?? 'none'}`);
    }
}

// ---------------------------------------------------------------------------------------------

const started = Date.now();
const all = [];
for (let seed = firstSeed; seed < firstSeed + cases; seed++) all.push({ ...randomCase(seed), label: 'case' });
const variants = all.map((one, index) => VARIANTS[index % VARIANTS.length](one));
const answers = score([...all, ...variants]);
const totals = { pairs: {}, verdicts: {}, signatures: new Map(), errors: 0, checked: {}, broken: {} };
let differences = 0;
const examples = [];

all.forEach((one, index) => {
    const expected = expect(one);
    const { findings, error } = answers[index];
    for (const rule of one.rules) totals.pairs[rule.kind] = (totals.pairs[rule.kind] ?? 0) + 1;
    const kindOf = Object.fromEntries(one.rules.map(rule => [rule.id, rule.kind]));
    for (const finding of expected) {
        const verdicts = (totals.verdicts[kindOf[finding.rule]] ??= {});
        verdicts[finding.verdict] = (verdicts[finding.verdict] ?? 0) + 1;
    }
    if (error !== undefined) {
        differences++;
        if (totals.errors++ < EXAMPLES) console.log(`--- seed ${one.seed}: ${error} (${one.path})`);
        if (/died|differ/.test(error) && !totals.signatures.has(error)) {
            totals.signatures.set(error, 0);
            if (examples.length < EXAMPLES) examples.push([one, WHOLE, error]);
        }
        if (totals.signatures.has(error)) totals.signatures.set(error, totals.signatures.get(error) + 1);
        return;
    }
    for (const rule of one.rules) {
        const [ours, theirs] = [ofRule(expected, rule.id), ofRule(findings, rule.id)];
        if (isDeepStrictEqual(ours, theirs)) continue;
        differences++;
        const fields = new Set();
        if (ours.length !== theirs.length) fields.add('number');
        else ours.forEach((mine, at) => new Set([...Object.keys(mine), ...Object.keys(theirs[at])]).forEach(field => mine[field] === theirs[at][field] || fields.add(field)));
        const signature = `${rule.kind}: ${[...fields].sort().join(' ')}`;
        if (!totals.signatures.has(signature)) {
            totals.signatures.set(signature, 0);
            if (examples.length < EXAMPLES) examples.push([one, rule.id, signature]);
        }
        totals.signatures.set(signature, totals.signatures.get(signature) + 1);
    }
    const order = list => list.map(finding => finding.rule).filter((id, at, ids) => id !== ids[at - 1]);
    if (!isDeepStrictEqual(order(expected), order(findings))) {
        differences++;
        console.log(`--- seed ${one.seed}: the rules stand in another order`);
    }
});

variants.forEach((variant, index) => {
    const [base, other] = [answers[index], answers[all.length + index]];
    const { label } = variant;
    if (base.error !== undefined) return;
    let first;
    if (other.error !== undefined) {
        first = other.error;
    } else {
        const read = other.findings.map(finding => plain(variant.back(finding)));
        for (const rule of all[index].rules) {
            if (variant.skip.has(rule.id)) continue;
            totals.checked[label] = (totals.checked[label] ?? 0) + 1;
            const [ours, theirs] = [ofRule(base.findings, rule.id), ofRule(read, rule.id)];
            if (isDeepStrictEqual(ours, theirs)) continue;
            const at = Math.max(0, ours.findIndex((finding, place) => !isDeepStrictEqual(finding, theirs[place])));
            first ??= `${rule.id} (${rule.kind})\n  before ${JSON.stringify(ours[at])}\n  then   ${JSON.stringify(theirs[at])}`;
        }
    }
    if (first === undefined) return;
    differences++;
    totals.broken[label] = (totals.broken[label] ?? 0) + 1;
    if (totals.broken[label] <= 2) console.log(`--- seed ${variant.seed}, ${label}: ${first}\n  ${all[index].path} ${variant.path}`);
});

for (const [one, id, signature] of examples) tell(one, id, signature);

const pairs = Object.values(totals.pairs).reduce((a, b) => a + b, 0);
for (const kind of KINDS) {
    const verdicts = totals.verdicts[kind] ?? {};
    console.log(`${kind}: ${totals.pairs[kind] ?? 0} pairs; ${Object.keys(verdicts).sort().map(verdict => `${verdicts[verdict]} ${verdict}`).join(', ')}`);
}
const missing = KINDS.flatMap(kind => ['satisfied', 'violated'].filter(verdict => !totals.verdicts[kind]?.[verdict]).map(verdict => `${kind} ${verdict}`));
for (const [signature, count] of [...totals.signatures].sort((a, b) => b[1] - a[1])) console.log(`${count} times ${signature}`);
const checked = Object.entries(totals.checked).map(([label, count]) => `${count} ${label}`).join(', ');
console.log(`${pairs} pairs of trace and rule (once more ${checked}), ${differences} differences, ${((Date.now() - started) / 1000).toFixed(1)} s`);
if (pairs >= MUST_OCCUR_FROM && missing.length > 0) console.error(`never occurred: ${missing.join(', ')}`);
if (differences === 0) rmSync(work, { recursive: true });
process.exit(differences > 0 || (pairs >= MUST_OCCUR_FROM && missing.length > 0) ? 1 : 0);
