// Random scenarios with random rules are played through the program, with inputs at, just before and just
// after the bounds; what it finds is compared with the second scorer (tests/oracle/evaluate.mjs). Unlike the
// cases of tests/oracle, these are traces that the program itself has made.
//
// usage: oracle.mjs PROGRAM WORK-FOLDER SEEDS FIRST-SEED

import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual, promisify } from 'node:util';
import { Chance } from '../oracle/cases.mjs';
import { PATTERNS, capabilities, evaluate, milliseconds, ratings } from '../oracle/evaluate.mjs';

const run = promisify(execFile);

// ---------------------------------------------------------------------------------------------
// Random scenarios and inputs

const RANDOM_RULES = 14;
const RULES = RANDOM_RULES + 20; // and those of `tieRules`, `reportRules` and `otherRules`
const both = text => ({ en: text, ja: text });
const SEATS = [{ id: 'desk-a', roles: ['poc', 'handler'] }, { id: 'desk-b', roles: ['legal'] }, { id: 'commander', roles: ['commander'] }];
const ROLES = ['poc', 'handler', 'legal', 'commander'];
const FACTS = ['f1', 'f2', 'f3', 'f4'];
const TIE_FACT = 'f5'; // only the plots about ties tell it
const SLOTS = ['s1', 's2', 's3'];
const HINTS = ['h1', 'h2'];
const STAKEHOLDERS = ['vendor', 'press', 'deputy'];
const INJECTS = ['i1', 'i2', 'i3', 'i4', 'i5', 'c1', 'c2'];
const TIE_INJECT = 't1';
const QUESTIONS = ['q1', 'q2'];
const TYPES = ['report', 'request', 'order', 'escalation', 'answer', 'approval-request', 'statement'];
const MESSAGES = Array.from({ length: 9 }, (_, index) => `m${index + 1}`);
const MODES = ['discuss', 'paced', 'live'];
const CAPABILITIES = ['c', 'd'];
const WINDOWS = ['10s', '20s', '30s', '40s', '60s'];
const VALUES = {
    by: [...ROLES, ...ROLES, 'desk-a', 'desk-b', ...STAKEHOLDERS, 'facilitator'],
    to: [...ROLES, 'desk-a', 'desk-b', ...STAKEHOLDERS],
    inject: INJECTS, message: MESSAGES, re: [...MESSAGES, 'i1', 'i2'], facts: FACTS, unknown: SLOTS, fact: FACTS,
    draft: MESSAGES, order: MESSAGES, replaces: FACTS, through: [...MESSAGES, ...INJECTS, 'desk-a'],
    source: ['inject', 'message', 'said', 'heard', 'handoff', 'unrecorded', 'revealed'],
    action: ['isolate', 'restore'], target: ['srv', 'pc'], question: QUESTIONS, option: ['a1', 'a2', 'b1', 'b2'],
    status: ['aware', 'filed', 'applies'], of: ['leak', 'outage'], via: ['phone', 'mail', 'chat'], tlp: ['amber', 'green'], type: TYPES,
    why: ['clock', 'after', 'when', 'unless', 'hand'], party: STAKEHOLDERS, reason: ['no-answer', 'stale', 'no-channel'],
    phase: ['night', 'morning'], from: [...ROLES, ...STAKEHOLDERS],
};
const YES_NO = ['approved', 'contested', 'readback', 'unread'];
const LIKELY = ['knows', 'knows', 'knows', 'opened', 'opened', 'message', 'message', 'message', 'escalation', 'ack', 'ack', 'said',
    'delivered', 'reached', 'readback', 'decision', 'action', 'action', 'unreached', 'handoff', 'heard', 'declaration', 'expired', 'phase',
    'note', 'forwarded', 'challenged'];
const MATCHABLE = {
    ack: 'inject message', action: 'action order target', challenged: 'action message', decision: 'option question',
    declaration: 'of status', delivered: 'inject re via', escalation: 'action draft message re target via', expired: 'question',
    forwarded: 'message party', knows: 'fact replaces source', message: 'action draft message re target type via',
    opened: 'inject message', phase: 'phase', reached: 'message', readback: 'message', unreached: 'message party',
};

function randomPattern(chance, name) {
    const conditions = {};
    const fields = PATTERNS[name][2].split(' ').filter(field => field in VALUES || YES_NO.includes(field));
    const count = chance.one([0, 1, 1, 1, 2, 2]);
    for (const field of chance.some(fields, count, count)) {
        if (!(field in VALUES)) {
            conditions[field] = chance.often(60);
        } else {
            const values = chance.some(VALUES[field], 1, field === 'message' || field === 're' ? 4 : 3);
            conditions[field] = values.length === 1 && chance.often(50) ? values[0] : values;
        }
    }
    if (conditions.question && conditions.option) conditions.question = QUESTIONS;
    const main = PATTERNS[name][1];
    const { [main]: value, ...rest } = conditions;
    if (value !== undefined && !Object.keys(rest).some(field => field in PATTERNS) && chance.often(50)) {
        return { [name]: value, ...rest };
    }
    return { [name]: conditions };
}

