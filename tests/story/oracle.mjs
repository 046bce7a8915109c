// The second scorer: evaluates rules over a log as docs/rules.md says, section by section, as plainly as
// it can be written down, and compares that with what the program finds. What is played comes from a
// seed: a random scenario with random rules, and inputs at, just before and just after the bounds.
//
// usage: oracle.mjs PROGRAM WORK-FOLDER SEEDS FIRST-SEED

import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual, promisify } from 'node:util';

const run = promisify(execFile);

// ---------------------------------------------------------------------------------------------
// Patterns (docs/patterns.md)

// name: kind of event, the field of a bare value, the conditions
const MESSAGE = 'by action approved contested draft facts message re readback target tlp to type unknown unread via';
const PATTERNS = {
    ack: ['acked', 'message', 'by inject message unread'],
    action: ['acted', 'action', 'by action contested order target'],
    challenged: ['challenged', 'action', 'by action message'],
    decision: ['decided', 'question', 'by contested option question'],
    declaration: ['declared', 'status', 'by of status'],
    delivered: ['delivered', 'inject', 'by inject re to via why'],
    ended: ['ended', null, 'by by_story'],
    escalation: ['messaged', 'to', MESSAGE],
    expired: ['expired', 'question', 'by question'],
    forwarded: ['forwarded', 'party', 'by message party'],
    handoff: ['handed-off', 'to', 'by facts to'],
    heard: ['heard', 'facts', 'by facts from'],
    knows: ['learned', 'fact', 'by fact replaces source through'],
    message: ['messaged', 'type', MESSAGE],
    note: ['noted', null, 'by'],
    opened: ['opened', 'inject', 'by inject message'],
    phase: ['phase-changed', 'phase', 'by phase'],
    reached: ['reached', 'by', 'by message'],
    readback: ['read-back', 'message', 'by message'],
    said: ['said', 'facts', 'by facts to'],
    started: ['started', null, 'by'],
    unreached: ['unreached', 'party', 'by message party reason'],
};

const asList = value => (Array.isArray(value) ? value : [value]);
const NOT_CONDITIONS = ['attention', 'within'];

function milliseconds(text) {
    if (text === undefined) return undefined;
    let sum = 0;
    for (const [, number, unit] of text.matchAll(/(\d+)([hms])/g)) sum += number * { h: 3600000, m: 60000, s: 1000 }[unit];
    return sum;
}

// A pattern as written in YAML: {name: value, more conditions…}. Triggers have `of` beside the pattern.
function pattern(written, trigger = false) {
    const name = Object.keys(written).find(key => key in PATTERNS);
    const [kind, main] = PATTERNS[name];
    const result = { name, kind, fixed: name === 'escalation' ? { type: 'escalation' } : {}, conditions: {} };
    const add = (field, value) => (result.conditions[field] = asList(value));
    const value = written[name];
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
        for (const field in value) add(field, value[field]);
    } else {
        add(main, value);
    }
    for (const field in written) {
        if (field !== name && !NOT_CONDITIONS.includes(field) && !(trigger && field === 'of')) add(field, written[field]);
    }
    result.attention = milliseconds(written.attention) ?? 0;
    return result;
}

// ---------------------------------------------------------------------------------------------
// The second scorer (docs/rules.md, part 2)

// What comes seldom by chance and must have been tried; the summary counts it.
const CASES = {
    tieAgainstTrace: 'ties won against the order of the trace', // 2.5: the smaller `seq` was entered first, but stands later
    tieAgainstReading: 'ties won by a delivery against reading it', // 2.5: the same time, the smaller `seq`
    saidUnknown: 'facts covered by saying that one does not know', // 2.7
    hidUnknown: 'facts called unknown by somebody who knew', // 2.7
};

class Scorer {
    constructor(definition, log) {
        this.definition = definition;
        this.cases = Object.fromEntries(Object.keys(CASES).map(name => [name, 0]));
        this.readTrace(log);
    }

