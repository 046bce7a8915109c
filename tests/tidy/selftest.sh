#!/bin/sh
# Plants one violation of each rule in a small clean tree and sees that tidy.sh finds it, in the
# right place. Without this, a check that was deleted would pass for ever.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0
planted=0

# A tree in which nothing is wrong.
fresh_tree() {
    rm -rf "$tree"
    mkdir -p "$tree/tests/tidy" "$tree/tests/unit" "$tree/build"
    for folder in base core score lua script cast load record report web app; do
        mkdir -p "$tree/engine/$folder"
    done
    cat >"$tree/engine/core/door.c" <<'C'
/* A "door" that calls sprintf( and time( in its comment only. */
#include "core/door.h"

#include "base/str.h"

static const char *const note = "system( /* is in a string";

int door_open(struct door *door, void (*tell)(int code, int more), int how)
{
    return door && tell && how > note[0] ? '"' : 0; // popen(
}
C
    printf '#include "base/str.h"\nint tree_sum(int a, int b);\n' >"$tree/engine/core/door.h"
    printf '#include <sqlite3.h>\n#include "core/door.h"\n' >"$tree/engine/record/record.c"
    printf '#include <sodium.h>\n#include "web/web.h"\nint x(void);\n' >"$tree/engine/app/main.c"
    printf 'int str_len(void);\nint str_len(void)\n{\n    return 1;\n}\n' >"$tree/engine/base/str.c"
    : >"$tree/tests/tidy/exceptions"
    build_libraries
}

