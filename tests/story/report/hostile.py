"""One small scenario with nothing but hostile strings for words, played by people who write the same.

Its files are written as JSON, which is YAML. The same scenario with harmless words of the same
places says which elements a page has; the hostile one may have no other, and must not lose a word."""
import csv

import io
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

import pages

TOCSIN = os.environ["TOCSIN"]
HOSTILE = [
    "<script>alert(1)</script>", "</title><script>alert(2)</script>", "<img src=x onerror=alert(3)>", "\"><svg onload=alert(4)>",
    "' onmouseover='alert(5)", "\" onfocus=\"alert(6)\" autofocus=\"", "<a href=javascript:alert(7)>x</a>", "javascript:alert(8)",
    "</style><style>*{display:none}</style>", "</svg><script>alert(9)</script>", "<![CDATA[<b>]]>", "<!-- comment --><b>", "--><b>",
    "<?php echo 1 ?>", "<!DOCTYPE html>", "&lt;b&gt;", "&amp;amp;", "&#60;script&#62;", "&", "&nbsp", "<", ">", "\"", "'", "`", "\\", "/*",
    "*/ }", "{{ 7 * 7 }}", "{% raw %}", "% write(\"x\")", "]] .. os.exit() .. [[", "\\\")) write((\"", "${7*7}", "#{7*7}", "<%= 7 %>",
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\")", "\t=1", " =1", "a,b", "a;b", "a\"b,c", "a|b", "|---|---|",
    "# heading", "- list", "1. list", "> quote", "```", "**bold**", "_em_", "[link](http://evil.example)", "![img](http://evil.example/x.png)",
    "<http://evil.example>", "http://evil.example/", "www.evil.example", "a@evil.example", "[x]: http://evil.example", "~~~", "---", "===",
    "a\\", "a\\|b", "\\`", "\u202eevil\u202c", "\u2066a\u2069", "\u200b", "e\u0301", "日本語<b>太字</b>", "𠮷野家<𠮷>", "🔥</td></tr>", "x" * 300,
    "あ" * 200, "</p></section></main>", "<table><tr><td>", "<td>", "%s%n%x", "%", "%%", "\u00a0", "\u2028<b>", "NULL", "0", "-",
]
assert len(set(HOSTILE)) >= 60
SAFE = "Harmless"


class Words:
    """The next string, or a harmless one; remembers which were given."""

    def __init__(self, hostile, shift):
        self.hostile, self.at, self.given = hostile, shift, []

    def __call__(self):
        self.at += 1
        word = HOSTILE[self.at % len(HOSTILE)] if self.hostile else f"{SAFE} {self.at}"
        self.given.append(word)
        return word

    def of_scenario(self):
        """In a scenario, {{ }} is a name that it must have, and signs that nobody sees are refused."""
        word = self()
        while "{{" in word or re.search("[\u0000-\u001f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", word):
            word = self()
        return word

    def both(self):
        return {"en": self.of_scenario(), "ja": self.of_scenario()}


