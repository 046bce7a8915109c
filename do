#!/bin/sh
# Everything that is done with this tree: ./do help says what.
#
# A Debian machine is assumed. What is missing is installed from Debian's packages and named before;
# --no-install only names it.
set -eu
cd "$(dirname "$0")"

packages_build="cmake ninja-build gcc pkg-config libc6-dev liblua5.4-dev libsqlite3-dev libyaml-dev
libmicrohttpd-dev libqrencode-dev libjansson-dev libsodium-dev"
packages_test="$packages_build libcmocka-dev sqlite3 python3 curl clang clang-format binutils
nodejs npm chromium fonts-noto-cjk valgrind"
packages_bench="$packages_build valgrind python3 python3-simpy binutils"
packages_lint="$packages_build libcmocka-dev clang clang-format binutils"
packages_fuzz="$packages_build clang libclang-rt-dev nodejs"
packages_format="clang-format"

may_install=yes
scenario=scenarios/ransomware
test_jobs=2

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

# Whether a package is here, or else a command of its name: somebody's own cmake or npm will do.
have() {
    command -v "$1" >/dev/null && return 0
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# require REASON PACKAGE...: returns once all packages are here.
require() {
    reason=$1
    shift
    missing=
    for package in "$@"; do
        have "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    [ "$may_install" = yes ] ||
        fail "Missing, and needed to $reason:$missing" "
Install them (apt-get install$missing), or leave out --no-install."
    say "Installing, to $reason:$missing"
    as_root apt-get update -q
    # The list is words, one a package.
    # shellcheck disable=SC2086
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@" >&2
    elif command -v sudo >/dev/null; then
        sudo "$@" >&2
    else
        fail "This needs root, and there is no sudo: $*"
    fi
}

# build_preset NAME [CMAKE OPTION...]: configures and builds; what it says goes to stderr.
build_preset() {
    preset=$1
    shift
    cmake --preset "$preset" "$@" >&2 &&
        cmake --build --preset "$preset" >&2
}

source_files() {
    find engine tests -name node_modules -prune -o -name '*.[ch]' -print | sort
}

check_format() {
    # File names of the tree have no spaces.
    # shellcheck disable=SC2046
    clang-format --dry-run -Werror $(source_files) >&2
}

do_build() {
    # shellcheck disable=SC2086
    require "build the program" $packages_build
    build_preset release -DTOCSIN_BENCH=OFF
}

# Help needs no new build. What is played may be named bare, as the first word, or by an option; the
# flagship is played when it is not.
do_run() {
    named=
    record="--db tocsin.db"
    case ${1:--} in
    -*) ;;
    *) named=yes ;;
    esac
    for word in "$@"; do
        case $word in
        -h | --help)
            [ -x build/tocsin ] || do_build >/dev/null 2>&1 || fail "./do build says what is missing"
            exec build/tocsin serve --help
            ;;
        --db | --db=*) record= ;;
        --scenario | --scenario=* | --resume | --resume=* | --exercise | --exercise=*) named=yes ;;
        esac
    done
    do_build
    [ -n "$named" ] || set -- "$scenario" "$@"
    # Two words, or none.
    # shellcheck disable=SC2086
    exec build/tocsin serve $record "$@"
}

# Adds a check's result to passed and failed, and says it the way ctest does.
count_check() {
    name=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        say "Check: $name ... Passed"
    else
        failed=$((failed + 1))
        say "Check: $name ... ***Failed"
    fi
}

# The number in an attribute of the <testsuite> element that ctest wrote.
junit_number() {
    sed -n "s/.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" build/dev/junit.xml | head -n 1
}

run_ctest() {
    rm -f build/dev/junit.xml
    ctest --test-dir build/dev -j "$test_jobs" --output-on-failure --no-tests=error \
        --output-junit junit.xml "$@" || true
    if [ ! -s build/dev/junit.xml ]; then
        failed=$((failed + 1))
        return
    fi
    tests=$(junit_number tests)
    failures=$(junit_number failures)
    skipped=$(($(junit_number skipped) + $(junit_number disabled)))
    passed=$((passed + tests - failures - skipped))
    failed=$((failed + failures))
}

do_test() {
    # shellcheck disable=SC2086
    require "test" $packages_test
    passed=0 failed=0 skipped=0
    count_check "gcc with sanitizers" build_preset dev
    count_check "clang, same warnings" build_preset clang
    count_check "the program that ./do run starts" build_preset release -DTOCSIN_BENCH=ON
    count_check "layout (clang-format)" check_format
    # Tests of an old build would say nothing about this tree.
    if [ "$failed" -eq 0 ] || cmake --build --preset dev >/dev/null 2>&1; then
        run_ctest "$@"
    fi
    summary="$passed passed, $failed failed"
    [ "$skipped" -eq 0 ] || summary="$summary, $skipped skipped"
    printf '%s\n' "$summary"
    [ "$failed" -eq 0 ]
}