    // 2.1
    readTrace(log) {
        const time = event => event.observed_ms ?? event.at_ms;
        const untouchable = ['annulled', 'created', 'started', 'ended', 'stopped', 'sealed'];
        const gone = new Set();
        for (const event of log) {
            const named = event.kind === 'annulled' && log.find(other => other.seq === event.body.event);
            if (named && !untouchable.includes(named.kind)) gone.add(named.seq);
        }
        for (const event of log) {
            const follows = ['acted', 'arrived', 'challenged', 'expired', 'forwarded', 'learned', 'reached', 'unreached'].includes(event.kind);
            if (follows && gone.has(event.cause)) gone.add(event.seq);
        }
        let trace = log.filter(event => !gone.has(event.seq)).map(event => ({ ...event, t: time(event) }));
        trace.sort((a, b) => a.t - b.t || a.seq - b.seq);
        const end = trace.find(event => event.kind === 'ended' || event.kind === 'stopped');
        if (end) trace = trace.filter(event => event.t <= end.t);
        trace.forEach((event, index) => (event.index = index));
        this.trace = trace;
        this.ended = Boolean(end);
        this.now = Math.max(...log.map(event => event.at_ms));
        this.horizon = end ? Math.min(this.now, end.t) : this.now;
        this.mode = log.find(event => event.kind === 'created')?.body.mode ?? this.definition.mode;
    }

    // 2.2
    seats(name) {
        return this.definition.seats.filter(seat => seat.id === name || seat.roles.includes(name)).map(seat => seat.id);
    }

    sameParty(a, b) {
        return a === b || this.seats(a).some(seat => this.seats(b).includes(seat));
    }

    holds(field, values, event) {
        if (field === 'by') {
            return values.some(value => value === event.actor || this.seats(value).includes(event.actor));
        }
        const value = event.body[field];
        if (typeof values[0] === 'boolean') return values.includes(value ?? false);
        return value !== undefined && asList(value).some(one => values.includes(one));
    }

    fitsName(pattern, event) {
        return event.kind === pattern.kind && Object.keys(pattern.fixed).every(field => event.body[field] === pattern.fixed[field]);
    }

    failing(pattern, event) {
        return Object.keys(pattern.conditions).filter(field => !this.holds(field, pattern.conditions[field], event));
    }

    matches(pattern, event) {
        return this.fitsName(pattern, event) && this.failing(pattern, event).length === 0;
    }

    unread(event) {
        return event.kind === 'acked' && event.body.unread === true;
    }

    isTarget(pattern, event) {
        return this.matches(pattern, event) && !this.unread(event);
    }

    // 2.3: a key, or null where the event lacks it
    activationKey(rule, event) {
        if (!rule.match) return '';
        if (rule.match === 'by') return event.actor || null;
        if (rule.match === 're') return event.body.message || event.body.inject || null;
        return event.body[rule.match] || null;
    }

    targetKey(rule, event) {
        if (!rule.match) return '';
        return (rule.match === 'by' ? event.actor : event.body[rule.match]) || null;
    }

    // All findings, 2.6 and 2.9
    score(rules) {
        const byRule = new Map();
        for (const written of rules) {
            const rule = { ...written, when: pattern(written.when), then: pattern(written.then) };
            let findings;
            if (rule.modes && !rule.modes.includes(this.mode)) {
                findings = [{ verdict: 'not_measured' }];
            } else {
                findings = rule.kind === 'precede' ? this.precede(rule) : this.duties(rule);
                if (findings.length === 0) findings = [{ verdict: 'not_activated' }];
            }
            for (const finding of findings) {
                finding.rule = rule.id;
                if (finding.verdict !== 'violated') continue;
                const root = (rule.caused_by ?? []).find(id =>
                    (byRule.get(id) ?? []).some(other => other.verdict === 'violated' || other.verdict === 'excused'));
                if (root) {
                    finding.verdict = 'excused';
                    finding.excused_by = root;
                }
            }
            byRule.set(rule.id, findings);
        }
        return [...byRule.values()].flat();
    }

    duties(rule) {
        const instances = rule.kind === 'each' ? this.eachInstances(rule) : this.respondInstances(rule);
        return instances.filter(instance => instance.start <= this.horizon).map(instance => this.duty(rule, instance));
    }

