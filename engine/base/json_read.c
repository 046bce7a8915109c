/* Reading canonical JSON in place.
 *
 * Two readers stand here. The walkers (json_next, json_get, …) find where a value ends by counting
 * brackets outside strings, without recursion, and are safe on any bytes: what is not JSON is "not
 * there". json_check is the strict one; it recurses, to JSON_WRITE_DEPTH and no further. */
#include "base/json_read.h"

#include <string.h>

#include "base/json_write.h"

/* ---- walking ---- */

/* The position behind the string that opens at `at`; the end of text when it never closes. */
static size_t string_end(struct str text, size_t at)
{
    for (at++; at < text.len; at++) {
        const char *quote = memchr(text.ptr + at, '"', text.len - at);
        size_t end = quote != NULL ? (size_t)(quote - text.ptr) : text.len;
        const char *escape = memchr(text.ptr + at, '\\', end - at);
        if (escape == NULL)
            return end < text.len ? end + 1 : text.len;
        at = (size_t)(escape - text.ptr) + 1; /* whatever was escaped ends nothing */
    }
    return text.len;
}

static bool ends_scalar(char c)
{
    return c == ',' || c == ']' || c == '}' || c == ':';
}

/* The position behind the value that starts at `at`; `at` itself when none does. */
static size_t value_end(struct str text, size_t at)
{
    size_t open_count = 0;
    size_t start = at;
    while (at < text.len) {
        char c = text.ptr[at];
        if (c == '"') {
            at = string_end(text, at);
        } else if (c == '{' || c == '[') {
            open_count++;
            at++;
        } else if (open_count == 0) {
            while (at < text.len && !ends_scalar(text.ptr[at]))
                at++;
        } else {
            open_count -= c == '}' || c == ']';
            at++;
        }
        if (open_count == 0)
            return at;
    }
    return start; /* brackets that never close hold nothing */
}

enum json_type json_type(struct str value)
{
    if (value.len == 0)
        return JSON_NONE;
    char first = value.ptr[0];
    if (first == '{')
        return JSON_OBJECT;
    if (first == '[')
        return JSON_ARRAY;
    if (first == '"')
        return JSON_STR;
    if (first == '-' || (first >= '0' && first <= '9'))
        return JSON_INT;
    if (str_is(value, "true") || str_is(value, "false"))
        return JSON_BOOL;
    return str_is(value, "null") ? JSON_NULL : JSON_NONE;
}

bool json_next(struct str container, size_t *position, struct str *ret_key, struct str *ret_value)
{
    enum json_type type = json_type(container);
    size_t at = *position;
    if ((type != JSON_OBJECT && type != JSON_ARRAY) || at >= container.len)
        return false;
    if (at == 0 || container.ptr[at] == ',')
        at++;
    struct str key = STR("");
    if (type == JSON_OBJECT) {
        if (at >= container.len || container.ptr[at] != '"')
            return false;
        size_t end = string_end(container, at);
        if (end >= container.len || container.ptr[end] != ':')
            return false;
        key = (struct str){container.ptr + at + 1, end - at - 2};
        at = end + 1;
    }
    size_t end = value_end(container, at);
    if (end == at)
        return false;
    if (ret_key)
        *ret_key = key;
    *ret_value = (struct str){container.ptr + at, end - at};
    *position = end;
    return true;
}

struct str json_get(struct str object, struct str key)
{
    size_t position = 0;
    struct str found_key, value;
    if (json_type(object) != JSON_OBJECT)
        return STR("");
    while (json_next(object, &position, &found_key, &value)) {
        int order = str_cmp(found_key, key);
        if (order == 0)
            return value;
        if (order > 0) /* keys are sorted: it cannot come any more */
            break;
    }
    return STR("");
}

