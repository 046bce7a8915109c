/* From YAML bytes to tree nodes, with libyaml's event parser.
 *
 * The event parser was chosen over libyaml's documents because events tell of aliases before they
 * are followed: a file of a few hundred bytes that means a billion nodes is refused at its first
 * anchor. Reading goes down recursively, at most LIMIT_YAML_DEPTH deep. Values stay text here; what
 * is a number, a duration or a yes is for the forms to say (form.c). */
#include "load/tree.h"

#include <stdlib.h>
#include <yaml.h>

#include "base/control.h"
#include "base/index.h"
#include "base/limits.h"
#include "load/slips.h"

/* One file being read. */
struct reading {
    yaml_parser_t parser;
    struct arena *arena;
    struct problems *problems;
    struct str file, bytes;
    int depth;
    int node_count;
};

static struct tree_node *read_node(struct reading *reading, const yaml_event_t *event);

static struct place place_of(const struct reading *reading, yaml_mark_t mark)
{
    return (struct place){reading->file, (int)mark.line + 1, (int)mark.column + 1};
}

/* To YAML, {{ are two brackets. */
#define IN_QUOTES "; a text with {{ in it goes in quotes"

/* Whether the line has a {{ in it. */
static bool holds_name(struct str bytes, int line)
{
    struct str text = slips_line(bytes, line);
    for (size_t i = 0; i + 1 < text.len; i++)
        if (text.ptr[i] == '{' && text.ptr[i + 1] == '{')
            return true;
    return false;
}

/* What to do about it, where the cause is a usual one; and where that stands. */
static struct str remedy_of(struct reading *reading, struct place *place)
{
    const yaml_parser_t *parser = &reading->parser;
    struct slips_stumble stumble = {reading->bytes, place->line - 1, place->line, place->column};
    struct str remedy;
    if (parser->context)
        stumble.began_line = (int)parser->context_mark.line + 1;
    if (slips_wide(&stumble, reading->arena, place, &remedy))
        return remedy;
    if (holds_name(reading->bytes, place->line))
        return STR("check indentation, quotes and brackets" IN_QUOTES);
    if (slips_is_colon(&stumble))
        return STR("a text with \": \" in it goes in quotes, like \"Rule: ask first\", and a "
                   "comma stands before the next key");
    return STR("check indentation, quotes and brackets");
}

/* libyaml's sentence, in which it names what it was doing when it stumbled. */
static void report_parser(struct reading *reading)
{
    const yaml_parser_t *parser = &reading->parser;
    const char *problem = parser->problem ? parser->problem : "unreadable";
    struct place place = place_of(reading, parser->problem_mark);
    if (parser->error == YAML_READER_ERROR)
        place = (struct place){.file = reading->file};
    int began = (int)parser->context_mark.line + 1;
    struct str context = STR("");
    struct str remedy = remedy_of(reading, &place);
    if (parser->context && began != place.line)
        context =
            arena_format(reading->arena, ", %s that begins in line %d", parser->context, began);
    else if (parser->context)
        context = arena_format(reading->arena, ", %s", parser->context);
    problems_tell(reading->problems, KIND_YAML, place, "this is not well-formed YAML: %s%.*s; %.*s",
        problem, STR_ARG(context), STR_ARG(remedy));
}

/* The caller deletes the event. */
static bool next_event(struct reading *reading, yaml_event_t *ret_event)
{
    if (yaml_parser_parse(&reading->parser, ret_event))
        return true;
    report_parser(reading);
    return false;
}

static struct tree_node *refuse(struct reading *reading, yaml_mark_t mark, const char *sentence)
{
    problems_tell(reading->problems, KIND_YAML, place_of(reading, mark), "%s", sentence);
    return NULL;
}

/* Reads the next event and the node that it begins; NULL after a problem, or with *ret_end set when
 * the event ended the list or mapping instead. */
static struct tree_node *read_next(struct reading *reading, bool *ret_end)
{
    yaml_event_t event;
    if (!next_event(reading, &event))
        return NULL;
    struct tree_node *node = NULL;
    if (event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT)
        *ret_end = true;
    else
        node = read_node(reading, &event);
    yaml_event_delete(&event);
    return node;
}

