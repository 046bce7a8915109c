// The second scorer against findings worked out by hand from docs/rules.md: each kind at its bound, a
// millisecond before and after it. Where TOCSIN_SCORE_CASES names the program, it must find the same.

import { isDeepStrictEqual } from 'node:util';
import { rmSync } from 'node:fs';
import { both, clean, randomCase } from './cases.mjs';
import { capabilities, evaluate } from './evaluate.mjs';
import { plain, program, score, work } from './program.mjs';

const SIX_OF_EIGHT = 928;
const START = Date.parse('2026-11-20T22:00:00+09:00'); // a Friday
const BASE = {
    mode: 'paced', pace: 1, story_start: '2026-11-20T22:00:00+09:00',
    seats: [{ id: 'desk-a', roles: ['poc', 'handler'] }, { id: 'desk-b', roles: ['legal'] }, { id: 'commander', roles: ['commander'] }],
    stakeholders: [{ id: 'vendor', audience: 'partner' }, { id: 'press', audience: 'public' }, { id: 'head', audience: 'own' }],
    facts: [
        { id: 'f1', slot: 's1', needs: { commander: 'must', vendor: 'must', press: 'never' } },
        { id: 'f2', slot: 's2', replaces: 'f1', needs: { commander: 'must', vendor: 'useful' } },
        { id: 'f3', needs: { legal: 'must' }, truth: [{ from: '10s', holds: false }, { from: '20s', holds: true }] },
    ],
    injects: [
        { id: 'i1', to: ['poc'], facts: ['f1'], tlp: 'amber', question: { id: 'q1', owner: 'poc', within: '30s', options: [{ id: 'y' }, { id: 'n' }] } },
        { id: 'b1', kind: 'benign', to: ['poc'], facts: ['f3'], tlp: 'red' },
        { id: 'c1', to: ['poc'], unless: { message: { to: 'commander' }, within: '10s', of: 'i1' } },
    ],
    world: { w1: 'up' },
};

const cases = [];
let failed = 0;
let tried = 0;

// The definition as files that load: what the examples leave out is filled in, and means nothing here.
function whole({ facts, injects, ...rest }, rules) {
    const { scenario } = randomCase(1, 1);
    const words = one => ({ id: one.id, ...one });
    return {
        scenario: { ...scenario, ...rest, stakeholders: rest.stakeholders.map(one => ({ name: both('n'), contact: both('c'), reach: { phone: { answer: 'yes', delay: '10s' } }, ...words(one) })) },
        facts: facts.map(one => ({ text: both('f'), ...one, truth: one.truth?.map(part => ({ text: both('x'), ...part })) })),
        injects: injects.map(one => ({ from: 'somebody', from_name: both('S'), via: 'mail', title: both('t'), body: both('b'), ...one, reason: one.unless && both('r'),
            at: one.unless ? undefined : '0s',
            question: one.question && { prompt: both('p'), ...one.question, options: one.question.options?.map(option => ({ text: both('o'), ...option })) } })),
        rules: rules.map(one => ({ before: both('b'), title: both('t'), why: both('w'), ...one })),
    };
}

// Events are written as [at, actor, kind, body, more]; what is not said has its usual value.
function trace(events, pace = 1) {
    return [[0, 'facilitator', 'started', {}], ...events].map(([at, actor, kind, body = {}, more = {}], index) =>
        ({ seq: index + 1, at_ms: at, actor, kind, body, story_ms: START + (more.observed_ms ?? at) * pace, ...more }));
}

// What is expected may be less than everything: only the fields that it names are looked at, `undefined` too.
function check(title, rules, events, expected, definition = {}) {
    tried++;
    const log = trace(events, definition.pace);
    const found = evaluate({ ...BASE, ...definition }, [rules].flat(), log);
    cases.push({ title, found, ...whole({ ...BASE, ...definition }, [rules].flat()), log: log.map(clean) });
    const part = found.map((finding, index) => Object.fromEntries(Object.keys(expected[index] ?? finding).map(field => [field, finding[field]])));
    if (isDeepStrictEqual(part, expected)) return;
    failed++;
    console.log(`${title}\n  expected ${JSON.stringify(expected)}\n  found    ${JSON.stringify(found)}`);
}

const end = at => [at, 'facilitator', 'ended'];
const message = (at, actor, to, more = {}, envelope = {}) => [at, actor, 'messaged', { message: 'm1', type: 'report', to, ...more }, envelope];
const learned = (at, actor, fact, more = {}, envelope = {}) => [at, actor, 'learned', { fact, source: 'revealed', ...more }, envelope];
const noted = (at, actor = 'desk-b') => [at, actor, 'noted'];
const points = (time, content, assistance) => ({ time_permille: time, content_permille: content, assistance_permille: assistance });

// ---- respond, 2.5 to 2.8
const respond = { id: 'r', kind: 'respond', when: { note: {} }, then: { message: { to: 'commander' } }, within: '10s', grace: '4s' };
for (const [late, verdict, time] of [[-1, 'satisfied', 1000], [0, 'satisfied', 1000], [1, 'violated', 999], [1000, 'violated', 750], [3999, 'violated', 0], [4000, 'violated', 0]]) {
    check(`respond, ${late} ms late`, respond, [noted(5000), message(15000 + late, 'desk-a', ['commander']), end(60000)],
        [{ rule: 'r', verdict, activation_seq: 2, target_seq: 3, start_ms: 5000, bound_ms: 15000, met_ms: 15000 + late, margin_ms: 0 - late, ...points(time, 1000, 1000),
            miss_why: late > 0 ? 'late' : undefined, subject: undefined, actor: 'desk-a' }]);
}
check('ENDEX in the first millisecond', respond, [end(0), noted(5000), end(9000)], [{ verdict: 'not_activated' }]);
check('telling oneself is no answer and no near miss', respond, [noted(5000), message(6000, 'commander', ['commander']), end(60000)], [{ verdict: 'violated', target_seq: undefined, miss_seq: undefined }]);
check('telling oneself from one role to another begins nothing', { ...respond, when: { message: { type: 'report' } }, then: { note: {} } }, [message(5000, 'desk-a', ['poc', 'handler']), end(60000)], [{ verdict: 'not_activated' }]);
check('telling oneself and somebody else does', { ...respond, when: { message: { type: 'report' } }, then: { note: {} } }, [message(5000, 'desk-a', ['poc', 'legal']), end(60000)], [{ verdict: 'violated' }]);
check('what must not happen must not happen to oneself', [respond, { id: 'f', kind: 'forbid', never: { message: { to: 'poc' } }, duty: ['r'] }], [message(5000, 'desk-a', ['poc']), end(60000)], [{ verdict: 'not_activated' }, { verdict: 'violated', target_seq: 2 }]);
check('an ack of a message to oneself is about nothing', { ...respond, when: { ack: { about: { message: {} } } }, then: { note: {} } }, [message(5000, 'desk-a', ['poc']), [6000, 'desk-a', 'acked', { message: 'm1' }], end(60000)], [{ verdict: 'not_activated' }]);
check('the same event is never its own answer', { ...respond, when: { message: {} } }, [message(5000, 'desk-a', ['commander']), end(16000)],
    [{ verdict: 'violated', target_seq: undefined, ...points(0, 0, 0), subject: 'm1', actor: 'commander' }]);