function randomRule(chance, id, earlier) {
    const rule = { id, kind: chance.one(['respond', 'respond', 'each', 'precede']), before: both('b'), title: both('t'), why: both('w') };
    const [first, second] = chance.often(10) ? ['knows', 'knows'] : [chance.one(LIKELY), chance.one(LIKELY)];
    rule.when = randomPattern(chance, first);
    rule.then = randomPattern(chance, second);
    if (rule.kind === 'respond' && ['knows', 'opened'].includes(first) && chance.often(60)) {
        rule.when.attention = chance.one(['10s', '20s', '30s']);
    }
    const matchable = ['by'];
    const fields = name => (MATCHABLE[name] ?? '').split(' ');
    matchable.push(...fields(first).filter(field => field && field !== 're' && fields(second).includes(field)));
    if (['message', 'escalation', 'delivered'].includes(second) && /message|inject/.test(MATCHABLE[first] ?? '')) matchable.push('re', 're');
    if (chance.often(matchable.length > 1 ? 60 : 10)) rule.match = chance.one(matchable.length > 1 && chance.often(85) ? matchable.slice(1) : matchable);
    if (rule.kind !== 'precede' && chance.often(80)) rule.within = chance.one(WINDOWS);
    const bounded = rule.within || rule.kind === 'precede' || (rule.kind === 'each' && PATTERNS[first][0] === 'messaged');
    if (bounded && chance.often(60)) rule.grace = chance.one(['7s', '10s', '30s', '60s']);
    if (chance.often(15)) rule.modes = chance.some(MODES, 1, 2);
    if (chance.often(40)) rule.role = chance.one(ROLES);
    if (earlier.length > 0 && chance.often(25)) rule.caused_by = chance.some(earlier, 1, 3);
    rule.skills = ['escalate'];
    if (chance.often(60)) rule.capability = chance.one(CAPABILITIES);
    rule.severity = chance.one(['info', 'minor', 'major', 'critical']);
    return rule;
}

// Rules that many events fit, so that the common cases come often.
const USUAL = [
    { kind: 'each', when: { message: {} }, then: { ack: {} }, match: 'message' },
    { kind: 'each', when: { message: {} }, then: { ack: {} }, match: 'message', within: '30s' },
    { kind: 'each', when: { message: {} }, then: { message: {} }, match: 're', within: '20s' },
    { kind: 'each', when: { delivered: {} }, then: { opened: {} }, match: 'inject', within: '20s' },
    { kind: 'each', when: { message: {} }, then: { opened: {} }, within: '10s' },
    { kind: 'each', when: { opened: {} }, then: { message: {} }, within: '20s' },
    { kind: 'each', when: { delivered: {} }, then: { ack: {} }, within: '10s' },
    { kind: 'respond', when: { knows: {}, attention: '10s' }, then: { ack: {} }, within: '20s' },
    { kind: 'respond', when: { knows: {}, attention: '20s' }, then: { message: { to: ['poc', 'commander', 'vendor'] } }, within: '30s' },
    { kind: 'respond', when: { knows: {}, attention: '20s' }, then: { knows: { by: ['commander', 'vendor'] } }, within: '30s' },
    { kind: 'respond', when: { knows: { by: ['poc'] }, attention: '10s' }, then: { knows: { by: 'commander' } }, match: 'fact', within: '40s' },
    { kind: 'respond', when: { opened: {}, attention: '10s' }, then: { message: {} }, match: 're', within: '20s' },
    { kind: 'respond', when: { opened: {}, attention: '10s' }, then: { ack: {} }, match: 'inject', within: '20s' },
    { kind: 'precede', when: { knows: { by: 'commander' } }, then: { message: { to: ['vendor', 'press'] } } },
    { kind: 'precede', when: { opened: {} }, then: { ack: {} }, match: 'inject' },
    { kind: 'precede', when: { message: { to: 'commander' } }, then: { message: { to: ['vendor', 'press', 'legal'] } } },
    { kind: 'each', when: { message: { type: 'order' } }, then: { action: {} }, match: 'action', within: '40s' },
    { kind: 'respond', when: { message: { to: 'vendor' } }, then: { reached: ['vendor', 'deputy'] }, match: 'message', within: '30s' },
    { kind: 'respond', when: { unreached: {} }, then: { message: { to: ['deputy', 'vendor'] } }, within: '40s' },
    { kind: 'respond', when: { knows: FACTS }, then: { message: {} }, within: '40s' },
    { kind: 'respond', when: { opened: {} }, then: { message: { to: ['commander', 'legal', 'vendor'] } }, within: '60s' },
    { kind: 'precede', when: { message: 'approval', contested: false }, then: { message: 'statement' }, match: 'draft' },
    { kind: 'precede', when: { message: { type: 'approval', unread: false } }, then: { message: { approved: true } } },
    { kind: 'precede', when: { message: 'order' }, then: { action: {} }, match: 'action' },
    { kind: 'precede', when: { message: {} }, then: { message: {} } },
];