static bool read_list(struct reading *reading, struct tree_node *list)
{
    const struct tree_node **items = NULL;
    size_t capacity = 0;
    for (;;) {
        bool end = false;
        struct tree_node *item = read_next(reading, &end);
        if (!item) {
            list->items = items;
            return end;
        }
        items = arena_grow(reading->arena, items, list->count, &capacity, sizeof(*items));
        items[list->count++] = item;
    }
}

static bool check_key(struct reading *reading, const struct tree_node *key, struct index *seen,
    const struct tree_node *map)
{
    if (key->kind != TREE_SCALAR) {
        problems_tell(reading->problems, KIND_YAML, key->place, "a key must be a word, found %s%s",
            tree_found(key), key->kind == TREE_MAP ? IN_QUOTES : "");
        return false;
    }
    if (index_add(seen, reading->arena, key->text, (int)map->count))
        return true;
    int first = index_find(seen, key->text);
    problems_tell(reading->problems, KIND_DUPLICATE, key->place,
        "\"%.*s\" stands here twice, first in line %d; keep one of them", STR_ARG(key->text),
        map->pairs[first].place.line);
    return false;
}

static bool read_map(struct reading *reading, struct tree_node *map)
{
    struct index seen = {0};
    size_t capacity = 0;
    for (;;) {
        bool end = false;
        struct tree_node *key = read_next(reading, &end);
        if (!key)
            return end;
        if (!check_key(reading, key, &seen, map))
            return false;
        struct tree_node *value = read_next(reading, &end);
        if (!value)
            return false;
        map->pairs =
            arena_grow(reading->arena, map->pairs, map->count, &capacity, sizeof(*map->pairs));
        map->pairs[map->count++] = (struct tree_pair){key->text, key->place, value};
    }
}

static bool has_anchor_or_tag(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return event->data.scalar.anchor || event->data.scalar.tag;
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.anchor || event->data.sequence_start.tag;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.anchor || event->data.mapping_start.tag;
    default:
        return event->type == YAML_ALIAS_EVENT;
    }
}

/* Told once a text, which is then read without them, so that nothing follows. */
static struct str without_controls(
    struct reading *reading, const yaml_event_t *event, struct str text)
{
    struct str sign;
    unsigned code;
    if (!control_find(text, &sign, &code))
        return arena_str(reading->arena, text);
    problems_tell(reading->problems, KIND_YAML, place_of(reading, event->start_mark),
        "this text holds the control character U+%04X, which could disturb terminals and pages; "
        "remove it",
        code);
    struct buf clean = {0};
    do {
        buf_add(&clean, (struct str){text.ptr, (size_t)(sign.ptr - text.ptr)});
        text = str_after(text, (size_t)(sign.ptr - text.ptr) + sign.len);
    } while (control_find(text, &sign, &code));
    buf_add(&clean, text);
    text = arena_str(reading->arena, buf_str(&clean));
    buf_fini(&clean);
    return text;
}

/* U+3000 to U+9FFF and U+FF00 to U+FFFF, what Japanese is written in: three bytes in UTF-8. The
 * braces of a name in a text stand for such signs. */
static bool is_wide(struct str s)
{
    if (s.len < 3)
        return false;
    unsigned char first = (unsigned char)s.ptr[0], second = (unsigned char)s.ptr[1];
    return (first >= 0xe3 && first <= 0xe9) || (first == 0xef && second >= 0xbc);
}

static bool is_between_wide(struct str text, size_t i)
{
    if (i < 3)
        return false;
    struct str before = {text.ptr + i - 3, 3}, after = str_after(text, i + 1);
    bool ends_name = str_starts_with(str_after(before, 1), STR("}}"));
    bool begins_name = str_starts_with(after, STR("{{"));
    return (is_wide(before) && (is_wide(after) || begins_name)) || (ends_name && is_wide(after));
}

/* YAML makes a space of the end of a line; Japanese knows none between its words. */
static struct str without_folds(struct reading *reading, const yaml_event_t *event, struct str text)
{
    if (event->start_mark.line == event->end_mark.line ||
        event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE)
        return text;
    char *kept = ARENA_ARRAY(reading->arena, text.len + 1, char);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] != ' ' || !is_between_wide(text, i))
            kept[len++] = text.ptr[i];
    return (struct str){kept, len};
}

static void fill_scalar(
    struct reading *reading, const yaml_event_t *event, struct tree_node *ret_node)
{
    struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    ret_node->kind = TREE_SCALAR;
    ret_node->text = without_folds(reading, event, without_controls(reading, event, text));
    ret_node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
}