def scenario(word, folder):
    both = word.both
    facts = [{"id": f"f{i}", "text": both(), "slot": "s1", "needs": {"commander": "must", "boss": "must", "press": "never"}}
             for i in range(6)]
    injects = [{"id": f"i{i}", "kind": kind, "from": "someone", "from_name": both(), "to": ["poc", "commander"], "via": "phone",
                "title": both(), "body": both(), "at": f"{i + 1}0s", "facts": [f"f{i}"]}
               for i, kind in enumerate(["event", "information", "complexity", "benign", "event"])]
    injects[0]["questions"] = [{"id": "q", "prompt": both(), "owner": ["commander"], "within": "5m",
                                "options": [{"id": "a", "text": both()}, {"id": "b", "text": both()}]}]
    injects.append({"id": "again", "kind": "contingency", "from": "someone", "from_name": both(), "to": ["poc"], "via": "phone",
                    "title": both(), "body": both(), "reason": both(),
                    "unless": {"escalation": {"to": "boss"}, "within": "1m", "of": "i0"}})
    people = [{"id": name, "name": both(), "contact": both(), "audience": audience,
               "reach": {"phone": {"answer": answer, "delay": "5s"}, "mail": {"answer": "yes", "delay": "5s"}}}
              for name, audience, answer in (("boss", "own", "no"), ("deputy", "own", "yes"), ("press", "public", "yes"))]
    people[0]["deputy"] = "deputy"
    rules = [{"id": f"r{i}", "kind": "respond", "before": both(), "title": both(), "why": both(), "source": both(),
              "when": {"knows": f"f{i % 5}", "by": "poc"}, "then": {"escalation": {"to": ["boss", "deputy", "legal"][i % 3]}},
              "within": f"{i + 1}m", "grace": "1m", "modes": ["paced", "live"], "role": "poc", "skills": ["escalate"],
              "severity": ["critical", "major", "minor"][i % 3], "capability": f"c{i}"} for i in range(9)]
    document = {"id": "hostile", "title": both(), "summary": both(), "duration": "10m", "mode": "paced", "languages": ["en", "ja"],
                "story_start": "2026-11-20T22:10:00+09:00", "organisation": "default", "difficulty": 3,
                "seats": [{"id": role, "roles": [role]} for role in ("poc", "commander", "handler", "legal")],
                "phases": [{"id": "one", "name": both()}, {"id": "two", "name": both()}],
                "objectives": [{"id": "o", "text": both()}], "slots": [{"id": "s1", "name": both()}],
                "stakeholders": people, "actions": [{"id": "act", "name": both()}],
                "hints": [{"id": "h", "to": ["poc"], "text": both()}]}
    folder.mkdir()
    for name, content in (("scenario", document), ("facts", facts), ("injects", injects), ("rules", rules)):
        (folder / f"{name}.yaml").write_text(json.dumps(content, ensure_ascii=False))


def inputs(word):
    yield {"at": "0s", "actor": "facilitator", "do": "start", "language": "en"}
    for i in range(5):
        yield {"at": f"{i + 1}5s", "actor": "poc", "do": "open", "inject": f"i{i}"}
    yield {"at": "60s", "actor": "commander", "do": "open", "inject": "i0"}
    yield {"at": "61s", "actor": "commander", "do": "decide", "question": "q", "option": "a", "reason": word()}
    for i, to in enumerate(("boss", "deputy", "press", "commander")):
        yield {"at": f"7{i}s", "actor": "poc", "do": "message", "id": f"m{i}", "type": "escalation", "to": [to], "via": "phone",
               "facts": ["f0", "f1"], "tlp": "amber", "text": word()}
    yield {"at": "90s", "actor": "commander", "do": "declare", "status": "aware", "reason": word()}
    yield {"at": "91s", "actor": "commander", "do": "act", "action": "act", "reason": word()}
    yield {"at": "92s", "actor": "poc", "do": "said", "to": ["commander"], "facts": ["f2"], "text": word()}
    yield {"at": "93s", "actor": "poc", "do": "handoff", "to": "legal", "facts": ["f3"], "text": word()}
    yield {"at": "94s", "actor": "poc", "do": "answer", "inject": "i0", "text": word()}
    yield {"at": "95s", "actor": "facilitator", "do": "hint", "hint": "h"}
    yield {"at": "96s", "actor": "facilitator", "do": "hint", "text": word(), "to": ["poc"]}
    yield {"at": "97s", "actor": "facilitator", "do": "improvise", "from": "press", "title": word(), "body": word(), "to": ["poc"], "via": "mail"}
    yield {"at": "98s", "actor": "evaluator", "do": "observe", "rule": "r0", "text": word()}
    yield {"at": "99s", "actor": "facilitator", "do": "phase", "phase": "two"}
    yield {"at": "10m", "actor": "facilitator", "do": "end"}
    for name in ("r0--9", "nothing-of-the-kind"):
        yield {"at": "11m", "actor": "poc", "do": "dispute", "finding": name, "text": word()}
        yield {"at": "11m", "actor": "facilitator", "do": "ruling", "finding": name, "verdict": "excused", "text": word()}
        yield {"at": "11m", "actor": "evaluator", "do": "cause", "finding": name, "cause": "tool", "text": word()}
    yield {"at": "12m", "actor": "evaluator", "do": "rate", "capability": "c0", "rating": "M", "text": word()}
    yield {"at": "12m", "actor": "facilitator", "do": "annul", "event": 4, "reason": word()}


