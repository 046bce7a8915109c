"""Plays exercises with the program, writes their reports and asks whether they keep their promises."""
import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import honest
import pages
import schema

TOCSIN = os.environ["TOCSIN"]
SCHEMA = json.loads(Path("docs/report.schema.json").read_text())
done = 0


def run(*arguments, code=0):
    made = subprocess.run([TOCSIN, *arguments], capture_output=True)
    assert made.returncode == code, (arguments, made.returncode, made.stderr.decode())
    return made.stdout if code == 0 else made.stderr.decode()


def play(work, scenario, inputs, name, *more):
    db = f"{work}/{name}.db"
    file = Path(work, f"{name}.jsonl")
    file.write_text("".join(json.dumps(one) + "\n" for one in inputs))
    run("play", scenario, "--home", ".", "--inputs", str(file), "--db", db, *more)
    return db


def lines(path):
    return [json.loads(line) for line in Path(path).read_text().splitlines()]


def report(db, form, *more):
    return run("report", "--db", db, "--format", form, *more)


def no_mistakes(what, found):
    found = list(found)
    assert not found, f"{what}:\n" + "\n".join(found[:10])


def one_exercise(db):
    """JSON and HTML in both languages; the same record gives the same bytes."""
    global done
    head = re.search(r"head ([0-9a-f]{64})", run("verify", "--db", db).decode())[1]
    models = {}
    for lang in ("en", "ja"):
        text = report(db, "json", "--lang", lang)
        assert text == report(db, "json", "--lang", lang)
        models[lang] = model = json.loads(text)
        no_mistakes(f"{db} {lang} against the schema", schema.mistakes(SCHEMA, model))
        html = report(db, "html", "--lang", lang).decode()
        assert html == report(db, "html", "--lang", lang).decode()
        no_mistakes(f"{db} {lang} html", pages.mistakes(html))
        honest.check(model, html, head)
        assert "【訓練】" in html and html.count("TLP:AMBER") >= 2
        done += 1
    assert numbers(models["en"]) == numbers(models["ja"])
    return models["en"]


