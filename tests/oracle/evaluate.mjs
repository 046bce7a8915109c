// A second scorer, written from docs/rules.md alone: evaluate() says what its part 2 says, section by
// section, as plainly and as literally as it can be written down. It knows nothing of the program.
//
// The definition is what stands in scenario.yaml, with `facts` and `injects` beside it. Lengths and
// dates are as written there.

// ---------------------------------------------------------------------------------------------
// Patterns (docs/patterns.md)

// name: kind of event, the field of a bare value, the conditions
const MESSAGE = 'by action approved contested draft facts message re readback target tlp to type unknown unread via';
export const PATTERNS = {
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
const KINDS_WITH_TO = ['messaged', 'said', 'handed-off', 'delivered'];
const LABELS = ['red', 'amber-strict', 'amber', 'green', 'clear'];
const ALLOWED_AUDIENCES = {
    red: [],
    'amber-strict': ['own'],
    amber: ['own', 'client'],
    green: ['own', 'client', 'partner', 'authority', 'community'],
    clear: ['own', 'client', 'partner', 'authority', 'community', 'public'],
};
const HOUR = 3600000;
const DAY = 24 * HOUR;

const asList = value => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);
const filled = value => value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

export function milliseconds(text) {
    if (text === undefined) return undefined;
    let sum = 0;
    for (const [, number, unit] of String(text).matchAll(/(\d+)([dhms])/g)) sum += number * { d: DAY, h: HOUR, m: 60000, s: 1000 }[unit];
    return sum;
}

// "+09:00", or the end of a date and time
function zoneOf(text) {
    const found = /([+-])(\d\d):(\d\d)$/.exec(text);
    return found ? (found[1] === '-' ? -1 : 1) * (Number(found[2]) * HOUR + Number(found[3]) * 60000) : 0;
}

// A pattern as written in YAML: {name: value, more conditions…}. A trigger has `within` and `of` beside it.
function pattern(written, trigger = false) {
    if (written === undefined) return undefined;
    const name = Object.keys(written).find(key => key in PATTERNS);
    const [kind, main] = PATTERNS[name];
    const result = { name, kind, fixed: name === 'escalation' ? { type: 'escalation' } : {}, conditions: {}, within: milliseconds(written.within) };
    const add = (field, value) => {
        if (field === 'about') result.conditions.about = pattern(value);
        else if (field === 'world') result.conditions.world = value;
        else result.conditions[field] = asList(value);
    };
    const value = written[name];
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
        for (const field in value) add(field, value[field]);
    } else if (value !== null && value !== undefined) {
        add(main, value);
    }
    for (const field in written) {
        if (field !== name && field !== 'attention' && field !== 'within' && !(trigger && field === 'of')) add(field, written[field]);
    }
    result.attention = milliseconds(written.attention) ?? 0;
    return result;
}

function stateOf(written) {
    return written && { world: written.world, phase: written.phase && asList(written.phase), since: pattern(written.since), until: pattern(written.until) };
}

// ---------------------------------------------------------------------------------------------

class Evaluation {
    constructor(definition, log, now) {
        this.definition = definition;
        this.facts = definition.facts ?? [];
        this.injects = definition.injects ?? [];
        this.stakeholders = definition.stakeholders ?? [];
        this.log = log;
        this.readTrace(now);
        this.readPages();
        this.moments = {
            exercise: { t: event => event.exercise, now: this.nowExercise, E: this.endExercise, H: this.horizonExercise },
            story: {
                t: event => event.story_ms,
                now: this.storyAt(this.nowExercise),
                E: this.endExercise === undefined ? undefined : this.storyAt(this.endExercise),
                H: this.storyAt(this.horizonExercise),
            },
        };
        this.knowledge = new Map();
        for (const event of this.trace) {
            if (event.kind !== 'learned') continue;
            if (!this.knowledge.has(event.body.fact)) this.knowledge.set(event.body.fact, []);
            this.knowledge.get(event.body.fact).push(event);
        }
    }

    // 2: the story's time of an exercise time
    readPages() {
        const jumpsOnly = this.mode === 'discuss' && (this.created?.body?.semantics ?? 0) < 3;
        let pace = this.created?.body?.pace ?? this.definition.pace ?? 1;
        this.pages = [];
        for (const event of [...this.log].sort((a, b) => a.seq - b.seq)) {
            if (event.kind === 'pace-changed') pace = event.body.pace;
            if (['started', 'jumped', 'pace-changed'].includes(event.kind)) {
                const story = event.kind === 'jumped' ? event.body.story_ms : event.story_ms;
                this.pages.push({ at: event.at_ms ?? 0, story: story ?? 0, pace: jumpsOnly ? 0 : pace });
            }
        }
    }

    storyAt(x) {
        const page = this.pages.filter(one => one.at <= x).at(-1);
        return page ? page.story + (x - page.at) * page.pace : Date.parse(this.definition.story_start);
    }

    // 2.1
    readTrace(now) {
        const untouchable = ['annulled', 'created', 'started', 'ended', 'stopped', 'sealed'];
        const following = ['acted', 'arrived', 'challenged', 'expired', 'forwarded', 'learned', 'reached', 'unreached'];
        const always = ['receiver-tested', 'disputed', 'ruled', 'caused', 'rated'];
        const gone = new Set();
        for (const event of this.log) {
            const named = event.kind === 'annulled' ? this.log.find(other => other.seq === event.body.event) : undefined;
            if (named && !untouchable.includes(named.kind)) gone.add(named.seq);
        }
        for (let before = -1; before !== gone.size;) {
            before = gone.size;
            for (const event of this.log) if (following.includes(event.kind) && gone.has(event.cause)) gone.add(event.seq);
        }
        let trace = this.log.filter(event => !gone.has(event.seq)).map(event => ({
            ...event, body: event.body ?? {}, actor: event.actor ?? '', story_ms: event.story_ms ?? 0, exercise: event.observed_ms ?? event.at_ms ?? 0,
        }));
        trace.sort((a, b) => a.exercise - b.exercise || a.seq - b.seq);
        const end = trace.find(event => event.kind === 'ended' || event.kind === 'stopped');
        if (end) trace = trace.filter(event => event.exercise <= end.exercise || always.includes(event.kind));
        trace.forEach((event, index) => (event.index = index));
        this.trace = trace;
        this.ended = Boolean(end);
        this.endExercise = end?.exercise;
        this.nowExercise = Math.max(now ?? 0, ...this.log.map(event => event.at_ms ?? 0));
        this.horizonExercise = end ? Math.min(this.nowExercise, end.exercise) : this.nowExercise;
        this.created = this.log.find(event => event.kind === 'created');
        this.mode = this.created?.body?.mode ?? this.definition.mode ?? 'paced';
    }

    // -----------------------------------------------------------------------------------------
    // 2.2: parties, knowledge, patterns

    seats(name) {
        return this.definition.seats.filter(seat => seat.id === name || seat.roles.includes(name)).map(seat => seat.id);
    }

    isSeat(name) {
        return this.definition.seats.some(seat => seat.id === name);
    }

    sameParty(a, b) {
        return a === b || this.seats(a).some(seat => this.seats(b).includes(seat));
    }

    reaches(list, party) {
        return list.some(name => this.sameParty(name, party)) || (list.includes('room') && this.seats(party).length > 0);
    }

    knows(party, fact, event) {
        return (this.knowledge.get(fact) ?? []).some(one => one.index < event.index && this.sameParty(one.actor, party));
    }

    firstLearned(party, fact) {
        return (this.knowledge.get(fact) ?? []).find(one => this.sameParty(one.actor, party));
    }

