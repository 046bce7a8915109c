"""Whether HTML and Markdown show the figures of the JSON, each where its reader looks for it.

A page is read as lines: a paragraph, an item of a list, a row of a table. A figure is there when one line of
the right chapter has what it is about and then, in order, its numbers as they are written for people.
"""
import re
from html.parser import HTMLParser

CHAPTERS = {"executive": 1, "overview": 2, "ratings": 3, "timeline": 5, "findings": 6, "ladder": 7, "communication": 8,
            "roles": 9, "skills": 10}
NOT_APPLICABLE = "n.a."
ENDS = {"p", "li", "h1", "h2", "h3", "h4", "tr", "dd", "dt", "section", "div", "summary", "strong"}


class Lines(HTMLParser):
    def __init__(self):
        super().__init__()
        self.chapter, self.drawn, self.text, self.lines = "", 0, "", []

    def handle_starttag(self, tag, attributes):
        self.drawn += tag in ("svg", "style")
        if tag == "section":
            self.end()
            self.chapter = dict(attributes).get("id", "")
        if tag in ("td", "th", "a", "span", "br", "li", "p"):
            self.text += " "
        if tag in ENDS - {"strong"}:
            self.end()

    def handle_endtag(self, tag):
        self.drawn -= tag in ("svg", "style")
        if tag in ENDS - {"strong"}:
            self.end()

    def handle_data(self, data):
        if not self.drawn:
            self.text += data

    def end(self):
        if text := " ".join(self.text.split()):
            self.lines.append((self.chapter, text))
        self.text = ""


def of_html(page):
    reader = Lines()
    reader.feed(page)
    reader.close()
    by_chapter = {}
    for chapter, line in reader.lines:
        by_chapter.setdefault({"appendix-a": "findings"}.get(chapter, chapter), []).append(line)
    return by_chapter


def of_markdown(page):
    names, by_chapter, chapter = {number: name for name, number in CHAPTERS.items()}, {}, ""
    for line in page.splitlines():
        if found := re.match(r"## (\d+)\.", line):
            chapter = names.get(int(found[1]), "")
        line = re.sub(r"\\(.)", r"\1", line).replace("**", "").replace(" | ", " ")
        by_chapter.setdefault(chapter, []).append(" ".join(line.split()))
    return by_chapter


def clock(ms):
    seconds = abs(ms) // 1000
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes:02}:{seconds % 60:02}"


def percent(permille):
    return f"{permille / 10:g}"


def interval(one, n):
    return [f"{percent(one['low'])}–{percent(one['high'])}%"] if n >= 3 else []


def margin(item, on_calendar):
    """The numbers of a margin in words: minutes and seconds, or on the calendar hours and minutes, days and hours."""
    if item["margin_ms"] == 0:
        return []
    if not on_calendar:
        return [clock(item["margin_ms"])]
    minutes = abs(item["margin_ms"]) // 60000
    return [f"{minutes // 60}", f"{minutes % 60}"] if minutes < 2880 else [f"{minutes // 1440}", f"{minutes // 60 % 24}"]


def plain(text):
    return " ".join(re.sub(r"\s*\n\s*", " ", text).split())


def wanted(report):
    """What every page must show: the chapter, what it is about, and the numbers in order."""
    executive = report["executive"]
    length = [number for number in divmod(round(report["overview"]["end_ms"] / 60000), 60) if number]
    yield "executive", "", [*length, report["overview"]["seat_count"], report["overview"]["inject_count"]]
    for one in executive["strengths"] + executive["gaps"]:
        yield "executive", plain(one["headline"]), [plain(one["detail"]), *(f"#{seq}" for seq in one["seqs"])]
    yield "executive", executive["confidence"]["level"], [f"n={executive['confidence']['n']}"]
    yield "overview", "", [clock(report["overview"]["end_ms"]), clock(report["overview"]["planned_ms"])]
    yield "ratings", "", [f"{letter} {percent(points)}" for letter, points in zip("PSM", report["integrity"]["rating_from_permille"])]
    for one in report["capabilities"]:
        numbers = [f"{one['met']}/{one['n']}", *interval(one, one["n"]), f"n={one['n']}"] if one["n"] else []
        seqs = [f"#{seq}" for rated in one["rated"] for seq in rated["seqs"]]
        yield "ratings", one["name"], [*numbers, one["proposed_name"], *seqs]
    for one in report["timeline"]["windows"]:
        met = [clock(one["met_ms"])] if "met_ms" in one else []
        yield "timeline", plain(one["title"]), [*(f"#{seq}" for seq in one["seqs"]), clock(one["start_ms"]), clock(one["bound_ms"]), *met,
                                                one["margin"]]
    yield "findings", "", [executive["scored"], executive["missed"]]
    for one in report["findings"]:
        if one["met"] + one["missed"]:
            yield "findings", plain(one["title"]), []
        for item in one["items"]:
            if "met_ms" in item and item["margin"]:
                yield "findings", "", [item["margin"], plain(item["sentence"]), *(f"#{seq}" for seq in item["seqs"])]
    for one in report["ladder"]:
        times = [clock(one[f"{key}_ms"]) if one["clock"] == "exercise" else one[key]
                 for key in ("start", "bound", "met") if f"{key}_ms" in one]
        yield "ladder", plain(one["to"]), [*times, *(f"#{seq}" for seq in one["seqs"][:2])]
    for one in report["communication"]["metrics"]:
        if not one["who"]:
            yield "communication", f"{one['id']} {one['part']}".strip(), [plain(one["name"]), *measure(one)]
    for one in report["told"]:
        yield "communication", f"{one['from']} {one['to']}", [one["messages"], one["said"], f"{one['opened']}/{one['messages']}",
                                                            *([clock(one["median_ms"])] if "median_ms" in one else [])]
    for one in report["scorecards"]:
        counts = [one["counts"][key]["n"] for key in ("came", "opened", "confirmed", "sent", "said", "decided")]
        yield "roles", one["name"], [*counts, f"{one['met']}/{one['n']}", *interval(one, one["n"])]
    for one in report["skills"]:
        counts = [one["hinted"], one["n"] - one["met"], one["unexplained"], one["left_out"]]
        yield "skills", one["name"], [f"{one['met']}/{one['observed']}", *counts, *(interval(one, one["n"]) if one["enough"] else [])]