# tidy looks only at the symbols of libraries, so these need not be built from the tree.
build_libraries() {
    rm -f "$tree"/build/*.a
    for folder in base core score; do
        printf '%s\n' "${1:-int nothing_;}" >"$tree/build/$folder.c"
        cc -w -c -o "$tree/build/$folder.o" "$tree/build/$folder.c"
        ar rcs "$tree/build/lib$folder.a" "$tree/build/$folder.o"
    done
}

run_tidy() {
    TOCSIN_BUILD=$tree/build sh "$here/tidy.sh" "$tree" >"$tree/out" 2>&1
}

not_as_expected() {
    echo "$*"
    sed 's/^/    /' "$tree/out"
    failures=$((failures + 1))
}

# expect TEXT: tidy fails, and one line of what it says starts with the text.
expect() {
    planted=$((planted + 1))
    if run_tidy; then
        not_as_expected "planted, and tidy passed: $1"
    elif [ "$(wc -l <"$tree/out")" -ne 1 ]; then
        not_as_expected "planted one thing, and tidy did not say one: $1"
    else
        grep -q ";.*;" "$tree/out" && grep -qF "$1" "$tree/out" ||
            not_as_expected "planted, and tidy said something else than: $1"
    fi
    fresh_tree
}

# plant FILE TEXT EXPECTED: appends the text, printf's escapes included.
plant() {
    printf "$2" >>"$tree/$1"
    expect "$3"
}

repeat_lines() {
    awk -v count="$1" -v line="$2" 'BEGIN { while (count-- > 0) print line }'
}

fresh_tree
run_tidy || not_as_expected "a clean tree does not pass"

# Direction: each folder with one that it may not know.
for arrow in base:core core:score score:lua lua:core script:score cast:load load:record \
    record:score report:web web:load; do
    from=${arrow%:*}
    to=${arrow#*:}
    plant "engine/$from/${from}_x.c" "#include \"$to/y.h\"\n" \
        "engine/$from/${from}_x.c:1: includes \"$to/y.h\"; $from may not know $to"
done
plant engine/web/page.c '#include "page.h"\n' 'engine/web/page.c:1: includes "page.h" without'
for library in lua.h:web lauxlib.h:app lualib.h:core sqlite3.h:app yaml.h:report \
    microhttpd.h:app jansson.h:web sodium.h:record; do
    header=${library%:*}
    folder=${library#*:}
    plant "engine/$folder/${folder}_x.c" "\n#  include <$header>\n" \
        "engine/$folder/${folder}_x.c:2: includes <$header>; only"
done

# Calls.
for call in sprintf vsprintf strcpy strcat gets atoi strtok system popen; do
    plant engine/app/main.c "int y = $call (1);\n" "engine/app/main.c:4: calls $call; it is banned"
done
plant tests/unit/test_x.c 'int y = atoi("");\n' 'tests/unit/test_x.c:1: calls atoi; it is banned'
for call in time clock_gettime gettimeofday getrandom; do
    plant engine/record/record.c "int y = /* now */ $call(0);\n" \
        "engine/record/record.c:3: calls $call; only app"
done

# Shape.
plant engine/base/wide.h "/* $(repeat_lines 96 x | tr -d '\n')*/" 'engine/base/wide.h:1: is 101 char'
repeat_lines 601 '/* */' >"$tree/engine/base/long.c"
expect 'engine/base/long.c:601: the file has 601 lines'
repeat_lines 121 '/* */' >"$tree/engine/base/long.h"
expect 'engine/base/long.h:121: the file has 121 lines'
plant engine/base/long.c "static int f(void)\n{\n$(repeat_lines 68 '    ;')\n}\n" \
    'engine/base/long.c:1: f has 71 lines'
plant engine/base/many.c 'int many_x(int a, int b,\n    int c, int d, int e, int f)\n{\n}\n' \
    'engine/base/many.c:1: many_x has 6 parameters'

# What is just inside the limits passes.
printf '/* %s */' "$(repeat_lines 94 半 | tr -d '\n')" >"$tree/engine/base/wide.h"
{
    printf 'static int f(int a, int b, int c, int d, const char *e, ...)\n{\n'
    repeat_lines 67 '    ;'
    printf '}\n'
    repeat_lines 530 '/* */'
} >"$tree/engine/base/long.c"
run_tidy || not_as_expected "a tree just inside the limits does not pass"
fresh_tree

# Names.
plant engine/base/rules.c 'int rule_x(void)\n{\n}\nint other_x(void)\n{\n}\n' \
    'engine/base/rules.c:4: other_x has the prefix of neither'

# Exceptions.
printf "int odd_x(void)\n{\n}\nint odd_y(void)\n{\n}\n" >"$tree/engine/base/a.c"
printf "prefix engine/base/a.c odd because\n" >"$tree/tests/tidy/exceptions"
run_tidy || not_as_expected "an exception does not hold"
fresh_tree
printf 'prefix engine/base/a.c other_x because\n' >"$tree/tests/tidy/exceptions"
expect 'exceptions:0: "prefix engine/base/a.c other_x" is needed no more'
printf 'prefix engine/base/a.c other_x\n' >"$tree/tests/tidy/exceptions"
expect 'gives no reason'

# Purity.
build_libraries 'long time(long *); long base_now(void) { return time(0); }'
mkdir -p "$tree/engine/score" && echo "/**/" >"$tree/engine/score/score.c"
# Each of the three calls it, so that each must be looked into.
if run_tidy || [ "$(grep -c 'calls time; base, core and score' "$tree/out")" -ne 3 ]; then
    not_as_expected "planted in three libraries, and not found in each: time"
fi
fresh_tree
build_libraries 'int open(); int base_open(void) { return open(); }'
rm "$tree/build/libcore.a" "$tree/build/libscore.a"
ar rcs "$tree/build/libcore.a"
expect 'libbase.a:base.o:0: calls open; base, core and score'
build_libraries 'void *malloc(unsigned long); void *base_new(void) { return malloc(1); }'
run_tidy || not_as_expected "an allowed symbol does not pass"
fresh_tree
rm "$tree/build/libbase.a"
expect 'libbase.a:0: the library is not there'

echo "$planted violations planted, $failures surprises"
[ "$failures" -eq 0 ] && [ "$planted" -ge 40 ]