    fact(id) {
        return this.facts.find(one => one.id === id);
    }

    carried(event) {
        if (['messaged', 'said', 'heard', 'handed-off'].includes(event.kind)) return asList(event.body.facts);
        return event.kind === 'learned' ? asList(event.body.fact) : [];
    }

    goesTo(event) {
        if (['messaged', 'said', 'handed-off'].includes(event.kind)) return asList(event.body.to);
        return ['learned', 'heard'].includes(event.kind) ? [event.actor] : [];
    }

    need(fact, name) {
        return this.fact(fact)?.needs?.[name] ?? 'none';
    }

    // Whether fact `newer` replaces fact `older`, directly or through others.
    replaces(newer, older) {
        const seen = new Set();
        for (let id = this.fact(newer)?.replaces; id !== undefined && !seen.has(id); id = this.fact(id)?.replaces) {
            if (id === older) return true;
            seen.add(id);
        }
        return false;
    }

    knowsReplaced(party, older, event) {
        return this.facts.some(newer => this.replaces(newer.id, older) && this.knows(party, newer.id, event));
    }

    kindOf(inject) {
        return inject.kind ?? (inject.unless ? 'contingency' : 'event');
    }

    lacks(party, fact, event) {
        if (party === 'room') return this.definition.seats.some(seat => !this.knows(seat.id, fact, event));
        return !this.knows(party, fact, event) && !this.trace.some(one => one.kind === 'delivered' && one.index < event.index &&
            this.injects.some(inject => inject.id === one.body.inject && asList(inject.facts).includes(fact) && this.sameParty(inject.from, party)));
    }

    nothingNew(event) {
        if (event.kind !== 'messaged' && event.kind !== 'said') return false;
        if (asList(event.body.unknown).length > 0) return false;
        return !this.carried(event).some(fact => this.goesTo(event).some(party => this.lacks(party, fact, event)));
    }

    worldBefore(name, index) {
        for (let i = index - 1; i >= 0; i--) {
            if (this.trace[i].kind === 'world-set' && this.trace[i].body.name === name) return this.trace[i].body.value;
        }
        return this.definition.world?.[name];
    }

    worldIs(wanted, index) {
        return Object.keys(wanted).every(name => asList(wanted[name]).includes(this.worldBefore(name, index)));
    }

    holds(field, values, event) {
        switch (field) {
        case 'by':
            return values.some(value => value === event.actor || this.seats(value).includes(event.actor));
        case 'about': {
            if (!filled(event.body.message)) return false;
            const named = this.trace.find(one => one.kind === 'messaged' && one.body.message === event.body.message && one.index < event.index);
            return named !== undefined && this.matches(values, named);
        }
        case 'corrects':
            return event.kind === 'learned' && filled(event.body.replaces) === values[0];
        case 'empty':
            return ['messaged', 'said'].includes(event.kind) && this.nothingNew(event) === values[0];
        case 'inject_kind': {
            const named = [event.body.inject, event.body.re, event.body.through].filter(filled);
            if (this.injects.some(inject => named.includes(inject.id) && values.includes(this.kindOf(inject)))) return true;
            const facts = this.carried(event);
            return facts.length > 0 && facts.every(fact => {
                const having = this.injects.filter(inject => asList(inject.facts).includes(fact));
                return having.length > 0 && having.every(inject => values.includes(this.kindOf(inject)));
            });
        }
        case 'knowing':
            return values.some(fact => this.knows(event.actor, fact, event));
        case 'lacking':
            return !values.some(fact => this.knows(event.actor, fact, event));
        case 'need':
            return this.carried(event).some(fact => this.goesTo(event).some(name => values.includes(this.need(fact, name))));
        case 'needed_by':
            return this.carried(event).some(fact => values.some(name => this.need(fact, name) === 'must'));
        case 'lacks':
            return values.every(name => !filled(event.body[name]));
        case 'slot':
            return this.carried(event).some(fact => values.includes(this.fact(fact)?.slot)) || asList(event.body.unknown).some(slot => values.includes(slot));
        case 'world':
            return this.worldIs(values, event.index);
        default:
            if (typeof values[0] === 'boolean') return values.includes(event.body[field] ?? false);
            return asList(event.body[field]).some(one => values.includes(one));
        }
    }

    // 2.2, telling oneself
    tellsItself(event) {
        const to = asList(event.body.to);
        return ['messaged', 'said', 'handed-off'].includes(event.kind) && this.isSeat(event.actor) && to.length > 0 && to.every(name => this.sameParty(name, event.actor));
    }

    fitsName(pattern, event, never = false) {
        return (never || !this.tellsItself(event)) && event.kind === pattern.kind && Object.keys(pattern.fixed).every(field => event.body[field] === pattern.fixed[field]);
    }

    failing(pattern, event) {
        return Object.keys(pattern.conditions).filter(field => !this.holds(field, pattern.conditions[field], event));
    }

    matches(pattern, event, never = false) {
        return this.fitsName(pattern, event, never) && Object.keys(pattern.conditions).every(field => this.holds(field, pattern.conditions[field], event));
    }

    unread(event) {
        return event.kind === 'acked' && event.body.unread === true;
    }

    isTarget(pattern, event) {
        return this.matches(pattern, event) && !this.unread(event);
    }

    // -----------------------------------------------------------------------------------------
    // 2.3: a key, or null where the event lacks it

    activationKey(rule, event) {
        if (!rule.match) return '';
        if (rule.match === 'by') return event.actor || null;
        if (rule.match === 're') return event.body.message || event.body.inject || null;
        if (rule.match === 'draft') return event.body.message || null;
        return event.body[rule.match] || null;
    }

    targetKey(rule, event) {
        if (!rule.match) return '';
        return (rule.match === 'by' ? event.actor : event.body[rule.match]) || null;
    }

    // -----------------------------------------------------------------------------------------
    // 2.4: [i] says whether the state holds counting the first i events of the trace

    stateAlong(state) {
        const along = [];
        let since = false;
        let phase;
        for (let i = 0; i <= this.trace.length; i++) {
            if (i > 0) {
                const event = this.trace[i - 1];
                if (event.kind === 'phase-changed') phase = event.body.phase;
                if (state.until && this.matches(state.until, event)) since = false;
                else if (state.since && this.matches(state.since, event)) since = true;
            }
            along.push((!state.world || this.worldIs(state.world, i)) && (!state.phase || state.phase.includes(phase)) && (!state.since || since));
        }
        return {
            at: event => along[event.index],
            after: event => along[event.index + 1],
            opens: event => (!along[event.index] && along[event.index + 1]) || (event.index === 0 && along[0]),
            closes: event => along[event.index] && !along[event.index + 1],
            ever: () => along.some(Boolean),
        };
    }

    // -----------------------------------------------------------------------------------------
    // All rules: 2.7 and 2.10

    all(rules) {
        this.done = new Map();
        for (const written of rules) {
            const rule = this.compile(written);
            this.rule = rule;
            Object.assign(this, this.moments[rule.story ? 'story' : 'exercise']);
            this.done.set(rule.id, this.findings(rule));
        }
        return [...this.done.values()].flat();
    }

    compile(written) {
        const rule = {
            ...written, story: written.kind === 'deadline' || written.time === 'story',
            when: pattern(written.when), then: pattern(written.then), never: pattern(written.never), unless: pattern(written.unless),
            until: pattern(written.until), applies_if: pattern(written.applies_if), steps: written.steps?.map(step => pattern(step)),
            within: this.length(written.within), every: this.length(written.every), grace: this.length(written.grace) ?? 0,
            state: stateOf(written.while), keep: stateOf(written.keep),
        };
        rule.along = rule.state && this.stateAlong(rule.state);
        rule.whileHolds = event => !rule.along || rule.along.at(event);
        return rule;
    }