// Hours that begin or end while the scenario runs: it starts on a Friday at 22:00.
function absence(chance) {
    if (chance.often(50)) return {};
    const clock = () => chance.one(['22:01', '22:02', '22:05', '22:20', '22:40', '07:00', '08:30', '21:00']);
    const entry = () => ({ days: chance.one(['mon-fri', 'fri', 'fri,sat', 'sat,sun', 'daily']), from: clock(), to: clock() });
    const hours = chance.often(70) ? entry() : [entry(), entry()];
    if (chance.often(50)) return { hours };
    const answer = () => ({ answer: chance.one(['yes', 'no']), delay: chance.one(['10s', '30s']) });
    return { hours, after_hours: chance.often(50) ? { phone: answer() } : { phone: answer(), mail: answer() } };
}

function deputy(chance) {
    if (chance.often(30)) return {};
    return { deputy: 'deputy', ...(chance.often(75) ? { forwards: true } : {}) };
}

// Section 2.5: what happens at the same moment. Only the plots about ties start these clocks (see `ties`).
function tieRules(chance) {
    const [first, second] = ['10s', '20s'].map(attention => ({ attention, ...(chance.often(50) ? { by: 'poc' } : {}) }));
    const then = () => chance.one([{ message: {} }, { ack: {} }, { note: {} }, { knows: { fact: TIE_FACT, by: ['commander', 'legal'] } }]);
    const words = { before: both('b'), title: both('t'), why: both('w'), skills: ['escalate'], severity: 'minor' };
    const rule = (id, when) => ({ id, kind: 'respond', ...words, when, then: then(), within: chance.one(WINDOWS), ...(chance.often(30) ? { grace: '30s' } : {}) });
    return [
        rule('tie-knows', { knows: TIE_FACT, ...first }),
        rule('tie-opened', { opened: TIE_INJECT, ...second }),
        { ...rule('tie-match', { knows: { fact: [TIE_FACT, 'f1'] }, ...second }), then: { knows: { by: 'commander' } }, match: 'fact' },
    ];
}

// Section 2.7, content: what a report says, and what it says is not known yet (see `reporting`).
function reportRules(chance) {
    const words = { before: both('b'), title: both('t'), why: both('w'), skills: ['escalate'], severity: 'major' };
    const to = () => ({ to: chance.some([...ROLES, 'vendor', 'press'], 1, 4) });
    return [
        { id: 'report-each', kind: 'each', ...words, when: { knows: { source: ['revealed', 'inject'] } }, then: { message: 'report' }, match: 'by', within: chance.one(WINDOWS), grace: '30s' },
        { id: 'report-to', kind: 'respond', ...words, when: { knows: { source: 'revealed' } }, then: { message: to() }, within: '60s' },
        { id: 'report-aloud', kind: 'each', ...words, when: { knows: FACTS }, then: { said: chance.often(50) ? {} : to() } },
    ];
}

// The other kinds, each once.
function otherRules(chance) {
    const words = { before: both('b'), title: both('t'), why: both('w'), skills: ['escalate'], severity: 'critical' };
    const window = () => chance.one(WINDOWS);
    const report = () => ({ message: chance.one([{}, { to: chance.some(VALUES.to, 1, 3) }, { by: ['poc', 'commander'] }, { lacks: ['re'] }, { needed_by: ['legal'] }]) });
    const state = () => chance.one([{ since: { delivered: ['i1', 'i2'] } }, { since: report(), until: { note: {} } }, { phase: 'night' }]);
    return [
        { kind: 'forbid', never: { message: { to: 'press' } }, duty: ['r1', 'r2', 'r3'] },
        { kind: 'forbid_until', when: { message: {} }, never: { message: { to: ['press', 'vendor'] } }, until: { message: { type: ['approval', 'answer'] } }, duty: ['r4'] },
        { kind: 'count', then: report(), count: { at_least: 2 }, when: { opened: {} }, within: window() },
        { kind: 'count', then: report(), count: { at_most: 3 }, duty: ['r1', 'r5'] },
        { kind: 'cadence', while: state(), then: report(), every: window(), grace: '30s' },
        { kind: 'all_of', when: { knows: { by: ['poc', 'legal'] }, attention: window() }, then: report(), parties: ['handler', 'legal', 'vendor'], within: window() },
        { kind: 'all_of', when: { knows: { corrects: true } }, then: report(), parties: 'told', within: window() },
        { kind: 'any_of', when: { knows: FACTS }, then: { reached: {} }, parties: ['vendor', 'deputy'], within: window() },
        { kind: 'sequence', steps: [report(), { ack: {}, within: window() }], within: '60s', grace: '60s' },
        { kind: 'choose', attention: window(), grace: '30s', knowing: ['f1', 'f2'], informing: ['legal', 'vendor'], informed_within: '60s' },
        { kind: 'hold', keep: state(), when: { opened: {} }, until: { declaration: {} } },
        { kind: 'content', when: report(), at_least: 50, slots: ['s1', 's2'], receiver: true },
        { kind: 'flow', when: report() },
        { kind: 'deadline', anchors: { a: { declaration: 'aware' }, b: { last: report() } }, bounds: [{ from: 'a', hours: 8 }, { from: 'b', days: 1, by: '17:30' }], roll: 'next', then: { declaration: 'filed' }, matter: 'leak' },
    ].map((rule, index) => ({ id: `k${index + 1}`, ...words, ...rule, capability: chance.one(CAPABILITIES) }));
}

