// A year of exercises through the command line: what `tocsin skills` says against a count of its own, made from what
// `tocsin score` says of each exercise and from the rules' own words. docs/skills.md

import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import assert from 'node:assert/strict';

const tocsin = process.env.TOCSIN;
const work = process.argv[2];
const year = `${work}/year.db`;

function run(...args) {
    return execFileSync(tocsin, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
}
function fails(...args) {
    const ran = spawnSync(tocsin, args, { encoding: 'utf8' });
    assert.notEqual(ran.status, 0, args.join(' '));
    return { status: ran.status, text: ran.stderr };
}
const lines = path => readFileSync(path, 'utf8').split('\n').filter(Boolean);
const findingsOf = (db, id) => JSON.parse(run('score', ...(id ? [id] : []), '--json', '--db', db)).findings;

// ---- a year ----

// Plays once to see what is missed, then for the record with causes and ratings behind ENDEX.
let plays = 0;
function play(scenario, name, { cause = () => null, ratings = [], before = [], early = [], more = [], flags = [] }) {
    const inputs = [...before.map(JSON.stringify), ...lines(`tests/story/${scenario}/${name}.jsonl`)];
    inputs.splice(inputs.findIndex(line => line.includes('"start"')) + 1, 0, ...early.map(JSON.stringify));
    const file = `${work}/play-${++plays}.jsonl`;
    writeFileSync(file, inputs.join('\n'));
    run('play', `scenarios/${scenario}`, '--home', '.', '--inputs', file, '--db', `${work}/try-${plays}.db`);
    const missed = findingsOf(`${work}/try-${plays}.db`).filter(one => one.verdict === 'violated');
    const at = '2h';
    missed.forEach((one, i) => {
        const named = cause(one, i);
        if (named) inputs.push(JSON.stringify({ at, actor: 'evaluator', do: 'cause', finding: one.name, cause: named }));
    });
    for (const [by, capability, rating] of ratings) inputs.push(JSON.stringify({ at, actor: 'evaluator', do: 'rate', by, capability, rating }));
    inputs.push(...more.map(JSON.stringify));
    writeFileSync(file, inputs.join('\n'));
    run('play', `scenarios/${scenario}`, '--home', '.', '--inputs', file, '--db', year, '--strict', ...flags);
}

const capabilities = [...new Set(JSON.parse(run('rules', '--scenario', 'scenarios/ransomware', '--home', '.', '--json')).map(rule => rule.capability).filter(Boolean))];
const two = shift => capabilities.flatMap((id, i) => [['e1', id, 'PSMU'[i % 4]], ['e2', id, 'PSMU'[Math.min(3, (i % 4) + (i % 3 === shift ? 1 : 0))]]]);
const seat = (person, seat) => ({ at: '0s', actor: 'facilitator', do: 'assign', seat, person });

play('ransomware', 'slow', { cause: () => 'skill', ratings: two(0), before: [seat('p1', 'commander')], flags: ['--by-person'] });
play('ransomware', 'says-nothing', { cause: (one, i) => (i % 7 === 3 ? 'contact-data' : i % 5 === 4 ? null : 'skill'), ratings: two(1), before: [seat('p1', 'commander'), seat('p2', 'poc')] });
play('ransomware', 'own-way', { ratings: two(2), early: [{ at: '1s', actor: 'facilitator', do: 'hint', to: ['commander'], text: 'Say what they need.', rule: 'reports-say-what-is-needed' }] });
play('ransomware', 'slow', { cause: () => 'procedure' });
play('phone-tree', 'slow', { cause: () => 'skill' });
play('phone-tree', 'good', { flags: ['--by-person'], before: [seat('p2', 'poc')], more: [{ at: '2h', actor: 'facilitator', do: 'seal' }] });
// Two that do not count: under way, and stopped for a real incident.
writeFileSync(`${work}/begun.jsonl`, lines('tests/story/phone-tree/good.jsonl').slice(0, 12).join('\n'));
run('play', 'scenarios/phone-tree', '--home', '.', '--inputs', `${work}/begun.jsonl`, '--db', year);
writeFileSync(`${work}/stopped.jsonl`, [...lines('tests/story/phone-tree/good.jsonl').slice(0, 12), JSON.stringify({ at: '9m', actor: 'facilitator', do: 'stop_real_incident' })].join('\n'));
run('play', 'scenarios/phone-tree', '--home', '.', '--inputs', `${work}/stopped.jsonl`, '--db', year);

// ---- the count ----

const ids = ['ransomware-1', 'ransomware-2', 'ransomware-3', 'ransomware-4', 'phone-tree-1', 'phone-tree-2'];
const mine = new Map();
const processes = new Map();
for (const id of ids) {
    const scenario = id.replace(/-\d+$/, '');
    const rules = new Map(JSON.parse(run('rules', '--scenario', `scenarios/${scenario}`, '--home', '.', '--json', '--full')).map(rule => [rule.id, rule]));
    for (const found of findingsOf(year, id)) {
        if (found.verdict !== 'satisfied' && found.verdict !== 'violated') continue;
        const rule = rules.get(found.rule);
        if (found.verdict === 'violated' && found.cause && found.cause !== 'skill') {
            const key = `${id} ${found.rule} ${found.cause}`;
            processes.set(key, (processes.get(key) ?? 0) + 1);
        }
        for (const skill of rule.skills) {
            const key = `${rule.role || found.actor || ''} ${skill}`;
            const row = mine.get(key) ?? { n: 0, met: 0, partial: 0, hinted: 0, unexplained: 0, exercises: new Set() };
            mine.set(key, row);
            const counts = () => { row.n++; row.exercises.add(id); };
            if (found.verdict === 'violated') {
                if (!found.cause) row.unexplained++;
                else if (found.cause === 'skill') counts();
            } else if (found.assistance_permille < 1000) row.hinted++;
            else {
                counts();
                row.met++;
                row.partial += found.content_permille < 1000 ? 1 : 0;
            }
        }
    }
}

const said = JSON.parse(run('skills', '--db', year, '--home', '.', '--json'));
assert.deepEqual(said.exercises.map(one => one.exercise), ids);
assert.equal(said.tables, 6);
assert.equal(said.running, 1);
assert.equal(said.provisional, 5);
assert.deepEqual(said.rows.map(row => `${row.who} ${row.skill}`), [...mine.keys()].sort());
for (const row of said.rows) {
    const { exercises, ...counts } = mine.get(`${row.who} ${row.skill}`);
    for (const key of Object.keys(counts)) assert.equal(row[key], counts[key], `${row.who} ${row.skill}: ${key}`);
    if (row.n) assert.ok(row.low_permille <= row.middle_permille && row.middle_permille <= row.high_permille);
    assert.equal(row.exercises, exercises.size);
    assert.equal(row.rate_permille, row.n ? Math.floor((2000 * row.met + row.n) / (2 * row.n)) : undefined);
    assert.equal(row.by_exercise.reduce((sum, one) => sum + one.met + one.missed, 0), row.n);
}
const sum = (rows, key) => rows.reduce((all, row) => all + row[key], 0);
for (const key of ['n', 'met', 'hinted', 'unexplained']) assert.equal(sum(said.team, key), sum(said.rows, key), key);
assert.ok(sum(said.rows, 'hinted') > 0 && sum(said.rows, 'partial') > 0);
assert.ok(sum(said.rows, 'unexplained') > 0 && said.rows.some(row => row.word === 'causes-missing'));

// ---- gaps, in order, with what to do ----

const severities = ['info', 'minor', 'major', 'critical'];
assert.ok(said.gaps.filter(gap => gap.word === 'gap').length >= 2, 'there are gaps');
const rowOf = gap => said.rows.find(row => row.who === gap.who && row.skill === gap.skill);
for (const gap of said.gaps) {
    const row = rowOf(gap);
    assert.equal(gap.word, row.word);
    assert.equal(gap.urgency, (severities.indexOf(row.consequence) + 1) * row.below_permille);
    assert.ok(row.n >= 4 && row.exercises >= 2);
    assert.ok(gap.word === 'gap' ? row.below_permille >= 800 : row.below_permille >= 500);
}
assert.deepEqual(said.gaps, [...said.gaps].sort((a, b) => (b.word === 'gap') - (a.word === 'gap') || b.urgency - a.urgency || (a.who + a.skill < b.who + b.skill ? -1 : 1)));
const shipped = ['phone-tree', 'ransomware'].map(scenario => [scenario, JSON.parse(run('rules', '--scenario', `scenarios/${scenario}`, '--home', '.', '--json'))]);
for (const gap of said.gaps) {
    const row = rowOf(gap);
    const count = (rules, who) => rules.filter(rule => (rule.role ?? '') === who && rule.skills.includes(gap.skill)).length;
    const counts = shipped.map(([scenario, rules]) => ({ rules: count(rules, gap.who), scenario, team_rules: count(rules, '') })).filter(one => one.rules + one.team_rules > 0);
    for (const one of counts) if (gap.who === '') one.rules = 0;
    assert.deepEqual(gap.scenarios, counts.sort((a, b) => b.rules - a.rules || b.team_rules - a.team_rules || (a.scenario < b.scenario ? -1 : 1)), `${gap.who} ${gap.skill}`);
    const role = JSON.parse(run('roles', '--home', '.', '--json')).find(one => one.id === gap.who);
    // From one bad day nothing follows for whoever sat there.
    assert.deepEqual(gap.asked, row.one_bad_day ? [] : (role?.skills ?? []).filter(skill => skill.id === gap.skill || skill.shown_by.includes(gap.skill)).map(skill => ({ as: skill.as, skill: skill.id })));
}
assert.ok(said.gaps.some(gap => gap.asked.length > 0));
const oneDay = said.gaps.find(gap => rowOf(gap).one_bad_day);
assert.ok(oneDay && oneDay.word === 'watch' && rowOf(oneDay).below_permille >= 800, 'there is one bad day, and it is no gap');
const spoken = run('skills', '--db', year, '--home', '.');
const worst = rowOf(oneDay).by_exercise.reduce((most, one) => (one.missed > most.missed ? one : most));
assert.ok(spoken.includes(`one bad day: ${worst.missed} of ${rowOf(oneDay).causes.skill} misses are of ${worst.exercise}`), spoken);
// Where the share of all opportunities is beside the interval, a sentence lies between the two.
const beside = said.rows.filter(row => row.exercises > 1 && (row.rate_permille < row.low_permille || row.rate_permille > row.high_permille || 2 * Math.max(...row.by_exercise.map(one => one.met + one.missed)) > row.n));
assert.ok(beside.length > 0);
for (const row of beside) {
    const most = Math.max(...row.by_exercise.map(one => one.met + one.missed));
    const each = row.by_exercise.filter(one => one.met + one.missed > 0).map(one => `${one.met}/${one.met + one.missed}`).join(', ');
    assert.ok(spoken.includes(`exercise by exercise ${each}; ${most} of ${row.n} opportunities were of one exercise`), `${row.who} ${row.skill}`);
}

// ---- what is not skill, and who agrees ----

assert.deepEqual(new Map(said.process_gaps.map(one => [`${one.exercise} ${one.rule} ${one.cause}`, one.count])), processes);
assert.ok(said.process_gaps.some(one => one.cause === 'contact-data') && said.process_gaps.every(one => one.title.en && one.title.ja));
said.process_gaps.reduce((last, one) => (assert.ok(severities.indexOf(last.severity) >= severities.indexOf(one.severity)), one), { severity: 'critical' });
assert.equal(said.causes.find(one => one.exercise === 'ransomware-2').unnamed > 0, true);
const pair = said.agreement.find(one => !one.engine);
assert.equal(pair.n, 3 * capabilities.length);
assert.equal(pair.first + pair.second, 'e1e2');
assert.equal(pair.n >= 20, pair.kappa_permille !== undefined);
assert.equal(pair.word, pair.n >= 20 ? undefined : 'insufficient-evidence');
assert.equal(said.rated.length, capabilities.length);
assert.ok(said.rated.every(one => one.n === 6 && one.exercises === 3));

// ---- again from the cache, filtered, for people ----

assert.deepEqual(JSON.parse(run('skills', '--db', year, '--home', '.', '--json')), said);
const legal = JSON.parse(run('skills', '--role', 'legal', '--db', year, '--home', '.', '--json'));
assert.deepEqual(legal.rows, said.rows.filter(row => row.who === 'legal'));
assert.equal(legal.team.length, 0);
const person = JSON.parse(run('skills', '--person', 'p1', '--db', year, '--home', '.', '--json'));
// p1 sat in the first two exercises, and only the people of the first agreed; p2 in the second and the last.
const told = rows => [...new Set(rows.flatMap(row => row.by_exercise.map(one => one.exercise)))];
assert.ok(person.rows.length > 0 && person.rows.every(row => row.who === 'p1'));
assert.deepEqual(told(person.rows), ['ransomware-1']);
assert.equal(person.persons_left_out, ids.length - 2);
const other = JSON.parse(run('skills', '--person', 'p2', '--db', year, '--home', '.', '--json'));
assert.deepEqual(told(other.rows), ['phone-tree-2']);
assert.ok(!('persons_left_out' in said));
assert.ok(run('skills', '--person', 'p1', '--db', year, '--home', '.').includes(`not told by person: ${ids.length - 2}`));
assert.match(fails('skills', '--person', 'p1', '--db', `${work}/try-1.db`).text, /no exercise here is told by person/);

// Who is forgotten is told of no more, by no command; who comes back is somebody new.
const forgetful = `${work}/forgetful.db`;
copyFileSync(year, forgetful);
const named = () => run('readiness', '--names', '--team', 'hospital', '--db', forgetful) + run('report', 'ransomware-1', '--format', 'md', '--db', forgetful);
const named1 = named();
assert.ok(/\bp1\b/.test(named1), 'p1 is named before');
run('forget', 'p1', '--yes', '--db', forgetful);
assert.match(fails('skills', '--person', 'p1', '--db', forgetful).text, /no exercise has evidence of a person "p1"/);
assert.ok(!/\bp1\b/.test(named()), 'p1 is named after');
assert.deepEqual(told(JSON.parse(run('skills', '--person', 'p2', '--db', forgetful, '--home', '.', '--json')).rows), ['phone-tree-2']);
assert.match(fails('forget', 'p1', '--yes', '--db', forgetful).text, /forgotten already/);
run('verify', '--all', '--db', forgetful);
writeFileSync(`${work}/again.jsonl`, [JSON.stringify(seat('p1', 'poc')), ...lines('tests/story/phone-tree/good.jsonl')].join('\n'));
run('play', 'scenarios/phone-tree', '--home', '.', '--inputs', `${work}/again.jsonl`, '--by-person', '--db', forgetful);
assert.deepEqual(told(JSON.parse(run('skills', '--person', 'p1', '--db', forgetful, '--home', '.', '--json')).rows), ['phone-tree-5']);
assert.ok(!JSON.stringify(said.rows).includes('p1'), 'nobody is named unless asked for');
const hospital = JSON.parse(run('skills', '--team', 'hospital', '--db', year, '--home', '.', '--json'));
assert.deepEqual(hospital.exercises.map(one => one.exercise), ids.slice(0, 4));
assert.equal(JSON.parse(run('skills', '--since', '2026-01-01', '--db', year, '--json')).exercises.length, 0);
assert.ok(JSON.parse(run('skills', '--target', '5', '--db', year, '--home', '.', '--json')).gaps.length < said.gaps.length);

const en = run('skills', '--db', year, '--home', '.');
const ja = run('skills', '--db', year, '--home', '.', '--lang', 'ja');
for (const what of ['Gaps, by consequence times probability', '90 % interval', 'asked for when appointed', 'exercised by: ransomware', 'cause not named', '○ with help', 'contact data, ', 'Not ended, and left out: 1', 'e1 and e2: ', 'hospital, default']) assert.ok(en.includes(what), what);
for (const what of ['不足（影響の重さ×確率の順）', '90％区間', '任用の前提', '練習できるシナリオ', '未達の原因が未記入', '連絡先情報']) assert.ok(ja.includes(what), what);
assert.ok(run('skills', '--since', '2026-01-01', '--db', year).includes('n.a. (n = 0)'));
assert.ok(!/\b(sort|rank|league)/.test(en));

// ---- mistakes ----

assert.match(fails('skills', '--role', 'comander', '--db', year).text, /no exercise has evidence of a role "comander"; did you mean "commander"/);
assert.match(fails('skills', '--person', 'p9', '--db', year).text, /no exercise has evidence of a person "p9"/);
assert.match(fails('skills', '--team', 'hospitl', '--db', year).text, /did you mean "hospital"/);
assert.equal(fails('skills', '--since', 'yesterday', '--db', year).status, 2);
assert.equal(fails('skills', '--target', '101', '--db', year).status, 2);
console.log(`${said.rows.length} rows of ${ids.length} exercises counted again; ${said.gaps.length} gaps and watched`);
