#!/bin/sh
# Every rule that docs/rules.md shows as an example of a kind is loaded beside the phone tree's own,
# checks clean, is scored on the good play, and finds something there. Every kind has one.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk '/^```yaml$/ { block = ""; inside = 1; next }
    /^```$/ { if (inside && block ~ /^- id: example-/) printf "%s", block; inside = 0; next }
    inside { block = block $0 "\n" }' docs/rules.md >"$work/examples"
cp -r scenarios/phone-tree "$work/phone-tree"
cat "$work/examples" >>"$work/phone-tree/rules.yaml"
"$TOCSIN" check "$work/phone-tree" --home . >"$work/out" 2>&1 || {
    cat "$work/out" >&2
    exit 1
}
"$TOCSIN" play "$work/phone-tree" --home . --inputs tests/story/phone-tree/good.jsonl \
    --db "$work/t.db" >/dev/null
"$TOCSIN" score --json --db "$work/t.db" >"$work/score.json"
grep -E '^ *kind: ' "$work/examples" | sed 's/.*kind: *//' | sort -u >"$work/kinds"

python3 - "$work" <<'PYTHON'
import json, re, sys
work = sys.argv[1]
findings = json.load(open(work + "/score.json"))["findings"]
examples = re.findall(r"- id: (example-[a-z-]+)", open(work + "/examples").read())
kinds = open(work + "/kinds").read().split()
assert len(kinds) == 15, kinds
verdicts = {}
for finding in findings:
    if finding["rule"] in examples:
        verdicts.setdefault(finding["rule"], set()).add(finding["verdict"])
for example in examples:
    assert example in verdicts, example + " has no finding"
idle = [example for example in examples if verdicts[example] == {"not_activated"}]
print(len(examples), "examples of", len(kinds), "kinds; without an occasion in the play:", ", ".join(idle) or "none")
assert len(idle) <= 6, idle
PYTHON