function randomScenario(chance, id) {
    const injects = INJECTS.map((inject, index) => {
        const one = { id: inject, kind: 'event', from: 'somebody', from_name: both('S'), via: chance.one(['phone', 'mail']), title: both('t'), body: both('b') };
        one.to = chance.often(15) ? 'room' : chance.some(ROLES, 1, 2);
        if (chance.often(75)) one.facts = chance.some(FACTS, 1, 3);
        if (inject.startsWith('c')) {
            const name = chance.one(['message', 'escalation', 'knows', 'opened', 'ack', 'said']);
            const { [name]: value, ...rest } = randomPattern(chance, name);
            one.kind = 'contingency';
            if (chance.often(15)) one.repeats = true;
            one.unless = { [name]: value, ...rest, within: chance.one(WINDOWS), of: chance.one(['i1', 'i2', 'i3']) };
            one.reason = both('r');
        } else if (inject === 'i4') {
            one.after = { inject: 'i1', by: chance.one(WINDOWS) };
        } else if (inject === 'i5') {
            one.when = randomPattern(chance, chance.one(['message', 'reached', 'unreached', 'decision']));
        } else {
            one.at = `${chance.one([0, 10, 20, 30, 40]) + 20 * index}s`;
            if (chance.often(10)) one.level = chance.one([1, 2, 3]);
        }
        if (index < 2) {
            const letter = 'ab'[index];
            const options = [1, 2].map(number => ({ id: letter + number, text: both('o') }));
            one.question = { id: QUESTIONS[index], prompt: both('p'), owner: chance.one(ROLES), within: chance.one(WINDOWS), options };
        }
        return one;
    });
    const facts = FACTS.map(fact => {
        const needs = {};
        for (const party of chance.some([...ROLES, ...STAKEHOLDERS], 1, 4)) needs[party] = chance.one(['must', 'must', 'useful', 'never']);
        return { id: fact, text: both(fact), needs };
    });
    facts.push({ id: TIE_FACT, text: both('t'), needs: { [chance.one(ROLES)]: 'must' } });
    facts.forEach((fact, index) => {
        if (chance.often(70)) fact.slot = chance.one(SLOTS);
        if (index > 0 && chance.often(25)) fact.replaces = facts[chance.below(index)].id;
    });
    injects.push({ id: TIE_INJECT, from: 'somebody', from_name: both('S'), via: 'phone', to: ['poc'], title: both('t'), body: both('b'),
        facts: [TIE_FACT], repeats: true });
    const rules = [];
    for (let number = 1; number <= RANDOM_RULES; number++) {
        const rule = randomRule(chance, `r${number}`, rules.map(one => one.id));
        if (chance.often(35)) {
            for (const field of ['when', 'then', 'match', 'within', 'grace']) delete rule[field];
            if (chance.often(60)) rule.grace = chance.one(['7s', '10s', '30s', '60s']);
            Object.assign(rule, structuredClone(chance.one(USUAL)));
        }
        rules.push(rule);
    }
    rules.push(...tieRules(chance), ...reportRules(chance), ...otherRules(chance));
    const reach = answer => ({ answer, delay: chance.one(['10s', '20s']) });
    const scenario = {
        id, title: both('t'), summary: both('s'), duration: '10m', mode: chance.one(MODES), languages: ['en', 'ja'],
        story_start: '2026-11-20T22:00:00+09:00', organisation: 'default', seats: SEATS, objectives: [{ id: 'o', text: both('o') }],
        reading: { base: '10s', per_fact: '10s' },
        difficulty: chance.below(4),
        pace: chance.one([1, 1, 10, 30]),
        slots: SLOTS.map(slot => ({ id: slot, name: both(slot) })),
        hints: HINTS.map(hint => ({ id: hint, to: [chance.one(ROLES)], rule: chance.one(rules).id, text: both('h') })),
        actions: [
            { id: 'isolate', name: both('a'), targets: ['srv', 'pc'], authority: chance.some(['commander', 'legal', 'press'], 1, 2), done_by: chance.some(['vendor', 'handler', 'deputy'], 1, 3) },
            { id: 'restore', name: both('a'), ...(chance.often(30) ? { authority: ['commander'] } : {}) },
        ],
        phases: [{ id: 'night', name: both('p') }, { id: 'morning', name: both('p'), begins: '2026-11-21T07:00:00+09:00' }],
        matters: VALUES.of,
        stakeholders: [
            { id: 'vendor', name: both('V'), contact: both('c'), reach: { phone: reach('yes'), mail: reach('yes'), chat: reach('no') }, ...absence(chance), ...deputy(chance) },
            { id: 'press', name: both('P'), contact: both('c'), reach: { phone: reach('stale'), mail: reach('yes') }, ...absence(chance), ...deputy(chance) },
            { id: 'deputy', name: both('D'), reach: { phone: reach(chance.one(['yes', 'yes', 'no'])), mail: reach('yes') } },
        ],
    };
    return { scenario, facts, injects, rules };
}