check('before ENDEX, at the bound', respond, [noted(5000), noted(15000, 'facilitator')], [{ verdict: 'pending', time_permille: undefined }, { verdict: 'pending' }]);
check('before ENDEX, after the bound', respond, [noted(5000), [15001, 'facilitator', 'paused']], [{ verdict: 'violated' }]);
check('ENDEX at the bound', respond, [noted(5000), end(15000)], [{ verdict: 'violated' }]);
check('ENDEX before the bound', respond, [noted(5000), end(14999)], [{ verdict: 'inconclusive', content_permille: undefined }]);
check('an event at ENDEX counts, whatever its seq', respond, [noted(5000), end(9000), message(9000, 'desk-a', ['poc', 'commander'])], [{ verdict: 'satisfied', target_seq: 4 }]);
check('an event after ENDEX does not', respond, [noted(5000), end(9000), message(9001, 'desk-a', ['commander'])], [{ verdict: 'inconclusive' }]);
check('a late entry counts when it happened', respond, [noted(5000), end(30000), message(30000, 'desk-a', ['commander'], {}, { observed_ms: 15000 })],
    [{ verdict: 'satisfied', met_ms: 15000, margin_ms: 0 }]);
check('annulled, with what followed from what followed', { ...respond, then: { knows: { by: 'commander' } } },
    [noted(5000), [5500, 'commander', 'messaged', { message: 'm1', type: 'order', to: ['desk-a'] }], [6000, 'vendor', 'arrived', { message: 'm1' }, { cause: 3 }], [6000, 'vendor', 'acted', { action: 'isolate' }, { cause: 4 }],
        learned(6000, 'commander', 'f1', {}, { cause: 5 }), [7000, 'facilitator', 'annulled', { event: 3 }], end(40000)], [{ verdict: 'violated', target_seq: undefined }]);
check('STARTEX cannot be annulled, nor what followed from it', { ...respond, when: { knows: { by: 'commander' } }, then: { note: {} } },
    [learned(0, 'commander', 'f1', {}, { cause: 1 }), [1000, 'facilitator', 'annulled', { event: 1 }], end(40000)], [{ verdict: 'violated', activation_seq: 2 }]);
check('annulled, with what followed', [respond, { ...respond, id: 'k', then: { knows: { by: 'commander' } } }],
    [noted(5000), message(6000, 'desk-a', ['commander'], { facts: ['f1'] }), learned(6000, 'commander', 'f1', {}, { cause: 3 }), [7000, 'facilitator', 'annulled', { event: 3 }], end(40000)],
    [{ rule: 'r', verdict: 'violated', target_seq: undefined }, { rule: 'k', verdict: 'violated', target_seq: undefined }]);
check('knowledge targets may lie before the opening', { ...respond, then: { knows: { by: 'commander' } } }, [learned(1000, 'commander', 'f1'), noted(5000), end(40000)],
    [{ verdict: 'satisfied', target_seq: 2, met_ms: 5000, margin_ms: 10000, actor: 'desk-b' }]);
check('unless, at the bound', { ...respond, unless: { declaration: {} } }, [noted(5000), [15000, 'desk-a', 'declared', { status: 'x' }], end(40000)],
    [{ verdict: 'excused', excused_by: 'unless', ...points(0, 0, 0) }]);
check('unless, after the bound', { ...respond, unless: { declaration: {} } }, [noted(5000), [15001, 'desk-a', 'declared', { status: 'x' }], end(40000)], [{ verdict: 'violated' }]);
check('consume', { ...respond, consume: true }, [noted(1000), noted(2000), message(3000, 'desk-a', ['commander']), message(12001, 'desk-a', ['commander']), end(40000)],
    [{ verdict: 'satisfied', target_seq: 4 }, { verdict: 'violated', target_seq: 5, margin_ms: -1, time_permille: 999 }]);
check('match: re', { ...respond, when: { message: { to: 'poc' } }, then: { message: { to: 'commander' } }, match: 're' },
    [message(1000, 'commander', ['poc'], { message: 'm7' }), message(2000, 'desk-a', ['commander'], { re: 'm8' }), message(3000, 'desk-a', ['commander'], { re: 'm7' }), end(40000)],
    [{ verdict: 'satisfied', target_seq: 4, subject: 'm7' }]);
check('while the world is so', { ...respond, while: { world: { w1: 'down' } } },
    [noted(1000), [2000, 'story', 'world-set', { name: 'w1', value: 'down' }], noted(3000), end(60000)], [{ activation_seq: 4, verdict: 'violated' }]);
check('fails one condition', respond, [noted(1000), message(2000, 'desk-a', ['vendor']), end(60000)], [{ miss_seq: 3, miss_why: 'to' }]);
check('hints', respond, [noted(1000), [1500, 'facilitator', 'hinted', { rule: 'r' }], message(2000, 'desk-a', ['commander']), end(60000)], [points(1000, 1000, 500)]);
check('a contingency helps', respond, [noted(1000), [1500, 'clock', 'delivered', { inject: 'c1', to: ['poc'] }], message(2000, 'desk-a', ['commander']), end(60000)],
    [points(1000, 1000, 500)]);
check('the mode', { ...respond, modes: ['live'] }, [noted(1000), end(2000)], [{ rule: 'r', verdict: 'not_measured', actor: undefined, start_ms: undefined }]);
check('applies_if', { ...respond, applies_if: { declaration: {} } }, [noted(1000), end(2000)], [{ verdict: 'not_activated', start_ms: undefined }]);

// ---- 2, the story's time: lengths are the calendar's, the order is the trace's
const calendar = { ...respond, time: 'story', within: '10m' };
check("the story's clock, at the bound", calendar, [noted(5000), message(15000, 'desk-a', ['commander']), end(60000)],
    [{ verdict: 'satisfied', start_ms: START + 300000, bound_ms: START + 900000, met_ms: START + 900000, margin_ms: 0 }], { pace: 60 });
check("the story's clock, a jump over the bound", { ...calendar, within: '1h' }, [noted(5000), [6000, 'facilitator', 'jumped', { story_ms: START + 3605001 }, { story_ms: START + 3605001 }], end(6000)],
    [{ verdict: 'violated', bound_ms: START + 3605000 }]);
check("the story's clock, a jump to the bound", { ...calendar, within: '1h' }, [noted(5000), [6000, 'facilitator', 'jumped', { story_ms: START + 3605000 }, { story_ms: START + 3605000 }]],
    [{ verdict: 'pending' }]);

const discussed = (at, story) => [at, 'facilitator', 'jumped', { story_ms: story }, { story_ms: story }];
check('in the mode discuss the calendar only jumps', { ...calendar, within: '1s' }, [noted(0), [90000, 'facilitator', 'paused']], [{ verdict: 'pending', start_ms: START }], { mode: 'discuss' });
check('and it does jump', { ...calendar, within: '1s' }, [noted(0), discussed(90000, START + 1001)], [{ verdict: 'violated' }], { mode: 'discuss' });
check('what begins after now gives no finding', { ...calendar, kind: 'each' }, [[5000, 'desk-b', 'noted', {}, { story_ms: START + 3600000 }], end(6000)], [{ name: 'r', rule: 'r', verdict: 'not_activated' }]);

