#!/bin/sh
# Runs every example of docs/api.md against `tocsin serve`, in order, and holds the answers against
# what the page says of them: a status below 400, the type, and the members, none more and none less
# but for those marked with "?". A route without a row in engine/web/route_docs.c is a failure.
set -eu

for tool in curl python3; do
    command -v "$tool" >/dev/null || {
        echo "skipped: there is no $tool on this machine (apt install $tool)"
        exit 77
    }
done
work=$(mktemp -d)
program=
trap '[ -z "$program" ] || kill "$program" 2>/dev/null || true; rm -rf "$work"' EXIT

"$TOCSIN" serve scenarios/ransomware --home . --db "$work/drills.db" --listen 127.0.0.1:0 \
    --test-clock >"$work/out" 2>&1 &
program=$!
tries=0
until grep -q "http://127.0.0.1:" "$work/out"; do
    tries=$((tries + 1))
    if [ "$tries" -eq 600 ] || ! kill -0 "$program" 2>/dev/null; then
        echo "tocsin serve does not start: $(cat "$work/out")" >&2
        exit 1
    fi
    sleep 0.1
done
LINK=$(grep -o 'http://127.0.0.1:[^ ]*' "$work/out" | head -1)
LEAD=$(grep -o 'http://127.0.0.1:[^ ]*' "$work/out" | tail -1)

# Each block leaves the head and the body of its last answer behind, beside its text.
cat >"$work/all.sh" <<'END'
set -eu
curl() {
    got=0
    command curl --max-time 60 -D "$work/$block.head" -o "$work/$block.body" "$@" || got=$?
    cat "$work/$block.body"
    return $got
}
END
awk -v work="$work" '
    /^```sh$/ {
        block = sprintf("%02d", ++count)
        inside = 1
        print "block=" block >>(work "/all.sh")
        next
    }
    /^```/ { inside = 0 }
    inside { print >>(work "/all.sh") }' docs/api.md
mkdir "$work/here"
(cd "$work/here" && LINK=$LINK LEAD=$LEAD work=$work sh "$work/all.sh" >"$work/answers" 2>"$work/complaints") || {
    echo "docs/api.md: the examples do not run:" >&2
    tail -n 3 "$work/answers" "$work/complaints" >&2
    exit 1
}

"$TOCSIN" docs api-routes >"$work/routes"
python3 - "$work" <<'END'
import json, os, re, sys

work = sys.argv[1]
failures = 0

def complain(words):
    global failures
    failures += 1
    print(f"docs/api.md: {words}")

def paths(value, at):
    if isinstance(value, dict) and value:
        return set().union(*(paths(inner, f"{at}.{key}" if at else key) for key, inner in value.items()))
    if isinstance(value, list) and value:
        return set().union(*(paths(inner, at + "[]") for inner in value))
    return {at}

def is_within(path, name):
    return path == name or path.startswith((name + ".", name + "["))

def names_of(section):
    cells = re.findall(r"^\| (`[^|]*`) \|", section, re.M)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}

def check_json(title, section, body):
    names = names_of(section)
    found = paths(json.loads(body), "")
    for path in found:
        # An empty list shows that it is there, and nothing of what could be in it.
        if not any(is_within(path, name.rstrip("?")) or is_within(name, path) for name in names):
            complain(f"{title} answers with {path}, which is not explained")
    for name in names:
        if name.endswith("?") or any(is_within(path, name) for path in found):
            continue
        if not any(is_within(name, path) for path in found):
            complain(f"{title} answers without {name}")
    return len(found)

# Of the last answer in a block; None when it was a refusal, or when the block asked for nothing.
def read_answer(title, block):
    if not os.path.exists(f"{work}/{block:02}.head"):
        return None
    with open(f"{work}/{block:02}.head", encoding="latin-1") as file:
        head = [part for part in file.read().split("\r\n\r\n") if part][-1]
    with open(f"{work}/{block:02}.body", "rb") as file:
        body = file.read()
    status = int(head.split()[1])
    if status >= 400:
        complain(f"{title}: the example is answered {status}: {body.decode()}")
        return None
    return head, body