void json_get_all(struct str object, const char *const *keys, size_t count, struct str *ret_values)
{
    size_t position = 0, i = 0;
    struct str key, value;
    for (size_t k = 0; k < count; k++)
        ret_values[k] = STR("");
    if (json_type(object) != JSON_OBJECT)
        return;
    while (i < count && json_next(object, &position, &key, &value)) {
        int order = 1;
        while (i < count && (order = str_cmp(str_of(keys[i]), key)) < 0)
            i++;
        if (i < count && order == 0)
            ret_values[i++] = value;
    }
}

size_t json_count(struct str container)
{
    size_t position = 0, count = 0;
    struct str value;
    while (json_next(container, &position, NULL, &value))
        count++;
    return count;
}

/* ---- scalars ---- */

bool json_to_int(struct str value, int64_t *ret_number)
{
    struct str digits = str_starts_with(value, STR("-")) ? str_after(value, 1) : value;
    bool canonical = !str_starts_with(digits, STR("0")) || (digits.len == 1 && value.len == 1);
    return canonical && str_to_int64(value, ret_number);
}

bool json_to_bool(struct str value, bool *ret_flag)
{
    if (json_type(value) != JSON_BOOL)
        return false;
    *ret_flag = value.ptr[0] == 't';
    return true;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* The four digits behind "\u". */
static bool take_hex4(struct str *rest, uint32_t *ret_unit)
{
    uint32_t unit = 0;
    if (rest->len < 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        int digit = hex_digit(rest->ptr[i]);
        if (digit < 0)
            return false;
        unit = unit * 16 + (uint32_t)digit;
    }
    *rest = str_after(*rest, 4);
    *ret_unit = unit;
    return true;
}

/* What stands behind "\u": a character, which may need a second unit. NUL and halves of a pair are
 * refused, since no span of text in the engine may hold them. */
static bool take_code_point(struct str *rest, uint32_t *ret_code_point)
{
    uint32_t unit, low;
    if (!take_hex4(rest, &unit) || unit == 0)
        return false;
    if (unit >= 0xD800 && unit <= 0xDFFF) {
        if (unit > 0xDBFF || !str_starts_with(*rest, STR("\\u")))
            return false;
        *rest = str_after(*rest, 2);
        if (!take_hex4(rest, &low) || low < 0xDC00 || low > 0xDFFF)
            return false;
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    *ret_code_point = unit;
    return true;
}

/* Writes UTF-8, at most four bytes, never more than the escape took; returns how many. */
static size_t put_utf8(char *out, uint32_t code_point)
{
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t len = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(unsigned char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(unsigned char)(leads[len] | code_point);
    return len;
}

/* Takes the escape whose backslash was just taken and writes its character to out. */
static bool take_escape(struct str *rest, char *out, size_t *ret_len)
{
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (rest->len == 0)
        return false;
    char name = rest->ptr[0];
    *rest = str_after(*rest, 1);
    if (name == 'u') {
        uint32_t code_point;
        if (!take_code_point(rest, &code_point))
            return false;
        *ret_len = put_utf8(out, code_point);
        return true;
    }
    const char *found = memchr(names, name, sizeof(names) - 1);
    if (!found)
        return false;
    out[0] = meanings[found - names];
    *ret_len = 1;
    return true;
}

bool json_to_str(struct str value, struct arena *arena, struct str *ret_text)
{
    if (value.len < 2 || value.ptr[0] != '"' || string_end(value, 0) != value.len ||
        value.ptr[value.len - 1] != '"')
        return false;
    struct str rest = {value.ptr + 1, value.len - 2};
    if (rest.len == 0 || !memchr(rest.ptr, '\\', rest.len)) {
        *ret_text = rest;
        return true;
    }
    char *text = arena_alloc(arena, rest.len + 1, 1); /* unescaping never lengthens */
    size_t len = 0;
    while (rest.len > 0) {
        size_t added = 1;
        char c = rest.ptr[0];
        rest = str_after(rest, 1);
        if (c != '\\')
            text[len] = c;
        else if (!take_escape(&rest, text + len, &added))
            return false;
        len += added;
    }
    *ret_text = (struct str){text, len};
    return true;
}

/* ---- checking ---- */

struct checker {
    struct str text;
    size_t at;
    int depth;
    struct err *err;
};

static bool wrong(struct checker *checker, const char *expected)
{
    return err_set(checker->err, ERR_IO, "not canonical JSON at byte %zu: expected %s",
        checker->at + 1, expected);
}

static bool check_char(struct checker *checker, char c, const char *expected)
{
    if (checker->at >= checker->text.len || checker->text.ptr[checker->at] != c)
        return wrong(checker, expected);
    checker->at++;
    return true;
}

static bool at_char(const struct checker *checker, char c)
{
    return checker->at < checker->text.len && checker->text.ptr[checker->at] == c;
}

static bool check_string(struct checker *checker)
{
    if (!check_char(checker, '"', "a string"))
        return false;
    while (checker->at < checker->text.len && !at_char(checker, '"')) {
        char unused[4], c = checker->text.ptr[checker->at];
        size_t unused_len;
        if ((unsigned char)c >= 0x20 && c != '\\') {
            checker->at++; /* nearly every byte of nearly every string */
            continue;
        }
        struct str rest = str_after(checker->text, checker->at + 1);
        if ((unsigned char)c < 0x20)
            return wrong(checker, "an escape instead of a control character");
        if (!take_escape(&rest, unused, &unused_len))
            return wrong(checker, "a known escape of a character other than NUL");
        checker->at = checker->text.len - rest.len;
    }
    return check_char(checker, '"', "the end of a string");
}

/* A key, greater than the last one; *last becomes this one. */
static bool check_key(struct checker *checker, struct str *last, bool is_first)
{
    size_t start = checker->at + 1;
    if (!check_string(checker))
        return false;
    struct str key = {checker->text.ptr + start, checker->at - 1 - start};
    if (key.len > 0 && memchr(key.ptr, '\\', key.len))
        return wrong(checker, "a key without escapes");
    if (!is_first && str_cmp(*last, key) >= 0)
        return wrong(checker, "keys in ascending order, each once");
    *last = key;
    return check_char(checker, ':', "\":\" behind a key");
}

static bool check_value(struct checker *checker);

static bool check_container(struct checker *checker, char close)
{
    struct str last_key = STR("");
    if (checker->depth == JSON_WRITE_DEPTH)
        return err_set(checker->err, ERR_LIMIT,
            "JSON nested deeper than %d at byte %zu; nothing in a record is", JSON_WRITE_DEPTH,
            checker->at + 1);
    checker->depth++;
    checker->at++;
    for (bool is_first = true; !at_char(checker, close); is_first = false) {
        if (!is_first && !check_char(checker, ',', "\",\" or the end of the list"))
            return false;
        if (close == '}' && !check_key(checker, &last_key, is_first))
            return false;
        if (!check_value(checker))
            return false;
    }
    checker->at++;
    checker->depth--;
    return true;
}

static bool check_scalar(struct checker *checker)
{
    size_t end = value_end(checker->text, checker->at);
    struct str scalar = {checker->text.ptr + checker->at, end - checker->at};
    int64_t number;
    switch (json_type(scalar)) {
    case JSON_NULL:
    case JSON_BOOL:
        break;
    case JSON_INT:
        if (!json_to_int(scalar, &number))
            return wrong(checker, "an integer of 64 bits, without leading zeros");
        break;
    default:
        return wrong(checker, "a value");
    }
    checker->at = end;
    return true;
}

static bool check_value(struct checker *checker)
{
    if (at_char(checker, '{'))
        return check_container(checker, '}');
    if (at_char(checker, '['))
        return check_container(checker, ']');
    if (at_char(checker, '"'))
        return check_string(checker);
    return check_scalar(checker);
}

bool json_check(struct str text, struct err *reterr)
{
    struct checker checker = {.text = text, .err = reterr};
    if (!str_is_utf8(text))
        return err_set(reterr, ERR_IO, "not canonical JSON: the bytes are not UTF-8");
    if (!check_value(&checker))
        return false;
    return checker.at == text.len || wrong(&checker, "nothing behind the value");
}