// ---- 2.6, attention
const aware = { id: 'a', kind: 'respond', when: { knows: 'f1', by: 'poc', attention: '10s' }, then: { message: { to: 'commander' } }, within: '10s' };
const delivered = at => [at, 'clock', 'delivered', { inject: 'i1', to: ['poc'], via: 'phone' }];
check('not reading is no way out', aware, [delivered(1000), end(60000)],
    [{ verdict: 'violated', activation_seq: 2, start_ms: 11000, bound_ms: 21000, subject: 'f1', actor: 'desk-a' }]);
check('reading starts the clock', aware, [delivered(1000), learned(3000, 'desk-a', 'f1'), end(60000)], [{ activation_seq: 3, start_ms: 3000 }]);
check('who acts before the clock starts acts in time', aware, [delivered(1000), message(2000, 'desk-a', ['commander']), end(60000)],
    [{ verdict: 'satisfied', activation_seq: 2, start_ms: 2000, met_ms: 2000, bound_ms: 12000, margin_ms: 10000 }]);
check('not started before ENDEX', aware, [delivered(1000), end(10999)], [{ rule: 'a', verdict: 'not_activated', start_ms: undefined }]);
check('started at ENDEX', aware, [delivered(1000), end(11000)], [{ verdict: 'inconclusive' }]);

// ---- 2.8, content
const report = { ...respond, then: { message: {} }, within: undefined, grace: undefined };
const told = (facts, unknown, more = []) => [...more, noted(5000), message(6000, 'desk-a', ['commander'], { facts, unknown }), end(60000)];
check('recall', report, told(['f3'], undefined, [learned(1000, 'desk-a', 'f1')]), [points(1000, 0, 1000)]); // f1 is missing
check('recall of what is known, with one more', report, told(['f1'], [], [learned(1000, 'desk-a', 'f1')]), [points(1000, 1000, 1000)]);
check('said to be unknown', report, told(undefined, ['s1']), [points(1000, 1000, 1000)]);
check('said to be unknown by one who knows', report, told(undefined, ['s1'], [learned(1000, 'desk-a', 'f1')]), [points(1000, 0, 1000)]);
check('stale', report, told(['f1', 'f2'], undefined, [learned(1000, 'desk-a', 'f1'), learned(2000, 'desk-a', 'f2')]), [points(1000, 500, 1000)]);
check('over-claimed', report, [noted(5000), message(19999, 'desk-a', ['vendor'], { facts: ['f3'] }), end(60000)], [points(1000, 0, 1000)]);
check('true by then', report, [noted(5000), message(20000, 'desk-a', ['vendor'], { facts: ['f3'] }), end(60000)], [points(1000, 1000, 1000)]);
check('never', report, [noted(5000), message(6000, 'desk-a', ['press'], { facts: ['f1', 'f2'] }), end(60000)], [points(1000, 500, 1000)]);
check('a stamp is no approval', report, [noted(5000), message(6000, 'desk-a', ['commander'], { type: 'approval', unread: true }), end(60000)], [points(1000, 0, 1000)]);

check('content: no', { ...report, content: false }, told(['f3'], undefined, [learned(1000, 'desk-a', 'f1')]), [points(1000, 1000, 1000)]);
check('whoever told us need not be told', report, told(['f3'], undefined, [[900, 'clock', 'delivered', { inject: 'w1', to: ['poc'] }], learned(1000, 'desk-a', 'f1')]),
    [points(1000, 1000, 1000)], { injects: [{ id: 'w1', from: 'commander', to: ['poc'], facts: ['f1', 'f3'] }], facts: BASE.facts.slice(0, 2).concat({ id: 'f3' }) });

// ---- 1.1, lacks and needed_by
const soft = { law: { article: 'a', soft: 's' } };
check('a soft duty at ENDEX', { ...respond, within: undefined, grace: undefined, ...soft }, [noted(5000), end(60000)], [{ verdict: 'inconclusive' }]);
check('a soft duty with a bound', { ...respond, ...soft }, [noted(5000), end(60000)], [{ verdict: 'violated' }]);
check('lacks', { ...respond, then: { message: { lacks: ['re', 'unknown'] } } },
    [noted(1000), message(2000, 'desk-a', ['head'], { re: 'm0' }), message(3000, 'desk-a', ['head'], { unknown: ['s1'] }), message(4000, 'desk-a', ['head'], { unknown: [] }), end(60000)], [{ target_seq: 5 }]);
check('needed_by', { ...respond, then: { message: { needed_by: ['legal'] } } }, [noted(1000), message(2000, 'desk-a', ['legal'], { facts: ['f1'] }), message(3000, 'desk-a', ['head'], { facts: ['f3'] }), end(60000)],
    [{ target_seq: 4 }]);

// ---- 2.3, drafts
const drafts = { ...respond, when: { message: 'approval-request' }, then: { message: 'approval' }, match: 'draft' };
check('match: draft', drafts, [message(1000, 'desk-a', ['legal'], { type: 'approval-request', message: 'm7' }), message(2000, 'desk-b', ['poc'], { type: 'approval', message: 'm8', draft: 'm6' }),
    message(3000, 'desk-b', ['poc'], { type: 'approval', message: 'm9', draft: 'm7' }), end(60000)], [{ verdict: 'satisfied', target_seq: 4, name: 'r--2' }]);

// ---- each
const each = { id: 'e', kind: 'each', when: { message: {} }, then: { ack: {} }, match: 'message' };
const acked = (at, body = {}) => [at, 'commander', 'acked', { message: 'm1', ...body }];
for (const [late, verdict] of [[0, 'satisfied'], [1, 'violated']]) {
    check(`each, ${late} ms late`, each, [message(1000, 'desk-a', ['commander'], { ack_within_ms: 5000 }), acked(6000 + late), end(60000)],
        [{ verdict, bound_ms: 6000, margin_ms: 0 - late, actor: 'commander', subject: 'm1' }]);
}
check('nothing was asked', each, [message(1000, 'desk-a', ['commander']), acked(2000), end(60000)], [{ verdict: 'not_activated' }]);
check('an unread ack is none', each, [message(1000, 'desk-a', ['commander'], { ack_within_ms: 5000 }), acked(2000, { unread: true }), end(60000)],
    [{ verdict: 'violated', miss_seq: 3, miss_why: 'unread', actor: 'commander' }]);

// ---- precede
const precede = { id: 'p', kind: 'precede', when: { message: { to: 'commander' } }, then: { message: { to: 'vendor' } }, grace: '2s' };
const two = (first, second) => [first, second].sort((a, b) => a[0] - b[0]);
const toCommander = at => message(at, 'desk-a', ['commander'], { message: 'm1' });
const toVendor = at => message(at, 'desk-b', ['vendor'], { message: 'm2' });
check('precede, before', precede, [...two(toCommander(4999), toVendor(5000)), end(9000)],
    [{ verdict: 'satisfied', activation_seq: 2, target_seq: 3, bound_ms: 5000, met_ms: 4999, margin_ms: 1, start_ms: undefined, ...points(1000, 1000, 1000), subject: 'm2', actor: 'desk-b' }]);