    // 2.4 and 2.5: {opening, activation, fact, key, start, bound, target}
    respondInstances(rule) {
        const within = milliseconds(rule.within);
        const instances = [];
        if (rule.when.name === 'knows' || rule.when.name === 'opened') {
            const byKey = new Map();
            for (const candidate of this.candidates(rule)) {
                byKey.set(candidate.key, [...(byKey.get(candidate.key) ?? []), candidate]);
            }
            for (const [key, candidates] of byKey) {
                const first = candidates.reduce((a, b) => (b.time < a.time || (b.time === a.time && b.event.seq < a.event.seq) ? b : a));
                const equal = candidates.filter(one => one.time === first.time);
                if (equal[0] !== first) this.cases.tieAgainstTrace++;
                if (first.time !== first.event.t && equal.some(one => one.time === one.event.t)) this.cases.tieAgainstReading++;
                instances.push({ key, opening: candidates[0].event, activation: first.event, fact: first.fact, start: first.time });
            }
        } else {
            for (const event of this.trace) {
                const key = this.activationKey(rule, event);
                if (this.matches(rule.when, event) && key !== null) {
                    instances.push({ key, opening: event, activation: event, start: event.t });
                }
            }
        }
        for (const instance of instances) {
            const { opening, key } = instance;
            const target = this.trace.find(event => this.isTarget(rule.then, event) && this.targetKey(rule, event) === key &&
                (rule.then.name === 'knows' || event.index > opening.index));
            instance.target = target;
            if (target && target.index > opening.index && target.t < instance.start) instance.start = target.t;
            if (within !== undefined) instance.bound = instance.start + within;
        }
        return instances;
    }

    // 2.5
    candidates(rule) {
        const { when } = rule;
        const list = [];
        const deliveries = when.attention > 0 && (!rule.match || rule.match === (when.name === 'knows' ? 'fact' : 'inject'));
        const wanted = field => value => !when.conditions[field] || when.conditions[field].includes(value);
        for (const event of this.trace) {
            const key = this.activationKey(rule, event);
            if (this.matches(when, event) && key !== null) list.push({ event, key, time: event.t });
            if (!deliveries || !this.addressed(when.conditions.by, event)) continue;
            const time = event.t + when.attention;
            if (when.name === 'opened') {
                if (event.kind === 'delivered' && wanted('inject')(event.body.inject)) {
                    list.push({ event, key: rule.match ? event.body.inject : '', time });
                }
            } else if (event.kind === 'delivered' || event.kind === 'messaged') {
                const facts = (event.kind === 'delivered' ? this.factsOf(event.body.inject) : event.body.facts ?? []).filter(wanted('fact'));
                if (facts.length === 0) continue;
                for (const key of rule.match ? facts : ['']) list.push({ event, key, time, fact: rule.match ? key : facts[0] });
            }
        }
        return list;
    }

    addressed(by, event) {
        if (!by) return true;
        const to = asList(event.body.to ?? []);
        return to.some(party => by.some(value => this.sameParty(party, value))) ||
            (to.includes('room') && by.some(value => this.seats(value).length > 0));
    }

    factsOf(inject) {
        const defined = this.definition.injects.find(one => one.id === inject);
        if (defined) return defined.facts ?? [];
        return this.trace.find(event => event.kind === 'improvised' && event.body.inject === inject)?.body.facts ?? [];
    }

    // 2.4
    eachInstances(rule) {
        const within = milliseconds(rule.within);
        const instances = [];
        for (const event of this.trace) {
            const key = this.activationKey(rule, event);
            if (!this.matches(rule.when, event) || key === null) continue;
            const asked = event.kind === 'messaged' ? event.body.ack_within_ms ?? 0 : 0;
            if (event.kind === 'messaged' && !asked && within === undefined) continue;
            const window = asked || within;
            instances.push({ key, opening: event, activation: event, start: event.t, bound: window && event.t + window });
        }
        for (const event of this.trace) {
            if (!this.isTarget(rule.then, event)) continue;
            const key = this.targetKey(rule, event);
            const open = instances.filter(one => one.key === key && one.opening.index < event.index && !one.target);
            const served = open.find(one => one.bound === undefined || one.bound >= event.t) ?? open[0];
            if (served) served.target = event;
        }
        return instances;
    }