// What a fair team does: it opens, confirms, answers and tells, at about the bounds.
function reactions(chance, inputs, injects, newMessage) {
    const list = [];
    const holder = party => SEATS.find(seat => seat.id === party || seat.roles.includes(party))?.id;
    const later = at => at + (chance.often(30) ? 0 : milliseconds(chance.one(WINDOWS.slice(0, 4))) + chance.one([0, 0, 0, -1, 1]));
    const react = (at, actor, what, facts) => {
        if (!actor || chance.often(30)) return;
        const opened = later(at);
        list.push({ at: opened, actor, do: 'open', ...what });
        const done = later(opened);
        const id = what.message ?? what.inject;
        if (chance.often(60)) list.push({ at: done, actor, do: 'ack', ...what });
        if (what.message && chance.often(25)) list.push({ at: done, actor, do: 'readback', message: id, text: 'x' });
        if (chance.often(45)) {
            const to = chance.some(['commander', 'commander', 'poc', 'vendor', 'legal'], 1, 2);
            const message = { do: 'message', id: newMessage(), type: chance.one(TYPES), to: [...new Set(to)], via: 'phone', text: 'x', re: id };
            if (facts.length > 0) message.facts = facts;
            if (chance.often(30)) message.ack_within = chance.one(WINDOWS);
            list.push({ at: done, actor, ...message });
        }
    };
    for (const inject of injects) {
        if (inject.at) react(milliseconds(inject.at), holder(inject.to === 'room' ? 'poc' : inject.to[0]), { inject: inject.id }, inject.facts ?? []);
    }
    for (const input of inputs) {
        if (input.do === 'message') react(input.at, holder(input.to[0]), { message: input.id }, input.facts ?? []);
    }
    return list;
}

// What can start one clock at the same moment (section 2.5): reading, and a delivery whose attention runs out.
// Entered late, a delivery stands earlier in the trace than what was entered before it, but has the larger `seq`.
function ties(chance, newMessage) {
    const at = 60000 + 10000 * chance.below(8);
    const attention = chance.one([10000, 10000, 20000, 20000, 20000]);
    const near = () => chance.one([0, 0, 0, 0, -1, 1]);
    const fired = Math.max(1, at - chance.one([attention, attention, 1000, 9000]) + near());
    const list = [
        { at: fired, actor: 'facilitator', do: 'fire', inject: TIE_INJECT },
        { at, actor: 'desk-a', do: 'open', inject: TIE_INJECT },
    ];
    const late = observed => ({ at: at + chance.one([0, 1, 5000, 15000]), observed_at: observed, actor: 'facilitator' });
    for (let left = chance.below(3); left > 0; left--) {
        const observed = Math.max(0, at - attention + near());
        list.push({ ...late(observed), for: chance.one(['desk-b', 'commander']), do: 'message', id: newMessage(), type: 'info', to: chance.one([['poc'], ['desk-a', 'legal'], ['room']]),
            via: 'phone', text: 'x', facts: chance.one([[TIE_FACT], ['f1', TIE_FACT], [TIE_FACT, 'f2']]) });
    }
    if (chance.often(40)) list.push({ ...late(Math.max(0, at - attention + near())), do: 'fire', inject: TIE_INJECT });
    if (chance.often(40)) list.push({ ...late(at), for: 'desk-a', do: 'heard', from: 'legal', text: 'x', facts: [TIE_FACT] });
    if (chance.often(60)) list.push({ at: at + chance.one([0, 0, 1, 10000]), actor: 'desk-a', do: chance.one(['note', 'ack']), inject: TIE_INJECT, text: 'x' });
    for (const input of list) {
        if (input.do === 'note') delete input.inject;
        if (input.do === 'ack') delete input.text;
    }
    return list;
}

// A draft, its reading, its approval, and what becomes public.
function approval(chance, newMessage) {
    let at = 10000 * chance.below(15);
    const later = () => (at += chance.one([0, 5000, 10000, 10001]));
    const [author, approver] = chance.often(80) ? chance.some(SEATS, 2, 2).map(seat => seat.id) : ['desk-b', 'desk-b'];
    const draft = newMessage();
    const list = [{ at, actor: author, do: 'message', id: draft, type: 'approval-request', to: [approver], text: 'draft' }];
    if (chance.often(60)) list.push({ at: later(), actor: approver, do: 'open', message: draft });
    const approving = { do: 'message', id: newMessage(), type: 'approval', to: [author], draft };
    if (chance.often(80)) list.push({ at: later(), actor: approver, ...approving });
    const own = chance.often(30) ? { text: 'other' } : {};
    list.push({ at: later(), actor: author, do: 'message', id: newMessage(), type: 'statement', to: ['press'], via: 'mail', draft, ...own });
    return list;
}

function deed(chance) {
    return chance.often(60) ? { action: 'isolate', target: chance.one(VALUES.target) } : { action: 'restore' };
}