check('precede, at the same moment and first', precede, [toCommander(5000), toVendor(5000), end(9000)], [{ verdict: 'satisfied', margin_ms: 0 }]);
check('precede, at the same moment and second', precede, [toVendor(5000), toCommander(5000), end(9000)],
    [{ verdict: 'violated', activation_seq: undefined, target_seq: 2, margin_ms: 0, miss_seq: 3, miss_why: 'late', ...points(1000, 1000, 1000) }]);
check('precede, after', precede, [toVendor(5000), toCommander(5001), end(9000)], [{ verdict: 'violated', margin_ms: -1, ...points(999, 1000, 1000) }]);
check('precede, never', precede, [toVendor(5000), end(9000)], [{ verdict: 'violated', met_ms: undefined, margin_ms: undefined, ...points(0, 0, 0) }]);

check('precede, whatever the state was at what came first', { ...precede, while: { world: { w1: 'down' } } },
    [toCommander(1000), [2000, 'story', 'world-set', { name: 'w1', value: 'down' }], toVendor(3000), end(9000)], [{ verdict: 'satisfied', activation_seq: 2 }]);

// ---- forbid
const forbid = { id: 'f', kind: 'forbid', never: { message: { inject_kind: 'benign' } }, duty: ['r'] };
check('forbid, broken', forbid, [message(1000, 'desk-a', ['head'], { facts: ['f3'] }), end(9000)],
    [{ verdict: 'violated', target_seq: 2, met_ms: 1000, activation_seq: undefined, start_ms: undefined, bound_ms: undefined, ...points(0, 1000, 1000), subject: 'm1', actor: 'desk-a' }]);
check('forbid, kept by one who did something', [respond, forbid], [noted(1000), message(2000, 'desk-a', ['commander'], { facts: ['f1'] }), end(9000)],
    [{ rule: 'r', verdict: 'satisfied' }, { rule: 'f', verdict: 'satisfied', target_seq: undefined, ...points(1000, 1000, 1000) }]);
check('forbid, kept by keeping still', [respond, forbid], [end(9000)], [{ verdict: 'not_activated' }, { verdict: 'not_activated', time_permille: undefined }]);
check('forbid, before ENDEX', { ...forbid, duty: [] }, [noted(1)], [{ verdict: 'pending', time_permille: undefined }]);

check('forbid, what was not opened', { ...forbid, never: { ack: {} } }, [[1000, 'desk-a', 'acked', { message: 'm1', unread: true }], end(9000)], [{ verdict: 'violated', target_seq: 2 }]);

// ---- forbid_until
const until = { id: 'u', kind: 'forbid_until', when: { message: 'approval-request' }, never: { message: { to: 'press' } }, until: { message: 'approval' }, duty: [] };
const request = at => message(at, 'desk-a', ['legal'], { type: 'approval-request' });
const approval = (at, to = ['poc']) => message(at, 'desk-b', to, { type: 'approval', message: 'm3' });
const toPress = at => message(at, 'desk-a', ['press'], { message: 'm4' });
check('forbid_until, kept', until, [request(1000), approval(2000), toPress(2000), end(9000)], [{ verdict: 'satisfied', activation_seq: 2, target_seq: 3, start_ms: 1000, met_ms: 2000 }]);
check('forbid_until, broken', until, [request(1000), toPress(2000), approval(2000), request(3000), approval(4000), end(9000)],
    [{ verdict: 'violated', target_seq: 3, bound_ms: undefined, ...points(0, 1000, 1000), actor: 'desk-a' }, { verdict: 'satisfied', activation_seq: 5, target_seq: 6 }]);
check('forbid_until, what closes it breaks it', until, [request(1000), approval(2000, ['press']), end(9000)], [{ verdict: 'violated', target_seq: 3 }]);
check('forbid_until, never closed', until, [request(1000), request(2000), end(9000)], [{ verdict: 'not_activated', activation_seq: 2, start_ms: 1000, time_permille: undefined }]);

// ---- count
const count = (numbers, more = {}) => ({ id: 'c', kind: 'count', then: { message: { to: 'commander' } }, count: numbers, ...more });
check('at least two', count({ at_least: 2 }), [toCommander(1000), toCommander(2000)], [{ verdict: 'satisfied', target_seq: 3, met_ms: 2000, start_ms: undefined }]);
check('at least two, once before ENDEX', count({ at_least: 2 }), [toCommander(1000)], [{ verdict: 'pending', target_seq: undefined }]);
check('at least two, once', count({ at_least: 2 }), [toCommander(1000), end(9000)], [{ verdict: 'violated', target_seq: undefined, ...points(0, 0, 0) }]);
check('at most one', count({ at_most: 1 }), [toCommander(1000), toCommander(2000)], [{ verdict: 'violated', target_seq: 3, ...points(0, 1000, 1000) }]);
check('at most one, none', count({ at_most: 1 }), [end(2000)], [{ verdict: 'not_activated' }]);
const counted = count({ exactly: 1 }, { when: { note: {} }, within: '10s' });
check('exactly one, at the bound', counted, [noted(1000), toCommander(11000), [11001, 'facilitator', 'paused']],
    [{ verdict: 'satisfied', activation_seq: 2, target_seq: 3, start_ms: 1000, bound_ms: 11000, margin_ms: 0 }]);
check('exactly one, after the bound', counted, [noted(1000), toCommander(11001)], [{ verdict: 'violated', target_seq: undefined }]);
check('exactly one, not over', counted, [noted(1000), toCommander(2000), noted(11000, 'facilitator')], [{ verdict: 'pending' }, { verdict: 'pending' }]);
check('exactly one, ENDEX at the bound', counted, [noted(1000), toCommander(2000), end(11000)], [{ verdict: 'satisfied' }]);
check('exactly one, ENDEX before the bound', counted, [noted(1000), toCommander(2000), end(10999)], [{ verdict: 'inconclusive', target_seq: undefined }]);

// ---- cadence
const cadence = { id: 'd', kind: 'cadence', while: { world: { w1: 'down' } }, then: { message: {} }, every: '10s', grace: '2s', no_change: 1 };
const world = (at, value) => [at, 'story', 'world-set', { name: 'w1', value }];
const news = (at, more = {}) => message(at, 'desk-a', ['head'], { facts: ['f1'], ...more });
check('cadence', cadence, [world(1000, 'down'), news(11000), news(21001), world(31001, 'up'), end(60000)], [
    { verdict: 'satisfied', activation_seq: 2, target_seq: 3, margin_ms: 0, start_ms: 1000 },
    { verdict: 'violated', activation_seq: 3, target_seq: 4, margin_ms: -1, time_permille: 999 }]);
check('cadence, closed after the bound', cadence, [world(1000, 'down'), world(11001, 'up'), end(60000)], [{ verdict: 'violated', target_seq: undefined, bound_ms: 11000 }]);
check('cadence, closed at the bound', cadence, [world(1000, 'down'), world(11000, 'up'), end(60000)], [{ verdict: 'not_activated' }]);
check('cadence, a shorter promise', cadence, [world(1000, 'down'), news(2000, { next_update_ms: 5000 }), news(7001), end(7001)],
    [{ verdict: 'satisfied', bound_ms: 11000 }, { verdict: 'violated', bound_ms: 7000 }, { verdict: 'inconclusive', bound_ms: 17001 }]);
check('cadence, a promise of what opens it', { ...cadence, while: { since: { message: 'report' } } }, [news(1000, { next_update_ms: 5000 }), news(6000), end(6000)],
    [{ verdict: 'satisfied', bound_ms: 6000 }, { verdict: 'inconclusive', bound_ms: 16000 }]);