def check(title, section, block):
    answer = read_answer(title, block)
    if answer is None:
        return 0
    head, body = answer
    wanted = re.search(r"^\* Answers with `([^`]+)`", section, re.M).group(1)
    got = re.search(r"^Content-Type: (.*?)\r?$", head, re.M | re.I).group(1)
    if got not in wanted and got.split(";")[0] not in wanted.split(", "):
        complain(f"{title} answers with {got}, not with {wanted}")
    return check_json(title, section, body) if got == "application/json" else 0

with open("docs/api.md", encoding="utf-8") as file:
    page = file.read()
with open(f"{work}/routes", encoding="utf-8") as file:
    routes = file.read().splitlines()
before, *sections = re.split(r"^### ", page, flags=re.M)
block = before.count("\n```sh\n")
for one in range(1, block + 1):
    read_answer(f"block {one}", one)
told = []
members = 0
for section in sections:
    title = re.match(r"`([^`]+)`", section).group(1)
    method, path = title.split()
    told.append(title)
    block += 1
    example = re.search(r"^```sh\n(.*?)^```", section, re.M | re.S).group(1)
    if path.rstrip("*") not in example or ("--json" in example) != (method == "POST"):
        complain(f"the example of {title} asks for something else")
    members += check(title, section, block)
for route in routes:
    if route not in told:
        complain(f"{route} has no example; give it a row in engine/web/route_docs.c")
for title in told:
    if title not in routes:
        complain(f"there is no route {title}")
for title in {title for title in told if told.count(title) > 1}:
    complain(f"{title} is there twice")
print(f"{len(told)} routes, {members} members")
sys.exit(failures > 0 or not told)
END

# What the page says of errors is so, and each comes with both sentences.
python3 - "$work/here" "${LINK%/join#*}" <<'END'
import json, re, subprocess, sys

folder, origin = sys.argv[1:]
cases = [
    ("404", "not-found", []),
    ("400", "bad-body", ["--json", "{"]),
    ("400", "bad-body", ["--json", '{"do":"note","text":"x"}']),
    ("400", "bad-body", ["--json", '{"do":"fly","id":"f-1"}']),
    ("400", "bad-body", ["--json", '{"actor":"legal","do":"note","id":"f-2","text":"x"}']),
    ("409", "id-used", ["--json", '{"do":"note","id":"note-1","text":"something else"}']),
    ("422", "not-allowed", ["--json", '{"do":"end","id":"f-3"}']),
    ("415", "not-json", ["-d", "{}"]),
    ("405", "method", ["-X", "DELETE"]),
    ("413", "too-big", ["--json", json.dumps({"do": "note", "id": "f-4", "text": "x" * 70000})]),
    ("401", "no-session", ["--json", "{}", "-b", "legal=none"]),
    ("421", "bad-host", ["-H", "Host: drill.example.jp"]),
    ("403", "foreign", ["--json", "{}", "-H", "Origin: https://drill.example.jp"]),
]
note = '{"do":"note","id":"note-1","text":"the line is bad"}' # at the table that the lobby made
subprocess.run(["curl", "-sSf", "-b", f"{folder}/seat.jar", "--json", note,
    f"{origin}/api/1/inputs?as=poc"], capture_output=True, check=True)
for status, reason, options in cases:
    path = "inputs?as=poc" if options else "nothing"
    cookies = [] if "-b" in options else ["-b", f"{folder}/seat.jar"]
    got = subprocess.run(["curl", "-sS", "-w", "\n%{http_code} %{content_type}", *cookies, *options,
        f"{origin}/api/1/{path}"], capture_output=True, text=True, check=True).stdout
    body, _, ending = got.rpartition("\n")
    problem = json.loads(body)
    is_whole = (ending == f"{status} application/problem+json" and problem["status"] == int(status)
        and problem["reason"] == reason and problem["detail"] and problem["sentence"]["en"]
        and re.search("[ぁ-ん]", problem["sentence"]["ja"]))
    if not is_whole:
        sys.exit(f"{options}: {got} is not {status} {reason} with both sentences")
print(f"{len(cases)} errors")
END

# Nothing that proves who somebody is stands in what the program says while it runs.
if grep -v 'join#' "$work/out" | grep -qF "${LINK#*#}" ||
    grep -qF "$(awk '/facilitator/ { print $NF }' "$work/here/staff.jar")" "$work/out"; then
    echo "a secret stands in the log" >&2
    exit 1
fi
