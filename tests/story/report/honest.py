"""The rules of honesty, asked of the report's JSON and of the page that was made from it."""
import re

SCORED = ("satisfied", "violated")


def counted(model):
    """Figures are those of the findings, counted again."""
    items = [(rule, item) for rule in model["findings"] for item in rule["items"]]
    scored = [item for _, item in items if item["verdict"] in SCORED]
    assert model["executive"]["scored"] == len(scored) == model["executive"]["confidence"]["n"]
    assert model["executive"]["missed"] == sum(item["verdict"] == "violated" for item in scored)
    for rule in model["findings"]:
        verdicts = [item["verdict"] for item in rule["items"]]
        met = [item for item in rule["items"] if item["verdict"] == "satisfied"]
        assert rule["met"] == len(met) and rule["missed"] == verdicts.count("violated"), rule["id"]
        assert rule["other"] == len(verdicts) - rule["met"] - rule["missed"]
        assert rule["hinted"] == sum(item["hinted"] for item in met)
    for one in model["capabilities"]:
        mine = [item for rule, item in items if rule["capability"] == one["id"] and item["verdict"] in SCORED]
        assert one["n"] == len(mine) and one["met"] == sum(item["verdict"] == "satisfied" for item in mine)


def never_zero(model):
    """What is not applicable has an n of 0 and no figure beside it; points need an answer."""
    for one in model["capabilities"]:
        assert (one["n"] == 0) == ("low" not in one) == ("high" not in one), one["id"]
        assert one["n"] != 0 or "points" not in one
        assert one["n"] >= 4 or one["proposed"] == "", one["id"]
    for one in model["communication"]["metrics"]:
        figures = set(one) & {"k", "low", "high", "median", "median_ms", "longest", "longest_ms", "p90", "p90_ms"}
        assert one["n"] != 0 or not figures, one
        assert one["shape"] != "rate" or one["n"] == 0 or one["low"] <= 1000 * one["k"] / one["n"] <= one["high"]
    for rule in model["findings"]:
        for item in rule["items"]:
            assert "points" not in item or item["seqs"], item
    for one in model["scorecards"]:
        assert one["n"] != 0 or "low" not in one


def small_numbers(model):
    for one in model["skills"]:
        assert one["enough"] == (one["n"] >= 3) == ("low" in one), one["id"]
        assert one["word"] == "insufficient-evidence", one


def skills(model):
    """Counted again as docs/skills.md counts: help is hollow, a miss counts when skill is its cause."""
    if not model["skills"]:
        return
    names = {"en": "skill", "ja": "スキル"}
    skill = names[model["cover"]["lang"]]
    total = {key: 0 for key in ("met", "hinted", "bad", "unexplained", "left_out")}
    for one in model["skills"]:
        parts = one["n"] + one["hinted"] + one["unexplained"] + one["left_out"]
        assert one["observed"] == parts and 0 <= one["met"] <= one["n"], one
    for rule in model["findings"]:
        items = [item for item in rule["items"] if item["verdict"] in SCORED]
        for one in model["skills"]:
            if one["id"] not in rule["skills"]:
                continue
            for item in items:
                met = item["verdict"] == "satisfied"
                key = ("hinted" if item["hinted"] else "met") if met else \
                    "unexplained" if not item.get("cause") else "bad" if item["cause"] == skill else "left_out"
                total[key] += 1
    shown = {key: sum(one[key] for one in model["skills"]) for key in ("met", "hinted", "unexplained", "left_out")}
    shown["bad"] = sum(one["n"] - one["met"] for one in model["skills"])
    assert shown == total, (shown, total)


def words(model):
    """Fixed words for fixed cut-offs."""
    rows = {"en": ["every time", "nearly every time", "mostly", "about half the time", "seldom", "never",
                   "too few cases for a word"],
            "ja": ["毎回", "ほぼ毎回", "おおむね", "半分程度", "まれに", "一度もなし", "件数が少なく、言葉では表せない"]}
    said = rows[model["cover"]["lang"]]
    for one in model["capabilities"] + model["skills"]:
        k, n = one["met"], one["n"]
        share = 1000 * k / n if n else 0
        at = 6 if n < 4 else next(i for i, least in enumerate((1000, 900, 700, 400, 0.001, 0)) if share >= least)
        assert one["share"] == said[at], (one["id"], k, n, one["share"])