check('cadence, nothing new once too often', cadence, [world(1000, 'down'), news(2000, { facts: [] }), news(3000, { facts: [] }), end(60000)],
    [{ verdict: 'satisfied', target_seq: 3 }, { verdict: 'violated', activation_seq: 3, target_seq: undefined, miss_seq: 4, miss_why: 'empty' }]);
check('cadence, a state that holds from the beginning', { ...cadence, while: { world: { w1: 'up' } } }, [news(10000), end(20000)],
    [{ activation_seq: 1, verdict: 'satisfied', margin_ms: 0 }, { verdict: 'violated', bound_ms: 20000 }]);

// ---- all_of and any_of
const all = { id: 'l', kind: 'all_of', when: { knows: 'f1', by: 'poc' }, then: { message: {} }, parties: ['handler', 'head', 'nobody', 'legal'], within: '10s' };
check('all_of', all, [learned(1000, 'desk-a', 'f1'), message(11000, 'desk-a', ['head'], { message: 'm1' }), message(11001, 'desk-a', ['room'], { message: 'm2' }), end(60000)], [
    { verdict: 'satisfied', subject: 'head', target_seq: 3, margin_ms: 0 }, { verdict: 'violated', subject: 'legal', target_seq: 4, margin_ms: -1 }]);
check('all_of, for another', all, [learned(1000, 'desk-a', 'f1'), message(2000, 'desk-a', ['vendor']), end(60000)],
    [{ subject: 'head', miss_seq: 3, miss_why: 'parties', actor: 'desk-a' }, { subject: 'legal', miss_seq: 3, miss_why: 'parties' }]);
check('all_of, who was told', { ...all, when: { knows: { corrects: true, by: 'poc' } }, parties: 'told' },
    [learned(500, 'head', 'f1', { source: 'message' }), learned(600, 'desk-b', 'f1', { source: 'said' }), learned(650, 'commander', 'f1', { source: 'inject' }),
        learned(660, 'commander', 'f1', { source: 'heard' }), learned(670, 'vendor', 'f1', { source: 'message' }), learned(700, 'desk-a', 'f1', { source: 'message' }),
        learned(1000, 'desk-a', 'f2', { replaces: 'f1', through: 'v1' }), end(60000)],
    [{ name: 'l--8--desk-b', subject: 'desk-b', verdict: 'violated' }, { subject: 'head', verdict: 'violated' }],
    { injects: [{ id: 'v1', from: 'vendor', to: ['poc'], facts: ['f2'] }] });
check('any_of', { ...all, kind: 'any_of', then: { reached: {} }, parties: ['head', 'vendor'] },
    [learned(1000, 'desk-a', 'f1'), [5000, 'press', 'reached', { message: 'm1' }], [11000, 'vendor', 'reached', { message: 'm1' }], end(60000)],
    [{ verdict: 'satisfied', target_seq: 4, margin_ms: 0, actor: undefined, subject: 'f1' }]);
check('any_of, sent but not arrived', { ...all, kind: 'any_of', then: { reached: {} }, parties: ['head', 'vendor'] },
    [learned(1000, 'desk-a', 'f1'), message(2000, 'desk-a', ['vendor']), end(60000)], [{ verdict: 'violated', miss_seq: 3, miss_why: 'unreached', actor: 'desk-a' }]);

// ---- sequence
const sequence = { id: 's', kind: 'sequence', steps: [{ message: { to: 'commander' } }, { message: { to: 'vendor' }, within: '5s' }, { note: {} }], within: '20s', grace: '2s' };
check('sequence', sequence, [toCommander(1000), toVendor(6000), noted(21000), end(60000)],
    [{ verdict: 'satisfied', activation_seq: 2, target_seq: 4, start_ms: 1000, bound_ms: 21000, met_ms: 21000, margin_ms: 0, ...points(1000, 1000, 1000) }]);
check('sequence, of what nothing else asks for', { ...sequence, steps: [{ note: { by: 'legal' } }, { readback: {} }] }, [noted(1000), [2000, 'desk-a', 'read-back', { message: 'm1' }], end(60000)],
    [{ verdict: 'satisfied', target_seq: 3 }]);
check('sequence, a gap, and its end at the very bound', { ...sequence, grace: undefined }, [toCommander(1000), toVendor(6001), noted(21000), end(60000)], [{ verdict: 'violated', miss_why: 'gap', ...points(1000, 1000, 1000) }]);
check('sequence, in time and late', sequence, [toCommander(1000), toVendor(6000), noted(21001), end(60000)], [{ verdict: 'violated', miss_why: 'late', ...points(999, 1000, 1000) }]);
check('sequence, a gap', sequence, [toCommander(1000), toVendor(6001), noted(21000), end(60000)], [{ verdict: 'violated', miss_seq: 3, miss_why: 'gap', ...points(1000, 1000, 1000) }]);
check('sequence, late', sequence, [toCommander(1000), toVendor(6000), noted(21001), end(60000)], [{ verdict: 'violated', miss_seq: 4, miss_why: 'late', ...points(999, 1000, 1000) }]);
check('sequence, in another order', sequence, [toVendor(1000), toCommander(2000), noted(3000), end(60000)],
    [{ verdict: 'violated', miss_seq: 2, miss_why: 'order', ...points(1000, 666, 1000), activation_seq: 2 }]);
check('sequence, a stamp at its end', { ...sequence, steps: [{ note: {} }, { message: {} }] }, [noted(1000), message(2000, 'desk-a', ['commander'], { type: 'approval', unread: true }), end(60000)],
    [{ verdict: 'satisfied', ...points(1000, 0, 1000) }]);
check('sequence, not complete', sequence, [toCommander(1000), end(21000)], [{ verdict: 'violated', target_seq: undefined, ...points(0, 0, 0), miss_why: undefined }]);
check('sequence, not complete at ENDEX', sequence, [toCommander(1000), end(20999)], [{ verdict: 'inconclusive' }]);

// ---- choose
const choose = { id: 'q', kind: 'choose', question: ['q1'], attention: '5s' };
const decided = (at, more = {}) => [at, 'desk-a', 'decided', { question: 'q1', option: 'o1', ...more }];
check('choose, in time', choose, [delivered(1000), decided(36000), end(60000)],
    [{ verdict: 'satisfied', start_ms: 6000, bound_ms: 36000, margin_ms: 0, subject: 'q1', actor: 'desk-a', ...points(1000, 1000, 1000) }]);
check('choose, late', choose, [delivered(1000), decided(36001), end(60000)], [{ verdict: 'violated', miss_why: 'late' }]);
check('choose, contested', choose, [delivered(1000), decided(2000, { contested: true }), end(60000)], [{ verdict: 'violated', target_seq: undefined, miss_seq: 3, miss_why: 'contested' }]);
check('choose, its parts', { ...choose, reason: true, knowing: ['f1', 'f2'], informing: ['head', 'vendor', 'nobody'], informed_within: '10s', worth: { o1: 500 } },
    [learned(500, 'desk-a', 'f1'), learned(500, 'desk-b', 'f2'), delivered(1000), decided(2000, { reason: 'h' }), message(12000, 'desk-b', ['head']), message(12001, 'desk-b', ['vendor']), end(60000)],
    [points(1000, 333, 1000)]); // (1000 + 500 + 500) / 3 = 666, half of it

