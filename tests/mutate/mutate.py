#!/usr/bin/env python3
"""Mutation testing: does any test notice when the engine is wrong?

One small mistake at a time is put into a source file of engine/core or engine/score (and what is as pure): a
comparison is turned or moved by one, && becomes ||, a condition is negated, a number is one more, a
sign is turned, a statement is gone. That file alone is compiled, the engine is linked anew as one
shared library, and the fast tests run: unit tests, a few seeds of the simulator, the golden stories,
the second scorer and the examples of docs/time.md and docs/rules.md. A mutant that every test lets
pass is a survivor: a missing test, or a line that does not matter. Those that cannot matter stand in `equivalent`, each with its reason.

  tests/mutate/mutate.py                      300 mutants, by chance, of the usual files
  tests/mutate/mutate.py --sample 0           all of them
  tests/mutate/mutate.py --file core/apply.c  of one file; may be given more than once
  tests/mutate/mutate.py --only FILE          the survivors that an earlier run printed to FILE
  tests/mutate/mutate.py --list               only names them

Exits with 1 when there is a survivor that `equivalent` does not name. A mutant whose object code is
the same as the original's is none.
"""
import argparse
import hashlib
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "mutate"
EQUIVALENT = Path(__file__).with_name("equivalent")
USUAL = ["core/*.c", "score/*.c", "base/duration.c"]

# What is no code: comments, strings, characters.
NO_CODE = re.compile(r'/\*.*?\*/|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'', re.S)

SWAPS = [
    (re.compile(r"(?<![<>=!-])<=(?!=)"), "<"), (re.compile(r"(?<![<>=!-])>=(?!=)"), ">"),
    (re.compile(r"(?<= )<(?= )"), "<="), (re.compile(r"(?<= )>(?= )"), ">="),
    (re.compile(r"(?<= )==(?= )"), "!="), (re.compile(r"(?<= )!=(?= )"), "=="),
    (re.compile(r"&&"), "||"), (re.compile(r"\|\|"), "&&"),
    (re.compile(r"(?<= )\+(?= )"), "-"), (re.compile(r"(?<= )-(?= )"), "+"),
    (re.compile(r"\+="), "-="), (re.compile(r"(?<= )\*(?= [a-z0-9(])"), "/"),
    (re.compile(r"\btrue\b"), "false"), (re.compile(r"\bfalse\b"), "true"),
]
# Not the 0 of {0}: what is zeroed before it is filled means nothing by it.
NUMBER = re.compile(r"(?<![\w.{])(\d+)(?![\w.])|(?<=\{)(\d+)(?=,)")
CONDITION = re.compile(r"\b(if|while) \(")
# A statement on a line of its own that is no declaration: a call, an assignment, a jump.
STATEMENT = re.compile(r"^\s+(?:(?:\(void\))?[\w.>\[\]*-]+(?:\([^;]*\)| [-+|&]?= [^;]*|\+\+|--)|break|continue);$")


def blank(text):
    """The text with everything that is no code replaced by spaces, at the same offsets."""
    return NO_CODE.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def bodies(code):
    """Offsets of the lines of function bodies, as (start, line); clang-format gives them their shape."""
    inside, at = False, 0
    for line in code.split("\n"):
        if line == "{":
            inside = True
        elif line == "}":
            inside = False
        elif inside and "assert(" not in line and not line.startswith("#"):
            yield at, line
        at += len(line) + 1


def closing(code, opening):
    """The offset of the bracket that closes the one at `opening`."""
    depth = 0
    for at in range(opening, len(code)):
        depth += {"(": 1, ")": -1}.get(code[at], 0)
        if depth == 0:
            return at
    return len(code)


class Mutant:
    def __init__(self, path, text, start, end, new):
        self.path, self.text = path, text[:start] + new + text[end:]
        self.line = text.count("\n", 0, start) + 1
        first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end)
        self.before = text[first:last].strip()
        self.after = (text[first:start] + new + text[end:last]).strip()

    def key(self):
        return f"{self.path}: {self.before} => {self.after}".replace("\n", " ")

    def __str__(self):
        return f"engine/{self.path}:{self.line}: {self.before}\n    as {self.after or '(nothing)'}"


def mutants_of(path):
    text = (ROOT / "engine" / path).read_text()
    code = blank(text)
    for start, line in bodies(code):
        for pattern, new in SWAPS:
            for found in pattern.finditer(line):
                yield Mutant(path, text, start + found.start(), start + found.end(), new)
        for found in NUMBER.finditer(line):
            number = int(found.group())
            yield Mutant(path, text, start + found.start(), start + found.end(),
                         str(1 - number if number <= 1 else number + 1))
        for found in CONDITION.finditer(line):
            opening = start + found.end() - 1
            end = closing(code, opening)
            yield Mutant(path, text, opening, end + 1, "(!" + text[opening:end + 1] + ")")
        if STATEMENT.match(line):
            begin = start + len(line) - len(line.lstrip())
            yield Mutant(path, text, begin, start + len(line), ";")


