# Counts figures again, as plainly as docs/metrics.md says them, and compares.
#   metrics.py RECORD METRICS.json FACTS.yaml NAME
import json, math, re, sqlite3, sys
from fractions import Fraction

db, figures, facts_file, play = sys.argv[1:]
told = json.load(open(figures))
rows = sqlite3.connect(db).execute(
    "SELECT seq, observed_ms, kind, actor, cause, body FROM event WHERE table_id = 1").fetchall()
events = sorted(({"seq": s, "t": t, "kind": k, "actor": a, "cause": c, **json.loads(b)}
                 for s, t, k, a, c, b in rows), key=lambda e: (e["t"], e["seq"]))
if any(e["kind"] == "annulled" for e in events):
    print(f"{play}: annulments are not counted again")
    sys.exit(0)
end = next((e["t"] for e in events if e["kind"] in ("ended", "stopped")), None)
assert end is not None, play
events = [e for e in events if e["t"] <= end]
seats = [load["seat"] for load in told["load"]]

# Needs, from files in which a need stands as "    party: must".
needs, fact = {}, None
for line in open(facts_file):
    if m := re.match(r"- id: (\S+)", line):
        fact = m[1]
    elif m := re.match(r"\s+([a-z0-9-]+): (must|useful|never)\b", line):
        needs[fact, m[1]] = m[2]
plain = "phone-tree" in play  # there each role is a seat of its own name, and no card is replaced

def goes_to(event):
    to = []
    for name in event.get("to", []):
        to += seats if name == "room" else [name]
    return [p for p in dict.fromkeys(to) if p != event["actor"]]

def kaplan_meier(items, share):
    alive, n = Fraction(1), len(items)
    for value in sorted({v for v, _ in items}):
        risk = sum(v >= value for v, _ in items)
        alive *= 1 - Fraction(sum(v == value and not o for v, o in items), risk)
        if alive <= share:
            return value

def wilson(k, n):
    z, p = 1.96, k / n
    middle, half = p + z * z / 2 / n, z * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    return [1000 * (middle + sign * half) / (1 + z * z / n) for sign in (-1, 1)]

checks = 0
def metric(id, part=None, who=None):
    return next((m for m in told["metrics"]
                 if (m["id"], m.get("part"), m.get("who")) == (id, part, who)), None)

def same(what, mine, theirs):
    global checks
    checks += 1
    if mine != theirs:
        sys.exit(f"{play}: {what}: counted {mine}, told {theirs}")

def rate(k, n, *of):
    got = metric(*of)
    same(f"{of} k/n", (k, n), (got.get("k", 0), got["n"]))
    if n:
        for mine, theirs in zip(wilson(k, n), (got["low"], got["high"])):
            same(f"{of} interval", True, abs(mine - theirs) <= 1)

def times(items, *of):
    got = metric(*of)
    same(f"{of} n", len(items), got["n"])
    if items:
        same(f"{of} open", sum(o for _, o in items), got["open"])
        same(f"{of} median", kaplan_meier(items, Fraction(1, 2)), got.get("median_ms"))
        same(f"{of} p90", kaplan_meier(items, Fraction(1, 10)), got.get("p90_ms"))
        same(f"{of} longest", max(v for v, _ in items), got["longest_ms"])

messages = [e for e in events if e["kind"] == "messaged"]
by_seats = [e for e in messages if e["actor"] in seats]
learned = {}
for e in events:
    if e["kind"] == "learned":
        learned.setdefault((e["actor"], e["fact"]), e)
knew = lambda p, f, e: (p, f) in learned and (
    (learned[p, f]["t"], learned[p, f]["seq"]) < (e["t"], e["seq"]))

# C01, C02
waits, k, n = [], 0, 0
for m in messages if plain else []:
    for p in goes_to(m):
        if p not in seats or not (m.get("ack_within_ms") or m.get("readback")):
            continue
        met = next((e["t"] for e in events if e["seq"] > m["seq"] and e["actor"] == p and (
            e["kind"] == "acked" and e.get("message") == m["message"] and not e.get("unread")
            or e["kind"] == "read-back" and e["message"] == m["message"]
            or e["kind"] == "messaged" and e.get("re") == m["message"])), None)
        waits.append((end - m["t"], True) if met is None else (met - m["t"], False))
        if w := m.get("ack_within_ms"):
            if met is not None or m["t"] + w <= end:
                n, k = n + 1, k + (met is not None and met <= m["t"] + w)
if plain:
    times(waits, "C01")
    rate(k, n, "C02")