def numbers(value, key=""):
    """The model without its words: what two languages must agree on."""
    if isinstance(value, dict):
        return {k: numbers(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [numbers(one, key) for one in value]
    return None if isinstance(value, str) and key not in ("outcome", "id", "rule", "severity") else value


def is_formula(cell):
    """A number below zero is a number."""
    return cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"-[0-9]+", cell)


def tables(db, work):
    """Five files that a spreadsheet opens: a mark, CRLF, as many cells a row, no formula."""
    global done
    run("report", "--db", db, "--format", "csv", "--lang", "ja", "--out", f"{work}/tables")
    names = sorted(path.name for path in Path(work, "tables").iterdir())
    assert names == ["decisions.csv", "findings.csv", "messages.csv", "plan.csv", "timeline.csv"], names
    for name in names:
        data = Path(work, "tables", name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf"), name
        text = data[3:].decode()
        assert text.endswith("\r\n")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert len(rows) > 1 and len({len(row) for row in rows}) == 1, name
        assert not [cell for row in rows for cell in row if is_formula(cell)], name
        one = report(db, "csv", "--lang", "ja", "--table", name[:-4])
        assert one == data, name
        done += 1


def words_of(db):
    """Who is who is told, unless pseudonyms are asked for; then nobody is named, in quotes neither."""
    global done
    with sqlite3.connect(db) as base:
        base.execute("insert or replace into person (id, name) values ('p-asano', 'Asano Hanako')")
    plain = report(db, "html").decode()
    hidden = report(db, "html", "--pseudonyms").decode()
    assert ">ito<" not in hidden and "ito:" in plain and "ito:" not in hidden
    assert "Asano Hanako" in plain and "Asano" not in hidden and "p-asano" not in hidden and "P1" in hidden
    assert "Asano" not in report(db, "text", "--pseudonyms").decode()
    for form in ("html", "md", "json"):
        assert "Asano Hanako said so" in report(db, form).decode(), form
        quoted = report(db, form, "--pseudonyms").decode()
        assert "Asano" not in quoted and "P1 said so" in quoted, form
    done += 1


def planned(work):
    """The plan as people hold it and what the rules propose: apart, and each rule in one of them. A later
    exercise verifies, and only then do the bytes change."""
    global done
    db = play(work, "scenarios/phone-tree", lines("tests/story/phone-tree/slow.jsonl"), "planned", "--by-person")
    proposals = json.loads(report(db, "json"))["plan"]
    assert len(proposals) >= 3 and not any(one["planned"] for one in proposals)
    assert 'id="planned"' not in report(db, "html").decode()
    run("plan", "phone-tree-1", "--add", "--finding", "escalate-at-once", "--owner", "sato", "--name", "Sato Hanako",
        "--action", "Sato Hanako rings <b>twice</b>", "--document", "CSIRT manual, 4.2", "--start", "2026-11-01",
        "--by", "2026-12-20", "--organisation", "Operations", "--db", db)
    run("plan", "phone-tree-1", "--add", "--action", "=Buy radios", "--element", "equipment", "--db", db)
    run("plan", "--add", "--action", "Of another exercise", "--db", db)
    run("plan", "--set", "1", "--status", "done", "--evidence", "Minutes of 15 December", "--db", db)
    rows = one_exercise(db)["plan"]
    assert [one["planned"] for one in rows] == [True, True] + [False] * (len(proposals) - 1), rows
    assert {one["rule"] for one in rows} == {one["rule"] for one in proposals} | {""}
    first, second = rows[:2]
    expected = {"action": "Sato Hanako rings <b>twice</b>", "document": "CSIRT manual, 4.2", "due": "2026-12-20",
                "evidence": "Minutes of 15 December", "id": "#1", "organisation": "Operations", "owner": "Sato Hanako",
                "retested_in": "", "severity": "major", "start": "2026-11-01", "status": "done, not retested"}
    assert {key: first[key] for key in expected} == expected and first["seqs"] and first["n"] == 1, first
    assert (second["element"], second["rule"], second["severity"], second["n"]) == ("Equipment", "", "", 0), second
    html = report(db, "html").decode()
    plan = html[html.index('id="planned"'):html.index('id="proposed"')]
    assert "rings &lt;b&gt;twice" in plan and "CSIRT manual, 4.2" in plan and "IP-" not in plan
    assert "Of another exercise" not in html and 'id="p-escalate-at-once"' not in html
    for form in ("html", "md", "json"):
        hidden = report(db, form, "--pseudonyms").decode()
        assert "Sato" not in hidden and "sato" not in hidden and "P1 rings" in hidden, form
    table = report(db, "csv", "--table", "plan", "--pseudonyms").decode()
    assert "Sato" not in table and "Minutes of 15 December" in table and "'=Buy radios" in table
    play(work, "scenarios/phone-tree", lines("tests/story/phone-tree/good.jsonl"), "planned")
    now = json.loads(run("report", "phone-tree-1", "--db", db, "--format", "json"))["plan"][0]
    assert (now["status"], now["retested_in"]) == ("verified", "phone-tree-2"), now
    run("forget", "sato", "--yes", "--db", db)
    now = json.loads(run("report", "phone-tree-1", "--db", db, "--format", "json"))["plan"][0]
    assert now["owner"] == "(forgotten)", now
    done += 1


def not_by_person(work, inputs):
    """Unless its people have agreed, no report of an exercise names anybody, asked for or not."""
    global done
    db = play(work, "scenarios/ransomware", inputs, "roles")
    with sqlite3.connect(db) as base:
        base.execute("insert or replace into person (id, name) values ('p-asano', 'Asano Hanako')")
    for form in ("text", "html", "md", "json"):
        text = report(db, form).decode()
        assert "Asano" not in text and "p-asano" not in text and ">ito<" not in text, form
        assert text == report(db, form, "--pseudonyms").decode(), form
    assert json.loads(report(db, "json"))["cover"]["pseudonyms"]
    said = run("play", "--exercise", "ransomware-1", "--by-person", "--inputs", f"{work}/roles.jsonl", "--db", db, code=2)
    assert "when the exercise is created" in said, said
    done += 1


def marking(db):
    global done
    for tlp, label in (("red", "TLP:RED"), ("amber+strict", "TLP:AMBER+STRICT"), ("green", "TLP:GREEN"),
                       ("clear", "TLP:CLEAR")):
        text = report(db, "html", "--tlp", tlp).decode()
        assert text.count(label) >= 3 and json.loads(report(db, "json", "--tlp", tlp))["cover"]["tlp_label"] == label
        assert label in report(db, "md", "--tlp", tlp).decode().splitlines()[0]
    said = run("report", "--db", db, "--format", "html", "--table", "plan", code=2)
    assert "--table is for --format csv" in said
    assert "name a folder with --out" in run("report", "--db", db, "--format", "csv", code=2)
    done += 1


def main():
    schema.itself()
    folder = "tests/story/ransomware"
    with tempfile.TemporaryDirectory() as work:
        inputs = lines(f"{folder}/chaotic.jsonl")
        first = next(one for one in inputs if one["do"] == "decide")
        first["reason"] = "Asano Hanako said so."
        chaotic = play(work, "scenarios/ransomware", inputs, "chaotic", "--by-person")
        model = one_exercise(chaotic)
        ruled = [item for rule in model["findings"] for item in rule["items"] if item["ruled"]]
        assert len(ruled) == 1 and ruled[0]["verdict"] == "excused" and len(model["hot_wash"]["disputes"]) == 2 and len(model["hot_wash"]["causes"]) == 3
        assert [one["verdict"] for one in model["hot_wash"]["disputes"][0]["rulings"]] != []
        assert [one["about"] for one in model["hot_wash"]["reflections"]] == ["strength", "improvement", "surprise"]
        assert len(model["conduct"]["away"]) == 2
        assert not model["cover"]["draft"] and len(model["conduct"]["annulled"]) == 1
        assert model["executive"]["strengths"] and model["executive"]["gaps"] and model["executive"]["decisions"]
        causes = {one["cause"] for one in model["plan"]} - {""}
        assert causes == {"procedure", "overload", "authority"}, causes
        tables(chaotic, work)
        marking(chaotic)
        words_of(chaotic)
        planned(work)
        not_by_person(work, inputs)

        slow = one_exercise(play(work, "scenarios/ransomware", lines(f"{folder}/slow.jsonl"), "slow"))
        assert any(rung["outcome"] == "not-reached" for rung in slow["ladder"])
        assert len(slow["executive"]["gaps"]) == 3 and slow["cover"]["draft"]

        helped = one_exercise(play(work, "scenarios/phone-tree", [
            {"at": "0s", "actor": "facilitator", "do": "start", "language": "en"},
            {"at": "1m", "actor": "poc", "do": "open", "inject": "night-report"},
            {"at": "70s", "actor": "facilitator", "do": "hint", "rule": "escalate-at-once", "text": "Who leads?", "to": ["poc"]},
            {"at": "2m", "actor": "poc", "do": "message", "id": "m1", "type": "escalation", "to": ["commander"], "via": "phone",
             "facts": ["password-entered"], "tlp": "amber", "text": "Somebody typed the password."},
            {"at": "10m", "actor": "facilitator", "do": "end"}], "helped"))
        rule = next(one for one in helped["findings"] if one["id"] == "escalate-at-once")
        assert (rule["met"], rule["hinted"]) == (1, 1)
        assert not [one for one in helped["strengths"] if one["rule"] == rule["id"]]
        assert sum(one["hinted"] for one in helped["skills"]) >= 1 and len(helped["conduct"]["hints"]) == 1

        begun = one_exercise(play(work, "scenarios/phone-tree",
                                  [{"at": "0s", "actor": "facilitator", "do": "start", "language": "en"}], "begun"))
        assert begun["executive"]["scored"] == 0 and begun["executive"]["gaps"] == [] and begun["plan"] == []
        assert not begun["cover"]["ended"]
    print(f"{done} reports and tables")


main()
