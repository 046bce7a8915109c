/* One input from outside, checked for form. Whether it makes sense at the table is decide's.
 *
 * jansson builds a tree but tells no places, so a key's column is found by walking over the text
 * once more, and only when there is a mistake to report. */
#include "load/intake.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

#include "base/control.h"
#include "base/duration.h"
#include "base/hash.h"
#include "base/limits.h"

/* One intake_parse. */
struct parse {
    struct str json;
    enum intake_source source;
    struct place place;
    struct arena *arena;
    struct intake *intake;
    struct err *reterr;
};

/* The end of the JSON string that begins at `at`, behind its closing quote. */
static size_t skip_string(struct str json, size_t at)
{
    for (at++; at < json.len && json.ptr[at] != '"'; at++)
        if (json.ptr[at] == '\\')
            at++;
    return at + 1;
}

/* The offset of a key of the outermost object; 0 when it is written with escapes. */
static size_t find_key(struct str json, struct str key)
{
    int depth = 0;
    bool expects_key = false;
    for (size_t at = 0; at < json.len; at++) {
        char c = json.ptr[at];
        if (c == '{' || c == '[')
            expects_key = ++depth == 1;
        else if (c == '}' || c == ']')
            depth--;
        else if (c == ',')
            expects_key = depth == 1;
        if (c != '"')
            continue;
        size_t end = skip_string(json, at);
        if (expects_key && end <= json.len && end - at >= 2 &&
            str_eq(key, (struct str){json.ptr + at + 1, end - at - 2}))
            return at;
        expects_key = false;
        at = end - 1;
    }
    return 0;
}

/* Moves the place to an offset of the JSON; columns count characters. */
static struct place place_at(const struct parse *parse, size_t offset)
{
    struct place place = parse->place;
    place.column = 1;
    for (size_t i = 0; i < offset; i++) {
        unsigned char c = (unsigned char)parse->json.ptr[i];
        if (c == '\n') {
            place.line++;
            place.column = 1;
        } else if ((c & 0xC0) != 0x80) {
            place.column++;
        }
    }
    return place;
}

static bool refuse_at(const struct parse *parse, struct place place, const char *message)
{
    if (parse->place.file.len == 0)
        return err_set(parse->reterr, ERR_USAGE, "%s", message);
    return err_set_at(parse->reterr, place, "%s", message);
}

