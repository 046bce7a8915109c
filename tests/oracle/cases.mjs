// Random cases for the second scorer: a small scenario with random rules over all kinds, and a random
// trace that they look at. Few names, few values and few lengths, so that much of it meets, also at the
// bound and a millisecond beside it. The same seed gives the same case.

import { mkdirSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { PATTERNS, evaluateNamed, milliseconds } from './evaluate.mjs';

export class Chance {
    constructor(seed) {
        this.state = (seed * 2654435761) >>> 0;
    }

    below(n) {
        this.state = (this.state + 0x6d2b79f5) >>> 0;
        let x = this.state;
        x = Math.imul(x ^ (x >>> 15), x | 1);
        x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
        return ((x ^ (x >>> 14)) >>> 0) % n;
    }

    one(list) {
        return list[this.below(list.length)];
    }

    often(percent) {
        return this.below(100) < percent;
    }

    some(list, least = 1, most = 2) {
        const rest = [...list];
        const picked = [];
        const n = least + this.below(most - least + 1);
        while (picked.length < n && rest.length > 0) picked.push(...rest.splice(this.below(rest.length), 1));
        return picked;
    }

    shuffle(list) {
        return this.some(list, list.length, list.length);
    }
}

export const both = text => ({ en: text, ja: text });
const HASH = '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9';
const SEATS = [{ id: 'desk-a', roles: ['poc', 'handler'] }, { id: 'desk-b', roles: ['legal'] }, { id: 'commander', roles: ['commander'] }];
const ROLES = ['poc', 'handler', 'legal', 'commander'];
const SEAT_NAMES = [...ROLES, 'desk-a', 'desk-b'];
const STAKEHOLDERS = ['vendor', 'press', 'head', 'deputy'];
const AUDIENCES = ['own', 'client', 'partner', 'authority', 'community', 'public'];
const FACTS = ['f1', 'f2', 'f3', 'f4', 'f5'];
const SLOTS = ['s1', 's2', 's3'];
const INJECTS = ['i1', 'i2', 'i3', 'i4', 'n1', 'c1', 'c2'];
const IMPROVISED = ['x1', 'x2'];
const INJECT_KINDS = ['event', 'information', 'benign', 'complexity', 'contextual'];
const QUESTIONS = { q1: ['o1', 'o2'], q2: ['o3', 'o4'], q3: ['o5', 'o6'] };
const OPTIONS = Object.values(QUESTIONS).flat();
const MESSAGES = Array.from({ length: 14 }, (_, index) => `m${index + 1}`);
const TYPES = ['report', 'report', 'request', 'order', 'escalation', 'escalation', 'answer', 'approval-request', 'approval', 'statement', 'sitrep', 'notification'];
const TLPS = ['red', 'amber-strict', 'amber', 'green', 'clear'];
const WORLD = { w1: ['up', 'down'], w2: ['up', 'down', 'shut'] };
const PHASES = ['p1', 'p2'];
const MATTERS = ['leak', 'outage'];
const STATUSES = ['aware', 'classified', 'determined', 'applies', 'does-not-apply', 'unknown', 'filed', 'closed'];
const MODES = ['discuss', 'paced', 'live'];
const LENGTHS = [10, 20, 30, 40, 60];

const VALUES = {
    by: [...ROLES, ...ROLES, 'desk-a', 'desk-b', ...STAKEHOLDERS, 'facilitator'],
    to: [...ROLES, ...ROLES, 'desk-a', 'desk-b', ...STAKEHOLDERS],
    inject: INJECTS, message: MESSAGES.slice(0, 6), re: [...MESSAGES.slice(0, 4), 'i1', 'i2'], facts: FACTS, unknown: SLOTS, fact: FACTS,
    draft: MESSAGES.slice(0, 6), order: MESSAGES.slice(0, 6), replaces: FACTS, through: [...MESSAGES.slice(0, 6), ...INJECTS, 'desk-a'],
    source: ['inject', 'message', 'said', 'heard', 'handoff', 'unrecorded', 'revealed'],
    action: ['isolate', 'restore'], target: ['srv', 'pc'], question: Object.keys(QUESTIONS), option: OPTIONS,
    status: STATUSES, of: MATTERS, via: ['phone', 'mail', 'chat', 'news'], tlp: TLPS, type: TYPES,
    why: ['clock', 'after', 'when', 'unless', 'hand'], party: STAKEHOLDERS, reason: ['no-answer', 'stale', 'no-channel'],
    phase: PHASES, from: [...ROLES, ...STAKEHOLDERS],
};
const YES_NO = ['approved', 'contested', 'readback', 'unread', 'by_story'];
const LIKELY = ['knows', 'knows', 'knows', 'opened', 'opened', 'message', 'message', 'message', 'escalation', 'ack', 'ack', 'said',
    'delivered', 'reached', 'readback', 'decision', 'action', 'action', 'unreached', 'handoff', 'heard', 'declaration', 'expired', 'phase',
    'note', 'forwarded', 'challenged'];
const MATCHABLE = {
    ack: 'inject message', action: 'action order target', challenged: 'action message', decision: 'option question',
    declaration: 'of status', delivered: 'inject re via', escalation: 'action draft message re target via', expired: 'question',
    forwarded: 'message party', knows: 'fact replaces source', message: 'action draft message re target type via',
    opened: 'inject message', phase: 'phase', reached: 'message', readback: 'message', unreached: 'message party',
};
const matchable = (name, field) => field === 'by' || (MATCHABLE[name] ?? '').split(' ').includes(field);
const NAMES_MESSAGE = ['ack', 'opened', 'readback', 'reached', 'unreached', 'forwarded', 'challenged'];
const LACKABLE = { message: 'facts unknown re draft target', escalation: 're facts unknown', action: 'target order', declaration: 'of', ack: 'inject message', opened: 'inject', knows: 'replaces through', said: 'facts', delivered: 're' };
const CARRIES = ['message', 'escalation', 'said', 'heard', 'handoff', 'knows'];

// ---------------------------------------------------------------------------------------------
// Patterns and states

function ruleConditions(chance, name) {
    const possible = ['inject_kind', 'knowing', 'lacking', 'world', ...(LACKABLE[name] ? ['lacks', 'lacks'] : [])];
    if (NAMES_MESSAGE.includes(name)) possible.push('about', 'about', 'about');
    if (name === 'knows') possible.push('corrects', 'corrects');
    if (['message', 'escalation', 'said'].includes(name)) possible.push('empty', 'empty');
    if (CARRIES.includes(name)) possible.push('need', 'need', 'slot', 'slot', 'needed_by', 'needed_by');
    const conditions = {};
    for (const field of chance.some(possible, 1, chance.often(20) ? 2 : 1)) {
        switch (field) {
        case 'about': conditions.about = randomPattern(chance, chance.one(['message', 'message', 'escalation']), { plain: true }); break;
        case 'corrects': case 'empty': conditions[field] = chance.often(60); break;
        case 'inject_kind': conditions[field] = chance.some([...INJECT_KINDS, 'contingency'], 1, 3); break;
        case 'need': conditions[field] = chance.some(['must', 'useful', 'never', 'none'], 1, 2); break;
        case 'needed_by': conditions[field] = chance.some([...ROLES, ...STAKEHOLDERS], 1, 2); break;
        case 'lacks': conditions[field] = chance.some(LACKABLE[name].split(' '), 1, 2); break;
        case 'slot': conditions[field] = chance.some(SLOTS, 1, 2); break;
        case 'world': conditions.world = randomWorld(chance); break;
        default: conditions[field] = chance.some(FACTS, 1, 3);
        }
    }
    return conditions;
}

function randomWorld(chance) {
    return Object.fromEntries(chance.some(Object.keys(WORLD), 1, chance.often(20) ? 2 : 1).map(name => {
        const values = chance.some(WORLD[name], 1, chance.often(20) ? 2 : 1);
        return [name, values.length === 1 && chance.often(50) ? values[0] : values];
    }));
}

function randomPattern(chance, name, { plain = false, bare = 0 } = {}) {
    const conditions = {};
    const fields = PATTERNS[name][2].split(' ').filter(field => field in VALUES || YES_NO.includes(field));
    const count = chance.often(bare) ? 0 : chance.one([0, 0, 1, 1, 1, 2]);
    const main = PATTERNS[name][1];
    const chosen = chance.some(fields, count, count);
    if (count > 0 && main && fields.includes(main) && chance.often(40) && !chosen.includes(main)) chosen[0] = main;
    for (const field of chosen) {
        if (!(field in VALUES)) {
            conditions[field] = chance.often(name === 'decision' || name === 'ack' ? 30 : 55);
        } else {
            const values = [...new Set(chance.some(VALUES[field], 1, ['message', 're', 'by', 'to', 'type', 'inject', 'facts', 'fact'].includes(field) ? 4 : 3))];
            conditions[field] = values.length === 1 && chance.often(50) ? values[0] : values;
        }
    }
    if (conditions.question && conditions.option) conditions.question = Object.keys(QUESTIONS);
    if (!plain && chance.often(22)) Object.assign(conditions, ruleConditions(chance, name));
    const { [main]: value, ...rest } = conditions;
    if (value !== undefined && Object.keys(rest).every(field => field === 'by') && chance.often(50)) return { [name]: value, ...rest };
    return { [name]: conditions };
}

function randomState(chance) {
    const state = {};
    const draw = chance.below(10);
    if (draw < 4) {
        state.since = randomPattern(chance, chance.one(LIKELY), { bare: 40 });
        if (chance.often(65)) state.until = randomPattern(chance, chance.one(LIKELY), { bare: 30 });
    } else if (draw < 8) {
        state.world = randomWorld(chance);
    } else {
        state.phase = chance.one([...PHASES, PHASES]);
    }
    if (chance.often(12)) state.phase = chance.some(PHASES, 1, 2);
    if (chance.often(12)) state.world = randomWorld(chance);
    return state;
}

// ---------------------------------------------------------------------------------------------
// Rules

export const KINDS = ['respond', 'precede', 'forbid', 'forbid_until', 'count', 'cadence', 'each', 'all_of', 'any_of', 'sequence', 'choose', 'hold',
    'content', 'flow', 'deadline'];
const WITH_WHILE = KINDS.filter(kind => !['sequence', 'hold', 'deadline', 'cadence'].includes(kind));
const WITH_UNLESS = ['respond', 'each', 'all_of', 'any_of', 'choose', 'deadline'];
const WITH_TARGET = ['respond', 'each', 'all_of', 'any_of', 'cadence'];

// Steps that seldom happen but by Trace.chain.
const CHAIN = [{ declaration: 'classified' }, { declaration: 'determined' }, { declaration: 'closed' }, { note: { by: 'poc' } }, { note: { by: 'commander' } }, { phase: 'p1' }, { phase: 'p2' }];

// Pairs that many events fit, so that the common cases come often.
const USUAL = [
    { when: { message: {} }, then: { ack: {} }, match: 'message' },
    { when: { message: {} }, then: { message: {} }, match: 're' },
    { when: { delivered: {} }, then: { opened: {} }, match: 'inject' },
    { when: { message: {} }, then: { opened: {} } },
    { when: { delivered: {} }, then: { ack: {} }, match: 'inject' },
    { when: { knows: {} }, then: { ack: {} } },
    { when: { knows: {} }, then: { message: { to: ['poc', 'commander', 'vendor'] } } },
    { when: { knows: {} }, then: { knows: { by: ['commander', 'vendor'] } } },
    { when: { knows: { by: ['poc'] } }, then: { knows: { by: 'commander' } }, match: 'fact' },
    { when: { knows: {} }, then: { message: {} } },
    { when: { opened: {} }, then: { message: {} }, match: 're' },
    { when: { opened: {} }, then: { ack: {} }, match: 'inject' },
    { when: { message: { to: 'vendor' } }, then: { reached: {} }, match: 'message' },
    { when: { message: { to: STAKEHOLDERS } }, then: { reached: STAKEHOLDERS } },
    { when: { unreached: {} }, then: { message: { to: STAKEHOLDERS } } },
    { when: { message: 'order' }, then: { action: {} }, match: 'action' },
    { when: { message: 'approval-request' }, then: { message: 'approval' } },
    { when: { message: ['approval-request', 'report'] }, then: { message: ['approval', 'statement'] }, match: 'draft' },
    { when: { message: {} }, then: { message: {} }, match: 'draft' },
    { when: { message: {} }, then: { message: ['approval', 'statement'] } },
    { when: { knows: { corrects: true } }, then: { message: {} } },
    { when: { delivered: {} }, then: { decision: {} } },
    { when: { message: {} }, then: { said: {} } },
    { when: { delivered: {} }, then: { message: { by: ['poc', 'legal'] } } },
    { when: { knows: {} }, then: { message: { by: 'desk-a' } } },
    { when: { opened: {} }, then: { ack: { by: ['handler', 'commander'] } } },
    { when: { knows: {} }, then: { said: {} } },
    { when: { message: { empty: false } }, then: { ack: { about: { message: {} } } }, match: 'message' },
];

function randomRule(chance, id, earlier, frame) {
    const kind = chance.one(earlier.length > 0 ? KINDS : KINDS.filter(one => one !== 'forbid'));
    const rule = { id, kind, before: both('b'), title: both('t'), why: both('w') };
    const story = kind === 'deadline' || (chance.often(15) && kind !== 'deadline');
    if (story && kind !== 'deadline') rule.time = 'story';
    const length = () => `${chance.one(LENGTHS) * (story ? frame.pace : 1)}s`;
    const name = () => chance.one(LIKELY);
    const any = (bare = 25) => randomPattern(chance, name(), { bare });
    // A pattern whose events have a key for the rule's match, if it has one.
    const keyed = (bare = 25) => randomPattern(chance, rule.match ? chance.one(LIKELY.filter(one => matchable(one, rule.match))) : name(), { bare });
    const duty = (least = 0) => (earlier.length > 0 ? chance.some(earlier, least, 4) : []);

    const pair = () => {
        if (chance.often(45)) {
            Object.assign(rule, structuredClone(chance.one(USUAL)));
            return;
        }
        const [first, second] = [name(), chance.often(10) ? 'knows' : name()];
        rule.when = randomPattern(chance, first, { bare: 30 });
        rule.then = randomPattern(chance, second, { bare: 30 });
        const fields = (MATCHABLE[first] ?? '').split(' ').filter(field => field && field !== 're' && matchable(second, field));
        if (['message', 'escalation', 'delivered'].includes(second) && /message|inject/.test(MATCHABLE[first] ?? '')) fields.push('re', 're');
        if (chance.often(fields.length > 0 ? 50 : 10)) rule.match = chance.one(fields.length > 0 && chance.often(85) ? fields : ['by']);
    };
    const whenName = () => Object.keys(rule.when).find(key => key in PATTERNS);
    const thenName = () => Object.keys(rule.then).find(key => key in PATTERNS);
    const attention = () => {
        if (['knows', 'opened'].includes(whenName()) && chance.often(60)) rule.when.attention = length();
    };
    let bounded = false;
    const within = percent => {
        if (chance.often(percent)) {
            rule.within = length();
            bounded = true;
        }
    };

    switch (kind) {
    case 'respond':
        pair();
        attention();
        within(80);
        if (!['knows', 'opened'].includes(whenName()) && thenName() !== 'knows' && chance.often(25)) rule.consume = true;
        break;
    case 'each':
        pair();
        within(80);
        if (['message', 'escalation'].includes(whenName())) bounded = true;
        break;
    case 'precede':
        pair();
        bounded = true;
        break;
    case 'forbid':
        rule.never = randomPattern(chance, chance.often(15) ? 'ack' : name(), { bare: 0 });
        rule.duty = duty(1);
        break;
    case 'forbid_until':
        if (chance.often(25)) rule.match = chance.one(['message', 'inject', 'by', 'action', 'question']);
        rule.when = keyed(40);
        rule.never = keyed(10);
        rule.until = chance.often(15) ? structuredClone(rule.when) : keyed(30);
        rule.duty = duty();
        break;
    case 'count':
        do rule.count = chance.one([{ at_least: chance.one([1, 2, 3]) }, { at_most: chance.one([0, 1, 2, 3]) }, { exactly: chance.one([0, 1, 2]) },
            { at_least: 1, at_most: chance.one([1, 2, 3]) }]);
        while (earlier.length === 0 && !(rule.count.at_least > 0 || rule.count.exactly > 0));
        if (chance.often(60)) {
            pair();
            within(100);
        } else {
            rule.then = any();
        }
        if (!(rule.count.at_least > 0 || rule.count.exactly > 0)) rule.duty = duty(1);
        else if (chance.often(20)) rule.duty = duty();
        bounded = false;
        break;
    case 'cadence':
        rule.while = randomState(chance);
        rule.then = chance.often(70) ? randomPattern(chance, chance.one(['message', 'message', 'said', 'escalation']), { bare: 60 }) : any();
        rule.every = length();
        bounded = true;
        if (chance.often(50)) rule.no_change = chance.one([1, 2, 3]);
        break;
    case 'all_of': case 'any_of':
        pair();
        attention();
        within(80);
        rule.parties = chance.some([...SEAT_NAMES, ...STAKEHOLDERS], 1, 3);
        if (kind === 'all_of' && chance.often(25)) {
            rule.when = randomPattern(chance, 'knows', { bare: 50 });
            if (chance.often(40)) rule.when = { knows: { corrects: true } };
            rule.then = randomPattern(chance, chance.one(['message', 'knows', 'said']), { bare: 60 });
            rule.match = chance.one(['fact', undefined]);
            if (rule.match && !rule.then.knows) delete rule.match;
            if (rule.match === undefined) delete rule.match;
            rule.parties = 'told';
        }
        break;
    case 'sequence': {
        const chained = chance.often(60);
        rule.steps = Array.from({ length: chance.one([2, 2, 2, 3, 3, 4]) }, (_, index) => {
            const step = chained ? structuredClone(chance.one(CHAIN)) : chance.often(50) ? { [chance.one(['message', 'opened', 'knows', 'ack', 'said'])]: {} } : any(60);
            if (index > 0 && chance.often(chained ? 70 : 40)) step.within = length();
            return step;
        });
        within(60);
        break;
    }
    case 'choose':
        if (chance.often(75)) rule.question = chance.some(Object.keys(QUESTIONS), 1, 2);
        within(40);
        if (rule.within === undefined) bounded = chance.often(50) && (rule.question ?? Object.keys(QUESTIONS)).every(one => frame.windows[one] !== undefined);
        if (chance.often(60)) rule.attention = length();
        if (chance.often(40)) rule.reason = true;
        if (chance.often(40)) rule.knowing = chance.some(FACTS, 1, 4);
        if (chance.often(40)) {
            rule.informing = chance.some([...SEAT_NAMES, ...STAKEHOLDERS], 1, 4);
            rule.informed_within = length();
        }
        if (chance.often(40)) {
            rule.worth = Object.fromEntries(chance.some(OPTIONS, 1, 4).map(option => [option, chance.one([0, 333, 500, 999, 1000])]));
            rule.plan = both('p');
        }
        break;
    case 'hold':
        rule.keep = randomState(chance);
        if (chance.often(50)) rule.when = any(40);
        if (chance.often(60)) rule.until = rule.when && chance.often(20) ? structuredClone(rule.when) : any(20);
        break;
    case 'content':
        rule.when = randomPattern(chance, chance.one(['message', 'message', 'said', 'escalation']), { bare: 40 });
        if (chance.often(40)) rule.slots = chance.some(SLOTS, 1, 3);
        if (chance.often(80)) rule.at_least = chance.one([1, 20, 30, 33, 34, 50, 66, 67, 80, 100]);
        if (chance.often(40)) rule.receiver = true;
        break;
    case 'flow':
        rule.when = randomPattern(chance, chance.one(['message', 'message', 'said', 'escalation']), { bare: 60 });
        if (chance.often(75)) rule.check = chance.some(['tlp', 'marking', 'need', 'over', 'contradiction'], 1, 3);
        break;
    default:
        deadline(chance, rule, frame);
        bounded = true;
    }
    if (WITH_WHILE.includes(kind) && chance.often(15)) rule.while = randomState(chance);
    if (WITH_UNLESS.includes(kind) && chance.often(25)) rule.unless = keyed(10);
    if (chance.often(rule.time === 'story' || kind === 'deadline' ? 20 : 8)) rule.applies_if = any(30);
    if (WITH_TARGET.includes(kind) && chance.often(10)) rule.content = false;
    if (chance.often(bounded ? 4 : 15)) rule.law = { article: both('a'), ...(chance.often(70) ? { soft: both('s') } : {}) };
    if (chance.often(50)) rule.capability = chance.one(['c', 'd']);
    if (bounded && chance.often(60)) rule.grace = chance.one([`${7 * (story ? frame.pace : 1)}s`, length(), length()]);
    if (chance.often(10)) rule.modes = chance.some(MODES, 1, 2);
    if (chance.often(35)) rule.role = chance.one(ROLES);
    if (earlier.length > 0 && chance.often(20)) rule.caused_by = chance.some(earlier, 1, 3);
    if (chance.often(20)) rule.weight = chance.one([1, 2, 10]);
    rule.skills = ['escalate'];
    rule.severity = chance.one(['info', 'minor', 'major', 'critical']);
    return rule;
}

function deadline(chance, rule, frame) {
    const moment = () => chance.one([
        { declaration: { status: chance.some(['aware', 'filed'], 1, 2), ...(chance.often(40) ? { of: chance.one(MATTERS) } : {}) } },
        { declaration: {} }, randomPattern(chance, chance.one(['message', 'decision', 'knows', 'opened', 'declaration']), { bare: 10 }),
    ]);
    const names = chance.some(['a1', 'a2', 'a3'], 1, 3);
    rule.anchors = {};
    for (const name of names) {
        if (frame.deadlines.length > 0 && chance.often(25)) rule.anchors[name] = { filed: chance.one(frame.deadlines) };
        else rule.anchors[name] = chance.one([() => [moment(), moment()], () => ({ last: moment() }), moment, moment])();
    }
    const bound = () => {
        const one = { from: chance.one(names) };
        const unit = chance.one(['hours', 'hours', 'days', 'days', 'business_days', 'months']);
        one[unit] = chance.one({ hours: [1, 1, 2, 4, 24, 72], days: [1, 1, 2, 3, 5], business_days: [1, 1, 2, 3, 5], months: [1, 1, 2, 3] }[unit]);
        if (unit === 'days' && chance.often(40)) one.first_day = 'counts';
        else if (unit === 'days' && chance.often(20)) one.after = 'year';
        if (unit !== 'hours' && chance.often(30)) one.by = chance.one(['12:00', '17:30', '23:59']);
        if (names.length > 1 && chance.often(25)) one.needs = chance.some(names.filter(name => name !== one.from), 1, 2);
        return one;
    };
    rule.bounds = Array.from({ length: chance.one([1, 1, 2, 3]) }, bound);
    if (names.length > 1 && chance.often(35)) rule.bounds = chance.shuffle(names).map(name => ({ ...rule.bounds[0], from: name }));
    if (names.length > 1 && chance.often(40)) {
        const [a, b] = chance.some(names, 2, 2);
        rule.override = { if: a, after: b, by: chance.one(['1h', '4h', '24h', '10m', '0s']), bounds: [bound()] };
    }
    rule.then = chance.one([{ declaration: { status: 'filed' } }, { message: {} }, { message: { to: chance.some(STAKEHOLDERS, 1, 2) } },
        randomPattern(chance, chance.one(['message', 'declaration', 'ack']), { bare: 30 })]);
    if (chance.often(45)) rule.roll = 'next';
    if (rule.roll && chance.often(40)) rule.roll_by = chance.one(['12:00', '09:30']);
    if (chance.often(35)) rule.zone = chance.one(['+00:00', '-05:00', '+09:00', '+05:30']);
    if (chance.often(40)) rule.holidays = chance.some(['2026-11-23', '2026-11-24', '2026-12-31', '2027-01-01', '2027-02-01', '2028-02-29'], 1, 3);
    if (chance.often(45)) rule.matter = chance.one(MATTERS);
    frame.deadlines.push(rule.id);
}

// ---------------------------------------------------------------------------------------------
// The scenario

function randomScenario(chance, id, count) {
    const windows = Object.fromEntries(Object.keys(QUESTIONS).map(question => [question, chance.often(60) ? `${chance.one(LENGTHS)}s` : undefined]));
    const letters = Object.keys(QUESTIONS);
    const injects = INJECTS.map((inject, index) => {
        const one = { id: inject, from: chance.one(['somebody', ...STAKEHOLDERS]), from_name: both('S'), via: chance.one(['phone', 'mail', inject === 'n1' ? 'news' : 'chat']), title: both('t'), body: both('b') };
        one.to = chance.often(25) ? 'room' : chance.some(ROLES, 1, 2);
        if (chance.often(75)) one.facts = chance.some(FACTS, 1, 3);
        if (chance.often(75)) one.tlp = chance.one(inject === 'n1' ? ['clear', 'green'] : ['red', 'red', 'amber-strict', 'amber', 'green', 'clear']);
        if (inject === 'i4' && chance.often(70)) Object.assign(one, { to: 'room', tlp: 'red', facts: chance.some(FACTS, 1, 2) });
        if (inject.startsWith('c')) {
            const name = chance.one(['message', 'message', 'escalation', 'knows', 'opened', 'ack', 'said', 'decision']);
            const { [name]: value, ...rest } = randomPattern(chance, name, { plain: true });
            if (chance.often(40)) {
                rest.by = chance.some(SEAT_NAMES, 1, 2);
                delete value.by;
            }
            if (chance.often(50)) one.kind = 'contingency';
            one.unless = { [name]: value, ...rest, within: `${chance.one(LENGTHS)}s`, of: chance.one(['i1', 'i2', 'i3']) };
            one.reason = both('r');
        } else {
            if (chance.often(70)) one.kind = chance.one(INJECT_KINDS);
            one.at = `${chance.one([0, 10, 20, 30, 40]) + 20 * index}s`;
        }
        if (index < letters.length) {
            const question = letters[index];
            one.question = { id: question, prompt: both('p'), options: QUESTIONS[question].map(option => ({ id: option, text: both('o') })) };
            if (windows[question]) one.question.within = windows[question];
            if (index !== 1) {
                const roles = one.to === 'room' ? ROLES : one.to;
                one.question.owner = chance.one(roles);
            }
        }
        return one;
    });
    const withTruths = chance.often(50);
    const facts = FACTS.map((fact, index) => {
        const one = { id: fact, text: both(fact), needs: {} };
        for (const party of chance.some([...ROLES, ...STAKEHOLDERS], 1, 5)) one.needs[party] = chance.one(['must', 'must', 'must', 'useful', 'never']);
        if (chance.often(70)) one.slot = chance.one(SLOTS);
        if (index > 0 && chance.often(40)) one.replaces = FACTS[chance.below(index)];
        if (withTruths && chance.often(50)) {
            const from = [...new Set(chance.some([0, 30, 60, 100], 1, 3))].sort((a, b) => a - b);
            one.truth = from.map(seconds => ({ from: `${seconds}s`, text: both('x'), holds: chance.often(50) }));
        }
        return one;
    });
    const frame = { pace: chance.one([1, 1, 6, 60, 360, 1440]), deadlines: [], windows };
    const rules = [];
    for (let number = 1; number <= count; number++) rules.push(randomRule(chance, `r${number}`, rules.map(one => one.id), frame));
    const stakeholders = STAKEHOLDERS.map(stakeholder => {
        const one = { id: stakeholder, name: both('N'), contact: both('c'), reach: { phone: { answer: 'yes', delay: '10s' }, mail: { answer: 'yes', delay: '20s' } } };
        if (stakeholder === 'head') one.audience = 'own';
        else if (chance.often(75)) one.audience = chance.one(AUDIENCES);
        return one;
    });
    const scenario = {
        id, title: both('t'), summary: both('s'), duration: '10m', mode: chance.one(MODES), languages: ['en', 'ja'],
        story_start: chance.one(['2026-11-20T22:00:00+09:00', '2026-11-20T22:00:00+09:00', '2026-12-30T23:59:50+09:00', '2027-01-31T12:00:00+00:00', '2027-01-29T20:00:00-03:30',
            '2028-02-28T09:00:00+05:30']),
        pace: frame.pace, organisation: 'default', seats: SEATS, objectives: [{ id: 'ob', text: both('o') }],
        slots: SLOTS.map(slot => ({ id: slot, name: both(slot) })),
        actions: [{ id: 'isolate', name: both('a'), targets: ['srv', 'pc'] }, { id: 'restore', name: both('a'), targets: ['srv', 'pc'] }],
        world: { w1: chance.one(WORLD.w1), w2: chance.one(WORLD.w2) },
        phases: PHASES.map(phase => ({ id: phase, name: both('p') })),
        matters: MATTERS,
        stakeholders,
    };
    return { scenario, facts, injects, rules };
}

// ---------------------------------------------------------------------------------------------
// The trace

class Trace {
    constructor(chance, parts) {
        this.chance = chance;
        this.parts = parts;
        this.events = [];
        this.pages = [];
        this.queue = [];
        this.at = 0;
        this.messages = [];
        this.input = 0;
        this.number = 0;
        this.pace = parts.scenario.pace;
        this.storyStart = Date.parse(parts.scenario.story_start);
        this.hours = [];
    }

    storyAt(x) {
        const page = this.pages.filter(one => one.at <= x).at(-1);
        return page ? page.story + (x - page.at) * page.pace : this.storyStart;
    }

    // Emits one event at this moment; `observed` makes it a late entry.
    emit(kind, actor, body = {}, { observed, cause, proxy, story, clock } = {}) {
        const event = { seq: this.events.length + 1, at_ms: this.at, kind, actor, body };
        if (observed !== undefined && observed < this.at) event.observed_ms = observed;
        event.story_ms = story ?? this.storyAt(observed ?? this.at);
        if (cause) event.cause = cause;
        if (proxy) event.proxy = true;
        if (!clock) event.input = ++this.input;
        if (['started', 'jumped', 'pace-changed'].includes(kind)) this.pages.push({ at: this.at, story: event.story_ms, pace: this.pace });
        if (['declared', 'messaged', 'decided'].includes(kind) && this.hours.length < 8) this.hours.push(event.story_ms);
        this.events.push(event);
        return event;
    }

    plan(at, what) {
        this.queue.push({ at: Math.max(at, this.at), number: this.number++, what });
    }

    later(percent = 0) {
        const { chance } = this;
        if (chance.often(percent)) return this.at;
        return this.at + 1000 * chance.one(LENGTHS) + chance.one([0, 0, 0, -1, 1]);
    }

    // A moment of the calendar at which something may be due, or a millisecond beside it.
    moment() {
        const { chance } = this;
        const beside = chance.one([0, 0, -1, 1]);
        if (this.hours.length > 0 && chance.often(45)) return chance.one(this.hours) + 3600000 * chance.one([1, 2, 4, 24, 72]) + beside;
        const zone = 3600000 * chance.one([9, 9, 0, -5, 5.5, -3.5]);
        const day = Math.floor((this.storyAt(this.at) + zone) / 86400000) + chance.one([0, 0, 1, 1, 2, 3, 4, 5, 28, 29, 30, 31, 32, 60]);
        const time = chance.one([86399999, 86399999, 43200000, 63000000, 86340000]);
        return day * 86400000 + time - zone + beside;
    }

    run(until) {
        for (;;) {
            this.queue.sort((a, b) => a.at - b.at || a.number - b.number);
            if (this.queue.length === 0 || this.queue[0].at > until || this.events.length > 110) return;
            const next = this.queue.shift();
            this.at = Math.max(this.at, next.at);
            next.what();
        }
    }

    // What everything of one act shares: when it was observed, and its moment on a gap sheet.
    frame() {
        const { chance } = this;
        const frame = {};
        if (this.at > 1 && chance.often(9)) {
            frame.observed = Math.max(1, Math.min(this.at, this.at - 1000 * chance.one([0, ...LENGTHS]) + chance.one([0, 0, -1, 1])));
            frame.proxy = true;
        } else if (chance.often(9)) {
            frame.story = this.moment();
        }
        return frame;
    }

    learn(frame, party, facts, source, through, cause) {
        for (const fact of facts) {
            const older = this.parts.facts.find(one => one.id === fact)?.replaces;
            const had = older && this.events.some(event => event.kind === 'learned' && event.actor === party && event.body.fact === older);
            this.emit('learned', party, { fact, source, through, replaces: had || (older && this.chance.often(5)) ? older : undefined },
                { observed: frame.observed, story: frame.story, cause: cause.seq, clock: true });
        }
    }

    seatsOf(to) {
        return SEATS.filter(seat => to.includes('room') || to.includes(seat.id) || seat.roles.some(role => to.includes(role))).map(seat => seat.id);
    }

    facts(inject) {
        return this.parts.injects.find(one => one.id === inject)?.facts ?? this.events.find(event => event.kind === 'improvised' && event.body.inject === inject)?.body.facts ?? [];
    }

    deliver(inject, why = 'clock', re) {
        const defined = this.parts.injects.find(one => one.id === inject);
        const improvised = this.events.find(event => event.kind === 'improvised' && event.body.inject === inject);
        const from = defined ?? improvised?.body;
        if (!from) return;
        const to = [from.to].flat();
        const frame = this.frame();
        const actor = why === 'hand' ? 'facilitator' : 'clock';
        this.emit('delivered', actor, { inject, to, via: from.via, why, re }, { ...frame, clock: actor === 'clock' });
        for (const seat of this.seatsOf(to)) {
            if (this.chance.often(70)) this.plan(this.later(20), () => this.open(seat, { inject }));
        }
        const question = defined?.question;
        if (question) {
            const answer = () => this.decide(this.chance.one(this.seatsOf(question.owner ? [question.owner] : to)), question.id);
            if (this.chance.often(70)) this.plan(question.within && this.chance.often(50) ? this.at + milliseconds(question.within) + this.chance.one([-1, 0, 1]) : this.later(20), answer);
            if (question.within && this.chance.often(30)) this.plan(this.at + milliseconds(question.within) + 1, () => this.emit('expired', 'clock', { question: question.id }, { clock: true }));
        }
    }

    open(seat, what) {
        const { chance } = this;
        const frame = this.frame();
        const event = this.emit('opened', seat, what, frame);
        const message = what.message && this.events.find(one => one.kind === 'messaged' && one.body.message === what.message);
        if (message) this.learn(frame, seat, message.body.facts ?? [], 'message', what.message, event);
        if (what.inject) this.learn(frame, seat, this.facts(what.inject), 'inject', what.inject, event);
        if (chance.often(45)) this.plan(this.later(30), () => this.emit('acked', seat, what, this.frame()));
        if (what.message && chance.often(25)) this.plan(this.later(30), () => this.emit('read-back', seat, { message: what.message }, this.frame()));
        if (chance.often(35)) this.plan(this.later(30), () => this.message(seat, { re: what.message ?? what.inject }));
    }

    known(seat) {
        return this.events.filter(event => event.kind === 'learned' && event.actor === seat).map(event => event.body.fact);
    }

    message(actor, more = {}, facts) {
        const { chance } = this;
        if (this.messages.length >= MESSAGES.length) return;
        const id = chance.often(2) && this.messages.length > 0 ? chance.one(this.messages) : MESSAGES[this.messages.length];
        const known = [...new Set(this.known(actor))];
        const body = { message: id, type: chance.one(TYPES), to: chance.often(12) ? ['room'] : [...new Set(chance.some(VALUES.to, 1, 3))], ...more };
        if (chance.often(65)) body.facts = chance.often(70) && known.length > 0 ? chance.some(known, 1, 3) : chance.some(FACTS, 1, 3);
        if (facts) body.facts = facts;
        if (chance.often(30)) body.unknown = chance.some(SLOTS, 1, 2);
        if (chance.often(85)) body.via = chance.one(['phone', 'phone', 'mail', 'chat']);
        if (chance.often(55)) body.tlp = chance.one(TLPS);
        if (chance.often(25)) body.readback = true;
        if (chance.often(25)) body.ack_within_ms = 1000 * chance.one(LENGTHS);
        if (chance.often(25)) body.next_update_ms = 1000 * chance.one(LENGTHS);
        if (chance.often(15) && !body.re && this.messages.length > 0) body.re = chance.one([...this.messages.slice(-3), 'i1', 'i2']);
        if (body.type === 'order' || chance.often(5)) Object.assign(body, { action: chance.one(VALUES.action), target: chance.one(VALUES.target), contested: chance.often(25) });
        if (['approval', 'statement'].includes(body.type) && this.messages.length > 0) {
            body.draft = chance.one(this.messages.slice(-4));
            if (body.type === 'approval') Object.assign(body, { unread: chance.often(40), contested: chance.often(20) });
            else body.approved = chance.often(50);
        }
        if (!this.messages.includes(id)) this.messages.push(id);
        const frame = this.frame();
        const event = this.emit('messaged', actor, body, frame);
        for (const party of body.to) {
            if (STAKEHOLDERS.includes(party) && chance.often(75)) this.plan(this.later(10), () => this.reach(party, body, event));
        }
        for (const seat of this.seatsOf(body.to)) {
            if (seat !== actor && chance.often(50)) this.plan(this.later(20), () => this.open(seat, { message: id }));
            else if (seat !== actor && chance.often(20)) this.plan(this.later(30), () => this.emit('acked', seat, { message: id, unread: true }, this.frame()));
        }
        if (body.type === 'order' && chance.often(60)) {
            this.plan(this.later(10), () => this.act(chance.one([...this.seatsOf(body.to), 'vendor']), { action: body.action, target: body.target, order: id }, event.seq));
        }
        if (body.type === 'approval-request' && chance.often(60)) {
            const seats = this.seatsOf(body.to);
            if (seats.length > 0) this.plan(this.later(10), () => this.message(chance.one(seats), { type: 'approval', draft: id, to: ['poc'] }));
        }
    }

    reach(party, body, event) {
        const { chance } = this;
        const frame = this.frame();
        const options = { ...frame, clock: true, cause: event.seq };
        const draw = chance.below(10);
        if (draw < 2) {
            this.emit('unreached', 'clock', { message: body.message, party, reason: chance.one(VALUES.reason) }, options);
        } else if (draw < 3) {
            this.emit('forwarded', party, { message: body.message, party: 'deputy' }, options);
        } else {
            if (chance.often(30)) this.emit('arrived', party, { message: body.message }, options);
            const reached = this.emit('reached', party, { message: body.message }, options);
            this.learn(frame, party, body.facts ?? [], 'message', body.message, reached);
            if (body.action && chance.often(30)) this.emit('challenged', party, { message: body.message, action: body.action }, { ...options, cause: reached.seq });
        }
    }

    act(actor, body, cause) {
        const { chance } = this;
        const event = this.emit('acted', actor, { ...body, contested: chance.often(25) }, { ...this.frame(), cause });
        if (chance.often(50)) this.set(event.seq);
    }

    set(cause) {
        const name = this.chance.one(Object.keys(WORLD));
        this.emit('world-set', cause ? 'story' : this.chance.one(['story', 'facilitator', 'clock']), { name, value: this.chance.one(WORLD[name]) }, { cause, clock: true });
    }

    decide(seat, question) {
        const { chance } = this;
        if (!seat) return;
        this.emit('decided', seat, { question, option: chance.one(QUESTIONS[question]), contested: chance.often(20), reason: chance.often(60) ? HASH : undefined }, this.frame());
    }

    said(seat) {
        const { chance } = this;
        const frame = this.frame();
        const known = [...new Set(this.known(seat))];
        const facts = chance.often(85) ? (chance.often(70) && known.length > 0 ? chance.some(known, 1, 2) : chance.some(FACTS, 1, 2)) : [];
        const to = chance.often(10) ? ['room'] : [...new Set(chance.some(VALUES.to, 1, 3))];
        const event = this.emit('said', seat, { facts, to }, frame);
        for (const other of this.seatsOf(to)) if (other !== seat && chance.often(70)) this.learn(frame, other, facts, 'said', seat, event);
        for (const party of to) if (STAKEHOLDERS.includes(party) && chance.often(70)) this.learn(frame, party, facts, 'said', seat, event);
    }

    // Reading, and a delivery whose attention runs out at the same moment and that is entered only then (2.6).
    tie() {
        const { chance } = this;
        const rules = this.parts.rules.filter(rule => rule.time !== 'story' && rule.when && 'knows' in rule.when && rule.when.attention);
        const rule = chance.one(rules.length > 0 ? rules : [{ when: { knows: {}, attention: '10s' } }]);
        const named = rule.when.knows?.fact ?? (typeof rule.when.knows === 'object' && !Array.isArray(rule.when.knows) ? FACTS : rule.when.knows);
        const by = [rule.when.by ?? rule.when.knows?.by ?? ROLES].flat().filter(name => SEAT_NAMES.includes(name));
        const seat = SEATS.find(one => one.id === by[0] || one.roles.includes(by[0])) ?? chance.one(SEATS);
        const fact = chance.one([named ?? FACTS].flat());
        const observed = this.at - milliseconds(rule.when.attention);
        this.emit('learned', seat.id, { fact, source: 'revealed' }, { clock: true });
        const having = this.parts.injects.filter(one => (one.facts ?? []).includes(fact));
        if (observed >= 1 && having.length > 0 && chance.often(50)) {
            this.emit('delivered', 'facilitator', { inject: chance.one(having).id, to: [chance.one(seat.roles)], via: 'phone', why: 'hand' }, { observed, proxy: true });
            return;
        }
        if (observed < 1 || this.messages.length >= MESSAGES.length) return;
        const id = MESSAGES[this.messages.length];
        this.messages.push(id);
        this.emit('messaged', chance.one(SEATS).id, { message: id, type: 'info', to: [chance.one(seat.roles)], facts: [fact] }, { observed, proxy: true });
    }

    // Somebody is told what turns out to be wrong, perhaps by the very one who puts it right.
    correct() {
        const { chance } = this;
        const newer = this.parts.injects.flatMap(inject => (inject.facts ?? []).map(id => ({ inject, fact: this.parts.facts.find(one => one.id === id) })))
            .filter(({ inject, fact }) => fact.replaces && STAKEHOLDERS.includes(inject.from));
        if (newer.length === 0) return;
        const { inject, fact } = chance.one(newer);
        const seat = chance.one(SEATS).id;
        const first = this.emit('learned', seat, { fact: fact.replaces, source: 'revealed' }, { clock: true });
        for (const party of [inject.from, chance.one(STAKEHOLDERS)]) {
            this.emit('learned', party, { fact: fact.replaces, source: chance.one(['message', 'said', 'inject']), through: seat }, { clock: true, cause: first.seq });
        }
        this.plan(this.later(50), () => this.open(seat, { inject: inject.id }));
    }

    // What somebody has heard from an inject goes on to those who may or may not have it.
    pass(inject) {
        const { chance } = this;
        const facts = this.facts(inject);
        const seat = chance.one(SEATS).id;
        if (facts.length === 0 || this.messages.length >= MESSAGES.length) return;
        this.open(seat, { inject });
        const to = chance.often(50) ? ['room'] : chance.some(VALUES.to, 1, 2);
        this.plan(this.later(60), () => this.message(seat, { to: [...new Set(to)] }, [chance.one(facts)]));
    }

    // The steps of a sequence, each when its gap ends or a millisecond beside it.
    chain() {
        const { chance } = this;
        const isLink = ({ within, ...step }) => CHAIN.some(link => isDeepStrictEqual(link, step));
        const rules = this.parts.rules.filter(rule => rule.kind === 'sequence' && rule.steps.every(isLink));
        if (rules.length === 0) return;
        let at = this.at;
        const rule = chance.one(rules);
        for (const step of rule.steps) {
            const name = Object.keys(step)[0];
            if (step.within) at += Math.floor(milliseconds(step.within) / (rule.time ? this.pace : 1)) + chance.one([-1, 0, 0, 1]);
            else at += chance.one([0, 0, 1000]);
            if (name === 'declaration') this.plan(at, () => this.emit('declared', 'desk-b', { status: step.declaration, of: chance.one(MATTERS) }));
            else if (name === 'note') this.plan(at, () => this.emit('noted', step.note.by === 'poc' ? 'desk-a' : 'commander'));
            else if (name === 'phase') this.plan(at, () => this.emit('phase-changed', 'facilitator', { phase: step.phase }));
        }
    }

    something() {
        const { chance } = this;
        const seat = chance.one(SEATS).id;
        const draw = chance.below(100);
        if (draw < 24) return this.message(chance.often(90) ? seat : chance.one(STAKEHOLDERS));
        if (draw < 32) return this.said(seat);
        if (draw < 36) return this.pass(chance.one([...INJECTS, 'i4', 'i4', 'i4']));
        if (draw < 39) return this.open(seat, this.messages.length > 0 && chance.often(50) ? { message: chance.one(this.messages) } : { inject: chance.one([...INJECTS, ...IMPROVISED]) });
        if (draw < 41) return this.tie();
        if (draw < 44) return this.emit('acked', seat, { ...(chance.often(60) ? { message: chance.one(MESSAGES.slice(0, 8)) } : { inject: chance.one(INJECTS) }), unread: chance.often(40) }, this.frame());
        if (draw < 49) {
            const frame = this.frame();
            const facts = chance.some(FACTS, 0, 2);
            const from = chance.one(VALUES.from);
            return this.learn(frame, seat, facts, 'heard', from, this.emit('heard', seat, { facts, from }, frame));
        }
        if (draw < 53) {
            const frame = this.frame();
            const to = chance.one(ROLES);
            const facts = chance.some(this.known(seat), 0, 2);
            return this.learn(frame, this.seatsOf([to])[0], facts, 'handoff', seat, this.emit('handed-off', seat, { facts: [...new Set(facts)], to }, frame));
        }
        if (draw < 59) {
            const frame = this.frame();
            return this.emit('learned', seat, { fact: chance.one(FACTS), source: chance.one(['revealed', 'unrecorded']) }, { ...frame, clock: true });
        }
        if (draw < 66) return this.emit('declared', seat, { status: chance.one(STATUSES), of: chance.often(75) ? chance.one(MATTERS) : undefined }, this.frame());
        if (draw < 72) return this.set();
        if (draw < 76) return this.emit('phase-changed', 'facilitator', { phase: chance.one(PHASES) });
        if (draw < 80) return this.act(seat, { action: chance.one(VALUES.action), target: chance.one(VALUES.target) });
        if (draw < 84) return this.emit('noted', seat, {}, this.frame());
        if (draw < 88) return this.emit('hinted', 'facilitator', { rule: chance.one(this.parts.rules).id, to: [chance.one(ROLES)] }, chance.often(20) ? this.frame() : {});
        if (draw < 90) {
            const question = chance.one(Object.keys(QUESTIONS));
            return this.decide(seat, question);
        }
        if (draw < 93) {
            const inject = chance.one(IMPROVISED);
            this.emit('improvised', 'facilitator', { inject, to: chance.often(30) ? ['room'] : chance.some(ROLES, 1, 2), via: chance.one(['phone', 'news']), from: 'somebody', facts: chance.some(FACTS, 1, 2),
                tlp: chance.often(60) ? chance.one(TLPS) : undefined });
            this.deliver(inject, 'hand');
            return this.pass(inject);
        }
        if (draw < 95) {
            const story = Math.max(this.storyAt(this.at) + 1, this.moment());
            return this.emit('jumped', 'facilitator', { story_ms: story }, { story });
        }
        if (draw < 97) {
            const story = this.storyAt(this.at);
            this.pace = chance.one([1, 6, 60, 360, 1440]);
            return this.emit('pace-changed', 'facilitator', { pace: this.pace }, { story });
        }
        if (draw < 98) {
            this.emit('paused', 'facilitator', { reason: 'facilitator' });
            this.message(seat);
            return this.emit('resumed', 'facilitator');
        }
        return this.emit('receiver-tested', 'evaluator', { message: chance.one(MESSAGES.slice(0, 8)), ask: chance.often(50), by_when: chance.often(50), unknown: chance.often(50) });
    }
}

// A whole play: what comes, what follows of it, and some things that nobody expects.
function randomTrace(chance, parts) {
    const trace = new Trace(chance, parts);
    if (chance.often(97)) {
        trace.emit('created', 'host', { content: 'c', lua: '5.4.4', mode: chance.one(MODES), pace: trace.pace, semantics: 1 });
    }
    if (chance.often(10)) trace.emit('assigned', 'facilitator', { seat: 'desk-a', person: 'p1' });
    trace.emit('started', 'facilitator', {});
    for (const inject of parts.injects) {
        if (inject.at && chance.often(80)) trace.plan(milliseconds(inject.at), () => trace.deliver(inject.id));
        else if (inject.unless && chance.often(60)) trace.plan(1000 * chance.one([20, 40, 60, 90, 120]) + chance.one([0, 1]), () => trace.deliver(inject.id, 'unless'));
        else if (chance.often(30)) trace.plan(1000 * chance.one([20, 40, 60, 90, 120]), () => trace.deliver(inject.id, 'hand', chance.often(50) ? 'm1' : undefined));
    }
    if (chance.often(60)) trace.plan(1000 * chance.one([0, 5, 20, 40]), () => trace.chain());
    if (chance.often(40)) trace.plan(1000 * chance.one(LENGTHS) + chance.one([1, 500]), () => trace.tie());
    if (chance.often(30)) trace.plan(1000 * chance.one([0, 20, 60]), () => trace.correct());
    const count = 8 + chance.below(22);
    for (let left = count; left > 0; left--) trace.plan(10000 * chance.below(18) + chance.one([0, 0, 0, 0, -1, 1]), () => trace.something());
    const length = 1000 * chance.one([60, 100, 150, 180, 200]) + chance.one([0, 0, 1, -1]);
    trace.run(length);
    const definition = { ...parts.scenario, facts: parts.facts, injects: parts.injects };
    const log = () => trace.events.map(clean);
    const clocks = new Set(parts.rules.filter(rule => rule.kind === 'deadline' || rule.time === 'story').map(rule => rule.id));
    const bounded = () => evaluateNamed(definition, parts.rules, log()).map(one => one.finding).filter(finding => clocks.has(finding.rule) && finding.bound_ms !== undefined);
    if (chance.often(50)) {
        // The calendar jumps to where a clock runs out, and stays there.
        const open = bounded().filter(finding => finding.target_seq === undefined && finding.bound_ms > trace.storyAt(trace.at) + 1);
        if (open.length > 0) {
            const story = chance.one(open).bound_ms + chance.one([-1, 0, 0, 1]);
            trace.emit('jumped', 'facilitator', { story_ms: story }, { story });
        }
    }
    if (chance.often(20)) {
        for (let left = 3; left > 0; left--) {
            const story = trace.storyAt(trace.at) + chance.one([0, 1, 3600000]);
            if (chance.often(50)) trace.emit('noted', 'desk-a', {}, { story });
            else trace.emit('declared', 'desk-a', { status: chance.one(STATUSES), of: chance.one(MATTERS) }, { story });
        }
    }
    const ending = chance.below(10);
    if (ending < 7) {
        trace.at = Math.max(trace.at, chance.often(40) ? trace.at : length);
        if (chance.often(90)) trace.emit('ended', 'facilitator', {}, chance.often(6) ? { observed: Math.max(1, trace.at - 10000) } : {});
        else trace.emit('stopped', 'facilitator', {});
        for (let left = chance.below(5); left > 0; left--) trace.something();
        trace.queue = [];
        if (chance.often(40)) {
            trace.at += chance.one([1, 10000]);
            trace.emit('rated', 'evaluator', { capability: chance.one(['c', 'd']), rating: chance.one(['P', 'S', 'M', 'U']) });
            for (let left = chance.below(3); left > 0; left--) trace.something();
            trace.queue = [];
        }
    } else if (chance.often(50)) {
        trace.at += chance.one([1000 * chance.one(LENGTHS), 1000 * chance.one(LENGTHS) + 1, 86400000]);
        trace.emit('rated', 'evaluator', { capability: 'c', rating: 'S' });
    }
    if (chance.often(60)) {
        for (let left = 1 + chance.below(4); left > 0; left--) {
            trace.emit('annulled', 'facilitator', { event: 1 + chance.below(trace.events.length) });
        }
    }
    if (chance.often(15)) trace.emit('receiver-tested', 'evaluator', { message: chance.one(MESSAGES.slice(0, 5)), ask: chance.often(50), by_when: chance.often(50), unknown: chance.often(50) });
    // Some of what met a clock of the calendar stands on a gap sheet, at the bound or beside it.
    for (const finding of bounded()) {
        const met = trace.events[finding.target_seq - 1];
        if (!met || ['started', 'jumped', 'pace-changed'].includes(met.kind) || met.observed_ms !== undefined || chance.often(60)) continue;
        met.story_ms = finding.bound_ms + chance.one([-1, 0, 0, 1, 1, 3000]);
    }
    if (chance.often(50)) {
        const names = evaluateNamed(definition, parts.rules, log()).map(one => one.name);
        let ruled;
        for (let left = 1 + chance.below(6); left > 0; left--) {
            const finding = ruled !== undefined && chance.often(30) ? ruled : chance.one(names);
            ruled = finding;
            const draw = chance.below(10);
            if (draw < 7) trace.emit('ruled', 'facilitator', { finding, text: HASH, verdict: chance.often(90) ? chance.one(['satisfied', 'violated', 'excused']) : undefined });
            else if (draw < 8) trace.emit('disputed', 'desk-a', { finding, text: HASH });
            else if (draw < 9) trace.emit('caused', 'facilitator', { finding, text: HASH, cause: chance.one(['skill', 'procedure', 'authority', 'contact-data', 'overload', 'tool', 'scenario']) });
            else trace.emit('annulled', 'facilitator', { event: trace.events.length });
        }
    }
    if (chance.often(40)) trace.emit('sealed', 'facilitator');
    return log();
}

// Canonical: keys in order, and nothing that is empty or false.
export function clean(event) {
    const sorted = value => {
        if (Array.isArray(value) || value === null || typeof value !== 'object') return value;
        return Object.fromEntries(Object.keys(value).sort().filter(key => value[key] !== undefined).map(key => [key, sorted(value[key])]));
    };
    const body = Object.fromEntries(Object.entries(event.body).filter(([, value]) => value !== undefined && value !== false && value !== '' && value !== 0 &&
        !(Array.isArray(value) && value.length === 0)));
    return sorted({ ...event, body });
}

// ---------------------------------------------------------------------------------------------

// The case of a seed: {seed, scenario, facts, injects, rules, log}.
export function randomCase(seed, rules = 40) {
    const chance = new Chance(seed);
    const parts = randomScenario(chance, `oracle-${seed}`, rules);
    return { seed, ...parts, log: randomTrace(chance, parts) };
}

export const definitionOf = one => ({ ...one.scenario, facts: one.facts, injects: one.injects });

export function writeCase(folder, one) {
    mkdirSync(folder, { recursive: true });
    for (const part of ['scenario', 'facts', 'injects', 'rules']) writeFileSync(`${folder}/${part}.yaml`, `${JSON.stringify(one[part], null, 1)}\n`);
    writeFileSync(`${folder}/events.jsonl`, one.log.map(event => `${JSON.stringify(event)}\n`).join(''));
}