// ---- hold
const hold = { id: 'h', kind: 'hold', keep: { since: { message: 'order' }, until: { declaration: 'closed' } }, until: { note: {} } };
const order = at => message(at, 'desk-a', ['vendor'], { type: 'order' });
const closed = (at, more) => [at, 'desk-b', 'declared', { status: 'closed' }, more];
check('hold, broken', hold, [order(1000), closed(2000), noted(3000), end(9000)],
    [{ verdict: 'violated', activation_seq: 2, target_seq: 3, start_ms: 1000, met_ms: 2000, actor: 'desk-b', ...points(0, 1000, 1000) }]);
check('hold, until', hold, [order(1000), noted(2000), closed(2000), end(9000)], [{ verdict: 'satisfied', target_seq: 3 }]);
check('hold, to the end', hold, [order(1000), end(9000)], [{ verdict: 'satisfied', target_seq: undefined, met_ms: undefined, ...points(1000, 1000, 1000) }]);
check('hold, never begun', hold, [noted(1000), order(2000), end(9000)], [{ verdict: 'not_activated' }]);
check('hold, who caused it', { ...hold, keep: { world: { w1: 'up' } }, until: undefined, role: 'legal' },
    [[1000, 'desk-a', 'acted', { action: 'x' }], [1000, 'story', 'world-set', { name: 'w1', value: 'down' }, { cause: 2 }], end(9000)], [{ verdict: 'violated', target_seq: 3, actor: 'desk-a' }]);

// ---- content
const content = { id: 't', kind: 'content', when: { message: {} }, at_least: 66, receiver: true };
check('content', content, [message(1000, 'desk-a', ['head'], { type: 'request', unknown: ['s1'] }), end(9000)],
    [{ verdict: 'satisfied', target_seq: 2, start_ms: 1000, met_ms: 1000, bound_ms: undefined, ...points(1000, 666, 1000), actor: 'desk-a' }]);
check('content, one thousandth short', { ...content, at_least: 67 }, [message(1000, 'desk-a', ['head'], { type: 'request', unknown: ['s1'] }), end(9000)],
    [{ verdict: 'violated', miss_seq: 2, miss_why: 'content', ...points(1000, 666, 1000) }]);
check('content, the receiver was asked', content,
    [message(1000, 'desk-a', ['head'], { type: 'request', unknown: ['s1'] }), end(9000), [9500, 'evaluator', 'receiver-tested', { message: 'm1', ask: true }]],
    [{ verdict: 'violated', content_permille: 333 }]);
check('content, slots', { ...content, receiver: undefined, slots: ['s1', 's2'], at_least: 50 }, [message(1000, 'desk-a', ['head'], { facts: ['f1'] }), end(9000)],
    [{ verdict: 'satisfied', content_permille: 500 }]);

check('content, silence is none', { ...content, receiver: undefined }, [message(1000, 'desk-a', ['head']), end(9000)], [{ verdict: 'not_activated' }]);

// ---- flow
const flow = { id: 'w', kind: 'flow', when: { message: {} } };
const knowing = learned(500, 'desk-a', 'f1', { source: 'inject', through: 'i1' });
check('flow, amber goes to clients at most', flow, [knowing, message(1000, 'desk-a', ['vendor'], { facts: ['f1'] }), end(9000)],
    [{ verdict: 'violated', miss_seq: 3, miss_why: 'tlp', ...points(1000, 0, 1000) }]);
check('flow, marked as looser', flow, [knowing, message(1000, 'desk-a', ['head'], { facts: ['f1'], tlp: 'green' }), end(9000)], [{ verdict: 'violated', miss_why: 'marking' }]);
check('flow, what the team has marked it may mark anew', flow, [learned(500, 'desk-a', 'f2', { source: 'message', through: 'm0' }, {}), message(1000, 'desk-a', ['head'], { facts: ['f2'], tlp: 'clear' }), end(9000)],
    [{ verdict: 'satisfied' }]);
check('flow, what a stakeholder has marked', { ...flow, when: { message: { by: 'poc' } } }, [message(400, 'vendor', ['poc'], { message: 'm0', facts: ['f2'], tlp: 'amber' }),
    learned(500, 'desk-a', 'f2', { source: 'message', through: 'm0' }), message(1000, 'desk-a', ['vendor'], { facts: ['f2'] }), message(2000, 'desk-a', ['head'], { facts: ['f2'], tlp: 'clear' }), end(9000)],
[{ verdict: 'satisfied', target_seq: 4 }, { verdict: 'violated', miss_why: 'marking' }]);
check('flow, need', flow, [message(1000, 'desk-a', ['press'], { facts: ['f1'] }), end(9000)], [{ verdict: 'violated', miss_why: 'need' }]);
check('flow, over', flow, [message(1000, 'desk-a', ['head'], { facts: ['f1'], tlp: 'amber' }), end(9000)], [{ verdict: 'violated', miss_why: 'over' }]);
check('flow, contradiction', flow, [message(1000, 'desk-b', ['head'], { facts: ['f2'] }), message(2000, 'desk-a', ['head'], { facts: ['f1'] }), end(9000)],
    [{ verdict: 'satisfied' }, { verdict: 'violated', miss_why: 'contradiction' }]);
check('flow, stricter than its label', flow, [knowing, message(1000, 'desk-a', ['head'], { facts: ['f1'], tlp: 'amber-strict' }, {}), end(9000)], [{ verdict: 'violated', miss_why: 'over' }]);
check('flow, only what is checked', { ...flow, check: ['tlp'] }, [knowing, message(1000, 'desk-a', ['head'], { facts: ['f1'], tlp: 'red' }), end(9000)],
    [{ verdict: 'satisfied', ...points(1000, 1000, 1000) }]);
check('flow, what the facilitator improvised keeps its label', { ...flow, check: ['tlp'] },
    [[100, 'facilitator', 'improvised', { inject: 'x1', to: ['poc'], via: 'phone', facts: ['f3'], tlp: 'red' }], [100, 'facilitator', 'delivered', { inject: 'x1', to: ['poc'] }],
        learned(500, 'desk-a', 'f3', { source: 'inject', through: 'x1' }), message(2000, 'desk-a', ['legal'], { facts: ['f3'] }), end(9000)], [{ verdict: 'violated', miss_why: 'tlp' }]);
check('flow, red stays with whom it came to', { ...flow, check: ['tlp'] },
    [[100, 'clock', 'delivered', { inject: 'b1', to: ['poc'] }], learned(500, 'desk-a', 'f3', { source: 'inject', through: 'b1' }), message(1000, 'desk-a', ['handler'], { facts: ['f3'] }),
        message(2000, 'desk-a', ['legal'], { facts: ['f3'] }), end(9000)], [{ verdict: 'violated', miss_why: 'tlp' }]);

