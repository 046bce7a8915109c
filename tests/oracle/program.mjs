// Asks the program what it finds: TOCSIN_SCORE_CASES reads paths of case folders, one a line, and prints
// one line of JSON for each.

import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { writeCase } from './cases.mjs';

export const program = process.env.TOCSIN_SCORE_CASES;
export const work = mkdtempSync(`${tmpdir()}/oracle-`);
let folders = 0;

export function plain(finding) {
    return Object.fromEntries(Object.keys(finding).sort().filter(key => key !== 'sentence' && finding[key] !== undefined && finding[key] !== '').map(key => [key, finding[key]]));
}

// What the program finds in each case: a list of findings, or an error.
export function score(list) {
    if (list.length === 0) return [];
    const paths = list.map(one => {
        const path = `${work}/${one.label ?? 'try'}-${++folders}`;
        writeCase(path, one);
        one.path = path;
        return `${path}\n`;
    });
    // Where the program dies, it is asked again about what stands after that.
    const answers = [];
    while (answers.length < paths.length) {
        const ran = spawnSync(program, { shell: true, input: paths.slice(answers.length).join(''), maxBuffer: 1 << 30, stdio: ['pipe', 'pipe', 'pipe'], encoding: 'utf8' });
        answers.push(...ran.stdout.split('\n').filter(Boolean).map(read));
        if (answers.length < paths.length) answers.push({ error: `the program died: ${ran.stderr.trim().split('\n')[0]} (status ${ran.status}, signal ${ran.signal})` });
    }
    return answers;
}

function read(line) {
    try {
        const said = JSON.parse(line);
        if (said.differs_after !== undefined) return { error: `live and cold findings differ after ${said.differs_after}` };
        return said.findings ? { findings: said.findings.map(plain) } : { error: said.error ?? line.slice(0, 300) };
    } catch {
        return { error: `not JSON: ${line.slice(0, 300)}` };
    }
}