    // 1: a length may come from the organisation's ladder
    length(written) {
        if (written === null || typeof written !== 'object') return milliseconds(written);
        const rung = this.definition.ladder?.find(one => one.to === written.ladder);
        return milliseconds(rung?.within ?? written.else);
    }

    findings(rule) {
        const bare = verdict => ({ finding: { name: rule.id, rule: rule.id, verdict }, name: rule.id, verdict });
        if (rule.modes && !asList(rule.modes).includes(this.mode)) return [bare('not_measured')];
        if (rule.applies_if && !this.trace.some(event => this.t(event) <= this.H && this.matches(rule.applies_if, event))) return [bare('not_activated')];
        const instances = this[rule.kind](rule).filter(one => one.start === undefined || one.start <= this.H);
        const list = instances.map(instance => this.finding(rule, instance));
        if (list.length > 0) return list;
        const nothing = bare('not_activated');
        this.said(nothing.finding);
        if (rule.kind === 'deadline') nothing.finding.state = rule.noInstanceState;
        this.ruling(nothing);
        return [nothing];
    }

    duty(rule) {
        return asList(rule.duty).some(id => (this.done.get(id) ?? []).some(one => one.verdict === 'satisfied'));
    }

    // 2.7: the verdict of what has a bound and a target. Without a finding, undefined.
    judge(instance) {
        const { start, bound, target } = instance;
        if (start > this.H) return undefined;
        if (target) {
            instance.met ??= Math.max(this.t(target), start);
            return bound === undefined || instance.met <= bound ? 'satisfied' : 'violated';
        }
        if (!this.ended) return bound === undefined || this.now <= bound ? 'pending' : 'violated';
        if (bound === undefined) return filled(this.rule.law?.soft) ? 'inconclusive' : 'violated';
        return bound > this.E ? 'inconclusive' : 'violated';
    }

    judged(instances) {
        for (const instance of instances) instance.verdict = this.judge(instance);
        return instances.filter(instance => instance.verdict !== undefined);
    }

    // -----------------------------------------------------------------------------------------
    // 2.5, respond

    respond(rule) {
        const instances = this.openings(rule, rule.when);
        if (rule.consume) {
            for (const one of instances) if (rule.within !== undefined) one.bound = one.start + rule.within;
            this.handOut(rule, instances);
        } else {
            for (const one of instances) this.aim(rule, one, () => true);
        }
        return this.judged(instances);
    }

    // Instances without targets, in the order of their opening events.
    openings(rule, when) {
        const instances = [];
        if (when.name === 'knows' || when.name === 'opened') {
            const byKey = new Map();
            for (const candidate of this.candidates(rule, when)) {
                byKey.set(candidate.key, [...(byKey.get(candidate.key) ?? []), candidate]);
            }
            for (const [key, candidates] of byKey) {
                const first = candidates.reduce((a, b) => (b.time < a.time || (b.time === a.time && b.event.seq < a.event.seq) ? b : a));
                instances.push({ key, opening: candidates[0].event, activation: first.event, subject: first.fact, start: first.time });
            }
        } else {
            for (const event of this.trace) {
                const key = this.activationKey(rule, event);
                if (this.matches(when, event) && key !== null && rule.whileHolds(event)) instances.push({ key, opening: event, activation: event, start: this.t(event) });
            }
        }
        return instances;
    }

    // The target of a `respond`, and what it does to the start (2.6).
    aim(rule, instance, fits) {
        const then = instance.then ?? rule.then;
        const target = this.trace.find(event => this.isTarget(then, event) && this.targetKey(rule, event) === instance.key && fits(event) &&
            (then.name === 'knows' || event.index > instance.opening.index));
        instance.target = target;
        const started = ['knows', 'opened'].includes((instance.when ?? rule.when).name);
        if (started && target && target.index > instance.opening.index && this.t(target) < instance.start) instance.start = this.t(target);
        const window = instance.window ?? rule.within;
        if (window !== undefined) instance.bound = instance.start + window;
    }

    // 2.6
    candidates(rule, when) {
        const list = [];
        const deliveries = when.attention > 0 && (!rule.match || rule.match === (when.name === 'knows' ? 'fact' : 'inject'));
        const wanted = field => value => !when.conditions[field] || when.conditions[field].includes(value);
        for (const event of this.trace) {
            if (!rule.whileHolds(event)) continue;
            const key = this.activationKey(rule, event);
            if (this.matches(when, event) && key !== null) list.push({ event, key, time: this.t(event) });
            if (!deliveries || this.tellsItself(event) || !this.addressed(when.conditions.by, event)) continue;
            const time = this.t(event) + when.attention;
            if (when.name === 'opened') {
                if (event.kind === 'delivered' && wanted('inject')(event.body.inject)) {
                    list.push({ event, key: rule.match ? event.body.inject : '', time });
                }
            } else if (event.kind === 'delivered' || event.kind === 'messaged') {
                const facts = (event.kind === 'delivered' ? this.factsOf(event.body.inject, event) : asList(event.body.facts)).filter(wanted('fact'));
                if (facts.length === 0) continue;
                for (const fact of rule.match ? facts : ['']) list.push({ event, key: fact, time, fact: rule.match ? fact : facts[0] });
            }
        }
        return list;
    }

    addressed(by, event) {
        if (!by) return true;
        return by.some(value => this.reaches(asList(event.body.to), value));
    }

    // Of an improvised inject: those of the `improvised` event before this one.
    factsOf(inject, event) {
        const defined = this.injects.find(one => one.id === inject);
        return asList(defined ? defined.facts : this.improvised(inject, event)?.body.facts);
    }

    improvised(inject, event) {
        return this.trace.find(one => one.kind === 'improvised' && one.body.inject === inject && one.index < event.index);
    }

    // 2.5, each
    each(rule) {
        const instances = [];
        for (const event of this.trace) {
            const key = this.activationKey(rule, event);
            if (!this.matches(rule.when, event) || key === null || !rule.whileHolds(event)) continue;
            const asked = event.kind === 'messaged' ? event.body.ack_within_ms ?? 0 : 0;
            if (event.kind === 'messaged' && !(asked > 0) && rule.within === undefined) continue;
            const window = asked > 0 ? asked : rule.within;
            const start = this.t(event);
            instances.push({ key, opening: event, activation: event, start, bound: window === undefined ? undefined : start + window });
        }
        this.handOut(rule, instances);
        return this.judged(instances);
    }

    handOut(rule, instances) {
        for (const event of this.trace) {
            if (!this.isTarget(rule.then, event)) continue;
            const key = this.targetKey(rule, event);
            const open = instances.filter(one => one.key === key && one.opening.index < event.index && !one.target);
            const served = open.find(one => one.bound === undefined || one.bound >= this.t(event)) ?? open[0];
            if (served) served.target = event;
        }
    }

    // 2.5, precede
    precede(rule) {
        const alphas = this.trace.filter(event => this.matches(rule.when, event));
        const instances = [];
        for (const beta of this.trace) {
            const key = this.targetKey(rule, beta);
            if (!this.isTarget(rule.then, beta) || key === null || !rule.whileHolds(beta)) continue;
            const keyed = alphas.filter(event => this.activationKey(rule, event) === key);
            const first = keyed[0];
            const before = first && first.index < beta.index;
            instances.push({
                key, target: beta, bound: this.t(beta), met: first && this.t(first), first, activation: before ? first : undefined,
                after: keyed.find(event => event.index >= beta.index), verdict: before ? 'satisfied' : 'violated',
            });
        }
        return instances;
    }