def reports(hostile, shift):
    word = Words(hostile, shift)
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work, "scenario")
        scenario(word, folder)
        file = Path(work, "inputs.jsonl")
        file.write_text("".join(json.dumps(one) + "\n" for one in inputs(word)))
        db = f"{work}/db"
        made = subprocess.run([TOCSIN, "play", str(folder), "--home", ".", "--inputs", str(file), "--db", db],
                              capture_output=True, text=True)
        assert made.returncode == 0, made.stderr
        assert "refused inputs: 0" in made.stdout + made.stderr or "refused" not in made.stderr, made.stderr
        out = {}
        for form in ("html", "md", "json"):
            for lang in ("en", "ja"):
                made = subprocess.run([TOCSIN, "report", "--db", db, "--format", form, "--lang", lang], capture_output=True)
                assert made.returncode == 0, made.stderr.decode()
                out[form, lang] = made.stdout.decode()
        for table in ("decisions", "findings", "messages", "plan", "timeline"):
            made = subprocess.run([TOCSIN, "report", "--db", db, "--format", "csv", "--table", table], capture_output=True)
            out["csv", table] = made.stdout.decode("utf-8-sig")
        return word.given, out


def shape(page):
    """Which elements with which attributes a page has, and how deep they stand."""
    class Shape(pages.Page):
        def __init__(self, text):
            self.kinds = set()
            super().__init__(text)

        def handle_starttag(self, tag, attributes):
            self.kinds.add((tag, tuple(name for name, _ in attributes), tuple(self.open[-1:])))
            super().handle_starttag(tag, attributes)
    return Shape(page)


def check_html(text, harmless, model, given):
    found = list(pages.mistakes(text))
    assert not found, found[:5]
    page = shape(text)
    # A long word is cut in a picture, and then stands whole in a title.
    new = page.kinds - shape(harmless).kinds - {("title", (), ("text",))}
    assert not new, new
    shown = "".join(page.words)
    for word in said(model):
        clean = re.sub("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]", "\ufffd", word)
        assert clean in shown or clean[:40] in shown, (word, clean)
    assert "<script" not in text.lower() and not re.search(r"<[^>]*\son\w+=", text)
    assert given


def said(model):
    """Words that must reach the page whole."""
    yield model["cover"]["title"]
    for one in model["hot_wash"]["disputes"] + model["hot_wash"]["observations"] + model["hot_wash"]["causes"]:
        yield one["text"]
    for rule in model["findings"]:
        if rule["met"] + rule["missed"]:
            yield rule["title"]
    for fact in model["knowledge"]["facts"]:
        yield fact["text"]
    for inject in model["overview"]["objectives"]:
        yield inject["text"]


def cells(line):
    return len(re.findall(r"(?<!\\)(?:\\\\)*\|", line))


def check_md(text):
    """No raw HTML, no links, no code but the two hashes, and tables whose rows have equally many cells."""
    plain = re.sub(r"`[0-9a-f]{64}`", "", text)
    assert not re.search(r"(?<!\\)`", plain)
    assert "<" not in plain and not re.search(r"(?<!\\)\]\(", plain) and not re.search(r"&(?!(amp|lt|gt|#64|quot|#39);)", plain)
    assert not re.search(r"https?://", plain) and not re.search(r"(?<!\\)www\.", plain) and "@" not in plain
    width = None
    for line in text.split("\n"):
        if re.fullmatch(r"\|( --- \|)+", line):
            assert width == cells(line), line
        if line.startswith("|"):
            assert width is None or cells(line) == width, line
            width = cells(line)
        else:
            width = None
    allowed = re.compile(r"( )*\* |#{1,3} |\| |\*\*|$|[^\s#>|*=~+`-]|\\")
    wrong = [line for line in text.split("\n") if not allowed.match(line)]
    assert not wrong, wrong[:3]


def check_csv(text):
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) > 1 and len({len(row) for row in rows}) == 1, rows
    for row in rows:
        for cell in row:
            assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r") or re.fullmatch("-[0-9]+", cell), cell


def main():
    _, harmless = reports(False, 0)
    count = 0
    places = set()
    # Shifted, so that every string comes to stand in many places.
    for shift in range(0, len(HOSTILE), 13):
        given, out = reports(True, shift)
        places |= set(given)
        for lang in ("en", "ja"):
            model = json.loads(out["json", lang])
            check_html(out["html", lang], harmless["html", lang], model, given)
            check_md(out["md", lang])
        for table in ("decisions", "findings", "messages", "plan", "timeline"):
            check_csv(out["csv", table])
        count += 9
    assert places == set(HOSTILE), set(HOSTILE) - places
    print(f"{count} reports of {len(HOSTILE)} hostile strings")


main()