/* Refuses with the place of a key; returns false. */
static bool refuse(const struct parse *parse, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool refuse(const struct parse *parse, const char *key, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct str message = arena_format_list(parse->arena, format, args);
    va_end(args);
    return refuse_at(parse, place_at(parse, find_key(parse->json, str_of(key))), message.ptr);
}

static const char *found(const json_t *value)
{
    static const char *const words[] = {[JSON_OBJECT] = "an object",
        [JSON_ARRAY] = "a list",
        [JSON_STRING] = "a text",
        [JSON_INTEGER] = "a number",
        [JSON_REAL] = "a number with a fraction",
        [JSON_TRUE] = "true",
        [JSON_FALSE] = "false",
        [JSON_NULL] = "null"};
    return words[json_typeof(value)];
}

/* `; did you mean "x"?`, or the choices when there are few and none is close. */
static struct str guess(const struct parse *parse, struct str word, struct strs candidates)
{
    struct str near = str_nearest(word, candidates);
    if (near.len > 0)
        return arena_format(parse->arena, "; did you mean \"%.*s\"?", STR_ARG(near));
    struct str text = STR("");
    for (size_t i = 0; i < candidates.count && candidates.count <= 14; i++)
        text = arena_format(parse->arena, "%.*s%s%.*s", STR_ARG(text),
            i == 0 ? "; there is: " : ", ", STR_ARG(candidates.items[i]));
    return text;
}

/* The value as text, borrowed from jansson. */
static bool read_text(
    const struct parse *parse, const char *key, const json_t *value, struct str *ret_text)
{
    if (!json_is_string(value))
        return refuse(parse, key, "\"%s\" expects a text, found %s", key, found(value));
    *ret_text = (struct str){json_string_value(value), json_string_length(value)};
    return true;
}

static bool read_id(
    const struct parse *parse, const char *key, const json_t *value, struct str *ret_id)
{
    struct str text;
    if (!read_text(parse, key, value, &text))
        return false;
    if (!str_is_id(text))
        return refuse(parse, key,
            "\"%s\" cannot be \"%.*s\"; names are made of a-z, 0-9, - and _, and have at most %d "
            "characters",
            key, STR_ARG(text), LIMIT_ID_BYTES);
    *ret_id = arena_str(parse->arena, text);
    return true;
}

/* A moment of the exercise, or a length: "12m30s", or whole milliseconds. */
static bool read_ms(const struct parse *parse, const char *key, const json_t *value,
    int64_t limit_ms, int64_t *ret_ms)
{
    struct str text = STR("");
    int64_t ms = -1;
    if (json_is_integer(value)) {
        ms = json_integer_value(value);
    } else {
        if (!json_is_string(value))
            return refuse(parse, key,
                "\"%s\" expects a time like \"12m30s\" or whole milliseconds, found %s", key,
                found(value));
        text = (struct str){json_string_value(value), json_string_length(value)};
        if (!duration_parse(text, &ms))
            return refuse(parse, key, "\"%s\" expects a time like \"12m30s\", found \"%.*s\"", key,
                STR_ARG(text));
    }
    if (ms < 0 || ms > limit_ms)
        return refuse(parse, key, "\"%s\" must lie between 0 and %s", key,
            limit_ms == LIMIT_JUMP_MS ? "a year" : "thirty days");
    *ret_ms = ms;
    return true;
}

/* Free text and words of the scenario: no control characters, which could disturb terminals and
 * pages; `newlines` allows what a text area contains. */
static bool is_clean(struct str text, bool newlines)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool is_break = c == '\n' || c == '\t';
        if ((c < 0x20 && !(is_break && newlines)) || c == 0x7F)
            return false;
        if (c == 0xC2 && i + 1 < text.len && (unsigned char)text.ptr[i + 1] < 0xA0)
            return false; /* U+0080 to U+009F */
    }
    return true;
}

/* Without the marks that turn the direction of writing, by which a name or a subject reads like
 * another. They come along unseen when somebody pastes a telephone number, so nobody is stopped for
 * them; and since no letter is lost, what is kept reads as it was meant. */
static struct str without_turns(const struct parse *parse, struct str text)
{
    struct buf kept = {0};
    struct str sign, rest = text;
    unsigned code;
    while (control_find(rest, &sign, &code)) {
        buf_add(&kept, (struct str){rest.ptr, (size_t)(sign.ptr - rest.ptr)});
        rest = str_after(rest, (size_t)(sign.ptr - rest.ptr) + sign.len);
    }
    buf_add(&kept, rest);
    struct str ret = arena_str(parse->arena, buf_str(&kept));
    buf_fini(&kept);
    return ret;
}

static bool read_clean_text(const struct parse *parse, const char *key, const json_t *value,
    bool newlines, struct str *ret_text)
{
    struct str text;
    if (!read_text(parse, key, value, &text))
        return false;
    if (text.len > LIMIT_TEXT_BYTES)
        return refuse(
            parse, key, "\"%s\" is longer than %d bytes; shorten it", key, LIMIT_TEXT_BYTES);
    if (!is_clean(text, newlines))
        return refuse(parse, key, "\"%s\" holds a control character%s; remove it", key,
            newlines ? " other than a line break or a tab" : "");
    *ret_text = without_turns(parse, text);
    return true;
}

/* The readers of a body's fields, by type. `value` is not null. */
typedef bool read_field(
    const struct parse *parse, const struct field *field, const char *key, const json_t *value);

static void *slot(const struct parse *parse, const struct field *field)
{
    return (char *)&parse->intake->input.body + field->offset;
}

static bool field_int(
    const struct parse *parse, const struct field *field, const char *key, const json_t *value)
{
    if (!json_is_integer(value))
        return refuse(parse, key, "\"%s\" expects a whole number, found %s", key, found(value));
    *(int64_t *)slot(parse, field) = json_integer_value(value);
    return true;
}

static bool field_ms(
    const struct parse *parse, const struct field *field, const char *key, const json_t *value)
{
    return read_ms(parse, key, value, LIMIT_JUMP_MS, slot(parse, field));
}

