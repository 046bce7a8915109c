#!/bin/sh
# `tocsin kit` writes every shipped scenario in both languages as HTML whose tags are balanced and
# which fetches nothing; parts are parts of the whole; and what goes to players gives nothing away.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    echo "$*" >&2
    exit 1
}

cat >"$work/balanced.py" <<'END'
"""Whether tags are balanced, every id and element is one that a page on paper may have, and no
address leads away."""
import sys
from html.parser import HTMLParser

VOID = {"br", "col", "hr", "meta"}
KNOWN = VOID | set(
    "html head title style body main section article div span p h1 h2 h3 h4 ul ol li dl dt dd table "
    "thead tbody tr th td strong em code blockquote".split())


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.sheets, self.text = [], 0, 0

    def handle_starttag(self, tag, attributes):
        assert tag in KNOWN, f"<{tag}> at {self.getpos()}"
        if tag not in VOID:
            self.open.append(tag)
        names = [name for name, _ in attributes]
        assert len(names) == len(set(names)), f"twice at {self.getpos()}"
        bad = set(names) - {"class", "lang", "scope", "charset", "content", "http-equiv", "name"}
        assert not bad, f"{bad} at {self.getpos()}"
        self.sheets += ("class", "sheet-body") in attributes

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> at {self.getpos()}"

    def handle_data(self, data):
        self.text += len(data.strip())


for path in sys.argv[1:]:
    page = Page()
    with open(path, encoding="utf-8") as file:
        page.feed(file.read())
    page.close()
    assert not page.open, f"{path}: {page.open} not closed"
    assert page.sheets > 1 and page.text > 1000, f"{path}: hardly anything is on it"
END

for folder in scenarios/*/; do
    scenario=$(basename "$folder")
    for lang in en ja; do
        kit=$work/$scenario.$lang
        "$TOCSIN" kit "scenarios/$scenario" --lang $lang --out "$kit.html"
        "$TOCSIN" kit "scenarios/$scenario" --lang $lang >"$kit.again"
        cmp -s "$kit.html" "$kit.again" || fail "$scenario $lang: two kits are not the same"
        grep -q "<html lang=\"$lang\">" "$kit.html" || fail "$scenario $lang: of no language"
        grep -q "【訓練】EXERCISE" "$kit.html" || fail "$scenario $lang: is not marked"
        for part in role-cards injects handouts observers; do
            "$TOCSIN" kit "scenarios/$scenario" --lang $lang --part $part >"$kit.$part.html"
            sed -n '/<main>/,$p' "$kit.$part.html" | sed '1s/.*<main>//; /<\/main>/,$d' >"$work/part"
            [ -s "$work/part" ] || fail "$scenario $lang $part: nothing is there"
            # A line of a part that the whole does not have.
            if grep -vxFf "$kit.html" "$work/part" | grep -v '^<section' >"$work/more"; then
                fail "$scenario $lang $part: only there: $(head -3 "$work/more")"
            fi
        done
    done
done
python3 "$work/balanced.py" "$work"/*.html || fail "a kit is no good HTML"

# What the flagship hides stays hidden on what every player gets. Who stands in the list of contacts
# and what a report answers are on the player's page, too.
for lang in en ja; do
    sed -e '/<td/d' -e '/class="slots"/,/<\/ul>/d' "$work/ransomware.$lang.role-cards.html" >"$work/cards"
    while IFS= read -r secret; do
        if grep -qiF -- "$secret" "$work/cards"; then
            fail "a role card says \"$secret\""
        fi
    done <tests/content/ransomware.secrets
done

# An overlay and another organisation are on the paper, too.
"$TOCSIN" kit scenarios/ransomware --overlay scenarios/ransomware/overlays/abroad.yaml \
    --org model-a >"$work/abroad.html"
name=$("$TOCSIN" orgs model-a | head -1)
grep -qF "${name%% (*}" "$work/abroad.html" || fail "the organisation is not named: $name"

# What cannot be is said, and nothing is written.
status=0
"$TOCSIN" kit scenarios/phone-tree --part everything --out "$work/none" >"$work/out" 2>&1 || status=$?
[ "$status" -eq 2 ] && [ ! -e "$work/none" ] || fail "a part of no name: $status"
status=0
"$TOCSIN" kit tests/law --out "$work/none" >"$work/out" 2>&1 || status=$?
[ "$status" -ne 0 ] && [ ! -e "$work/none" ] || fail "a folder that is no scenario: $status"
grep -q "scenario.yaml" "$work/out" || fail "it says not what is missing: $(cat "$work/out")"
echo "the kit of every scenario, in both languages and each part"