def shown_both(model):
    """A dispute, its ruling and what the rule had found stand side by side."""
    for one in model["hot_wash"]["disputes"]:
        assert one["found"] and one["now"], one
        if one["rulings"]:
            assert all(ruling["verdict"] and ruling["seqs"] for ruling in one["rulings"])
    ruled = [item for rule in model["findings"] for item in rule["items"] if item["ruled"]]
    assert all(item.get("found") for item in ruled)
    return ruled


def evidence(model):
    """Every number leads to events, and every event is in the list with its time and actor."""
    listed = {one["seq"] for one in model["evidence"]}
    assert all(one["text"] and one["kind"] and "at_ms" in one and one["actor"] for one in model["evidence"])

    def walk(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "seqs":
                    assert set(inner) <= listed, inner
                if key == "figure":
                    assert inner in figures, inner
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    figures = {one["id"] for one in model["figures"]}
    walk(model)
    for rule in model["findings"]:
        for item in rule["items"]:
            assert item["seqs"] or item["verdict"] != "violated" or "bound_ms" not in item or item["start_ms"] == 0 \
                or item["sentence"], item["name"]
    for card in model["scorecards"]:
        assert all(("figure" in count) == (count["n"] != 0) for count in card["counts"].values())
    for one in model["figures"]:
        assert one["seqs"] == sorted(one["seqs"]) and one["seqs"], one["id"]


def not_measured(model):
    listed = {one["rule"] for one in model["conduct"]["not_measured"]}
    found = {rule["id"] for rule in model["findings"] if rule["items"][0]["verdict"] == "not_measured"}
    assert listed == found
    assert model["communication"]["not_measured"]
    return found


def frame(model, head):
    integrity = model["integrity"]
    assert integrity["head"] == head and re.fullmatch("[0-9a-f]{64}", integrity["content"])
    assert integrity["rules"] and integrity["packs"] and integrity["semantics"] and integrity["lua"]
    assert len(model["executive"]["confidence"]["reasons"]) >= 2


def no_rank(model):
    """Seats stand in the table's order, gaps by consequence; nobody is sorted by a score."""
    order = ["critical", "major", "minor", "info"]
    ranks = [order.index(one["severity"]) for one in model["improvements"]]
    assert ranks == sorted(ranks)
    assert [one["seat"] for one in model["scorecards"]] == [one["seat"] for one in model["participants"]]


def page(model, text):
    """n with every interval; a hint is hollow; no bar below three."""
    for name in ("capabilities", "skills"):
        # Up to twenty opportunities of a row are marks; more are told in words.
        hollow = sum(one["hinted"] for one in model[name] if one.get("observed", one["n"]) <= 20)
        picture = re.search(f'aria-labelledby="{name}-t.*?</svg>', text, re.DOTALL)
        keys = 1 if picture else 0
        assert (picture[0].count('class="m-ring"') if picture else 0) >= hollow + keys, (name, hollow)
        assert not picture or hollow or picture[0].count('class="m-ring"') <= keys + sum(
            one["hinted"] for one in model[name])
    bars = text.count('class="interval"')
    enough = [one for one in model["capabilities"] if one["n"] >= 3] + [
        one for one in model["skills"] if one["n"] >= 3 and one["word"] != "insufficient-evidence"]
    assert bars == len(enough), (bars, len(enough))
    assert model["integrity"]["head"] in text and model["integrity"]["content"] in text
    for found in re.findall(r"(\d[\d.]*–[\d.]+%)(.{0,8})", text):
        assert "(n=" in found[1] or "</td>" in found[1], found


def check(model, text, head):
    for rule in (counted, never_zero, small_numbers, skills, words, evidence, no_rank):
        rule(model)
    frame(model, head)
    page(model, text)
    return shown_both(model), not_measured(model)