// ---- deadline. The anchor is on Friday at 22:00:01 in the zone of the scenario.
const deadline = (bound, more = {}) => ({ id: 'x', kind: 'deadline', anchors: { a: { declaration: 'aware' } }, bounds: [{ from: 'a', ...bound }], then: { declaration: 'filed' }, ...more });
const anchored = [1000, 'desk-b', 'declared', { status: 'aware', of: 'leak' }];
const filed = time => [2000, 'desk-b', 'declared', { status: 'filed', of: 'leak' }, { story_ms: Date.parse(time) }];
for (const [bound, at, more] of [
    [{ hours: 72 }, '2026-11-23T22:00:01.000+09:00'],
    [{ hours: 3 }, '2026-11-23T23:59:59.999+09:00', { roll: 'next' }],
    [{ hours: 1 }, '2026-11-20T23:00:01.000+09:00', { roll: 'next' }],
    [{ hours: 3 }, '2026-11-24T12:00:00.000+09:00', { roll: 'next', roll_by: '12:00', holidays: ['2026-11-23'] }],
    [{ days: 1, by: '17:30' }, '2026-11-21T17:30:00.000+09:00'],
    [{ days: 1, by: '17:30' }, '2026-11-23T17:30:00.000+09:00', { roll: 'next' }],
    [{ days: 1, by: '17:30' }, '2026-11-23T12:00:00.000+09:00', { roll: 'next', roll_by: '12:00' }],
    [{ days: 1, by: '00:00' }, '2026-11-21T00:00:00.000+09:00'],
    [{ days: 1 }, '2026-11-21T23:59:59.999+09:00'],
    [{ days: 1, first_day: 'counts' }, '2026-11-20T23:59:59.999+09:00'],
    [{ days: 1 }, '2026-11-23T23:59:59.999+09:00', { roll: 'next' }],
    [{ days: 3 }, '2026-11-23T23:59:59.999+00:00', { zone: '+00:00' }],
    [{ business_days: 2 }, '2026-11-24T23:59:59.999+09:00'],
    [{ business_days: 2, by: '12:00' }, '2026-11-25T12:00:00.000+09:00', { holidays: ['2026-11-23'] }],
    [{ months: 1 }, '2026-12-20T23:59:59.999+09:00'],
    [{ months: 1 }, '2026-12-21T23:59:59.999+09:00', { roll: 'next' }],
]) {
    const time = Date.parse(at);
    const rule = deadline(bound, more);
    for (const late of [-1, 0, 1]) {
        check(`deadline ${JSON.stringify(bound)}, ${late} ms late`, rule, [anchored, filed(new Date(time + late).toISOString()), end(3000)],
            [{ verdict: late > 0 ? 'violated' : 'satisfied', state: 'filed', activation_seq: 2, target_seq: 3, start_ms: START + 1000, bound_ms: time, met_ms: time + late, margin_ms: 0 - late,
                subject: 'leak', actor: 'desk-b' }]);
    }
}
check('deadline, the end of a shorter month', deadline({ months: 1 }), [[1000, 'facilitator', 'jumped', { story_ms: Date.parse('2027-01-31T12:00:00+09:00') }, { story_ms: Date.parse('2027-01-31T12:00:00+09:00') }],
    [1000, 'desk-b', 'declared', { status: 'aware' }, { story_ms: Date.parse('2027-01-31T12:00:00+09:00') }]],
[{ verdict: 'pending', state: 'due', bound_ms: Date.parse('2027-02-28T23:59:59.999+09:00') }]);
const jumped = story => [2000, 'facilitator', 'jumped', { story_ms: story }, { story_ms: story }];
check('deadline, now at the bound', deadline({ hours: 1 }), [anchored, jumped(START + 3601000)], [{ verdict: 'pending', state: 'due' }]);
check('deadline, now after the bound', deadline({ hours: 1 }), [anchored, jumped(START + 3601001)], [{ verdict: 'violated', state: 'overdue' }]);
check('deadline, ENDEX before the bound', deadline({ hours: 1 }), [anchored, jumped(START + 3600999), end(2000)], [{ verdict: 'inconclusive', state: 'inconclusive' }]);
check('deadline, not started', deadline({ hours: 1 }), [end(2000)], [{ rule: 'x', verdict: 'not_activated', state: 'not-started' }]);
check('deadline, no anchor', deadline({ hours: 1 }), [filed('2026-11-20T22:00:02+09:00'), end(2000)], [{ verdict: 'not_activated', state: 'anchor-missing' }]);
check('deadline, not applicable', deadline({ hours: 1 }, { matter: 'leak' }), [anchored, [1500, 'desk-b', 'declared', { status: 'does-not-apply', of: 'leak' }], end(2000)],
    [{ verdict: 'not_activated', state: 'not-applicable' }]);
check('deadline, whose matter is declared not to apply though no anchor is a declaration', { ...deadline({ hours: 1 }, { matter: 'leak' }), anchors: { a: { note: {} } } },
    [noted(1000), [1500, 'desk-b', 'declared', { status: 'does-not-apply', of: 'leak' }], end(2000)], [{ state: 'not-applicable' }]);
check('deadline of no matter, and a declaration of none', deadline({ hours: 1 }), [anchored, [1500, 'desk-b', 'declared', { status: 'does-not-apply' }], end(2000)], [{ verdict: 'inconclusive', state: 'inconclusive' }]);
check('deadline, no scope', deadline({ hours: 1 }, { matter: 'leak' }), [anchored, end(2000)], [{ verdict: 'inconclusive', state: 'scope-not-declared' }]);
check('deadline, a filed anchor', [deadline({ hours: 1 }), { ...deadline({ hours: 2 }), id: 'y', anchors: { a: { filed: 'x' } }, then: { declaration: 'done' } }],
    [anchored, filed('2026-11-20T22:30:00+09:00'), [2000, 'facilitator', 'jumped', { story_ms: START + 1800000 }, { story_ms: START + 1800000 }], end(3000)], [{ rule: 'x', state: 'filed' }, { rule: 'y', activation_seq: 3, bound_ms: Date.parse('2026-11-21T00:30:00+09:00') }]);
const overridden = deadline({ hours: 1 }, { anchors: { a: { declaration: 'aware' }, b: { note: {} } }, override: { if: 'b', after: 'a', by: '5s', bounds: [{ from: 'b', hours: 2 }] } });
check('deadline, override not yet', overridden, [anchored, noted(6000), end(7000)], [{ bound_ms: START + 3601000, activation_seq: 2 }]);
check('deadline, override', overridden, [anchored, noted(6001), end(7000)], [{ bound_ms: START + 7206001, activation_seq: 3 }]);

const two_anchors = { anchors: { a: { last: { declaration: 'aware' } }, b: { note: {} } } };
check('deadline, the last of them', deadline({ hours: 1 }, two_anchors), [anchored, [3000, ...anchored.slice(1)], end(4000)], [{ activation_seq: 3, bound_ms: START + 3603000, name: 'x--3' }]);
check('deadline, needs what has not happened', deadline({ hours: 1, needs: ['b'] }, two_anchors), [anchored, end(4000)], [{ name: 'x', rule: 'x', verdict: 'not_activated', state: 'not-started' }]);
check('deadline, needs what has', deadline({ hours: 1, needs: ['b'] }, two_anchors), [anchored, noted(2000), end(4000)], [{ activation_seq: 2, state: 'inconclusive' }]);
check('deadline, excused before it began, after an entry of a gap sheet that lies ahead', deadline({ hours: 1 }, { unless: { note: {} } }),
    [[500, 'poc', 'noted', {}, { story_ms: START + 864000000 }], noted(600), anchored, end(4000)], [{ verdict: 'excused', excused_by: 'unless', activation_seq: 4 }]);