// An order, what is done on it, and what is answered by an inject.
function order(chance, newMessage) {
    const at = 10000 * chance.below(15);
    const id = newMessage();
    const sender = chance.one(SEATS).id;
    const what = deed(chance);
    const to = chance.some(['vendor', 'vendor', 'deputy', 'press', 'handler', 'desk-b'], 1, 2);
    const list = [{ at, actor: sender, do: 'message', id, type: 'order', to: [...new Set(to)], via: chance.one(['phone', 'mail']), text: 'x', ...what }];
    if (chance.often(40)) list.push({ at: at + 10000, actor: 'desk-a', do: 'open', message: id });
    if (chance.often(40)) list.push({ at: at + 20000, actor: 'desk-a', do: 'act', ...what });
    if (chance.often(40)) list.push({ at: at + 20000, actor: 'facilitator', do: 'fire', inject: chance.one(INJECTS), re: id });
    return list;
}

// Somebody learns something and tells it: some of it, all, too much, or that it is not known yet.
function reporting(chance, newMessage) {
    const seat = chance.one(SEATS);
    let at = 10000 * chance.below(15);
    const known = chance.some(FACTS, 1, 3);
    const list = known.map(fact => ({ at, actor: 'facilitator', do: 'reveal', fact, to: [seat.roles[0]] }));
    for (let left = 1 + chance.below(3); left > 0; left--) {
        at += chance.one([0, 5000, 10000, 20000]);
        const told = { to: chance.some([...ROLES, 'vendor', 'press'], 1, 2), text: 'x' };
        const facts = chance.often(80) ? chance.some(known, 0, 3) : chance.some(FACTS, 1, 3);
        if (facts.length > 0) told.facts = facts;
        if (chance.often(20)) {
            list.push({ at, actor: seat.id, do: 'said', ...told });
            continue;
        }
        if (chance.often(60)) told.unknown = chance.some(SLOTS, 1, 3);
        list.push({ at, actor: seat.id, do: 'message', id: newMessage(), type: 'report', via: 'phone', ...told });
    }
    return list;
}