    // 2.5, forbid
    forbid(rule) {
        const instances = [];
        for (const event of this.trace) {
            if (this.matches(rule.never, event, true) && rule.whileHolds(event)) instances.push({ target: event, met: this.t(event), verdict: 'violated' });
        }
        if (instances.length > 0) return instances;
        if (rule.along && !rule.along.ever()) return [{ verdict: 'not_activated' }];
        if (!this.ended) return [{ verdict: 'pending' }];
        return [{ verdict: this.duty(rule) ? 'satisfied' : 'not_activated' }];
    }

    // 2.5, forbid_until
    forbid_until(rule) {
        const instances = [];
        for (const alpha of this.trace) {
            const key = this.activationKey(rule, alpha);
            if (!this.matches(rule.when, alpha) || key === null || !rule.whileHolds(alpha)) continue;
            if (instances.some(one => one.key === key && (!one.gamma || one.gamma.index > alpha.index))) continue;
            const later = this.trace.filter(event => event.index > alpha.index && this.targetKey(rule, event) === key);
            const gamma = rule.until && later.find(event => this.matches(rule.until, event));
            const broken = later.find(event => this.matches(rule.never, event, true) && rule.whileHolds(event) && (!gamma || event.index <= gamma.index));
            const instance = { key, opening: alpha, activation: alpha, start: this.t(alpha), gamma, target: broken ?? gamma };
            if (broken) instance.verdict = 'violated';
            else if (gamma) instance.verdict = 'satisfied';
            else if (!this.ended) instance.verdict = 'pending';
            else instance.verdict = this.duty(rule) ? 'satisfied' : 'not_activated';
            if (instance.target) instance.met = this.t(instance.target);
            instances.push(instance);
        }
        return instances;
    }

    // 2.5, count
    count(rule) {
        const { at_least, at_most, exactly } = rule.count;
        const lo = exactly ?? at_least ?? 0;
        const hi = exactly ?? at_most;
        const instances = [];
        const betas = this.trace.filter(event => this.isTarget(rule.then, event) && rule.whileHolds(event));
        if (!rule.when) {
            instances.push({ betas });
        } else {
            for (const alpha of this.trace) {
                const key = this.activationKey(rule, alpha);
                if (!this.matches(rule.when, alpha) || key === null || !rule.whileHolds(alpha)) continue;
                const start = this.t(alpha);
                const bound = start + rule.within;
                const own = betas.filter(event => event.index > alpha.index && this.targetKey(rule, event) === key && this.t(event) <= bound);
                instances.push({ key, opening: alpha, activation: alpha, start, bound, betas: own });
            }
        }
        for (const one of instances) {
            const k = one.betas.length;
            const over = this.ended || (one.bound !== undefined && this.now > one.bound);
            const decide = (verdict, target) => Object.assign(one, { verdict, target, met: target && this.t(target) });
            if (hi !== undefined && k > hi) decide('violated', one.betas[hi]);
            else if (k >= lo && hi === undefined && lo > 0) decide('satisfied', one.betas[lo - 1]);
            else if (!over) decide('pending');
            else if (this.ended && one.bound !== undefined && one.bound > this.E) decide('inconclusive');
            else if (k < lo) decide('violated');
            else if (lo > 0) decide('satisfied', one.betas[lo - 1]);
            else decide(k > 0 || this.duty(rule) ? 'satisfied' : 'not_activated', one.betas[0]);
        }
        return instances;
    }

    // 2.5, cadence
    cadence(rule) {
        const instances = [];
        const most = rule.no_change ?? 2;
        for (const opener of this.trace) {
            if (!rule.along.opens(opener)) continue;
            const closer = this.trace.find(event => event.index >= opener.index && rule.along.closes(event));
            const anchors = [opener];
            const uncounted = [];
            let empty = 0;
            for (const event of this.trace) {
                if (event.index <= opener.index || (closer && event.index >= closer.index) || !this.isTarget(rule.then, event)) continue;
                if (this.nothingNew(event)) {
                    if (empty >= most) {
                        uncounted.push(event);
                        continue;
                    }
                    empty++;
                } else {
                    empty = 0;
                }
                anchors.push(event);
            }
            anchors.forEach((anchor, number) => {
                const promised = anchor.kind === 'messaged' ? anchor.body.next_update_ms ?? 0 : 0;
                const window = promised > 0 && promised < rule.every ? promised : rule.every;
                const start = this.t(anchor);
                const one = { key: '', opening: anchor, activation: anchor, start, bound: start + window, target: anchors[number + 1], closer, uncounted };
                if (!one.target && closer) {
                    if (start <= this.H && one.bound < this.t(closer)) instances.push({ ...one, verdict: 'violated' });
                } else {
                    instances.push(...this.judged([one]));
                }
            });
        }
        return instances;
    }

    // 2.5, all_of and any_of
    parties(list) {
        return asList(list).filter(party => this.seats(party).length > 0 || this.stakeholders.some(one => one.id === party));
    }

    isFor(parties, event) {
        return parties.some(party => (KINDS_WITH_TO.includes(event.kind) ? this.reaches(asList(event.body.to), party) : this.sameParty(event.actor, party)));
    }

    any_of(rule) {
        const instances = this.openings(rule, rule.when);
        for (const one of instances) {
            one.parties = this.parties(rule.parties);
            this.aim(rule, one, event => this.isFor(one.parties, event));
        }
        return this.judged(instances);
    }

    all_of(rule) {
        const instances = [];
        for (const opened of this.openings(rule, rule.when)) {
            for (const party of this.partiesOf(rule, opened.opening)) {
                const one = { ...opened, party, parties: [party], subject: party };
                this.aim(rule, one, event => this.isFor([party], event));
                instances.push(one);
            }
        }
        return this.judged(instances);
    }

    partiesOf(rule, opening) {
        if (rule.parties !== 'told') return this.parties(rule.parties).filter(party => !this.sameParty(party, opening.actor));
        const older = opening.body.replaces;
        if (!filled(older)) return [];
        const from = this.injects.find(inject => inject.id === opening.body.through)?.from;
        return [...this.definition.seats, ...this.stakeholders].map(one => one.id).filter(party => {
            const first = this.firstLearned(party, older);
            return first && first.index < opening.index && ['message', 'said', 'heard', 'handoff'].includes(first.body.source) &&
                party !== opening.actor && !(from !== undefined && this.sameParty(from, party));
        });
    }

