// Stands in for the program that compare.mjs runs: the second scorer, read from the same folders. With
// FAULT it makes one mistake, so that one sees that compare.mjs tells it.

import { readFileSync } from 'node:fs';
import { evaluate } from './evaluate.mjs';

const FAULTS = {
    bound: finding => (finding.margin_ms === 0 && finding.activation_seq ? { ...finding, verdict: 'violated' } : finding),
    seq: finding => (finding.miss_why === 'parties' ? { ...finding, miss_seq: finding.miss_seq + 1 } : finding),
    absolute: finding => (finding.start_ms > 1000000 && finding.start_ms < 20000000 ? { ...finding, start_ms: 0 } : finding),
    name: finding => (finding.subject > 'm' && finding.verdict === 'violated' ? { ...finding, subject: 'm' } : finding),
};
const fault = FAULTS[process.env.FAULT] ?? (finding => finding);

for (const folder of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    const part = name => JSON.parse(readFileSync(`${folder}/${name}.yaml`, 'utf8'));
    const log = readFileSync(`${folder}/events.jsonl`, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line));
    const findings = evaluate({ ...part('scenario'), facts: part('facts'), injects: part('injects') }, part('rules'), log).map(fault);
    console.log(JSON.stringify({ findings: findings.map(finding => ({ ...finding, sentence: { en: 'x', ja: 'x' } })) }));
}