static bool field_bool(
    const struct parse *parse, const struct field *field, const char *key, const json_t *value)
{
    if (!json_is_boolean(value))
        return refuse(parse, key, "\"%s\" expects true or false, found %s", key, found(value));
    *(bool *)slot(parse, field) = json_is_true(value);
    return true;
}

static bool field_name(
    const struct parse *parse, const struct field *field, const char *key, const json_t *value)
{
    struct str text;
    if (!read_text(parse, key, value, &text))
        return false;
    if (def_name_find(field->names, (size_t)field->name_count, text, slot(parse, field)))
        return true;
    struct str *names = ARENA_ARRAY(parse->arena, (size_t)field->name_count, struct str);
    size_t count = 0;
    for (int i = 0; i < field->name_count; i++)
        if (field->names[i][0] != '\0')
            names[count++] = str_of(field->names[i]);
    struct str hint = guess(parse, text, (struct strs){names, count});
    return refuse(parse, key, "\"%s\" cannot be \"%.*s\"%.*s", key, STR_ARG(text), STR_ARG(hint));
}

static bool field_id(
    const struct parse *parse, const struct field *field, const char *key, const json_t *value)
{
    return read_id(parse, key, value, slot(parse, field));
}

/* A list, or one name instead of a list of one. */
static bool field_ids(
    const struct parse *parse, const struct field *field, const char *key, const json_t *value)
{
    size_t count = json_is_array(value) ? json_array_size(value) : 1;
    if (count > LIMIT_LIST_ITEMS)
        return refuse(parse, key, "\"%s\" holds %zu names, at most %d are possible", key, count,
            LIMIT_LIST_ITEMS);
    struct str *items = ARENA_ARRAY(parse->arena, count, struct str);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;
        if (!read_id(parse, key, item, &items[i]))
            return false;
        if (strs_contain((struct strs){items, i}, items[i]))
            return refuse(parse, key, "\"%s\" names \"%.*s\" twice", key, STR_ARG(items[i]));
    }
    *(struct strs *)slot(parse, field) = (struct strs){items, count};
    return true;
}

static bool field_words(
    const struct parse *parse, const struct field *field, const char *key, const json_t *value)
{
    return read_clean_text(parse, key, value, false, slot(parse, field));
}

static bool field_text(
    const struct parse *parse, const struct field *field, const char *key, const json_t *value)
{
    struct str text;
    if (!read_clean_text(parse, key, value, true, &text))
        return false;
    if (str_trim(text).len == 0)
        return true; /* as if it were not there */
    struct intake *intake = parse->intake;
    assert(intake->text_count < INTAKE_TEXTS);
    intake->texts[intake->text_count++] =
        (struct intake_text){.field = str_of(field->name), .body = text};
    *(struct str *)slot(parse, field) = text;
    return true;
}

static read_field *const field_readers[FIELD_TYPE_COUNT] = {
    [FIELD_INT] = field_int,
    [FIELD_MS] = field_ms,
    [FIELD_BOOL] = field_bool,
    [FIELD_NAME] = field_name,
    [FIELD_ID] = field_id,
    [FIELD_IDS] = field_ids,
    [FIELD_STR] = field_words,
    [FIELD_TEXT] = field_text,
};

/* The envelope: what stands beside the body's fields. */
static bool read_actor(struct parse *parse, const char *key, const json_t *value)
{
    return read_id(parse, key, value, &parse->intake->input.actor);
}

static bool read_at(struct parse *parse, const char *key, const json_t *value)
{
    return read_ms(parse, key, value, LIMIT_EXERCISE_MS, &parse->intake->input.at_ms);
}

static bool read_for(struct parse *parse, const char *key, const json_t *value)
{
    return read_id(parse, key, value, &parse->intake->input.proxy_for);
}

static bool read_own_id(struct parse *parse, const char *key, const json_t *value)
{
    return read_id(parse, key, value, &parse->intake->input.id);
}

static bool read_observed_at(struct parse *parse, const char *key, const json_t *value)
{
    return read_ms(parse, key, value, LIMIT_EXERCISE_MS, &parse->intake->input.observed_ms);
}

