# Reads C sources and reports what breaks the house rules. Sources are laid out by clang-format, so a
# line that is just "{" begins a function's body and the next that is just "}" ends it.
#
# Knows nothing of macros and types: a rule that needs those is for the compiler or for readers.

function set_direction(folder, may_include)
{
    direction[folder] = " " folder " " may_include " "
}

# Quoted includes; the same table stands in design and CMakeLists.txt.
function fill_tables(    names, count, i)
{
    set_direction("base", "")
    set_direction("core", "base")
    set_direction("score", "base core")
    set_direction("lua", "base")
    set_direction("script", "base core lua")
    set_direction("cast", "base core score")
    set_direction("load", "base core score")
    set_direction("record", "base core")
    set_direction("report", "base core score lua")
    set_direction("web", "base core score report")
    set_direction("app", "base core score lua script cast load record report web")

    library["lua.h"] = library["lauxlib.h"] = library["lualib.h"] = " lua script report "
    library["sqlite3.h"] = " record "
    library["yaml.h"] = library["jansson.h"] = " load "
    library["microhttpd.h"] = " web "
    library["qrencode.h"] = " web "
    library["sodium.h"] = " base app "

    remedy["sprintf"] = remedy["vsprintf"] = "use snprintf, buf_format or arena_format"
    remedy["strcpy"] = remedy["strcat"] = "use buf_add or arena_str"
    remedy["gets"] = "read into a buffer with its size"
    remedy["atoi"] = "use str_to_int64, which says whether it was a number"
    remedy["strtok"] = "use str_cut"
    remedy["system"] = remedy["popen"] = "call the function of a library; the engine starts nothing"
    count = split("time clock_gettime gettimeofday getrandom", names, " ")
    for (i = 1; i <= count; i++)
        reads_world[names[i]] = 1
}