function randomInputs(chance, { rules, injects }) {
    const moments = [0];
    const count = 15 + chance.below(30);
    while (moments.length < count) {
        const base = chance.often(50) ? 10000 * chance.below(22) : chance.one(moments) + milliseconds(chance.one(WINDOWS));
        moments.push(Math.max(0, base + chance.one([0, 0, 0, 0, -1, 1])));
    }
    moments.sort((a, b) => a - b);
    const last = moments[moments.length - 1];
    const ending = chance.one(['end', 'end', 'end', 'end', 'stop', 'none', 'none']);
    const endAt = chance.one([last, last, last, Math.floor(last * 0.7), moments[Math.floor(count / 2)]]);
    let messages = 0;
    let improvised = 0;
    const sent = [];

    const seatInput = () => {
        const facts = () => (chance.often(60) ? { facts: chance.some(FACTS, 1, 3) } : {});
        const what = () => (chance.often(55) && sent.length > 0 ? { message: chance.one(sent.slice(-4)) } : { inject: chance.one([...INJECTS.slice(0, 5), ...INJECTS, 'x1', 'x2']) });
        const to = () => (chance.often(12) ? ['room'] : chance.some(VALUES.to, 1, 2));
        const kind = chance.one(['message', 'message', 'message', 'open', 'open', 'open', 'open', 'ack', 'ack', 'said', 'heard', 'handoff',
            'readback', 'act', 'decide', 'declare', 'note']);
        switch (kind) {
        case 'message': {
            const id = `m${++messages}`;
            const input = { do: 'message', id, type: chance.one(TYPES), to: to(), text: 'x', ...facts() };
            if (chance.often(85)) input.via = chance.one(['phone', 'phone', 'mail', 'chat']);
            if (chance.often(40)) input.unknown = chance.some(SLOTS, 1, 2);
            if (input.type === 'order' && chance.often(60)) Object.assign(input, deed(chance));
            if (chance.often(8) && sent.length > 0) Object.assign(input, { type: chance.one(['approval', 'statement', 'report']), draft: chance.one(sent.slice(-4)) });
            if (chance.often(35)) input.ack_within = chance.one(WINDOWS);
            if (chance.often(25)) input.readback = true;
            if (chance.often(25)) input.tlp = chance.one(['amber', 'green']);
            if (chance.often(35)) input.re = chance.one([...sent.slice(-4), 'i1', 'i2', 'i3']);
            sent.push(id);
            return input;
        }
        case 'open': case 'ack': return { do: kind, ...what() };
        case 'said': return { do: 'said', to: to(), text: 'x', ...facts() };
        case 'heard': return { do: 'heard', from: chance.one([...ROLES, ...STAKEHOLDERS]), text: 'x', ...facts() };
        case 'handoff': return { do: 'handoff', to: chance.one(ROLES), ...facts() };
        case 'readback': return { do: 'readback', message: chance.one([...sent.slice(-5), 'm1']), text: 'x' };
        case 'act': return { do: 'act', ...deed(chance) };
        case 'decide': return { do: 'decide', ...chance.one([{ question: 'q1', option: 'a1' }, { question: 'q1', option: 'a2' }, { question: 'q2', option: 'b1' }]) };
        case 'declare': return { do: 'declare', status: chance.one(VALUES.status), ...(chance.often(60) ? { of: chance.one(VALUES.of) } : {}) };
        default: return { do: 'note', text: 'x' };
        }
    };
    const staffInput = () => {
        switch (chance.below(11)) {
        case 0: case 1: return { do: 'hint', rule: chance.one(rules).id, to: [chance.one(ROLES)], text: 'x' };
        case 2: return { do: 'fire', inject: chance.one(INJECTS), ...(chance.often(30) && sent.length > 0 ? { re: chance.one(sent.slice(-4)) } : {}) };
        case 3: return { do: 'improvise', id: `x${++improvised}`, from: 'vendor', to: chance.some(ROLES, 1, 2), via: 'phone', title: 'x', body: 'x', facts: chance.some(FACTS, 1, 2) };
        case 4: return { do: 'phase', phase: chance.one(VALUES.phase) };
        case 5: return { do: 'annul', event: 1 + chance.below(2 * count) };
        case 6: case 7: return { do: 'reveal', fact: chance.one(FACTS), to: chance.some(ROLES, 1, 2) };
        case 8: return { do: 'hint', hint: chance.one(HINTS) };
        case 9: return chance.often(50) ? { do: 'jump', phase: 'morning' } : { do: 'jump', by: chance.one(['5m', '1h', '9h']) };
        default: {
            const id = `v${++messages}`;
            sent.push(id);
            return { do: 'reply_as', id, as: 'vendor', to: [chance.one(ROLES)], text: 'x', facts: chance.some(FACTS, 0, 2), ...(sent.length > 1 ? { re: sent[sent.length - 2] } : {}) };
        }
        }
    };

    let inputs = [];
    for (const at of moments) {
        const draw = chance.below(100);
        if (draw < 68) {
            inputs.push({ at, actor: chance.one(SEATS).id, ...seatInput() });
        } else if (draw < 82) {
            const input = seatInput();
            const observed = Math.max(0, Math.min(at, chance.one(moments) + chance.one([0, 0, -1, 1])));
            inputs.push({ at, actor: 'facilitator', for: chance.one(SEATS).id, ...input, observed_at: observed });
        } else if (draw < 97) {
            inputs.push({ at, actor: 'facilitator', ...staffInput() });
        } else {
            inputs.push({ at, actor: 'facilitator', do: 'pause' }, { at, actor: chance.one(SEATS).id, ...seatInput() }, { at, actor: 'facilitator', do: 'resume' });
        }
    }
    const newMessage = () => `m${++messages}`;
    for (const plot of [approval, order, reporting, reporting]) {
        if (chance.often(60)) inputs.push(...plot(chance, newMessage));
    }
    inputs.push(...reactions(chance, inputs, injects, newMessage));
    if (chance.often(80)) inputs.push(...ties(chance, newMessage));
    inputs.sort((a, b) => a.at - b.at);
    if (ending !== 'none') inputs = inputs.filter(input => input.at <= endAt);
    const at = Math.max(endAt, inputs.length > 0 ? inputs[inputs.length - 1].at : 0);
    inputs.unshift({ at: 0, actor: 'facilitator', do: 'start' });
    if (chance.often(30)) inputs.unshift({ at: 0, actor: 'facilitator', do: 'warm_up' }, ...SEATS.map(seat => ({ at: 0, actor: seat.id, do: 'check_in' })));
    if (ending === 'end') {
        inputs.push({ at, actor: 'facilitator', do: 'end' });
        for (let left = chance.below(4); left > 0; left--) {
            inputs.push({ at, actor: 'facilitator', for: chance.one(SEATS).id, ...seatInput(), observed_at: Math.min(at, chance.one(moments)) });
        }
    } else if (ending === 'stop') {
        inputs.push({ at, actor: chance.one(['facilitator', 'desk-b']), do: 'stop_real_incident' });
    }
    if (chance.often(40)) inputs.push({ at, actor: 'evaluator', do: 'rate', by: chance.often(50) ? chance.one(['mori', 'seki']) : undefined, capability: chance.one([...CAPABILITIES, 'calm']), rating: chance.one(['P', 'S', 'M', 'U']) });
    for (let left = chance.below(4); left > 0; left--) inputs.push({ at, actor: 'facilitator', do: 'annul', event: 1 + chance.below(2 * count) });
    return inputs;
}

// ---------------------------------------------------------------------------------------------
// Play and compare

const [program, work, seeds, firstSeed] = [process.argv[2], process.argv[3], Number(process.argv[4]), Number(process.argv[5])];
const EXERCISES = 3;
const BIG = { maxBuffer: 64 * 1024 * 1024 };
const totals = { pairs: 0, findings: 0, capabilities: 0, differences: 0, verdicts: {}, fields: {} };