    // 2.5, sequence
    sequence(rule) {
        const steps = rule.steps.map(step => this.trace.find(event => this.isTarget(step, event)));
        const happened = steps.filter(Boolean).sort((a, b) => a.index - b.index);
        if (happened.length === 0) return [];
        const opening = happened[0];
        const one = { key: '', opening, activation: opening, start: this.t(opening), steps };
        if (rule.within !== undefined) one.bound = one.start + rule.within;
        if (happened.length < steps.length) {
            Object.assign(one, { ownTime: 0, ownContent: 0 });
            return this.judged([one]);
        }
        one.target = happened.at(-1);
        one.met = Math.max(this.t(one.target), one.start);
        const disordered = steps.find((event, i) => i > 0 && !(steps[i - 1].index < event.index));
        const gapped = steps.find((event, i) => i > 0 && rule.steps[i].within !== undefined && this.t(event) - this.t(steps[i - 1]) > rule.steps[i].within);
        const late = one.bound !== undefined && one.met > one.bound;
        one.verdict = disordered || gapped || late ? 'violated' : 'satisfied';
        if (disordered) one.miss = [disordered, 'order'];
        else if (gapped) one.miss = [gapped, 'gap'];
        else if (late) one.miss = [one.target, 'late'];
        one.ownTime = late ? this.graced(rule, one.bound - one.met) : 1000;
        const n = steps.length;
        let pairs = 0;
        for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) if (steps[i].index < steps[j].index) pairs++;
        one.ownContent = Math.floor((1000 * pairs) / ((n * (n - 1)) / 2));
        return [one];
    }

    // 2.5, choose
    choose(rule) {
        const all = this.injects.flatMap(inject => [...asList(inject.question), ...asList(inject.questions)].map(question => ({ inject, question })));
        const asked = rule.question === undefined ? all : asList(rule.question).map(id => all.find(one => one.question.id === id)).filter(Boolean);
        const instances = [];
        for (const { inject, question } of asked) {
            const owners = asList(question.owner);
            const when = pattern({ opened: { inject: inject.id, ...(owners.length > 0 ? { by: owners } : {}) }, attention: rule.attention });
            const then = pattern({ decision: { question: question.id, contested: false } });
            for (const one of this.openings({ ...rule, match: undefined }, when)) {
                Object.assign(one, { when, then, subject: question.id, window: rule.within ?? milliseconds(question.within) });
                this.aim({ ...rule, match: undefined }, one, () => true);
                if (one.target) one.ownContent = this.chosen(rule, one.target);
                instances.push(one);
            }
        }
        return this.judged(instances);
    }

    chosen(rule, target) {
        const parts = [];
        if (rule.reason) parts.push(filled(target.body.reason) ? 1000 : 0);
        if (rule.knowing) {
            const known = asList(rule.knowing).filter(fact => this.definition.seats.some(seat => this.knows(seat.id, fact, target)));
            const own = known.filter(fact => this.knows(target.actor, fact, target));
            if (known.length > 0) parts.push(Math.floor((1000 * own.length) / known.length));
        }
        if (rule.informing) {
            const parties = this.parties(rule.informing).filter(party => !this.sameParty(party, target.actor));
            const until = rule.informed_within === undefined ? Infinity : this.t(target) + this.length(rule.informed_within);
            const informed = parties.filter(party => this.trace.some(event => !this.tellsItself(event) && ['messaged', 'said'].includes(event.kind) && this.isSeat(event.actor) &&
                event.index > target.index && this.t(event) <= until && this.reaches(asList(event.body.to), party)));
            if (parties.length > 0) parts.push(Math.floor((1000 * informed.length) / parties.length));
        }
        const mean = parts.length === 0 ? 1000 : Math.floor(parts.reduce((a, b) => a + b, 0) / parts.length);
        return Math.floor((mean * (rule.worth?.[target.body.option] ?? 1000)) / 1000);
    }

    // 2.5, hold
    hold(rule) {
        const keep = this.stateAlong(rule.keep);
        const instances = [];
        const findings = [];
        for (const opening of this.trace) {
            if (rule.when ? !this.matches(rule.when, opening) : opening.index > 0) continue;
            if (instances.some(one => !one.closed || one.closed.index > opening.index)) continue;
            const gamma = rule.until && this.trace.find(event => event.index > opening.index && this.matches(rule.until, event));
            const beforeGamma = event => !gamma || event.index < gamma.index;
            const begin = keep.after(opening) ? opening : this.trace.find(event => event.index > opening.index && keep.opens(event) && beforeGamma(event));
            const broken = begin && this.trace.find(event => event.index > begin.index && keep.closes(event) && beforeGamma(event));
            instances.push({ closed: broken ?? gamma });
            if (!begin) continue;
            const one = { key: '', opening, activation: begin, start: this.t(begin), target: broken ?? gamma };
            if (broken) one.verdict = 'violated';
            else if (gamma) one.verdict = 'satisfied';
            else one.verdict = this.ended ? 'satisfied' : 'pending';
            if (one.target) one.met = this.t(one.target);
            findings.push(one);
        }
        return findings;
    }

    // 2.5, content
    content(rule) {
        const instances = [];
        for (const event of this.trace) {
            if (!['messaged', 'said'].includes(event.kind) || !this.matches(rule.when, event) || !rule.whileHolds(event)) continue;
            if (!rule.slots && !rule.receiver && this.carried(event).length === 0 && asList(event.body.unknown).length === 0) continue;
            let content = this.told(event, rule.when);
            content = Math.floor((content * this.slotsAnswered(rule, event)) / 1000);
            content = Math.floor((content * this.receiver(rule, event)) / 1000);
            const verdict = content >= 10 * (rule.at_least ?? 100) ? 'satisfied' : 'violated';
            instances.push({ target: event, start: this.t(event), met: this.t(event), verdict, ownContent: content, miss: verdict === 'violated' ? [event, 'content'] : undefined });
        }
        return instances;
    }

    slotsAnswered(rule, event) {
        const slots = asList(rule.slots);
        if (slots.length === 0) return 1000;
        const answered = slots.filter(slot => this.carried(event).some(fact => this.fact(fact)?.slot === slot) ||
            (asList(event.body.unknown).includes(slot) && !this.facts.some(fact => fact.slot === slot && this.knows(event.actor, fact.id, event))));
        return Math.floor((1000 * answered.length) / slots.length);
    }

    receiver(rule, event) {
        if (!rule.receiver) return 1000;
        const tested = filled(event.body.message) ? this.trace.filter(one => one.kind === 'receiver-tested' && one.body.message === event.body.message).at(-1) : undefined;
        let answers;
        if (tested) {
            answers = [tested.body.ask, tested.body.by_when, tested.body.unknown];
        } else if (event.kind === 'said') {
            answers = [];
        } else {
            answers = [
                ['request', 'order', 'approval-request', 'notification'].includes(event.body.type) || filled(event.body.action),
                (event.body.ack_within_ms ?? 0) > 0 || (event.body.next_update_ms ?? 0) > 0,
                asList(event.body.unknown).length > 0,
            ];
        }
        return Math.floor((1000 * answers.filter(Boolean).length) / 3);
    }

    // 2.5, flow
    flow(rule) {
        const checks = rule.check === undefined ? ['tlp', 'marking', 'need', 'over', 'contradiction'] : asList(rule.check);
        const instances = [];
        for (const event of this.trace) {
            if (!['messaged', 'said'].includes(event.kind) || !this.matches(rule.when, event) || !rule.whileHolds(event)) continue;
            if (!this.isSeat(event.actor) || this.carried(event).length === 0) continue;
            const wrong = ['tlp', 'marking', 'need', 'over', 'contradiction'].find(check => checks.includes(check) && this.breaks(check, event));
            instances.push({ target: event, start: this.t(event), met: this.t(event), verdict: wrong ? 'violated' : 'satisfied', ownContent: wrong ? 0 : 1000,
                miss: wrong ? [event, wrong] : undefined });
        }
        return instances;
    }

    // The label of a fact for a sender at an event: {label, to, from}, or undefined.
    label(fact, event) {
        if (!this.knows(event.actor, fact, event)) return undefined;
        const open = this.trace.some(one => one.kind === 'delivered' && one.index < event.index && this.factsOf(one.body.inject, one).includes(fact) &&
            (one.body.via === 'news' || this.injects.find(inject => inject.id === one.body.inject)?.tlp === 'clear'));
        if (open) return undefined;
        const learned = this.firstLearned(event.actor, fact);
        const through = learned.body.through;
        if (learned.body.source === 'inject') {
            const defined = this.injects.find(inject => inject.id === through);
            const label = (defined ?? this.improvised(through, event)?.body)?.tlp;
            const delivered = this.trace.find(one => one.kind === 'delivered' && one.body.inject === through && one.index < event.index);
            return filled(label) ? { label, to: asList(delivered?.body.to), from: defined?.from } : undefined;
        }
        if (learned.body.source === 'message') {
            const message = this.trace.find(one => one.kind === 'messaged' && one.body.message === through);
            return message && message.index < event.index && filled(message.body.tlp) && !this.isSeat(message.actor) ? { label: message.body.tlp, to: asList(message.body.to), from: message.actor } : undefined;
        }
        return undefined;
    }

    allows({ label, to, from }, party) {
        if (from !== undefined && this.sameParty(from, party)) return true;
        if (party === 'room') return label !== 'red' || this.definition.seats.every(seat => this.reaches(to, seat.id));
        if (this.seats(party).length > 0) return label !== 'red' || this.reaches(to, party);
        const audience = this.stakeholders.find(one => one.id === party)?.audience;
        return audience === undefined ? label !== 'red' : ALLOWED_AUDIENCES[label].includes(audience);
    }

    breaks(check, event) {
        const facts = this.carried(event);
        const to = asList(event.body.to);
        const tlp = event.kind === 'messaged' ? event.body.tlp : undefined;
        const looser = (a, b) => LABELS.indexOf(a) > LABELS.indexOf(b);
        const labels = facts.map(fact => this.label(fact, event));
        switch (check) {
        case 'tlp':
            return labels.some(label => label && to.some(party => !this.allows(label, party)));
        case 'marking':
            return filled(tlp) && labels.some(label => label && looser(tlp, label.label));
        case 'need':
            return facts.some(fact => to.some(name => this.need(fact, name) === 'never'));
        case 'over':
            return filled(tlp) && labels.every(label => !label || looser(label.label, tlp)) && facts.some(fact =>
                Object.keys(this.fact(fact)?.needs ?? {}).some(party => this.need(fact, party) === 'must' &&
                    !this.allows({ label: tlp, to: [] }, party) && !this.knows(party, fact, event)));
        default:
            return facts.some(older => this.trace.some(one => one.index < event.index && ['messaged', 'said'].includes(one.kind) && this.isSeat(one.actor) &&
                this.carried(one).some(newer => this.replaces(newer, older))));
        }
    }

    // 2.5, deadline
    deadline(rule) {
        const zone = zoneOf(rule.zone ?? this.definition.story_start);
        const holidays = asList(rule.holidays);
        const anchors = {};
        for (const name in rule.anchors) {
            const written = rule.anchors[name];
            if (written.filed !== undefined) {
                const seq = this.done.get(written.filed)?.[0]?.finding.target_seq;
                anchors[name] = this.trace.find(event => event.seq === seq);
            } else if (written.last !== undefined) {
                const last = pattern(written.last);
                anchors[name] = this.trace.filter(event => this.matches(last, event)).at(-1);
            } else {
                const patterns = asList(written).map(one => pattern(one));
                anchors[name] = this.trace.find(event => patterns.some(one => this.matches(one, event)));
            }
        }
        let bounds = rule.bounds;
        if (rule.override) {
            const [a, b] = [anchors[rule.override.if], anchors[rule.override.after]];
            if (a && b && this.t(a) > this.t(b) + (milliseconds(rule.override.by) ?? 0)) bounds = rule.override.bounds;
        }
        const counting = asList(bounds).filter(bound => [bound.from, ...asList(bound.needs)].every(name => anchors[name]))
            .map(bound => ({ bound, anchor: anchors[bound.from], time: dueTime(bound, this.t(anchors[bound.from]), zone, holidays) }));
        let scope;
        if (rule.matter !== undefined) {
            scope = this.trace.filter(event => event.kind === 'declared' && event.body.of === rule.matter &&
                ['applies', 'does-not-apply', 'unknown'].includes(event.body.status)).at(-1)?.body.status;
        }
        if (scope === 'does-not-apply') {
            rule.noInstanceState = 'not-applicable';
            return [];
        }
        if (counting.length === 0) {
            rule.noInstanceState = scope === 'applies' || this.trace.some(event => this.isTarget(rule.then, event)) ? 'anchor-missing' : 'not-started';
            return [];
        }
        const earliest = counting.reduce((a, b) => (b.time < a.time ? b : a));
        const from = Math.min(...counting.map(one => one.anchor.index));
        const target = this.trace.find(event => event.index > from && this.isTarget(rule.then, event));
        const one = { key: '', opening: earliest.anchor, activation: earliest.anchor, start: this.t(earliest.anchor), bound: this.rolled(rule, earliest, zone, holidays), target };
        const found = this.judged([one]);
        rule.noInstanceState = 'not-started';
        for (const instance of found) {
            if (target) instance.state = 'filed';
            else if (rule.matter !== undefined && scope === undefined) instance.state = 'scope-not-declared';
            else instance.state = { pending: 'due', violated: 'overdue', inconclusive: 'inconclusive' }[instance.verdict];
        }
        return found;
    }

    // 2.5, deadline: `roll` and `roll_by` of the rule
    rolled(rule, { bound, time }, zone, holidays) {
        const days = new Days(zone, holidays);
        if (rule.roll !== 'next' || days.isBusiness(days.of(time))) return time;
        return days.end(days.nextBusiness(days.of(time)), rule.roll_by ?? bound.by);
    }

    // -----------------------------------------------------------------------------------------
    // 2.7 to 2.9: from an instance to its finding

    finding(rule, one) {
        if (one.start !== undefined && one.met !== undefined) one.met = Math.max(one.met, one.start);
        const { activation, target, start, bound, met } = one;
        let { verdict } = one;
        let excusedBy;
        const own = verdict;
        const open = ['violated', 'pending', 'inconclusive'].includes(verdict);
        if (open && rule.unless && ['respond', 'each', 'all_of', 'any_of', 'choose', 'deadline'].includes(rule.kind)) {
            const keyed = !['choose', 'deadline'].includes(rule.kind);
            const excuse = this.trace.some(event => this.matches(rule.unless, event) && (!keyed || this.targetKey(rule, event) === one.key) &&
                (rule.kind === 'deadline' || event.index > one.opening.index) && (bound === undefined || this.t(event) <= bound));
            if (excuse) {
                verdict = 'excused';
                excusedBy = 'unless';
            }
        }
        const finding = { rule: rule.id, verdict, excused_by: excusedBy, state: one.state };
        finding.activation_seq = activation?.seq;
        finding.target_seq = target?.seq;
        Object.assign(finding, { start_ms: start, bound_ms: bound, met_ms: met });
        if (bound !== undefined && met !== undefined) finding.margin_ms = bound - met;
        if (open) {
            const miss = this.nearestMiss(rule, one, own);
            if (miss) [finding.miss_seq, finding.miss_why] = [miss[0].seq, miss[1]];
        }
        this.points(rule, one, finding);
        finding.subject = one.subject ?? (activation && rule.kind !== 'precede' ? this.subject(activation) : target && this.subject(target));
        finding.actor = this.actor(rule, one, own);
        let name = rule.id;
        const named = ['precede', 'content', 'flow', 'forbid'].includes(rule.kind) ? target : activation ?? target;
        if (named) name += `--${named.seq}`;
        if (rule.kind === 'all_of') name += `--${one.party}`;
        finding.name = name;
        this.said(finding);
        const done = { finding, name, verdict };
        if (!this.ruling(done)) this.consequence(rule, done);
        if (!['satisfied', 'violated', 'excused'].includes(done.verdict)) {
            for (const field of ['time_permille', 'content_permille', 'assistance_permille']) delete finding[field];
        }
        for (const field in finding) if (finding[field] === undefined || finding[field] === '') delete finding[field];
        return done;
    }

    // 2.9: what was said of it
    said(finding) {
        const last = kind => this.trace.filter(event => event.kind === kind && event.body.finding === finding.name).at(-1);
        finding.cause = last('caused')?.body.cause;
        finding.disputed_seq = last('disputed')?.seq;
    }

    // 2.7, rulings
    ruling(done) {
        const last = this.trace.filter(event => event.kind === 'ruled' && filled(event.body.verdict) && event.body.finding === done.name).at(-1);
        if (!last) return false;
        const points = last.body.verdict === 'satisfied' ? 1000 : 0;
        done.finding.found = done.verdict;
        done.verdict = last.body.verdict;
        Object.assign(done.finding, { verdict: done.verdict, excused_by: undefined, time_permille: points, content_permille: points, assistance_permille: points });
        delete done.finding.excused_by;
        return true;
    }

    // 2.7, consequences
    consequence(rule, done) {
        if (done.verdict !== 'violated') return;
        const root = asList(rule.caused_by).find(id => (this.done.get(id) ?? []).some(other =>
            (other.verdict === 'violated' && other.finding.miss_why !== 'late') || (other.verdict === 'excused' && other.consequence)));
        if (!root) return;
        done.verdict = 'excused';
        done.consequence = true;
        Object.assign(done.finding, { verdict: 'excused', excused_by: root });
    }

    // 2.8
    graced(rule, margin) {
        const late = Math.max(0, -margin);
        return late < rule.grace ? Math.floor((1000 * (rule.grace - late)) / rule.grace) : 0;
    }

    points(rule, one, finding) {
        const set = (time, content, assistance) => Object.assign(finding, { time_permille: time, content_permille: content, assistance_permille: assistance });
        const { verdict } = finding;
        if (!['satisfied', 'violated', 'excused'].includes(verdict)) return;
        const satisfied = verdict === 'satisfied';
        const assistance = this.helped(rule, one) ? 500 : 1000;
        if (rule.kind === 'precede' ? !one.first : !one.target) {
            if (satisfied) set(1000, 1000, assistance);
            else set(0, 0, 0);
            return;
        }
        let time;
        if (rule.kind === 'sequence') time = one.ownTime;
        else if (satisfied || rule.kind === 'content' || rule.kind === 'flow') time = 1000;
        else if (['forbid', 'forbid_until', 'count', 'hold'].includes(rule.kind)) time = 0;
        else time = this.graced(rule, finding.margin_ms);
        let content = one.ownContent ?? 1000;
        if (['respond', 'each', 'all_of', 'any_of', 'cadence'].includes(rule.kind)) content = rule.content === false ? 1000 : this.told(one.target, rule.then);
        if (['respond', 'each', 'all_of', 'any_of', 'cadence', 'sequence'].includes(rule.kind) && one.target.kind === 'messaged' &&
            one.target.body.type === 'approval' && one.target.body.unread === true) content = 0;
        set(time, content, assistance);
    }

    // 2.8, content
    told(target, pattern) {
        const facts = asList(target.body.facts);
        const unknown = asList(target.body.unknown);
        if (!['messaged', 'said'].includes(target.kind) || facts.length + unknown.length === 0) return 1000;
        const sender = target.actor;
        const to = asList(target.body.to);
        const listed = to.filter(party => (pattern.conditions.to ?? []).includes(party));
        const parties = listed.length > 0 ? listed : to;
        const saysUnknown = fact => filled(fact.slot) && unknown.includes(fact.slot);
        const must = this.facts.filter(fact => parties.some(party => this.need(fact.id, party) === 'must' && this.lacks(party, fact.id, target)) &&
            (this.knows(sender, fact.id, target) || facts.includes(fact.id) || saysUnknown(fact)) && !this.knowsReplaced(sender, fact.id, target));
        const covered = must.filter(fact => facts.includes(fact.id) || (saysUnknown(fact) && !this.knows(sender, fact.id, target)));
        const recall = must.length === 0 ? 1000 : Math.floor((1000 * covered.length) / must.length);
        const bad = facts.filter(id => parties.some(party => this.need(id, party) === 'never') || this.knowsReplaced(sender, id, target) ||
            (!this.knows(sender, id, target) && !this.isTrue(id, target.exercise)));
        const precision = facts.length === 0 ? 1000 : Math.floor((1000 * (facts.length - bad.length)) / facts.length);
        return Math.floor((recall * precision) / 1000);
    }

    isTrue(id, time) {
        const truth = asList(this.fact(id)?.truth).filter(one => milliseconds(one.from) <= time).at(-1);
        return truth === undefined || truth.holds;
    }

    // 2.8, assistance
    helped(rule, one) {
        const then = one.then ?? rule.then;
        const byContingency = ['respond', 'each', 'all_of', 'any_of', 'choose'].includes(rule.kind);
        return this.trace.some(event => {
            let helps = event.kind === 'hinted' && event.body.rule === rule.id;
            if (byContingency && event.kind === 'delivered') {
                const inject = this.injects.find(other => other.id === event.body.inject);
                helps = Boolean(inject && this.kindOf(inject) === 'contingency' && inject.unless && this.overlap(pattern(inject.unless, true), then));
            }
            if (!helps) return false;
            if (rule.kind === 'precede') return Boolean(one.first) && event.index < one.first.index;
            if (rule.kind === 'content' || rule.kind === 'flow') return event.index < one.target.index;
            if (!one.opening || !one.target) return true;
            return event.index > one.opening.index && event.index < one.target.index;
        });
    }

    overlap(a, b) {
        if (a.kind !== b.kind) return false;
        const restricted = one => {
            const fields = {};
            for (const field in one.conditions) if (PATTERNS[one.name][2].split(' ').includes(field)) fields[field] = one.conditions[field];
            for (const field in one.fixed) fields[field] = (fields[field] ?? [one.fixed[field]]).filter(value => value === one.fixed[field]);
            return fields;
        };
        const [left, right] = [restricted(a), restricted(b)];
        return Object.keys(left).filter(field => field in right).every(field =>
            left[field].some(x => right[field].some(y => x === y || (field === 'by' && this.sameParty(x, y)))));
    }

    // 2.9
    subject(event) {
        return ['message', 'inject', 'fact', 'question', 'action', 'of', 'name', 'phase'].map(field => event.body[field]).find(filled);
    }

    nearestMiss(rule, one, own) {
        if (one.miss) return one.miss;
        if (rule.kind === 'precede') {
            if (one.after) return [one.after, 'late'];
            const near = this.trace.find(event => event.index < one.target.index && this.activationKey(rule, event) === one.key &&
                this.fitsName(rule.when, event) && this.failing(rule.when, event).length === 1);
            return near && [near, this.failing(rule.when, near)[0]];
        }
        if (!['respond', 'each', 'all_of', 'any_of', 'choose', 'cadence', 'deadline'].includes(rule.kind)) return undefined;
        if (one.target) return [one.target, 'late'];
        const then = one.then ?? rule.then;
        const when = one.when ?? rule.when;
        const later = this.trace.filter(event => event.index > one.opening.index && !this.tellsItself(event) && (one.bound === undefined || this.t(event) <= one.bound) &&
            (rule.kind !== 'cadence' || !one.closer || event.index < one.closer.index));
        const wanted = one.parties ?? then.conditions.by;
        if (!['choose', 'cadence', 'deadline'].includes(rule.kind) && ['knows', 'reached'].includes(then.name) && wanted && !rule.match) {
            const facts = then.conditions.fact;
            const sent = later.find(event => event.kind === 'messaged' && this.addressed(wanted, event) &&
                (then.name === 'reached' || asList(event.body.facts).some(fact => !facts || facts.includes(fact))));
            if (sent) return [sent, 'unreached'];
        }
        const keyed = !['choose', 'cadence', 'deadline'].includes(rule.kind);
        for (const event of later) {
            if ((keyed && this.targetKey(rule, event) !== one.key) || !this.fitsName(then, event)) continue;
            const failing = this.failing(then, event);
            if (rule.kind === 'choose' && failing.includes('question')) continue;
            if (failing.length === 1 && !(when && this.matches(when, event))) return [event, failing[0]];
            if (failing.length > 0) continue;
            if (this.unread(event)) return [event, 'unread'];
            if (rule.kind === 'cadence' && one.uncounted.includes(event)) return [event, 'empty'];
            if (one.parties && !this.isFor(one.parties, event)) return [event, 'parties'];
        }
        return undefined;
    }

    actor(rule, one, own) {
        if (rule.kind === 'hold' && own === 'violated') {
            const seen = new Set();
            for (let event = one.target; event && !seen.has(event.seq); event = this.log.find(other => other.seq === event.cause)) {
                if (this.isSeat(event.actor)) return event.actor;
                seen.add(event.seq);
            }
        }
        if (rule.role) return this.seats(rule.role).find(seat => this.definition.seats.find(other => other.id === seat).roles.includes(rule.role)) ?? rule.role;
        const { target, activation } = one;
        const seat = name => (this.isSeat(name) ? name : undefined);
        if (rule.kind === 'precede') return seat(target.actor);
        if (target && target.kind !== 'learned') return seat(target.actor);
        if (!activation) return undefined;
        const to = asList(activation.body.to);
        if (to.length === 0) return seat(activation.actor);
        const named = new Set(to.flatMap(party => this.seats(party)));
        return to.every(party => this.seats(party).length > 0) && named.size === 1 ? [...named][0] : undefined;
    }
}

