// A second count of skills, written from docs/skills.md alone: floating-point numbers, no grid of logarithms, every
// product as it stands there. `skills.mjs CASES SEED` makes random years and compares each row with the program's.

import { spawnSync } from 'node:child_process';

const cases = Number(process.argv[2] ?? 60);
let seed = Number(process.argv[3] ?? 1) >>> 0;
const program = process.env.TOCSIN_SKILL_CASES;

function random() {
    seed = (seed + 0x6d2b79f5) >>> 0;
    let t = seed;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const below = n => Math.floor(random() * n);
const pick = list => list[below(list.length)];

// ---- the page, section 3 ----

const spreads = [0, 0.03, 0.16, 0.32, 0.6, 1.2, 6, 16];
const believed = [
    { until: 2, tail: 0.066, weights: [65, 45, 2, 10, 26, 18, 77, 757] },
    { until: 3, tail: 0.063, weights: [100, 30, 10, 45, 70, 65, 70, 610] },
    { until: Infinity, tail: 0.05, weights: [220, 30, 20, 100, 160, 200, 0, 0] },
];
const always = [150, 60, 100, 150, 150, 120, 0, 0];
const rates = Array.from({ length: 200 }, (_, r) => (2 * r + 1) / 400);

function posterior(clusters, fixed = null) {
    const seen = clusters.map(({ met, n }) => (n > 256 ? { met: Math.floor((met * 256 + Math.floor(n / 2)) / n), n: 256 } : { met, n })).filter(one => one.n > 0);
    const prior = fixed ? { weights: fixed, tail: 0 } : believed.find(one => seen.length <= one.until);
    const logs = spreads.map((phi, k) => rates.map(rate => {
        if (prior.weights[k] === 0) return -Infinity;
        let log = Math.log(prior.weights[k]) - Math.log(rate * (1 - rate)) / 2;
        for (const { met, n } of seen) {
            for (let i = 0; i < met; i++) log += Math.log(rate + i * phi);
            for (let i = 0; i < n - met; i++) log += Math.log(1 - rate + i * phi);
            for (let i = 0; i < n; i++) log -= Math.log(1 + i * phi);
        }
        return log;
    }));
    const most = Math.max(...logs.flat());
    const weights = rates.map((_, r) => logs.reduce((sum, row) => sum + Math.exp(row[r] - most), 0));
    const whole = weights.reduce((a, b) => a + b);
    return { weights: weights.map(weight => weight / whole), tail: prior.tail };
}

function quantile(weights, part) {
    let sum = 0;
    for (let r = 0; r < 200; r++) {
        if (weights[r] > 0 && sum + weights[r] >= part) return (1000 * (r + (part - sum) / weights[r])) / 200;
        sum += weights[r];
    }
    return 1000;
}

function probabilityBelow(weights, target) {
    const steps = (target * 200) / 1000;
    return 1000 * weights.reduce((sum, weight, r) => sum + weight * Math.min(1, Math.max(0, steps - r)), 0);
}

function rising(clusters) {
    const half = Math.floor(clusters.length / 2);
    const before = posterior(clusters.slice(0, half)).weights;
    const after = posterior(clusters.slice(half)).weights;
    let passed = 0;
    let higher = 0;
    for (let r = 0; r < 200; r++) {
        higher += after[r] * (passed + before[r] / 2);
        passed += before[r];
    }
    return 1000 * higher;
}

// ---- sections 1 and 2 ----

function isOneDay(clusters) {
    const misses = clusters.map(({ met, n }) => n - met);
    const all = misses.reduce((a, b) => a + b, 0);
    return all > 0 && Math.max(...misses) >= 0.9 * all - 1e-9;
}

function wordOf(clusters, probability) {
    if (clusters.reduce((sum, { n }) => sum + n, 0) < 4 || clusters.length < 2) return 'insufficient-evidence';
    if (probability >= 800) return isOneDay(clusters) ? 'watch' : 'gap';
    if (probability >= 500) return 'watch';
    return probability > 200 ? 'likely-holds' : 'holds';
}

const severities = ['info', 'minor', 'major', 'critical'];

function count(items, newest, target) {
    const row = { n: 0, met: 0, partial: 0, hinted: 0, unexplained: 0, set_aside: 0, gravest: 0 };
    const days = new Map();
    for (const item of items) {
        if (item.major !== newest.get(item.pack)) {
            row.set_aside += item.count;
            continue;
        }
        row.gravest = Math.max(row.gravest, severities.indexOf(item.severity));
        if (!days.has(item.exercise)) days.set(item.exercise, { met: 0, missed: 0, open: 0 });
        const day = days.get(item.exercise);
        if (item.outcome === 'full' || item.outcome === 'partial') {
            day.met += item.count;
            if (item.outcome === 'partial') row.partial += item.count;
        } else if (item.outcome === 'hinted') row.hinted += item.count;
        else if (item.cause === '-') day.open += item.count;
        else if (item.cause === 'skill') day.missed += item.count;
    }
    const order = [...days.keys()].sort((a, b) => a - b).map(key => days.get(key));
    const clusters = order.map(day => ({ met: day.met, n: day.met + day.missed })).filter(one => one.n > 0);
    const worst = order.map(day => ({ met: day.met, n: day.met + day.missed + day.open })).filter(one => one.n > 0);
    for (const day of order) {
        row.n += day.met + day.missed;
        row.met += day.met;
        row.unexplained += day.open;
    }
    const { weights, tail } = posterior(clusters);
    row.exercises = clusters.length;
    row.rate = row.n ? (1000 * row.met) / row.n : -1;
    row.low = quantile(weights, tail);
    row.high = quantile(weights, 1 - tail);
    const steady = posterior(clusters, always).weights;
    row.middle = Math.min(row.high, Math.max(row.low, quantile(steady, 0.5)));
    row.below = probabilityBelow(steady, target);
    row.worst = probabilityBelow(posterior(worst, always).weights, target);
    row.rising = clusters.length < 4 ? -1 : rising(clusters);
    row.urgency = null;
    return { row, clusters, worst };
}

// The word, where the program's own thousandths decide at a bound that the two counts straddle by one.
function words({ row, clusters, worst }, mine) {
    const word = wordOf(clusters, mine.below);
    if (row.unexplained === 0) return word;
    return wordOf(worst, mine.worst) === word ? word : 'causes-missing';
}

// ---- random years ----

const causes = ['-', 'skill', 'skill', 'skill', 'procedure', 'contact-data', 'scenario'];

function makeCase(number) {
    const items = [];
    const exercises = 1 + below(number % 7 === 0 ? 40 : 8);
    const good = random();
    for (let exercise = 0; exercise < exercises; exercise++) {
        const day = Math.min(1, Math.max(0, good + random() - 0.5));
        for (let i = below(12); i > 0; i--) {
            const outcome = random() < day ? pick(['full', 'full', 'full', 'partial', 'hinted']) : 'missed';
            items.push({
                exercise, outcome, count: random() < 0.02 ? 1 + below(700) : 1 + below(2),
                who: pick(['-', 'commander', 'poc']), skill: pick(['escalate', 'contain']),
                cause: outcome === 'missed' ? pick(causes) : '-', severity: pick(severities),
                pack: pick(['escalation', 'content']), major: random() < 0.1 ? 1 : 2,
            });
        }
    }
    return { items, target: pick([500, 800, 800, 873, 1000]), by: below(3) };
}

function expected({ items, target, by }) {
    const newest = new Map();
    for (const item of items) newest.set(item.pack, Math.max(item.major, newest.get(item.pack) ?? 0));
    const groups = new Map();
    for (const item of items) {
        const who = by === 0 || item.who === '-' ? '' : item.who;
        if (by === 2 && who === '') continue;
        const key = `${who} ${item.skill}`;
        groups.set(key, [...(groups.get(key) ?? []), item]);
    }
    return [...groups.keys()].sort().map(key => {
        const [who, skill] = key.split(' ');
        return { who, skill, ...count(groups.get(key), newest, target) };
    });
}

// ---- comparing ----

const all = Array.from({ length: cases }, (_, i) => makeCase(i));
const input = all.map(one => one.items.map(i => `${i.exercise} ${i.count} ${i.who} ${i.skill} ${i.outcome} ${i.cause} ${i.severity} ${i.pack} ${i.major}\n`).join('') + `= ${one.target} ${one.by}\n`).join('');
const ran = spawnSync(program, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
if (ran.status !== 0) throw new Error(`${program}: status ${ran.status}: ${ran.stderr}`);
const answers = ran.stdout.trim().split('\n').map(line => JSON.parse(line));
const exact = ['n', 'met', 'partial', 'hinted', 'unexplained', 'set_aside', 'exercises'];
const close = ['rate', 'low', 'middle', 'high', 'below', 'worst', 'rising'];
let rows = 0;
let farthest = 0;
let oneDays = 0;
const seenWords = new Set();

function fail(number, what, mine, theirs) {
    console.error(`case ${number}: ${what}\n  page:    ${JSON.stringify(mine)}\n  program: ${JSON.stringify(theirs)}\n${JSON.stringify(all[number])}`);
    process.exit(1);
}

all.forEach((one, number) => {
    const mine = expected(one);
    const theirs = answers[number];
    if (mine.length !== theirs.length) fail(number, 'other rows', mine, theirs);
    mine.forEach(({ who, skill, ...counted }, i) => {
        const { row } = counted;
        const their = theirs[i];
        if (their.who !== who || their.skill !== skill) fail(number, 'another row', { who, skill }, their);
        for (const key of exact) if (row[key] !== their[key]) fail(number, key, row, their);
        for (const key of close) {
            const off = Math.abs(row[key] - their[key]);
            if (off > 1) fail(number, key, row, their);
            farthest = Math.max(farthest, off);
        }
        const word = words(counted, their);
        if (word !== their.word) fail(number, 'word', word, their);
        const oneDay = word === 'watch' && their.below >= 800;
        if (oneDay !== their.one_bad_day) fail(number, 'one bad day', oneDay, their);
        oneDays += oneDay;
        if ((row.gravest + 1) * their.below !== their.urgency) fail(number, 'urgency', row, their);
        seenWords.add(their.word);
        rows++;
    });
});
if (cases >= 60 && (seenWords.size < 6 || oneDays === 0)) fail(0, 'not every word came up', [...seenWords], null);
console.log(`${rows} rows of ${cases} years agree; the farthest is ${farthest.toFixed(2)} thousandths off`);