static bool read_story_at(struct parse *parse, const char *key, const json_t *value)
{
    int64_t *story_at_ms = &parse->intake->input.story_at_ms;
    int offset_minutes;
    struct str text;
    if (!read_text(parse, key, value, &text))
        return false;
    if (!calendar_parse(text, story_at_ms, &offset_minutes))
        return refuse(parse, key,
            "\"%s\" expects a date and time of the scenario with its offset, like "
            "\"2026-11-20T22:10:00+09:00\", found \"%.*s\"",
            key, STR_ARG(text));
    return true;
}

/* Read first, because it says which other keys there are. */
static bool read_do(struct parse *parse, const char *key, const json_t *value)
{
    (void)parse, (void)key, (void)value;
    return true;
}

enum { IN_FILES = 1 << 0, FROM_CLIENTS = 1 << 1, IN_BOTH = IN_FILES | FROM_CLIENTS };

static const struct envelope_row {
    const char *key;
    unsigned allowed, required;
    bool (*read)(struct parse *parse, const char *key, const json_t *value);
} envelope[] = {
    {"actor", IN_FILES, IN_FILES, read_actor},
    {"at", IN_FILES, IN_FILES, read_at},
    {"do", IN_BOTH, IN_BOTH, read_do},
    {"for", IN_BOTH, 0, read_for},
    {"id", IN_BOTH, FROM_CLIENTS, read_own_id},
    {"observed_at", IN_BOTH, 0, read_observed_at},
    {"story_at", IN_BOTH, 0, read_story_at},
};

enum { ENVELOPE_COUNT = sizeof(envelope) / sizeof(envelope[0]) };

static unsigned source_bit(const struct parse *parse)
{
    return parse->source == INTAKE_FILE ? IN_FILES : FROM_CLIENTS;
}

static const struct envelope_row *find_envelope(const char *key)
{
    for (size_t i = 0; i < ENVELOPE_COUNT; i++)
        if (strcmp(envelope[i].key, key) == 0)
            return &envelope[i];
    return NULL;
}

/* A field's name outside the engine: lengths are written with their own units, so that "_ms" would
 * be wrong there. */
static struct str outside_name(const struct field *field)
{
    struct str name = str_of(field->name);
    if (field->type == FIELD_MS && name.len > 3)
        name.len -= 3;
    return name;
}

static const struct field *find_field(const struct parse *parse, const char *key)
{
    struct fields fields = input_kinds[parse->intake->input.kind].fields;
    for (size_t i = 0; i < fields.count; i++)
        if (str_is(outside_name(&fields.rows[i]), key))
            return &fields.rows[i];
    return NULL;
}

static bool refuse_unknown_key(const struct parse *parse, const char *key)
{
    struct fields fields = input_kinds[parse->intake->input.kind].fields;
    struct str *names = ARENA_ARRAY(parse->arena, fields.count + ENVELOPE_COUNT, struct str);
    size_t count = 0;
    for (size_t i = 0; i < fields.count; i++)
        names[count++] = outside_name(&fields.rows[i]);
    for (size_t i = 0; i < ENVELOPE_COUNT; i++)
        if (envelope[i].allowed & source_bit(parse))
            names[count++] = str_of(envelope[i].key);
    struct str hint = guess(parse, str_of(key), (struct strs){names, count});
    return refuse(parse, key, "\"%s\" has no field \"%s\"%.*s",
        input_kinds[parse->intake->input.kind].name, key, STR_ARG(hint));
}

static bool read_kind(struct parse *parse, const json_t *root)
{
    const json_t *value = json_object_get(root, "do");
    struct str name;
    if (!value)
        return refuse(parse, "", "an input needs \"do\", which says what is done");
    if (!read_text(parse, "do", value, &name))
        return false;
    if (input_kind_find(name, &parse->intake->input.kind))
        return true;
    struct str names[INPUT_KIND_COUNT];
    for (int i = 0; i < INPUT_KIND_COUNT; i++)
        names[i] = str_of(input_kinds[i].name);
    struct str hint = guess(parse, name, (struct strs){names, INPUT_KIND_COUNT});
    return refuse(parse, "do", "nothing is called \"%.*s\" here%.*s", STR_ARG(name), STR_ARG(hint));
}