# Counts of what was sent
acks = [e for e in events if e["kind"] == "acked"]
rate(sum(bool(e.get("unread")) for e in acks), len(acks), "unread-acks")
approvals = [m for m in by_seats if m["type"] == "approval"]
rate(sum(bool(m.get("unread")) for m in approvals), len(approvals), "stamps")
decided = [e for e in events if e["kind"] == "decided"]
rate(sum(bool(e.get("reason")) for e in decided), len(decided), "C28", "reason")
rate(sum(not e.get("contested") for e in decided), len(decided), "C28", "owner")
rate(sum(bool(e.get("contested")) for e in decided), len(decided), "contested", "decisions")
deeds = [e for e in events if e["kind"] == "acted" and e["actor"] in seats]
rate(sum(bool(e.get("contested")) for e in deeds), len(deeds), "contested", "deeds")
orders = [m for m in by_seats if m["type"] == "order"]
ordered = [m for m in orders if m.get("action")]
rate(sum(bool(m.get("contested")) for m in ordered), len(ordered), "contested", "orders")
rate(sum(bool(m.get("ack_within_ms")) for m in orders), len(orders), "C05", "boxed")
done = {e["order"] for e in events if e["kind"] == "acted" and e.get("order")}
done |= {e["re"] for e in messages if e["type"] == "report" and e.get("re")}
rate(sum(m["message"] in done for m in orders), len(orders), "C03", "done")
handed = [e for e in events if e["kind"] == "handed-off"]
rate(sum(bool(e.get("text")) for e in handed), len(handed), "C25", "noted")

# C16, C22 and noise
said = [e for e in events if e["kind"] in ("messaged", "said") and e["actor"] in seats]
stated = [(e, f) for e in said for f in e.get("facts", [])]
rate(sum(not knew(e["actor"], f, e) or learned[e["actor"], f]["source"] == "unrecorded"
         for e, f in stated), len(stated), "C16", "unrecorded")
if plain:
    with_facts = [e for e in said if e.get("facts")]
    rate(sum(any(needs.get((f, p)) == "never" for f in e["facts"] for p in goes_to(e))
             for e in with_facts), len(with_facts), "C22")
    asks = {"request", "order", "approval-request"}
    sender = {m["message"]: m for m in messages}
    useless = [(e, p) for e in said for p in goes_to(e) if not (
        any(needs.get((f, p)) in ("must", "useful") and not knew(p, f, e)
            for f in e.get("facts", []))
        or e.get("unknown") or e.get("type") in asks | {"approval"}
        or (m := sender.get(e.get("re"))) and m["actor"] == p and m["type"] in asks)]
    rate(len(useless), sum(len(goes_to(e)) for e in said), "noise")

# C07
    ways = {}
    for m in (m for m in by_seats if m["type"] == "escalation"):
        starts = [learned[m["actor"], f]["t"] for f in m.get("facts", []) if knew(m["actor"], f, m)]
        for p in goes_to(m) if starts else []:
            ways.setdefault(p, []).append((min(starts), m["message"]))
    spans = []
    for p, sent in ways.items():
        start, ids = min(s for s, _ in sent), {m for _, m in sent}
        hit = next((e["t"] for e in events if e["kind"] == "reached" and e["actor"] == p
                    and e["message"] in ids), None)
        spans.append((end - start, True) if hit is None else (hit - start, False))
    times(spans, "C07")

# C12, and who knew what when
    spans = []
    for f in dict.fromkeys(f for _, f in learned):
        first = min((e["t"], e["seq"], p) for (p, g), e in learned.items() if g == f)
        for (g, p), need in needs.items():
            if g == f and need == "must" and p != first[2]:
                own = learned.get((p, f))
                spans.append((own["t"] - first[0], False) if own else (end - first[0], True))
    times(spans, "C12")
same("knowledge", {(e["fact"], p, e["t"], e["source"]) for (p, _), e in learned.items()},
     {(c["fact"], c["party"], c["learned_ms"], c["source"]) for c in told["knowledge"]})
for cell in told["knowledge"]:
    first = min(e["t"] for (_, f), e in learned.items() if f == cell["fact"])
    same("lag", cell["learned_ms"] - first, cell["lag_ms"])

# Who told whom
who = {m["message"]: m["actor"] for m in messages}
taught = {}
for (p, _), e in learned.items():
    giver = who.get(e.get("through")) if e["source"] == "message" else (
        e.get("through") if e["source"] in ("said", "handoff") else None)
    if giver:
        taught[giver, p] = taught.get((giver, p), 0) + 1
heard = any(e["source"] == "heard" for e in learned.values())
if not heard:
    same("taught", taught, {(c["from"], c["to"]): c["taught"] for c in told["told"] if c["taught"]})
print(f"{play}: {checks} figures")