    // 2.6 for one instance of `respond` or `each`
    duty(rule, instance) {
        const { activation, target, start, bound, opening } = instance;
        const finding = { activation_seq: activation.seq, start_ms: start, bound_ms: bound };
        if (target) {
            finding.target_seq = target.seq;
            finding.met_ms = Math.max(target.t, start);
            if (bound !== undefined) finding.margin_ms = bound - finding.met_ms;
            finding.verdict = bound === undefined || finding.met_ms <= bound ? 'satisfied' : 'violated';
        } else if (!this.ended) {
            finding.verdict = bound === undefined || this.now <= bound ? 'pending' : 'violated';
        } else {
            finding.verdict = bound !== undefined && bound > this.horizon ? 'inconclusive' : 'violated';
        }
        const helped = target && this.trace.some(event => event.index > opening.index && event.index < target.index &&
            (this.hints(rule, event) || this.helpsOut(rule, event)));
        this.points(rule, finding, Boolean(target), target ? this.content(rule, target) : 0, helped);
        if (finding.verdict !== 'satisfied') this.nearestMiss(rule, instance, finding);
        finding.subject = instance.fact ?? this.subject(activation);
        finding.actor = this.credited(rule, target, activation);
        return finding;
    }

    precede(rule) {
        const allBefore = this.trace.filter(event => this.matches(rule.when, event));
        const findings = [];
        for (const late of this.trace) {
            const key = this.targetKey(rule, late);
            if (!this.isTarget(rule.then, late) || key === null) continue;
            const first = allBefore.find(event => this.activationKey(rule, event) === key);
            const before = first && first.index < late.index ? first : undefined;
            const finding = { verdict: before ? 'satisfied' : 'violated', target_seq: late.seq, bound_ms: late.t };
            if (before) finding.activation_seq = before.seq;
            if (first) {
                finding.met_ms = first.t;
                finding.margin_ms = late.t - first.t;
            }
            const helped = first && this.trace.some(event => event.index < first.index && this.hints(rule, event));
            this.points(rule, finding, Boolean(first), first ? 1000 : 0, helped);
            if (!before) {
                const keyed = this.trace.filter(event => this.activationKey(rule, event) === key);
                const after = allBefore.find(event => event.index >= late.index && keyed.includes(event));
                const near = keyed.find(event => event.index < late.index && this.fitsName(rule.when, event) && this.failing(rule.when, event).length === 1);
                if (after) Object.assign(finding, { miss_seq: after.seq, miss_why: 'late' });
                else if (near) Object.assign(finding, { miss_seq: near.seq, miss_why: this.failing(rule.when, near)[0] });
            }
            finding.subject = this.subject(late);
            finding.actor = rule.role ? this.credited(rule) : this.isSeat(late.actor) ? late.actor : undefined;
            findings.push(finding);
        }
        return findings;
    }

    // 2.7
    points(rule, finding, done, content, helped) {
        if (finding.verdict === 'pending' || finding.verdict === 'inconclusive') return;
        const grace = milliseconds(rule.grace) ?? 0;
        let time = 0;
        if (finding.verdict === 'satisfied') {
            time = 1000;
        } else if (done && -finding.margin_ms < grace) {
            time = Math.floor((1000 * (grace + finding.margin_ms)) / grace);
        }
        finding.time_permille = time;
        finding.content_permille = content;
        finding.assistance_permille = done ? (helped ? 500 : 1000) : 0;
    }