static bool read_key(struct parse *parse, const char *key, const json_t *value)
{
    const struct envelope_row *row = find_envelope(key);
    if (row && !(row->allowed & source_bit(parse)))
        return refuse(parse, key,
            "\"%s\" is not for a client to say; the clock and the session decide it", key);
    if (row)
        return row->read(parse, key, value);
    const struct field *field = find_field(parse, key);
    if (!field)
        return refuse_unknown_key(parse, key);
    return field_readers[field->type](parse, field, key, value);
}

static bool check_required(const struct parse *parse, const json_t *root)
{
    const struct input_kind_row *kind = &input_kinds[parse->intake->input.kind];
    for (size_t i = 0; i < ENVELOPE_COUNT; i++)
        if (envelope[i].required & source_bit(parse) && !json_object_get(root, envelope[i].key))
            return refuse(parse, "", "\"%s\" needs \"%s\"", kind->name, envelope[i].key);
    for (size_t i = 0; i < kind->fields.count; i++) {
        const struct field *field = &kind->fields.rows[i];
        struct str name = arena_str(parse->arena, outside_name(field)); /* with a NUL */
        if (!(field->flags & FIELD_REQUIRED))
            continue;
        if (!json_object_get(root, name.ptr))
            return refuse(parse, "", "\"%s\" needs \"%s\": %s", kind->name, name.ptr, field->help);
        bool is_words = field->type == FIELD_TEXT || field->type == FIELD_STR;
        if ((is_words && ((struct str *)slot(parse, field))->len == 0) ||
            (field->type == FIELD_NAME && field_str(field, &parse->intake->input.body).len == 0) ||
            (field->type == FIELD_IDS && ((struct strs *)slot(parse, field))->count == 0))
            return refuse(parse, name.ptr, "\"%s\" is empty: %s", name.ptr, field->help);
    }
    return true;
}

static bool read_root(struct parse *parse, json_t *root)
{
    if (!json_is_object(root))
        return refuse(parse, "", "expected one input as {\"do\": …}, found %s", found(root));
    if (!read_kind(parse, root))
        return false;
    const char *key;
    json_t *value;
    json_object_foreach(root, key, value)
    {
        if (!read_key(parse, key, value))
            return false;
    }
    return check_required(parse, root);
}

/* jansson's own sentence and position. */
static bool refuse_syntax(const struct parse *parse, const json_error_t *error)
{
    struct place place = parse->place;
    if (error->line > 0)
        place.line += error->line - 1;
    place.column = error->column > 0 ? error->column : 1;
    struct str message = arena_format(
        parse->arena, "this is not one JSON object: %s; check quotes and commas", error->text);
    return refuse_at(parse, place, message.ptr);
}

bool intake_parse(struct str json, struct intake_from from, struct arena *arena,
    struct intake *ret_intake, struct err *reterr)
{
    struct intake intake = {.input = {.observed_ms = -1, .story_at_ms = -1}};
    struct parse parse = {json, from.source, from.place, arena, &intake, reterr};
    if (json.len > LIMIT_INPUT_BYTES)
        return refuse(&parse, "", "an input has at most %d bytes", LIMIT_INPUT_BYTES);
    json_error_t error;
    json_t *root = json_loadb(json.ptr ? json.ptr : "", json.len, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        return refuse_syntax(&parse, &error);
    bool ok = read_root(&parse, root);
    json_decref(root);
    if (ok)
        *ret_intake = intake;
    return ok;
}

void intake_salt(struct intake *intake, const uint8_t salt[INTAKE_SALT_BYTES], struct arena *arena)
{
    struct fields fields = input_kinds[intake->input.kind].fields;
    for (size_t i = 0; i < intake->text_count; i++) {
        struct intake_text *text = &intake->texts[i];
        const struct str parts[] = {
            {(const char *)salt, INTAKE_SALT_BYTES}, text->field, text->body};
        struct hash hash = hash_of(parts, sizeof(parts) / sizeof(parts[0]));
        char hex[HASH_HEX_BYTES + 1];
        struct str digits = hash_hex(&hash, hex);
        text->ref = arena_str(arena, (struct str){digits.ptr, HASH_HEX_BYTES / 2});
        const struct field *field = field_find(fields, text->field);
        assert(field);
        memcpy((char *)&intake->input.body + field->offset, &text->ref, sizeof(text->ref));
    }
}