// Days of a zone, by their number since 1970
class Days {
    constructor(zone, holidays) {
        Object.assign(this, { zone, holidays });
    }

    of(time) {
        return Math.floor((time + this.zone) / DAY);
    }

    isBusiness(day) {
        const date = new Date(day * DAY);
        return ![0, 6].includes(date.getUTCDay()) && !this.holidays.includes(date.toISOString().slice(0, 10));
    }

    nextBusiness(day) {
        let next = day + 1;
        while (!this.isBusiness(next)) next++;
        return next;
    }

    end(day, by) {
        if (by === undefined) return day * DAY - this.zone + DAY - 1;
        const [hours, minutes] = by.split(':').map(Number);
        return day * DAY - this.zone + hours * HOUR + minutes * 60000;
    }
}

// 2.5, deadline: the moment of one bound
function dueTime(bound, anchor, zone, holidays) {
    if (bound.hours !== undefined) return anchor + bound.hours * HOUR;
    const days = new Days(zone, holidays);
    const day = days.of(anchor);
    if (bound.after === 'year') return days.end(Date.UTC(new Date(day * DAY).getUTCFullYear(), 11, 31) / DAY + bound.days, bound.by);
    if (bound.days !== undefined) return days.end(day + bound.days - (bound.first_day === 'counts' ? 1 : 0), bound.by);
    if (bound.business_days !== undefined) {
        let last = day;
        for (let left = bound.business_days; left > 0; left--) last = days.nextBusiness(last);
        return days.end(last, bound.by);
    }
    const start = new Date(day * DAY);
    const lastOfMonth = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + bound.months + 1, 0)).getUTCDate();
    return days.end(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + bound.months, Math.min(start.getUTCDate(), lastOfMonth)) / DAY, bound.by);
}

