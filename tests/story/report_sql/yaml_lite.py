"""Reads as much YAML as the files that an exercise pins are written in, so that their figures can be asked for in SQL.

Every scalar stays text. What is not of this subset is an error, not a guess: no anchors, tags, tabs or
plain words over several lines.
"""
import re

KEY = re.compile(r"""("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'\[\]{}#,&*!|>%@`-][^:#]*?|-[^\s:][^:#]*?):(?=\s|$)""")


def read(text):
    lines = text.split("\n")
    node, at = block(lines, blank(lines, 0), 0)
    if blank(lines, at) < len(lines):
        raise ValueError(f"line {at + 1}: {lines[at]!r}")
    return node


def blank(lines, at):
    while at < len(lines) and (not lines[at].strip() or lines[at].lstrip().startswith("#")):
        at += 1
    return at


def indent(line):
    return len(line) - len(line.lstrip(" "))


def block(lines, at, least):
    """The list, the map or the value that begins in line `at`, and the line after it."""
    at = blank(lines, at)
    if at == len(lines) or indent(lines[at]) < least:
        return "", at
    depth = indent(lines[at])
    line = lines[at].strip()
    if line == "-" or line.startswith("- "):
        return block_list(lines, at, depth)
    if KEY.match(line):
        return block_map(lines, at, depth)
    return value(lines, at, line, depth)


def block_list(lines, at, depth):
    made = []
    while at < len(lines) and indent(lines[at]) == depth and re.match(r"-( |$)", lines[at].strip()):
        rest = lines[at].strip()[1:]
        inner = depth + 1 + indent(rest)
        if not rest.strip() or rest.strip().startswith("#"):
            one, at = block(lines, at + 1, depth + 1)
        elif KEY.match(rest.strip()):
            lines[at] = " " * inner + rest.strip()
            one, at = block_map(lines, at, inner)
        else:
            one, at = value(lines, at, rest.strip(), depth)
        made.append(one)
        at = blank(lines, at)
    return made, at


def block_map(lines, at, depth):
    made = {}
    while at < len(lines) and indent(lines[at]) == depth and (found := KEY.match(lines[at].strip())):
        key = found[1].strip("\"'")
        rest = lines[at].strip()[found.end():].strip()
        if not rest or rest.startswith("#"):
            after = blank(lines, at + 1)
            same = after < len(lines) and re.match(r"-( |$)", lines[after].strip())
            made[key], at = block(lines, at + 1, depth if same else depth + 1)
        else:
            made[key], at = value(lines, at, rest, depth)
        at = blank(lines, at)
    return made, at


def value(lines, at, rest, depth):
    if found := re.match(r"([|>])([-+]?)\s*(#.*)?$", rest):
        return folded(lines, at + 1, depth, found[1], found[2])
    while unfinished(rest):
        at += 1
        rest += " " + lines[at].strip()
    if rest[0] in "[{\"'":
        one, end = flow(rest, 0)
        if rest[end:].strip() and not rest[end:].strip().startswith("#"):
            raise ValueError(f"line {at + 1}: {rest!r}")
        return one, at + 1
    rest = re.split(r"\s#", rest)[0].strip()
    at += 1
    while at < len(lines) and lines[at].strip() and indent(lines[at]) > depth:
        rest += " " + re.split(r"\s#", lines[at].strip())[0].strip()
        at += 1
    return rest, at


def folded(lines, at, depth, style, chomp):
    own, first = [], None
    while at < len(lines) and (not lines[at].strip() or indent(lines[at]) > depth):
        if first is None and lines[at].strip():
            first = indent(lines[at])
        own.append(lines[at][first or 0:])
        at += 1
    text = "\n".join(own).rstrip("\n")
    if style == ">":
        text = re.sub(r"(?<=\S)\n(?=\S)", " ", text)
        text = re.sub(r"\n(\n+)", r"\1", text)
    return text + ("" if chomp == "-" else "\n"), at


def unfinished(text):
    """Whether a flow list, a flow map or a quoted text goes on in the next line."""
    if text[0] not in "[{\"'":
        return False
    try:
        flow(text, 0)
        return False
    except IndexError:
        return True


def flow(text, at):
    at = skip(text, at)
    if text[at] == "[":
        made, at = [], skip(text, at + 1)
        while text[at] != "]":
            one, at = flow(text, at)
            made.append(one)
            at = comma(text, at, "]")
        return made, at + 1
    if text[at] == "{":
        made, at = {}, skip(text, at + 1)
        while text[at] != "}":
            key, at = word(text, at, ":")
            at = skip(text, at)
            if text[at] != ":":
                raise ValueError(text)
            made[key], at = flow(text, at + 1)
            at = comma(text, at, "}")
        return made, at + 1
    return word(text, at, "")


def skip(text, at):
    while text[at] == " ":
        at += 1
    return at


def comma(text, at, closing):
    at = skip(text, at)
    if text[at] == ",":
        return skip(text, at + 1)
    if text[at] != closing:
        raise ValueError(text[at:])
    return at


def word(text, at, stop):
    if text[at] == '"':
        end = at + 1
        while text[end] != '"':
            end += 2 if text[end] == "\\" else 1
        return re.sub(r"\\(.)", lambda one: {"n": "\n", "t": "\t"}.get(one[1], one[1]), text[at + 1:end]), end + 1
    if text[at] == "'":
        end = text.index("'", at + 1)
        return text[at + 1:end], end + 1
    end = at
    while text[end] not in ",]}" and not (text[end] == ":" and (stop or text[end + 1] == " ")):
        end += 1
    return text[at:end].strip(), end