do_lint() {
    # shellcheck disable=SC2086
    require "lint" $packages_lint
    passed=0 failed=0 skipped=0
    count_check "gcc with sanitizers" build_preset dev
    count_check "clang, same warnings" build_preset clang
    count_check "layout (clang-format)" check_format
    run_ctest -R '^tidy/'
    printf '%s\n' "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}

do_format() {
    # shellcheck disable=SC2086
    require "lay out sources" $packages_format
    # shellcheck disable=SC2046
    clang-format -i $(source_files)
}

# Rows of ratios, each measured beside something plain in the same run; docs/bench.md reads them.
# With names only these: ./do bench commit score
do_bench() {
    # shellcheck disable=SC2086
    require "build and run the benchmarks" $packages_bench
    build_preset release -DTOCSIN_BENCH=ON
    [ $# -gt 0 ] || set -- commit http tables streams story score kinds start resume skills report
    for name in "$@"; do
        [ -x "build/tests/bench_$name" ] || fail "there is no benchmark \"$name\""
        "build/tests/bench_$name"
    done
    tests/bench/limits.sh || [ $? -eq 77 ]
}

# What libFuzzer counted: "NAME EXECUTIONS FINDINGS" from its log.
fuzz_row() {
    awk -v name="$1" '
        /^stat::number_of_executed_units:/ { executions = $2 }
        /^#[0-9]/ { seen = substr($1, 2) + 0 }
        /Test unit written to/ { findings++ }
        END { printf "%-10s %12d %9d\n", name, executions ? executions : seen, findings }' "$2"
}

# Seeds that nobody has tried yet, fifty at a time, for so many seconds; a failing one is named with
# the command that shows it again.
simulate_for() {
    end=$(($(date +%s) + $1))
    seed=$(date +%s)
    first=$seed
    found=0
    build_preset dev
    say "== simulate, for $1 seconds"
    while [ "$found" -eq 0 ] && [ "$(date +%s)" -lt "$end" ]; do
        build/dev/tests/simulate_simulate --seeds "$seed-$((seed + 49))" >&2 || found=1
        seed=$((seed + 50))
    done
    printf '%-10s %12s %9s\n' simulate "$((seed - first))" "$found"
    [ "$found" -eq 0 ]
}

# The program against the second scorer, ten thousand pairs of a trace and a rule at a time, for so
# many seconds; what differs is printed, shrunk, with its seed.
oracle_for() {
    end=$(($(date +%s) + $1))
    seed=$(date +%s)
    pairs=0
    found=0
    build_preset dev
    say "== oracle, for $1 seconds"
    while [ "$found" -eq 0 ] && [ "$(date +%s)" -lt "$end" ]; do
        TOCSIN=$PWD/build/dev/tocsin TOCSIN_BUILD=$PWD/build/dev \
            tests/oracle/oracle.sh 250 "$seed" >&2 || found=1
        seed=$((seed + 250))
        pairs=$((pairs + 10000))
    done
    printf '%-10s %12s %9s\n' oracle "$pairs" "$found"
    [ "$found" -eq 0 ]
}

# The simulator, the second scorer and each harness, or the one named, for so many seconds; a
# harness starts from its corpus. What it finds new stays in build/fuzz/found/NAME, a finding in build/fuzz/findings.
do_fuzz() {
    seconds=${1:-60}
    only=${2:-}
    # shellcheck disable=SC2086
    require "fuzz" $packages_fuzz
    build_preset fuzz
    bad=0
    table=build/fuzz/table
    printf '%-10s %12s %9s\n' harness executions findings >"$table"
    mkdir -p build/fuzz/findings
    if [ "${only:-simulate}" = simulate ]; then
        simulate_for "$seconds" >>"$table" || bad=1
    fi
    if [ "${only:-oracle}" = oracle ]; then
        oracle_for "$seconds" >>"$table" || bad=1
    fi
    for harness in build/fuzz/tests/fuzz_${only:-*}; do
        [ "$only" != simulate ] && [ "$only" != oracle ] || break
        [ -x "$harness" ] || fail "There is no harness \"$only\"; tests/fuzz/fuzz_*.c are the harnesses"
        name=${harness##*/fuzz_}
        mkdir -p "build/fuzz/found/$name"
        say "== $name, for $seconds seconds"
        tests/fuzz/dictionary.sh "$name" >"build/fuzz/$name.dict"
        "$harness" -max_total_time="$seconds" -timeout=10 -max_len=12000 -print_final_stats=1 \
            -dict="build/fuzz/$name.dict" -artifact_prefix="build/fuzz/findings/$name-" \
            "build/fuzz/found/$name" "tests/fuzz/corpus/$name" >"build/fuzz/$name.log" 2>&1 ||
            bad=1
        fuzz_row "$name" "build/fuzz/$name.log" >>"$table"
        grep -a -A 12 -E '^(==[0-9]+==)?ERROR|runtime error:|Assertion' "build/fuzz/$name.log" >&2 || true
    done
    cat "$table"
    [ "$bad" -eq 0 ] || fail "Findings are in build/fuzz/findings, their logs in build/fuzz/*.log"
}

# The same tests as in ./do test, with more kills than that has time for.
do_fault() {
    # shellcheck disable=SC2086
    require "test" $packages_test
    build_preset dev
    for name in kill_play kill_serve; do
        KILLS=${1:-200} TOCSIN=$PWD/build/dev/tocsin TOCSIN_SOURCE=$PWD "tests/fault/$name.sh"
    done
}

# Whether any test notices a mistake in the core; options go to tests/mutate/mutate.py.
do_mutate() {
    # shellcheck disable=SC2086
    require "test with mutants" $packages_build libcmocka-dev python3 binutils
    tests/mutate/mutate.py "$@"
}

# Replaces what stands between "<!-- generated: NAME -->" and "<!-- end -->" of a page by what
# `tocsin docs NAME` prints.
generate_page() {
    page=$1
    name=$2
    part=build/docs-$name.md
    new=build/docs-new.md
    build/tocsin docs "$name" >"$part"
    awk -v part="$part" -v opening="<!-- generated: $name -->" '
        $0 == opening {
            print
            while ((getline line < part) > 0)
                print line
            inside = 1
        }
        $0 == "<!-- end -->" { inside = 0 }
        !inside
        END { exit inside }' "$page" >"$new" || fail "$page: \"$name\" has no <!-- end -->"
    if cmp -s "$page" "$new"; then
        rm "$new"
    else
        mv "$new" "$page"
        say "$page: \"$name\" is new"
    fi
}

# The man page is generated whole.
do_docs() {
    do_build
    for page in docs/*.md; do
        [ -f "$page" ] || continue
        for name in $(sed -n 's/^<!-- generated: \([a-z-]*\) -->$/\1/p' "$page"); do
            generate_page "$page" "$name"
        done
    done
    build/tocsin docs man >docs/tocsin.1
}

# Pages change: what docs/ shows of them is taken again, in a browser.
do_pictures() {
    # shellcheck disable=SC2086
    require "take pictures" $packages_test
    build_preset dev
    TOCSIN=$PWD/build/dev/tocsin TOCSIN_SOURCE=$PWD TOCSIN_PLAY=pictures.mjs tests/browser/drill.sh
}

do_help() {
    cat <<'HELP'
./do run [scenario] [option...]
                        build, and start an exercise on this machine: the flagship, or this
./do test [option...]   build with sanitizers and run every test; options go to ctest
./do build              build the program, build/tocsin
./do bench [name...]    build and run the benchmarks: all, or these
./do fuzz [seconds] [name]
                        run the simulator and the second scorer (oracle) on new seeds and
                        each fuzz harness, or one of them, so long (60); fails on a finding
./do fault [kills]      kill a running play, and a live exercise, so many times (200)
./do mutate [option...] put mistakes into the core, one at a time, and see whether a test notices
./do lint               warnings of two compilers, layout, and the house rules
./do format             lay out the C sources
./do docs               write the generated parts of docs/ again
./do pictures           take the pictures of docs/ again
./do help               this

Missing Debian packages are named and installed; --no-install, as the first option, refuses.
HELP
}

command=${1:-help}
[ $# -eq 0 ] || shift
# Accepted on either side of the command.
if [ "$command" = --no-install ]; then
    may_install=no
    command=${1:-help}
    [ $# -eq 0 ] || shift
elif [ "${1:-}" = --no-install ]; then
    may_install=no
    shift
fi

case $command in
run | test | build | bench | fuzz | fault | mutate | lint | format | docs | pictures | help) "do_$command" "$@" ;;
-h | --help) do_help ;;
*) fail "./do has no command \"$command\"; ./do help lists them" ;;
esac
