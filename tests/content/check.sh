#!/bin/sh
# Every scenario that is shipped is checked clean, warnings included, and so is a new one; and a
# mistake in the largest of them is found by its kind.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
checks=0

for scenario in scenarios/*/; do
    checks=$((checks + 1))
    "$TOCSIN" check "$scenario" --strict >"$work/out" 2>&1 || {
        echo "$scenario is not clean:" >&2
        grep -v ' note:' "$work/out" >&2
        exit 1
    }
done
"$TOCSIN" new "$work/fresh" >/dev/null
"$TOCSIN" check "$work/fresh" --home . --strict >"$work/out" 2>&1 || {
    echo "a new scenario is not clean:" >&2
    cat "$work/out" >&2
    exit 1
}

# finds KIND FILE SED: a copy of the flagship with one change is told of it.
finds() {
    kind=$1
    rm -rf "$work/copy"
    cp -r scenarios/ransomware "$work/copy"
    sed -i "$3" "$work/copy/$2"
    ! cmp -s "scenarios/ransomware/$2" "$work/copy/$2" || {
        echo "$2: \"$3\" changes nothing" >&2
        exit 1
    }
    "$TOCSIN" check "$work/copy" --home . --strict --json >"$work/out" 2>&1 || true
    grep -q "\"kind\":\"$kind\"" "$work/out" || {
        echo "$2: \"$3\" is not told as $kind:" >&2
        cat "$work/out" >&2
        exit 1
    }
    checks=$((checks + 1))
}

finds yaml facts.yaml '1s/^/{/'
finds form scenario.yaml 's/^duration: .*/duration: long/'
finds duplicate facts.yaml 's/^- id: number-true/- id: number-revised/'
finds unknown-name facts.yaml 's/^- id: number-true/- id: number-real/'
finds refused-construct story.lua '$a local n = #{}'
finds unknown-word story.lua '$a nothing_like_it()'
finds story-syntax story.lua '$a story('
finds story-fault story.lua '$a story("broken", function() local t = nil wait "20m" inject(t.x) end)'
finds late story.lua '$a story("slow", function() wait "10h" end)'
finds bad-duration story.lua '$a story("slow", function() wait "ten minutes" end)'
finds impossible-value story.lua '$a on(message {to = "press"}, function(m) if m.type == "statment" then finish() end end)'
finds unknown-field story.lua '$a on(message {to = "press"}, function(m) if m.typ == "statement" then finish() end end)'
finds unfired-inject injects.yaml '0,/^  at: [1-9].*/s/^  at: [1-9].*//'
echo "$checks checks"