// The findings with their names (2.7, rulings): [{finding, name}].
export function evaluateNamed(definition, rules, log, now) {
    return new Evaluation(definition, log, now).all(rules);
}

// 3: what evaluators rated: {capability: [{by, rating}]}, of each evaluator the last
export function ratings(definition, log, now) {
    const rated = {};
    for (const event of new Evaluation(definition, log, now).trace) {
        if (event.kind !== 'rated') continue;
        const { by, capability, rating } = event.body;
        const own = (rated[capability] ??= []);
        const old = own.find(one => one.by === by);
        if (old) old.rating = rating;
        else own.push(by === undefined ? { rating } : { by, rating });
    }
    return rated;
}

// 3: [{id, n, satisfied, rules, low_permille, high_permille, points_permille, proposed, capped_by, rated}], in the order of the
// rules, then what was rated alone; what does not exist is left out. `scale` is the organisation's, in percent.
export function capabilities(rules, findings, rated = {}, scale = { P: 80, S: 66, M: 50 }) {
    const ids = [...new Set([...rules.map(rule => rule.capability).filter(filled), ...Object.keys(rated)])];
    return ids.map(id => {
        const own = rules.filter(rule => rule.capability === id);
        let [n, satisfied, scored, weights, sum] = [0, 0, 0, 0, 0];
        let critical;
        for (const rule of own) {
            const opportunities = findings.filter(finding => finding.rule === rule.id && ['satisfied', 'violated'].includes(finding.verdict));
            if (opportunities.length === 0) continue;
            n += opportunities.length;
            satisfied += opportunities.filter(finding => finding.verdict === 'satisfied').length;
            scored++;
            const points = opportunities.map(finding => Math.floor((finding.time_permille * finding.content_permille * finding.assistance_permille) / 1000000));
            const weight = rule.weight ?? 1;
            sum += weight * Math.floor(points.reduce((a, b) => a + b, 0) / points.length);
            weights += weight;
            if (rule.severity === 'critical' && opportunities.some(finding => finding.verdict === 'violated')) critical ??= rule.id;
        }
        const result = { id, n, satisfied, rules: scored, rated: rated[id] };
        if (n > 0) {
            Object.assign(result, interval(satisfied, n), { points_permille: Math.floor(sum / weights) });
            if (n >= 4) {
                result.proposed = ['P', 'S', 'M'].find(rating => result.points_permille >= 10 * scale[rating]) ?? 'U';
                if (critical !== undefined && ['P', 'S'].includes(result.proposed)) Object.assign(result, { proposed: 'M', capped_by: critical });
            }
        }
        return Object.fromEntries(Object.entries(result).filter(([, value]) => value !== undefined));
    });
}

// 3: the interval after Wilson, in thousandths
function interval(k, n) {
    const r = wholeRoot(384160000n + (400000000n * BigInt(k) * BigInt(n - k)) / BigInt(n));
    const [middle, below] = [2000000n * BigInt(k) + 3841600n, 2n * (1000000n * BigInt(n) + 3841600n)];
    return { low_permille: Number((1000n * (middle - 196n * r)) / below), high_permille: Number((1000n * (middle + 196n * r)) / below) };
}

function wholeRoot(square) {
    let root = BigInt(Math.floor(Math.sqrt(Number(square))));
    while (root * root > square) root--;
    while ((root + 1n) * (root + 1n) <= square) root++;
    return root;
}

export function evaluate(definition, rules, log, now) {
    return evaluateNamed(definition, rules, log, now).map(one => one.finding);
}
