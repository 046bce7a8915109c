#!/bin/sh
# Each picture that a page shows is there, small, in the page's language and told in words; none is
# left that no page shows. Remedy: ./do pictures
set -eu

command -v python3 >/dev/null || {
    echo "skipped: there is no python3 on this machine (apt install python3)"
    exit 77
}
python3 - <<'END'
import glob, os, re, sys

LARGEST_BYTES = 120 * 1024
MOST = 16
failures = 0

def complain(words):
    global failures
    failures += 1
    print(words)

# Both ways to show one: (words in its place, address).
def shown_in(text):
    pairs = re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", text)
    for tag in re.findall(r"<img\s[^>]*>", text):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        pairs.append((attributes.get("alt", ""), attributes.get("src", "")))
    return pairs

def check(page, words, path):
    if not os.path.isfile(path):
        return complain(f"{page}: there is no picture {path}; ./do pictures takes them")
    with open(path, "rb") as file:
        bytes_of = file.read()
    if not bytes_of.startswith(b"\x89PNG\r\n\x1a\n") or not bytes_of.endswith(b"IEND\xaeB`\x82"):
        complain(f"{page}: {path} is no whole PNG")
    if len(bytes_of) > LARGEST_BYTES:
        complain(f"{page}: {path} has {len(bytes_of)} bytes, more than {LARGEST_BYTES}")
    is_japanese = path.endswith(".ja.png")
    if len(words) < 20:
        complain(f"{page}: {path} is not told in words to those who do not see it")
    elif bool(re.search(r"[\u3040-\u30ff]", words)) != is_japanese:
        complain(f"{page}: {path} is told in the other language")
    if page != "README.md" and page.endswith(".ja.md") != is_japanese:
        complain(f"{page}: {path} shows the other language")

shown = set()
for page in ["README.md", *sorted(glob.glob("docs/*.md"))]:
    with open(page, encoding="utf-8") as file:
        for words, address in shown_in(file.read()):
            path = os.path.normpath(os.path.join(os.path.dirname(page), address))
            shown.add(path)
            check(page, words, path)
for path in sorted(set(glob.glob("docs/pictures/*")) - shown):
    complain(f"{path}: no page shows it")
if not 0 < len(shown) <= MOST:
    complain(f"{len(shown)} pictures are shown; {MOST} are the most")
print(f"{len(shown)} pictures")
sys.exit(failures > 0)
END