check('deadline, excused before it began', deadline({ hours: 1 }, { unless: { note: {} } }), [noted(500), anchored, end(4000)], [{ verdict: 'excused', excused_by: 'unless', activation_seq: 3 }]);

// ---- 2.7, rulings and consequences
const ruled = (finding, verdict) => [70000, 'facilitator', 'ruled', { finding, text: 'h', verdict }];
check('a ruling', respond, [noted(5000), end(60000), ruled('r--2', 'violated'), ruled('r--2', 'satisfied'), ruled('r--2')],
    [{ verdict: 'satisfied', found: 'violated', ...points(1000, 1000, 1000) }]);
check('a ruling on what was not measured', { ...respond, modes: ['live'] }, [end(60000), ruled('r', 'satisfied')], [{ verdict: 'not_measured', found: undefined }]);
const consequence = { ...respond, id: 'z', then: { declaration: {} }, caused_by: ['n', 'r'] };
check('a consequence', [{ ...respond, id: 'n', when: { action: {} } }, respond, consequence], [noted(5000), end(60000)],
    [{ verdict: 'not_activated' }, { verdict: 'violated' }, { verdict: 'excused', excused_by: 'r', ...points(0, 0, 0) }]);
check('no consequence of what is excused by unless', [{ ...respond, when: { note: { by: 'legal' } }, unless: { note: { by: 'commander' } } }, { ...consequence, when: { note: { by: 'legal' } } }],
    [noted(5000), noted(5000, 'commander'), end(60000)], [{ rule: 'r', verdict: 'excused', excused_by: 'unless' }, { rule: 'z', verdict: 'violated' }]);
check('no consequence of what was done late', [respond, { ...consequence, caused_by: ['r'] }], [noted(5000), message(15001, 'desk-a', ['commander']), end(60000)], [{ verdict: 'violated', miss_why: 'late' }, { verdict: 'violated' }]);
const byLegal = { ...respond, when: { note: { by: 'legal' } } };
check('no consequence of what was late and ruled so, though it would have been one',
    [{ ...byLegal, id: 'n' }, { ...byLegal, id: 'r', then: { note: { by: 'poc' } }, caused_by: ['n'] }, { ...byLegal, id: 'z', then: { declaration: {} }, caused_by: ['r'] }],
    [noted(5000), noted(15001, 'desk-a'), end(60000), ruled('r--2', 'violated')], [{ verdict: 'violated' }, { verdict: 'violated', miss_why: 'late' }, { verdict: 'violated' }]);
check('no consequence of what a ruling excused', [respond, { ...consequence, caused_by: ['r'] }], [noted(5000), end(60000), ruled('r--2', 'excused')], [{ verdict: 'excused', found: 'violated' }, { verdict: 'violated' }]);
check('what was said of a finding', respond, [noted(5000), end(60000), [70000, 'evaluator', 'caused', { finding: 'r--2', cause: 'tool' }], [70000, 'desk-a', 'disputed', { finding: 'r--2', text: 'h' }],
    [70000, 'evaluator', 'caused', { finding: 'r--2', cause: 'skill' }]], [{ name: 'r--2', verdict: 'violated', cause: 'skill', disputed_seq: 5 }]);
check('a ruling is not touched by consequences', [respond, consequence], [noted(5000), end(60000), ruled('z--2', 'violated')],
    [{ verdict: 'violated' }, { verdict: 'violated', found: 'violated', excused_by: undefined, ...points(0, 0, 0) }]);

// ---- 3, capabilities
const finding = (rule, verdict, time = verdict === 'satisfied' ? 1000 : 0) => ({ rule, verdict, ...points(time, 1000, 1000) });
const times = (n, one) => Array.from({ length: n }, () => one);
function able(title, rules, findings, expected, rated, scale) {
    tried++;
    const found = capabilities(rules, findings, rated, scale);
    if (isDeepStrictEqual(found, expected)) return;
    failed++;
    console.log(`${title}\n  expected ${JSON.stringify(expected)}\n  found    ${JSON.stringify(found)}`);
}
able('six of eight', [{ id: 'r', capability: 'c' }], [...times(6, finding('r', 'satisfied')), ...times(2, finding('r', 'violated')), finding('r', 'excused')],
    [{ id: 'c', n: 8, satisfied: 6, rules: 1, low_permille: 409, high_permille: SIX_OF_EIGHT, points_permille: 750, proposed: 'S', rated: [{ rating: 'M' }] }], { c: [{ rating: 'M' }] });
able('three are too few', [{ id: 'r', capability: 'c' }], times(3, finding('r', 'satisfied')), [{ id: 'c', n: 3, satisfied: 3, rules: 1, low_permille: 438, high_permille: 1000, points_permille: 1000 }]);
able('by weight, and a critical one', [{ id: 'r', capability: 'c', weight: 3 }, { id: 's', capability: 'c', severity: 'critical' }],
    [...times(3, finding('r', 'satisfied')), finding('s', 'violated', 900)],
    [{ id: 'c', n: 4, satisfied: 3, rules: 2, low_permille: 300, high_permille: 954, points_permille: 975, proposed: 'M', capped_by: 's' }]);
able("on the house's scale", [{ id: 'r', capability: 'c' }], [...times(6, finding('r', 'satisfied')), ...times(2, finding('r', 'violated'))],
    [{ id: 'c', n: 8, satisfied: 6, rules: 1, low_permille: 409, high_permille: SIX_OF_EIGHT, points_permille: 750, proposed: 'P' }], {}, { P: 75, S: 50, M: 20 });
able('a critical miss names nothing where the points give no more than M', [{ id: 'r', capability: 'c', severity: 'critical' }], [...times(2, finding('r', 'satisfied')), ...times(2, finding('r', 'violated'))],
    [{ id: 'c', n: 4, satisfied: 2, rules: 1, low_permille: 150, high_permille: 849, points_permille: 500, proposed: 'M' }]);
able('rated alone', [], [], [{ id: 'd', n: 0, satisfied: 0, rules: 0, rated: [{ by: 'a', rating: 'P' }, { by: 'b', rating: 'U' }] }], { d: [{ by: 'a', rating: 'P' }, { by: 'b', rating: 'U' }] });

// A few are of rules that the program's loader refuses, for reasons of its own.
const REFUSED = 11;
let [agreed, refused] = [0, 0];
if (program) {
    score(cases).forEach((said, index) => {
        const one = cases[index];
        const expected = one.found.map(plain);
        if (said.error?.includes('.yaml:')) return void refused++;
        if (isDeepStrictEqual(said.findings, expected)) return void agreed++;
        failed++;
        console.log(`${one.title}, by the program\n  expected ${JSON.stringify(expected)}\n  found    ${JSON.stringify(said.findings ?? said)}`);
    });
}
rmSync(work, { recursive: true, force: true });
if (refused > REFUSED) {
    console.error(`the program refuses ${refused} examples; it was ${REFUSED}`);
    process.exit(1);
}
if (failed > 0) {
    console.error(`${failed} of ${tried} examples differ`);
    process.exit(1);
}
console.log(`${tried} examples${program ? `, ${agreed} of them by the program, too` : ''}`);