/* The node that an event begins, children included. */
static struct tree_node *read_node(struct reading *reading, const yaml_event_t *event)
{
    if (has_anchor_or_tag(event))
        return refuse(reading, event->start_mark,
            "anchors (&), aliases (*) and tags (!) are not used here; write the text out, or put "
            "it in quotes if it begins with such a sign");
    if (reading->node_count++ == LIMIT_YAML_NODES)
        return refuse(reading, event->start_mark, "this file holds too many values; split it");
    if (reading->depth == LIMIT_YAML_DEPTH)
        return refuse(reading, event->start_mark, "this is nested too deeply; check indentation");
    struct tree_node *node = ARENA_NEW(reading->arena, struct tree_node);
    node->place = place_of(reading, event->start_mark);
    bool ok = true;
    reading->depth++;
    if (event->type == YAML_SEQUENCE_START_EVENT) {
        node->kind = TREE_LIST;
        ok = read_list(reading, node);
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        node->kind = TREE_MAP;
        ok = read_map(reading, node);
    } else {
        fill_scalar(reading, event, node);
    }
    reading->depth--;
    return ok ? node : NULL;
}

/* Reads the stream to its end, so that a mistake behind the first document is told too. */
static struct tree_node *read_document(struct reading *reading)
{
    struct tree_node *root = NULL;
    for (bool going = true; going;) {
        yaml_event_t event;
        if (!next_event(reading, &event))
            return NULL;
        bool starts_node = event.type >= YAML_ALIAS_EVENT;
        if (starts_node) {
            struct tree_node *node = root ? refuse(reading, event.start_mark,
                                                "one file holds one document; remove the \"---\"")
                                          : read_node(reading, &event);
            going = node != NULL;
            root = node;
        } else if (event.type == YAML_STREAM_END_EVENT) {
            going = false;
        }
        yaml_event_delete(&event);
    }
    return root;
}

/* Some editors put it in front; the columns count without it. */
static struct str without_mark(struct str bytes)
{
    struct str mark = STR("\xEF\xBB\xBF");
    return str_starts_with(bytes, mark) ? str_after(bytes, mark.len) : bytes;
}

struct tree_node *tree_read(
    struct str bytes, struct str file, struct arena *arena, struct problems *problems)
{
    if (bytes.len > LIMIT_FILE_BYTES) {
        problems_tell(problems, KIND_YAML, (struct place){.file = file},
            "this file is larger than %d bytes; split it", LIMIT_FILE_BYTES);
        return NULL;
    }
    struct place broken = {.file = file};
    if (slips_not_utf8(bytes, &broken.line, &broken.column)) {
        problems_tell(
            problems, KIND_YAML, broken, "this is not UTF-8 text; save the file as UTF-8");
        return NULL;
    }
    bytes = without_mark(bytes);
    struct reading reading = {.arena = arena, .problems = problems, .file = file, .bytes = bytes};
    if (!yaml_parser_initialize(&reading.parser))
        abort(); /* out of memory */
    yaml_parser_set_encoding(&reading.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &reading.parser, (const unsigned char *)(bytes.ptr ? bytes.ptr : ""), bytes.len);
    size_t errors_before = problems->error_count;
    struct tree_node *root = read_document(&reading);
    yaml_parser_delete(&reading.parser);
    if (!root && problems->error_count == errors_before)
        problems_tell(problems, KIND_YAML, (struct place){.file = file},
            "this file holds nothing; write it, or delete it if it may be absent");
    return root;
}

const struct tree_node *tree_get(const struct tree_node *node, struct str key)
{
    if (!node || node->kind != TREE_MAP)
        return NULL;
    for (size_t i = 0; i < node->count; i++)
        if (str_eq(node->pairs[i].key, key))
            return node->pairs[i].value;
    return NULL;
}

bool tree_is_empty(const struct tree_node *node)
{
    if (node->kind != TREE_SCALAR || node->quoted)
        return false;
    return node->text.len == 0 || str_is(node->text, "~") || str_is(node->text, "null");
}

const char *tree_found(const struct tree_node *node)
{
    if (node->kind == TREE_LIST)
        return "a list";
    if (node->kind == TREE_MAP)
        return "a mapping (key: value)";
    return tree_is_empty(node) ? "nothing" : "a text";
}