    content(rule, target) {
        const facts = target.body.facts ?? [];
        const unknown = target.body.unknown ?? [];
        if (!['messaged', 'said'].includes(target.kind) || facts.length + unknown.length === 0) return 1000;
        const listed = target.body.to.filter(party => rule.then.conditions.to?.includes(party));
        const parties = listed.length > 0 ? listed : target.body.to;
        const knows = (party, fact) => this.trace.some(event => event.kind === 'learned' && event.index < target.index &&
            event.body.fact === fact && this.sameParty(event.actor, party));
        // The needs of a fact are looked up by the name that the message was addressed to.
        const need = (party, fact, what) => fact.needs?.[party] === what;
        const saysUnknown = fact => fact.slot !== undefined && unknown.includes(fact.slot);
        const must = this.definition.facts.filter(fact =>
            parties.some(party => need(party, fact, 'must') && !knows(party, fact.id)) &&
            (knows(target.actor, fact.id) || facts.includes(fact.id) || saysUnknown(fact)));
        const covered = must.filter(fact => facts.includes(fact.id) || (saysUnknown(fact) && !knows(target.actor, fact.id)));
        if (covered.some(fact => !facts.includes(fact.id))) this.cases.saidUnknown++;
        if (must.some(fact => saysUnknown(fact) && !covered.includes(fact))) this.cases.hidUnknown++;
        const bad = facts.filter(id => parties.some(party => need(party, this.definition.facts.find(fact => fact.id === id), 'never')));
        const recall = must.length === 0 ? 1000 : Math.floor((1000 * covered.length) / must.length);
        const precision = facts.length === 0 ? 1000 : Math.floor((1000 * (facts.length - bad.length)) / facts.length);
        return Math.floor((recall * precision) / 1000);
    }

    hints(rule, event) {
        return event.kind === 'hinted' && event.body.rule === rule.id;
    }

    helpsOut(rule, event) {
        const inject = event.kind === 'delivered' && this.definition.injects.find(one => one.id === event.body.inject);
        return Boolean(inject && inject.kind === 'contingency' && inject.unless && this.overlap(pattern(inject.unless, true), rule.then));
    }

    overlap(a, b) {
        if (a.kind !== b.kind) return false;
        const restricted = one => ({ ...one.conditions, ...Object.fromEntries(Object.entries(one.fixed).map(([field, value]) => [field, [value]])) });
        const [left, right] = [restricted(a), restricted(b)];
        return Object.keys(left).filter(field => field in right).every(field =>
            left[field].some(x => right[field].some(y => x === y || (field === 'by' && this.sameParty(x, y)))));
    }

    // 2.8
    subject(event) {
        for (const field of ['message', 'inject', 'fact', 'question', 'action', 'of', 'name', 'phase']) {
            if (event.body[field]) return event.body[field];
        }
        return undefined;
    }

    nearestMiss(rule, { opening, target, bound, key }, finding) {
        const miss = (event, why) => Object.assign(finding, { miss_seq: event.seq, miss_why: why });
        if (target) return miss(target, 'late');
        const { then, when } = rule;
        const later = this.trace.filter(event => event.index > opening.index && (bound === undefined || event.t <= bound));
        if (['knows', 'reached'].includes(then.name) && then.conditions.by && !rule.match) {
            const wanted = then.conditions.fact;
            const sent = later.find(event => event.kind === 'messaged' && this.addressed(then.conditions.by, event) &&
                (then.name === 'reached' || (event.body.facts ?? []).some(fact => !wanted || wanted.includes(fact))));
            if (sent) return miss(sent, 'unreached');
        }
        for (const event of later) {
            if (this.targetKey(rule, event) !== key || !this.fitsName(then, event)) continue;
            const failing = this.failing(then, event);
            if (failing.length === 1 && !this.matches(when, event)) return miss(event, failing[0]);
            if (failing.length === 0 && this.unread(event)) return miss(event, 'unread');
        }
        return undefined;
    }

    isSeat(name) {
        return this.definition.seats.some(seat => seat.id === name);
    }

    credited(rule, target, activation) {
        if (rule.role) return this.seats(rule.role)[0] ?? rule.role;
        if (target && target.kind !== 'learned') return this.isSeat(target.actor) ? target.actor : undefined;
        if (!activation) return undefined;
        if (activation.body.to !== undefined) {
            const to = asList(activation.body.to);
            const named = new Set(to.flatMap(party => this.seats(party)));
            return to.every(party => this.seats(party).length > 0) && named.size === 1 ? [...named][0] : undefined;
        }
        return this.isSeat(activation.actor) ? activation.actor : undefined;
    }
}

// ---------------------------------------------------------------------------------------------
// Random scenarios and inputs

class Chance {
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
}