# ---- building ----

def run(command, **options):
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          **options)


def must(command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{shlex.join(command)}\n{done.stdout}{done.stderr}")


def configure():
    """The tests as they are, against the engine as one shared library: a mutant is one object and one link."""
    must(["cmake", "-G", "Ninja", "-B", str(BUILD), "-S", str(ROOT), "-DCMAKE_BUILD_TYPE=Debug",
          "-DCMAKE_C_FLAGS_DEBUG=-O1", "-DTOCSIN_TESTS=ON", "-DTOCSIN_TEST_CLOCK=ON",
          "-DCMAKE_POSITION_INDEPENDENT_CODE=ON"])
    must(["cmake", "--build", str(BUILD)])


class Engine:
    """Compiles one file and links all."""

    def __init__(self):
        # What runs out of an array of known size ends there, as it does in the dev build.
        self.flags = shlex.split(
            "-std=c11 -O1 -w -fPIC -fsanitize=undefined -fsanitize-undefined-trap-on-error -Iengine -D_POSIX_C_SOURCE=200809L -DTOCSIN_TEST_CLOCK=1 "
            '-DTOCSIN_VERSION="0" ' + subprocess.check_output(
                ["pkg-config", "--cflags", "lua5.4", "sqlite3", "libsodium", "jansson"], text=True))
        self.libraries = shlex.split(subprocess.check_output(
            ["pkg-config", "--libs", "lua5.4", "sqlite3", "libsodium", "jansson", "yaml-0.1",
             "libmicrohttpd", "libqrencode", "cmocka"], text=True))
        self.archives = sorted(str(path) for path in BUILD.glob("lib*.a"))
        self.library = BUILD / "libengine.so"

    def compile(self, path, text):
        """The object of a file with this text; None when it does not compile."""
        source, target = BUILD / "mutant.c", BUILD / "mutant.o"
        source.write_text(text)
        # Assertions name the file and the line: not the copy's name, and the mutant's own line.
        done = run(["cc", *self.flags, f"-ffile-prefix-map={source}=x", "-c", str(source), "-o", str(target)],
                   timeout=60)
        return target if done.returncode == 0 else None

    def link(self, target=None, path=None):
        """Libraries in the order of their need do not matter to a shared one; the mutant comes first."""
        command = ["cc", "-shared", "-fuse-ld=gold", "-o", str(self.library)]
        if target:
            command += [str(target)]
        command += ["-Wl,--allow-multiple-definition", "-Wl,--whole-archive", *self.archives,
                    "-Wl,--no-whole-archive", *self.libraries]
        must(command)

    def link_program(self, name, objects):
        must(["cc", "-o", str(BUILD / "bin" / name), *objects, f"-L{BUILD}", "-lengine",
              f"-Wl,-rpath,{BUILD}", *self.libraries])


def programs(engine):
    """Every unit test, the simulator and tocsin itself, linked against the library."""
    (BUILD / "bin").mkdir(exist_ok=True)
    made = []
    for folder in sorted((BUILD / "CMakeFiles").glob("*.dir")):
        objects = sorted(str(path) for path in folder.glob("**/*.o"))
        name = folder.name.removesuffix(".dir")
        if objects and (name.startswith("test_") or name in ("simulate_simulate", "oracle_score_cases", "tocsin")):
            engine.link_program(name, objects)
            made.append(name)
    return made


# ---- testing ----

def end_session(leader):
    """With all that it started: a mutant that loops for ever mostly does so in a script's child."""
    try:
        os.killpg(leader.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    leader.wait()


class Test:
    def __init__(self, name, command, timeout_s=60.0):
        self.name, self.command, self.timeout_s = name, command, timeout_s

    def passes(self, limit_s):
        environment = {**os.environ, "TOCSIN": str(BUILD / "bin" / "tocsin"), "TOCSIN_SOURCE": str(ROOT),
                       "TOCSIN_BUILD": str(BUILD), "TOCSIN_SCORE_CASES": str(BUILD / "bin" / "oracle_score_cases")}
        test = subprocess.Popen(self.command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            return test.wait(limit_s) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            end_session(test)


def all_tests(names):
    bin = BUILD / "bin"
    tests = [Test(name, [str(bin / name)]) for name in names if name.startswith("test_")]
    tests.append(Test("simulate", [str(bin / "simulate_simulate"), "--seeds", "1-8"]))
    tests.append(Test("stories", ["tests/story/golden.sh"]))
    tests.append(Test("docs/time", ["tests/docs/time.sh"]))
    tests.append(Test("docs/rules", ["tests/docs/rules.sh"]))
    tests.append(Test("examples", ["node", "tests/oracle/examples.mjs"]))
    tests.append(Test("oracle", ["tests/oracle/oracle.sh", "40"]))
    tests.append(Test("story/metrics", ["tests/story/metrics.sh"]))
    tests.append(Test("story/oracle", ["tests/story/oracle.sh", "6"]))
    tests.append(Test("docs/generated", ["tests/docs/generated.sh"]))
    return tests


def work_s():
    """The work that all tests so far were, which a busy machine does not make longer."""
    times = os.times()
    return times.children_user + times.children_system


def usable(tests, slowest_s):
    """Those that pass on the engine as it is, the quick ones first, with a limit each."""
    good = []
    for test in tests:
        began, worked_s = time.monotonic(), work_s()
        passes = test.passes(120)
        span, worked_s = time.monotonic() - began, work_s() - worked_s
        if not passes or worked_s > slowest_s:
            print(f"not used: {test.name} ({'fails without a mutant' if not passes else f'{worked_s:.1f} s'})",
                  file=sys.stderr)
            continue
        test.span_s, test.timeout_s = worked_s, 3 + 10 * span
        good.append(test)
    return sorted(good, key=lambda test: test.span_s)


def order_for(path, tests):
    stem = Path(path).stem
    return sorted(tests, key=lambda test: (test.name != f"test_{stem}", test.span_s))


def killer_of(path, tests):
    for test in order_for(path, tests):
        if not test.passes(test.timeout_s):
            return test.name
    return None


def reasons():
    """The lines `FILE: BEFORE => AFTER` of `equivalent`; what is indented under them is the reason."""
    if not EQUIVALENT.exists():
        return set()
    return {line.rstrip("\n") for line in EQUIVALENT.open() if line[0] not in "# \n"}


def choose(options):
    patterns = options.file or USUAL
    paths = sorted({str(path.relative_to(ROOT / "engine")) for pattern in patterns
                    for path in (ROOT / "engine").glob(pattern.removeprefix("engine/"))})
    mutants = [mutant for path in paths for mutant in mutants_of(path)]
    if options.only:
        wanted = Path(options.only).read_text()
        mutants = [mutant for mutant in mutants if f": {mutant.before}\n    as {mutant.after or '(nothing)'}\n" in wanted]
    elif options.sample and options.sample < len(mutants):
        mutants = random.Random(options.seed).sample(mutants, options.sample)
    print(f"{len(mutants)} mutants of {len(paths)} files", file=sys.stderr)
    return mutants


def try_one(engine, mutant, tests, originals):
    if mutant.path not in originals:
        original = engine.compile(mutant.path, (ROOT / "engine" / mutant.path).read_text())
        originals[mutant.path] = hashlib.sha256(original.read_bytes()).digest()
    target = engine.compile(mutant.path, mutant.text)
    if target is None:
        return "does not compile"
    if hashlib.sha256(target.read_bytes()).digest() == originals[mutant.path]:
        return "same code"
    engine.link(target)
    return killer_of(mutant.path, tests)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=300, help="so many, by chance; 0: all")
    parser.add_argument("--seed", type=int, default=1, help="what chance is drawn from")
    parser.add_argument("--file", action="append", help="below engine/; a pattern is fine")
    parser.add_argument("--only", help="those that this file, an earlier run's output, names")
    parser.add_argument("--list", action="store_true", help="only names them")
    parser.add_argument("--minutes", type=float, default=0, help="stops after so long")
    options = parser.parse_args()
    mutants = choose(options)
    if options.list:
        print("\n".join(map(str, mutants)))
        return 0
    configure()
    engine = Engine()
    engine.link()
    tests = usable(all_tests(programs(engine)), 6.0)
    known, counts, originals, survivors, began = reasons(), {}, {}, [], time.monotonic()
    for number, mutant in enumerate(mutants, 1):
        if options.minutes and time.monotonic() - began > 60 * options.minutes:
            print(f"stopped after {number - 1} of them", file=sys.stderr)
            break
        killer = try_one(engine, mutant, tests, originals)
        word = killer if killer in ("does not compile", "same code") else "killed" if killer else "survived"
        if word == "survived" and mutant.key() in known:
            word = "explained"
        counts[word] = counts.get(word, 0) + 1
        if word == "survived":
            survivors.append(mutant)
            print(mutant, flush=True)
        if number % 25 == 0:
            print(f"{number} of {len(mutants)}: {counts}", file=sys.stderr, flush=True)
    print(f"{sum(counts.values())} mutants: " + ", ".join(f"{n} {word}" for word, n in sorted(counts.items())))
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