function plain(finding) {
    const { sentence, ...rest } = finding;
    return Object.fromEntries(Object.keys(rest).sort().filter(key => rest[key] !== undefined && rest[key] !== '').map(key => [key, rest[key]]));
}

function compare(seed, exercise, definition, log, found) {
    const expected = evaluate(definition, definition.rules, log).map(plain);
    const engine = found.findings.map(plain);
    for (const rule of definition.rules) {
        const [ours, theirs] = [expected, engine].map(list => list.filter(finding => finding.rule === rule.id));
        totals.pairs++;
        totals.findings += ours.length;
        for (const one of ours) totals.verdicts[one.verdict] = (totals.verdicts[one.verdict] ?? 0) + 1;
        if (isDeepStrictEqual(ours, theirs)) continue;
        totals.differences++;
        const differing = new Set();
        if (ours.length !== theirs.length) differing.add('number of findings');
        else ours.forEach((one, index) => [...Object.keys(one), ...Object.keys(theirs[index])].forEach(field => one[field] === theirs[index][field] || differing.add(field)));
        for (const field of differing) totals.fields[field] = (totals.fields[field] ?? 0) + 1;
        const seqs = new Set([...ours, ...theirs].flatMap(one => [one.activation_seq, one.target_seq, one.miss_seq]));
        console.log(`--- seed ${seed}, ${exercise}, differing: ${[...differing].join(', ')}`);
        console.log(JSON.stringify({ ...rule, before: undefined, title: undefined, why: undefined, skills: undefined }));
        for (const event of log) {
            if (seqs.has(event.seq) || ['ended', 'stopped', 'annulled'].includes(event.kind)) console.log(`    ${JSON.stringify({ ...event, story_ms: undefined, input: undefined })}`);
        }
        ours.forEach((one, index) => isDeepStrictEqual(one, theirs[index]) || console.log(`  document ${JSON.stringify(one)}\n  program  ${JSON.stringify(theirs[index])}`));
        theirs.slice(ours.length).forEach(one => console.log(`  document none\n  program  ${JSON.stringify(one)}`));
    }
    const order = list => list.map(finding => finding.rule).filter((id, index, all) => id !== all[index - 1]);
    if (!isDeepStrictEqual(order(expected), order(engine))) {
        totals.differences++;
        console.log(`--- seed ${seed}, ${exercise}: the rules stand in another order`);
    }
    const able = capabilities(definition.rules, engine, ratings(definition, log));
    for (let at = 0; at < Math.max(able.length, found.capabilities.length); at++) {
        totals.capabilities++;
        const [one, theirs] = [able[at], found.capabilities[at]];
        if (one && theirs && isDeepStrictEqual(one, plain(theirs))) continue;
        totals.differences++;
        totals.fields.capability = (totals.fields.capability ?? 0) + 1;
        console.log(`--- seed ${seed}, ${exercise}\n  document ${JSON.stringify(one)}\n  program  ${JSON.stringify(theirs)}`);
    }
}

async function trySeed(seed) {
    const chance = new Chance(seed);
    const definition = randomScenario(chance, `oracle-${seed}`);
    const folder = `${work}/${seed}`;
    mkdirSync(folder, { recursive: true });
    for (const part of ['scenario', 'facts', 'injects', 'rules']) writeFileSync(`${folder}/${part}.yaml`, JSON.stringify(definition[part], null, 1));
    const db = `${work}/${seed}.db`;
    for (let number = 1; number <= EXERCISES; number++) {
        const inputs = `${work}/${seed}-${number}.jsonl`;
        writeFileSync(inputs, randomInputs(chance, definition).map(input => `${JSON.stringify(input)}\n`).join(''));
        const mode = chance.often(50) ? ['--mode', chance.one(MODES)] : [];
        const played = await run(program, ['play', folder, '--home', '.', '--inputs', inputs, '--db', db, ...mode], BIG);
        const id = played.stdout.trim().split(/\s+/).pop();
        const [log, score] = await Promise.all(['log', 'score'].map(what => run(program, [what, id, '--json', '--db', db], BIG)));
        const events = log.stdout.trim().split('\n').map(line => JSON.parse(line));
        compare(seed, id, { ...definition.scenario, ...definition }, events, JSON.parse(score.stdout));
    }
}

async function main() {
    let next = firstSeed;
    const worker = async () => {
        while (next < firstSeed + seeds) await trySeed(next++);
    };
    await Promise.all(Array.from({ length: 4 }, worker));
    const count = verdict => `${totals.verdicts[verdict] ?? 0} ${verdict}`;
    const summary = `${totals.pairs} pairs of trace and rule, ${totals.findings} findings (${Object.keys(totals.verdicts).sort().map(count).join(', ')})`;
    if (totals.differences > 0) {
        console.error(`${totals.differences} differences in ${summary}: ${JSON.stringify(totals.fields)}`);
        process.exit(1);
    }
    if (totals.pairs !== seeds * EXERCISES * RULES) {
        console.error(`only ${totals.pairs} pairs were compared`);
        process.exit(1);
    }
    console.log(`${summary}, ${totals.capabilities} capabilities`);
}

await main();