const RANDOM_RULES = 14;
const RULES = RANDOM_RULES + 6; // and those of `tieRules` and `reportRules`
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
const WINDOWS = ['10s', '20s', '30s', '40s', '60s'];
const VALUES = {
    by: [...ROLES, ...ROLES, 'desk-a', 'desk-b', ...STAKEHOLDERS, 'facilitator'],
    to: [...ROLES, 'desk-a', 'desk-b', ...STAKEHOLDERS],
    inject: INJECTS, message: MESSAGES, re: [...MESSAGES, 'i1', 'i2'], facts: FACTS, unknown: SLOTS, fact: FACTS,
    draft: MESSAGES, order: MESSAGES, replaces: FACTS, through: [...MESSAGES, ...INJECTS, 'desk-a'],
    source: ['inject', 'message', 'said', 'heard', 'handoff', 'unrecorded', 'revealed'],
    action: ['isolate', 'restore'], target: ['srv', 'pc'], question: QUESTIONS, option: ['a1', 'a2', 'b1', 'b2'],
    status: ['aware', 'filed'], of: ['leak', 'outage'], via: ['phone', 'mail', 'chat'], tlp: ['amber', 'green'], type: TYPES,
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
    rule.skills = ['s'];
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
    const words = { before: both('b'), title: both('t'), why: both('w'), skills: ['s'], severity: 'minor' };
    const rule = (id, when) => ({ id, kind: 'respond', ...words, when, then: then(), within: chance.one(WINDOWS), ...(chance.often(30) ? { grace: '30s' } : {}) });
    return [
        rule('tie-knows', { knows: TIE_FACT, ...first }),
        rule('tie-opened', { opened: TIE_INJECT, ...second }),
        { ...rule('tie-match', { knows: { fact: [TIE_FACT, 'f1'] }, ...second }), then: { knows: { by: 'commander' } }, match: 'fact' },
    ];
}

// Section 2.7, content: what a report says, and what it says is not known yet (see `reporting`).
function reportRules(chance) {
    const words = { before: both('b'), title: both('t'), why: both('w'), skills: ['s'], severity: 'major' };
    const to = () => ({ to: chance.some([...ROLES, 'vendor', 'press'], 1, 4) });
    return [
        { id: 'report-each', kind: 'each', ...words, when: { knows: { source: ['revealed', 'inject'] } }, then: { message: 'report' }, match: 'by', within: chance.one(WINDOWS), grace: '30s' },
        { id: 'report-to', kind: 'respond', ...words, when: { knows: { source: 'revealed' } }, then: { message: to() }, within: '60s' },
        { id: 'report-aloud', kind: 'each', ...words, when: { knows: FACTS }, then: { said: chance.often(50) ? {} : to() } },
    ];
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
    rules.push(...tieRules(chance), ...reportRules(chance));
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
        matters: [...VALUES.status, ...VALUES.of],
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
    for (let left = chance.below(4); left > 0; left--) inputs.push({ at, actor: 'facilitator', do: 'annul', event: 1 + chance.below(2 * count) });
    return inputs;
}

// ---------------------------------------------------------------------------------------------
// Play and compare

const [program, work, seeds, firstSeed] = [process.argv[2], process.argv[3], Number(process.argv[4]), Number(process.argv[5])];
const EXERCISES = 3;
const BIG = { maxBuffer: 64 * 1024 * 1024 };
const totals = { pairs: 0, findings: 0, differences: 0, verdicts: {}, fields: {}, cases: {} };

function plain(finding) {
    const { sentence, ...rest } = finding;
    return Object.fromEntries(Object.keys(rest).sort().filter(key => rest[key] !== undefined && rest[key] !== '').map(key => [key, rest[key]]));
}

function compare(seed, exercise, definition, log, found) {
    const scorer = new Scorer(definition, log);
    const expected = scorer.score(definition.rules).map(plain);
    for (const name in CASES) totals.cases[name] = (totals.cases[name] ?? 0) + scorer.cases[name];
    const engine = found.map(plain);
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
    console.log(`${summary}; ${Object.keys(CASES).map(name => `${totals.cases[name]} ${CASES[name]}`).join(', ')}`);
    const rare = Object.keys(CASES).filter(name => totals.cases[name] < seeds / 8);
    if (seeds >= 40 && rare.length > 0) {
        console.error(`too few were tried: ${rare.map(name => CASES[name]).join(', ')}`);
        process.exit(1);
    }
}

await main();