def measure(one):
    if not one["n"]:
        return [NOT_APPLICABLE, 0]
    if one["shape"] == "rate":
        return [f"{one['k']}/{one['n']}", *interval(one, one["n"]), one["n"]]
    if one["shape"] == "time":
        return [clock(one["median_ms"]) if "median_ms" in one else "", one["open"], one["n"]]
    if one["shape"] == "count":
        return [one["median"], one["n"]]
    return [one["k"], one["n"] - one["k"], one["n"]]


def holds(line, about, numbers):
    """Whether the line has all of it in order, no number being part of a longer one."""
    at = line.find(about)
    if at < 0:
        return False
    at += len(about)
    for one in map(str, numbers):
        found = re.compile(r"(?<![\d:/–.#])" * one[:1].isdigit() + re.escape(one) + r"(?![\d/–]|[:.]\d)" * one[-1:].isdigit()).search(line, at)
        if not found:
            return False
        at = found.end()
    return True


def wrong_words(report):
    """Sentences that say another number than the figure beside them."""
    for one in report["findings"]:
        for item in one["items"]:
            if item["margin"] and "margin_ms" in item:
                mine = " ".join(margin(item, one["clock"] == "story"))
                told = " ".join(re.findall(r"[\d:]+", item["margin"]))
                if mine != told:
                    yield f"margin of {item['name']}: {item['margin']} for {item['margin_ms']} ms"
            if one["clock"] == "exercise" and one["kind"] != "precede" and "bound_ms" in item:
                yield from (f"{item['name']}: no {key} {item[key]} in {item['sentence']}"
                            for key in times_told(item) if clock(item[key]) not in item["sentence"])
    for one in report["timeline"]["windows"] + report["ladder"]:
        left = []
        if "met_ms" in one and "bound_ms" in one:
            left = margin({"margin_ms": one["bound_ms"] - one["met_ms"]}, one.get("clock") == "story")
        if left != re.findall(r"[\d:]+", one["margin"]):
            yield f"margin of {one['rule']}: {one['margin']} and not {left}"
    rules = {one["id"]: one for one in report["findings"]}
    for one in report["strengths"]:
        rule = rules[one["rule"]]
        closest = min((item for item in rule["items"] if item["margin"] and item["verdict"] == "satisfied"), key=lambda item: item["margin_ms"],
                      default={"margin": ""})
        if one["margin"] != closest["margin"]:
            yield f"margin of {one['rule']}: {one['margin']} and not {closest['margin']}"
    for one in report["executive"]["strengths"] + report["executive"]["gaps"]:
        counts = {str(number) for number in (one["n"], one["n"] - one["met"], one["met"])} | {"1"}  # "once" and "twice" are words
        said = set(re.findall(r"(?<![\d:])\d+(?![\d:])", re.sub(r"\d+(:\d\d)+|\d+ %", "", one["detail"])))
        if not said <= counts:
            yield f"{one['rule']}: {one['detail']} with {one['met']} of {one['n']}"


def times_told(item):
    """The times that a finding's sentence has: what came before its clock began is told by when it began."""
    if item.get("met_ms") == item["start_ms"]:
        return ["start_ms"]
    return [key for key in ("start_ms", "bound_ms", "met_ms", "margin_ms") if key in item and (key != "margin_ms" or item[key])]


def missing(report, pages):
    """What a page does not show, and how many figures were looked for."""
    asked, absent = 0, list(wrong_words(report))
    for name, by_chapter in pages.items():
        for chapter, about, numbers in wanted(report):
            asked += 1
            if not any(holds(line, about, numbers) for line in by_chapter.get(chapter, [])):
                absent.append(f"{name}, {chapter}: {about} {numbers}")
    return absent, asked