# Lines of exceptions: check, path, name ("-" where there is none), reason.
function read_exceptions(    line, fields)
{
    while ((getline line < exceptions) > 0) {
        if (line ~ /^[ \t]*(#|$)/)
            continue
        if (split(line, fields, " ") < 4) {
            print exceptions ":0: \"" line "\" gives no reason; the next reader needs one; add it"
            bad = 1
            continue
        }
        excepted[fields[1] " " fields[2] " " fields[3]] = 1
    }
}

function is_excepted(check, name)
{
    if (!((check " " path " " name) in excepted))
        return 0
    used[check " " path " " name] = 1
    return 1
}

function finding(line_number, text)
{
    print path ":" line_number ": " text
    bad = 1
}

# The line without comments, and with strings and characters emptied.
function code_of(line,    out, rest, end)
{
    out = ""
    while (line != "") {
        if (in_comment) {
            end = index(line, "*/")
            if (!end)
                return out
            line = substr(line, end + 2)
            in_comment = 0
        } else if (!match(line, /["']|\/\*|\/\//)) {
            return out line
        } else {
            out = out substr(line, 1, RSTART - 1)
            rest = substr(line, RSTART)
            if (rest ~ /^\/\//)
                return out
            if (rest ~ /^\/\*/) {
                in_comment = 1
                line = substr(rest, 3)
            } else if (match(rest, /^"([^"\\]|\\.)*"/) || match(rest, /^'([^'\\]|\\.)*'/)) {
                out = out substr(rest, 1, 1) substr(rest, 1, 1)
                line = substr(rest, RLENGTH + 1)
            } else {
                return out
            }
        }
    }
    return out
}

function check_include(line,    quoted, name, target)
{
    quoted = line ~ /include[ \t]*"/
    sub(/^[^<"]*[<"]/, "", line)
    sub(/[>"].*/, "", line)
    name = line
    if (name in library && index(library[name], " " folder " ") == 0)
        finding(FNR, "includes <" name ">; only" library[name] "may, so that one folder knows the " \
            "library; call that folder")
    if (!quoted)
        return
    target = name
    sub(/\/.*/, "", target)
    if (target == name)
        finding(FNR, "includes \"" name "\" without its folder; the reader cannot see the arrow; " \
            "write \"" folder "/" name "\"")
    else if (index(direction[folder], " " target " ") == 0)
        finding(FNR, "includes \"" name "\"; " folder " may not know " target "; move the code, or " \
            "let the caller pass a function")
}

# The names called in a line of code.
function check_calls(code,    name)
{
    while (match(code, /[A-Za-z_][A-Za-z0-9_]*[ \t]*\(/)) {
        name = substr(code, RSTART, RLENGTH - 1)
        sub(/[ \t]+$/, "", name)
        if (name in remedy)
            finding(FNR, "calls " name "; it is banned as unsafe; " remedy[name])
        if ((name in reads_world) && folder != "" && folder != "app")
            finding(FNR, "calls " name "; only app reads clock and entropy, so that every run can be " \
                "repeated; take the value as a parameter")
        code = substr(code, RSTART + RLENGTH)
    }
}

# Whether a name has the prefix of its file or folder: json_read.c may say json_read_ or json_, and
# rules.c may say rules_ or rule_.
function has_prefix(name,    stem, part, singular)
{
    stem = path
    sub(/.*\//, "", stem)
    sub(/\.c$/, "", stem)
    for (part = stem; part != ""; ) {
        singular = part
        sub(/s$/, "", singular)
        if (name == part || index(name, part "_") == 1 || index(name, part "s_") == 1 || index(name, singular "_") == 1)
            return 1
        if (!sub(/_[^_]*$/, "", part))
            break
    }
    return index(name, folder "_") == 1
}

function first_word(name)
{
    sub(/_.*/, "", name)
    return name
}

# Commas between the outermost parentheses, "..." not counted.
function parameter_count(text,    depth, i, c, count)
{
    sub(/^[^(]*\(/, "", text)
    sub(/,[ \t]*\.\.\./, "", text)
    if (text ~ /^(void)?\)/)
        return 0
    count = 1
    depth = 1
    for (i = 1; i <= length(text) && depth > 0; i++) {
        c = substr(text, i, 1)
        depth += (c == "(") - (c == ")")
        count += (c == "," && depth == 1)
    }
    return count
}

function begin_function(    name)
{
    name = signature
    sub(/[ \t]*\(.*/, "", name)
    sub(/.*[ \t*]/, "", name)
    function_name = name
    function_line = signature_line
    if (parameter_count(signature) > 5 && !is_excepted("parameters", name))
        finding(signature_line, name " has " parameter_count(signature) " parameters; nobody reads a " \
            "call with more than 5; find the struct that they are")
    if (folder == "" || signature ~ /^static/ || name == "main" || path !~ /\.c$/)
        return
    if (!has_prefix(name) && !is_excepted("prefix", first_word(name)))
        finding(signature_line, name " has the prefix of neither its file nor its folder; a caller " \
            "could not find it; rename it, or make it static")
}

function end_function(    lines)
{
    lines = FNR - function_line + 1
    if (lines > 70 && !is_excepted("function-lines", function_name))
        finding(function_line, function_name " has " lines " lines; more than 70 hold more than one " \
            "idea; find the second idea in it")
    function_line = 0
}

function end_file(    limit)
{
    if (path == "")
        return
    limit = path ~ /^engine\/.*\.h$/ ? 120 : 600 # a test's header is its source
    if (line_count > limit && !is_excepted("file-lines", "-"))
        finding(line_count, "the file has " line_count " lines; more than " limit \
            " are not read from top to bottom; find the second module in it")
}

BEGIN {
    fill_tables()
    read_exceptions()
}

FNR == 1 {
    end_file()
    path = FILENAME
    folder = ""
    if (path ~ /^engine\/[^\/]+\//) {
        split(path, path_parts, "/")
        folder = path_parts[2]
    }
    in_comment = function_line = 0
    signature = ""
}

{
    line_count = FNR
    characters = $0
    gsub(/[\200-\277]/, "", characters) # what follows the first byte of a character in UTF-8
    if (length(characters) > 100)
        finding(FNR, "is " length(characters) " characters wide; two files side by side show 100; " \
            "break the line")
    if (!in_comment && $0 ~ /^[ \t]*#[ \t]*include[ \t]*[<"]/) {
        if (folder != "")
            check_include($0)
        next
    }
    code = code_of($0)
    check_calls(code)
}

code == "{" && signature != "" && !function_line { begin_function() }
code == "}" && function_line { end_function() }

# A signature is what stands between the last thing that ended and the "{".
!function_line {
    if (code ~ /^[ \t]*$/ || code ~ /^[#}{]/ || code ~ /;[ \t]*$/) {
        signature = ""
    } else {
        if (signature == "")
            signature_line = FNR
        signature = signature " " code
        sub(/^ /, "", signature)
    }
}

END {
    end_file()
    for (entry in excepted) {
        if (!used[entry]) {
            print exceptions ":0: \"" entry "\" is needed no more; exceptions that stay invite " \
                "others; delete the line"
            bad = 1
        }
    }
    exit bad
}
