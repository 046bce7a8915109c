#!/bin/sh
# The fields that docs/commands.md gives for each --json are the fields that come: none more, and
# none less but for those marked with "?".
set -eu

command -v python3 >/dev/null || {
    echo "skipped: there is no python3 on this machine (apt install python3)"
    exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
watch=tests/story/night-watch
"$TOCSIN" play $watch --home . --inputs $watch/alert.jsonl --db "$work/a.db" >/dev/null 2>&1
"$TOCSIN" play phone-tree --inputs tests/story/phone-tree/slow.jsonl --db "$work/b.db" >/dev/null
cp -r scenarios/phone-tree "$work/broken"
sed 's/^duration:/durations:/' scenarios/phone-tree/scenario.yaml >"$work/broken/scenario.yaml"

"$TOCSIN" check "$work/broken" --home . --json >"$work/check.json" && exit 1
"$TOCSIN" list --json --db "$work/a.db" >"$work/list.json"
"$TOCSIN" show --json --db "$work/a.db" >"$work/show.json"
"$TOCSIN" orgs --json --home . >"$work/orgs.json"
"$TOCSIN" verify --json --db "$work/a.db" >"$work/verify.json"
"$TOCSIN" score --json --db "$work/b.db" >"$work/score.json"
"$TOCSIN" metrics --json --db "$work/b.db" >"$work/metrics.json"
"$TOCSIN" rules --json --full >"$work/rules.json"
"$TOCSIN" roles --json >"$work/roles.json"

# Two like exercises with causes and ratings, so that there are gaps and somebody to agree with.
python3 - "$work" <<'END'
import json, sys

work = sys.argv[1]
lines = open("tests/story/phone-tree/slow.jsonl").read().split("\n")
findings = json.load(open(f"{work}/score.json"))["findings"]
for i, name in enumerate(one["name"] for one in findings if one["verdict"] == "violated"):
    cause = "procedure" if i == 0 else "skill"
    lines.append(json.dumps({"at": "2h", "actor": "evaluator", "do": "cause", "finding": name, "cause": cause}))
for by in ("e1", "e2"):
    lines.append(json.dumps({"at": "2h", "actor": "evaluator", "do": "rate", "by": by, "capability": "escalation", "rating": "S"}))
open(f"{work}/caused.jsonl", "w").write("\n".join(lines))
END
for _ in 1 2; do
    "$TOCSIN" play phone-tree --inputs "$work/caused.jsonl" --db "$work/c.db" >/dev/null
done
"$TOCSIN" skills --json --db "$work/c.db" >"$work/skills.json"

python3 - "$work" <<'END'
import json, re, sys

def paths(value, at):
    if isinstance(value, dict):
        found = set()
        for key, inner in value.items():
            found |= paths(inner, f"{at}.{key}" if at else key)
        return found
    if isinstance(value, list):
        return set().union(*(paths(inner, at + "[]") for inner in value))
    return {at}

failures = fields = 0
page = open("docs/commands.md").read() + open("docs/skills.md").read()
sections = re.findall(r"^### `tocsin (\w+) --json`\n(.*?)(?=^##)", page, re.M | re.S)
known = {"check", "orgs", "roles", "list", "rules", "show", "verify", "score", "metrics", "skills"}
assert {name for name, _ in sections} == known, sections
for name, section in sections:
    cells = re.findall(r"^\| (`[^|]*`) \|", section, re.M)
    documented = {field for cell in cells for field in re.findall(r"`([^`]+)`", cell)}
    optional = {field[:-1] for field in documented if field.endswith("?")}
    required = {field for field in documented if not field.endswith("?")}
    found = paths(json.load(open(f"{sys.argv[1]}/{name}.json")), "")
    found = {re.sub(r"^team\[\]\.", "rows[].", path) for path in found}
    fields += len(found)
    for field in sorted(found - required - optional):
        print(f"{name} --json has {field}, which docs/ do not explain")
        failures += 1
    for field in sorted(required - found):
        print(f"{name} --json has no {field}, which docs/ explain")
        failures += 1
print(f"{fields} fields")
sys.exit(failures > 0)
END
