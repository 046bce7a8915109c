#!/bin/sh
# The example of docs/scenarios.md is a scenario that check finds nothing wrong with, without and with
# its overlay.
set -eu

page=docs/scenarios.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "$page: $*" >&2
    exit 1
}

# Blocks "```yaml FILE" (text, lua) are what stands in these files, one after the other.
mkdir -p "$work/example/files" "$work/home/scoring"
awk -v work="$work" '
    /^```(yaml|text|lua) / {
        folder = $2 ~ /^scoring\// ? "home/" : $2 == "overlay.yaml" ? "" : "example/"
        file = work "/" folder $2
        next
    }
    /^```/ { file = ""; next }
    file != "" { print > file }' "$page"

blocks=$(grep -c '^```[a-z]' "$page")
named=$(grep -cE '^```(yaml|text|lua) [a-z]' "$page")
[ "$blocks" -eq "$named" ] || fail "$((blocks - named)) blocks do not say which file they are of"
[ "$named" -ge 9 ] || fail "only $named blocks were found"

"$TOCSIN" check "$work/example" --home . --strict >"$work/said" 2>&1 ||
    fail "the example is not clean: $(cat "$work/said")"
"$TOCSIN" check "$work/example" --home . --strict --overlay "$work/overlay.yaml" >"$work/said" 2>&1 ||
    fail "the overlay is not clean: $(cat "$work/said")"

# The pack is one that a scenario can ask for.
"$TOCSIN" rules --home "$work/home" >"$work/said" 2>&1 && grep -q "mails-are-confirmed" "$work/said" ||
    fail "the pack is not clean: $(cat "$work/said")"
cp -r "$work/example" "$work/asking"
sed -i 's/^rules: .*/rules: mail-first/' "$work/asking/scenario.yaml"
"$TOCSIN" rules --scenario "$work/asking" --home "$work/home" >"$work/said" 2>&1 &&
    grep -q "mails-are-confirmed" "$work/said" || fail "the pack is not used: $(cat "$work/said")"

# An overlay's mistakes are told of the overlay.
sed 's/closed-in-time/closed-in-tme/' "$work/overlay.yaml" >"$work/wrong.yaml"
if "$TOCSIN" check "$work/example" --home . --overlay "$work/wrong.yaml" >"$work/said" 2>&1; then
    fail "a wrong overlay passed"
fi
grep -q "wrong.yaml:16:5: .*did you mean to change \"closed-in-time\"" "$work/said" ||
    fail "the overlay's mistake was told as: $(cat "$work/said")"
echo "$named blocks of $page"
