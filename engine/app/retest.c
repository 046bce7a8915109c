/* The files of a retest, out of the trees of the scenario that was pinned.
 *
 * What is kept is written as it stood; what it names and is gone goes, too. Which names those are
 * is not worked out here a second time: the files are loaded, the loader says what it misses, and
 * that is taken out, until it misses nothing (retest_compose). A rule of a pack becomes a rule of
 * the scenario, so that the rest of its pack stays out of a drill about one thing. */
#include "app/retest.h"

#include "app/retest_words.h"
#include "base/duration.h"
#include "load/tree_edit.h"
#include "load/tree_write.h"

enum { HEALS = 6 };

enum part { PART_FACTS, PART_INJECTS, PART_RULES, PART_SCENARIO, PART_COUNT };
static const char *const part_files[PART_COUNT] = {
    [PART_FACTS] = "facts.yaml",
    [PART_INJECTS] = "injects.yaml",
    [PART_RULES] = "rules.yaml",
    [PART_SCENARIO] = "scenario.yaml",
};

/* Lives in the past's arena, like all that is made here. */
struct composing {
    struct retest *retest;
    struct arena *arena;
    const struct tree_node *parts[PART_COUNT];
};

static struct str id_of(const struct tree_node *node)
{
    const struct tree_node *id = tree_get(node, STR("id"));
    return id && id->kind == TREE_SCALAR ? id->text : STR("");
}

/* A list that is gathered item by item. */
struct gathered {
    const struct tree_node **items;
    size_t count, capacity;
};

static void gather(struct composing *composing, struct gathered *list, const struct tree_node *node)
{
    list->items = arena_grow(composing->arena, list->items, list->count, &list->capacity,
        sizeof(const struct tree_node *));
    list->items[list->count++] = node;
}

static const struct tree_node *span_word(struct composing *composing, int64_t ms)
{
    return tree_word(composing->arena, duration_format(composing->arena, ms));
}

/* ---- rules ---- */

static const struct tree_node *find_rule(const struct composing *composing, struct str id)
{
    const struct places *places = &composing->retest->loaded.places;
    for (size_t l = 0; l < places->rule_list_count; l++)
        for (size_t i = 0; places->rule_lists[l] && i < places->rule_lists[l]->count; i++)
            if (str_eq(id_of(places->rule_lists[l]->items[i]), id))
                return places->rule_lists[l]->items[i];
    return NULL;
}

/* Whether the rule is the missed one, or leads to it by what makes a verdict fair. */
static bool is_needed(const struct composing *composing, struct str id, struct str by, int depth)
{
    static const char *const links[] = {"duty", "caused_by", "instead_of"};
    const struct tree_node *rule = find_rule(composing, by);
    if (str_eq(id, by))
        return true;
    for (size_t i = 0; depth > 0 && i < sizeof(links) / sizeof(links[0]); i++) {
        const struct tree_node *names = tree_get(rule, str_of(links[i]));
        if (!names)
            continue;
        size_t count = names->kind == TREE_LIST ? names->count : 1;
        for (size_t n = 0; n < count; n++) {
            const struct tree_node *name = names->kind == TREE_LIST ? names->items[n] : names;
            if (is_needed(composing, id, name->text, depth - 1))
                return true;
        }
    }
    return false;
}

static const struct rule *compiled(const struct composing *composing, struct str id)
{
    const struct rules *rules = &composing->retest->loaded.rules;
    for (size_t i = 0; i < rules->count; i++)
        if (str_eq(rules->items[i].id, id))
            return &rules->items[i];
    return NULL;
}

/* The rule's sentences name the old time; who reads them must know of the new one. */
static const struct tree_node *note_window(
    struct composing *composing, const struct tree_node *node, const char *key)
{
    const struct tree_node *words = tree_get(node, str_of(key));
    for (int lang = 0; words && lang < LANG_COUNT; lang++) {
        const struct tree_node *text = tree_get(words, str_of(lang_names[lang]));
        if (text && text->kind == TREE_SCALAR)
            words = tree_with(composing->arena, words, lang_names[lang],
                tree_text(composing->arena,
                    arena_format(composing->arena, "%.*s%.*s", STR_ARG(text->text),
                        STR_ARG(retest_window_note.in[lang]))));
    }
    return words ? tree_with(composing->arena, node, key, words) : node;
}

/* Times of the house's ladder become what they were that day; a window that the retest could not
 * see the end of is cut. */
static const struct tree_node *fit_rule(struct composing *composing, const struct tree_node *node)
{
    const struct rule *rule = compiled(composing, id_of(node));
    const char *key = tree_get(node, STR("every")) ? "every" : "within";
    const struct tree_node *within = tree_get(node, str_of(key));
    if (!rule || !within || rule->within_ms < 0)
        return node;
    if (within->kind == TREE_MAP)
        node = tree_with(composing->arena, node, key, span_word(composing, rule->within_ms));
    if (rule->within_ms <= RETEST_LENGTH_MS)
        return node;
    composing->retest->is_window_cut |= str_eq(rule->id, composing->retest->rule->id);
    node = tree_with(composing->arena, node, key, span_word(composing, RETEST_WINDOW_MS));
    node = note_window(composing, note_window(composing, node, "before"), "title");
    if (rule->grace_ms > RETEST_GRACE_MS)
        node = tree_with(composing->arena, node, "grace", span_word(composing, RETEST_GRACE_MS));
    return node;
}

static const struct tree_node *make_rules(struct composing *composing)
{
    enum { DEPTH = 4 };
    const struct places *places = &composing->retest->loaded.places;
    struct gathered kept = {0};
    for (size_t l = 0; l < places->rule_list_count; l++)
        for (size_t i = 0; places->rule_lists[l] && i < places->rule_lists[l]->count; i++) {
            const struct tree_node *node = places->rule_lists[l]->items[i];
            if (is_needed(composing, id_of(node), composing->retest->rule->id, DEPTH))
                gather(composing, &kept, fit_rule(composing, node));
        }
    return tree_list(composing->arena, kept.items, kept.count);
}

/* ---- injects ---- */

static const struct tree_node *without_keys(
    struct composing *composing, const struct tree_node *node, const char *const *keys)
{
    for (; *keys; keys++)
        if (tree_get(node, str_of(*keys)))
            node = tree_with(composing->arena, node, *keys, NULL);
    return node;
}

static const struct tree_node *timed(
    struct composing *composing, const struct tree_node *node, int64_t at_ms)
{
    static const char *const triggers[] = {
        "at", "story_at", "after", "when", "unless", "by_hand", "level", NULL};
    node = without_keys(composing, node, triggers);
    return tree_with(composing->arena, node, "at", span_word(composing, at_ms));
}

/* A delay within a trigger, no longer than the retest can wait. */
static const struct tree_node *shorten(
    struct composing *composing, const struct tree_node *node, const char *trigger, const char *key)
{
    const struct tree_node *inside = tree_get(node, str_of(trigger));
    const struct tree_node *length = tree_get(inside, str_of(key));
    int64_t ms;
    if (!length || length->kind != TREE_SCALAR || !duration_parse(length->text, &ms) ||
        ms <= RETEST_GAP_MS)
        return node;
    inside = tree_with(composing->arena, inside, key, span_word(composing, RETEST_GAP_MS));
    return tree_with(composing->arena, node, trigger, inside);
}

static const struct tree_node *following(struct composing *composing, const struct tree_node *node)
{
    node = shorten(composing, node, "after", "by");
    return shorten(composing, node, "when", "by");
}

static const struct tree_node *opening(struct composing *composing)
{
    struct arena *arena = composing->arena;
    const struct tree_node *node = NULL;
    node = tree_with(arena, node, "id", tree_word(arena, STR(RETEST_OPENING)));
    node = tree_with(arena, node, "kind", tree_word(arena, STR("contextual")));
    node = tree_with(arena, node, "from", tree_word(arena, STR("facilitator")));
    node = tree_with(arena, node, "from_name", tree_words(arena, retest_facilitator));
    node = tree_with(arena, node, "to", tree_word(arena, STR("room")));
    node = tree_with(arena, node, "via", tree_word(arena, STR("meeting")));
    node = tree_with(arena, node, "at", tree_word(arena, STR("0s")));
    node = tree_with(arena, node, "title", tree_words(arena, retest_opening_title));
    return tree_with(arena, node, "body", tree_words(arena, retest_opening_body));
}

static const struct tree_node *make_injects(struct composing *composing)
{
    const struct retest *retest = composing->retest;
    const struct def *def = &retest->loaded.def;
    struct gathered kept = {0};
    gather(composing, &kept, opening(composing));
    for (int part = RETEST_SETTING; part <= RETEST_FOLLOWS; part++)
        for (size_t i = 0; i < def->inject_count; i++) {
            const struct tree_node *node =
                places_find(&retest->loaded.places, OF_INJECT, def->injects[i].id);
            if ((int)retest->injects[i].part != part || str_is(def->injects[i].id, RETEST_OPENING))
                continue;
            if (part == RETEST_TIMED)
                node = timed(composing, node, retest->injects[i].at_ms);
            else if (part == RETEST_FOLLOWS)
                node = following(composing, node);
            gather(composing, &kept, node);
        }
    return tree_list(composing->arena, kept.items, kept.count);
}

/* ---- facts ---- */

/* When the first kept inject that carries it came then. */
static int64_t fact_came_ms(const struct retest *retest, struct str fact)
{
    const struct def *def = &retest->loaded.def;
    int64_t first_ms = 0;
    for (size_t i = 0; i < def->inject_count; i++) {
        int64_t seq = retest->injects[i].came_seq;
        if (retest->injects[i].part == RETEST_OUT || seq == 0 ||
            !strs_contain(def->injects[i].facts, fact))
            continue;
        int64_t at_ms = retest->past->events[seq - 1].at_ms;
        first_ms = first_ms == 0 || at_ms < first_ms ? at_ms : first_ms;
    }
    return first_ms;
}

/* Truth as it stood when the fact came; ten minutes see no later one. */
static const struct tree_node *fit_fact(struct composing *composing, const struct tree_node *node)
{
    const struct def_fact *fact = def_fact(&composing->retest->loaded.def, id_of(node));
    const struct tree_node *truth = tree_get(node, STR("truth"));
    if (!truth || truth->kind != TREE_LIST || !fact || fact->truth_count != truth->count)
        return node;
    int64_t came_ms = fact_came_ms(composing->retest, fact->id);
    size_t now = 0;
    while (now + 1 < truth->count && fact->truths[now + 1].from_ms <= came_ms)
        now++;
    const struct tree_node **items = ARENA_ARRAY(composing->arena, 1, const struct tree_node *);
    items[0] = tree_with(
        composing->arena, truth->items[now], "from", tree_word(composing->arena, STR("0s")));
    return tree_with(composing->arena, node, "truth", tree_list(composing->arena, items, 1));
}

static const struct tree_node *make_facts(struct composing *composing)
{
    const struct def *def = &composing->retest->loaded.def;
    bool *is_kept = ARENA_ARRAY(composing->arena, def->fact_count + 1, bool);
    struct gathered kept = {0};
    for (size_t i = 0; i < def->fact_count; i++)
        is_kept[i] = tree_holds(composing->parts[PART_INJECTS], def->facts[i].id) ||
                     tree_holds(composing->parts[PART_RULES], def->facts[i].id);
    for (size_t i = def->fact_count; i-- > 0;) {
        int older = index_find(&def->fact_index, def->facts[i].replaces);
        if (is_kept[i] && older >= 0)
            is_kept[older] = true;
    }
    for (size_t i = 0; i < def->fact_count; i++)
        if (is_kept[i])
            gather(composing, &kept,
                fit_fact(composing,
                    places_find(&composing->retest->loaded.places, OF_FACT, def->facts[i].id)));
    return kept.count > 0 ? tree_list(composing->arena, kept.items, kept.count) : NULL;
}

/* ---- scenario.yaml ---- */

/* Items of a list of things that a kept rule or fact names. */
static const struct tree_node *only_named(
    struct composing *composing, const struct tree_node *scenario, const char *key)
{
    const struct tree_node *list = tree_get(scenario, str_of(key));
    struct gathered kept = {0};
    for (size_t i = 0; list && list->kind == TREE_LIST && i < list->count; i++)
        if (tree_holds(composing->parts[PART_RULES], id_of(list->items[i])) ||
            tree_holds(composing->parts[PART_FACTS], id_of(list->items[i])))
            gather(composing, &kept, list->items[i]);
    const struct tree_node *named =
        kept.count > 0 ? tree_list(composing->arena, kept.items, kept.count) : NULL;
    return list ? tree_with(composing->arena, scenario, key, named) : scenario;
}

/* Values of the world that a kept rule looks at. */
static const struct tree_node *only_seen(
    struct composing *composing, const struct tree_node *scenario)
{
    const struct tree_node *world = tree_get(scenario, STR("world")), *kept = world;
    for (size_t i = 0; world && i < world->count; i++)
        if (!tree_holds(composing->parts[PART_RULES], world->pairs[i].key))
            kept = tree_with(
                composing->arena, kept, arena_str(composing->arena, world->pairs[i].key).ptr, NULL);
    if (!world)
        return scenario;
    return tree_with(composing->arena, scenario, "world", kept->count > 0 ? kept : NULL);
}

/* The calendar stands where it stood when the first of them came, half a minute before. */
static struct str story_start(struct composing *composing)
{
    const struct retest *retest = composing->retest;
    const struct def *def = &retest->loaded.def;
    int64_t seq = retest->injects[retest->timed[0]].came_seq;
    int64_t start_ms = def->story_start_ms;
    if (seq != 0 && retest->past->events[seq - 1].story_ms - RETEST_FIRST_MS > start_ms)
        start_ms = retest->past->events[seq - 1].story_ms - RETEST_FIRST_MS;
    return calendar_format(composing->arena, start_ms / 1000 * 1000, def->story_offset_minutes);
}

/* Whoever does nothing must miss the rule: its bound lies within the exercise. */
static int64_t length_of(const struct retest *retest)
{
    const struct rule *rule = retest->rule;
    bool is_cut = rule->within_ms > RETEST_LENGTH_MS;
    int64_t window_ms = is_cut ? RETEST_WINDOW_MS : rule->within_ms > 0 ? rule->within_ms : 0;
    int64_t grace_ms =
        is_cut && rule->grace_ms > RETEST_GRACE_MS ? RETEST_GRACE_MS : rule->grace_ms;
    int64_t length_ms = 0;
    for (size_t i = 0; i < retest->timed_count; i++) {
        int64_t at_ms = retest->injects[retest->timed[i]].at_ms;
        length_ms = at_ms > length_ms ? at_ms : length_ms;
    }
    length_ms += window_ms + grace_ms + RETEST_AFTER_MS;
    return length_ms < RETEST_LENGTH_MS    ? RETEST_LENGTH_MS
           : length_ms > RETEST_LONGEST_MS ? RETEST_LONGEST_MS
                                           : length_ms;
}

static const struct tree_node *make_scenario(struct composing *composing)
{
    struct arena *arena = composing->arena;
    const struct retest *retest = composing->retest;
    const struct tree_node *node = retest->loaded.places.scenario;
    static const char *const dropped[] = {"rules", "hints", NULL};
    const struct tree_node *logo = tree_get(node, STR("logo"));
    struct words title = retest_title(arena, &retest->loaded.def.title);
    node = without_keys(composing, node, dropped);
    if (logo && !str_starts_with(logo->text, STR("files/")))
        node = tree_with(arena, node, "logo", NULL);
    node = tree_with(arena, node, "id", tree_word(arena, retest->id));
    node = tree_with(arena, node, "title", tree_words(arena, title));
    node = tree_with(arena, node, "summary", tree_words(arena, retest_summary));
    node = tree_with(arena, node, "duration", span_word(composing, length_of(retest)));
    node = tree_with(arena, node, "story_start", tree_word(arena, story_start(composing)));
    node = only_named(composing, node, "phases");
    node = only_named(composing, node, "slots");
    node = only_named(composing, node, "objectives");
    return only_seen(composing, node);
}

/* ---- together ---- */

static bool holds_bytes(struct str text, struct str wanted)
{
    for (size_t i = 0; i + wanted.len <= text.len; i++)
        if (str_starts_with(str_after(text, i), wanted))
            return true;
    return false;
}

/* `names:` that no text has any more. */
static void drop_names(struct composing *composing)
{
    const struct tree_node *scenario = composing->parts[PART_SCENARIO];
    const struct tree_node *names = tree_get(scenario, STR("names"));
    const struct tree_node *kept = names,
                           *rest = tree_with(composing->arena, scenario, "names", NULL);
    struct buf all = {0};
    composing->parts[PART_SCENARIO] = rest;
    for (int part = 0; part < PART_COUNT; part++)
        if (composing->parts[part])
            tree_write(composing->parts[part], &all);
    for (size_t i = 0; names && i < names->count; i++) {
        struct str key = arena_str(composing->arena, names->pairs[i].key);
        struct str wanted = arena_format(composing->arena, "{{%.*s}}", STR_ARG(key));
        if (!holds_bytes(buf_str(&all), wanted))
            kept = tree_with(composing->arena, kept, key.ptr, NULL);
    }
    buf_fini(&all);
    if (kept && kept->count > 0)
        composing->parts[PART_SCENARIO] = tree_with(composing->arena, rest, "names", kept);
}

static void add_file(struct retest *retest, struct str path, struct str bytes)
{
    retest->files[retest->file_count++] = (struct bundle_file){path, bytes};
}

static bool is_attached(const struct composing *composing, struct str path)
{
    return str_starts_with(path, STR("files/")) &&
           (tree_holds(composing->parts[PART_INJECTS], path) ||
               tree_holds(composing->parts[PART_SCENARIO], path));
}

/* In ascending order of path, as bundles are. */
static void write_files(struct composing *composing)
{
    struct retest *retest = composing->retest;
    retest->file_count = 0;
    for (int part = 0; part < PART_COUNT; part++) {
        struct buf out = {0};
        if (part == PART_INJECTS)
            for (size_t i = 0; i < retest->bundle.file_count; i++)
                if (is_attached(composing, retest->bundle.files[i].path))
                    add_file(retest, retest->bundle.files[i].path, retest->bundle.files[i].bytes);
        if (!composing->parts[part])
            continue;
        tree_write(composing->parts[part], &out);
        add_file(retest, str_of(part_files[part]), arena_str(composing->arena, buf_str(&out)));
        buf_fini(&out);
    }
}

/* With the shared files that were pinned beside them. */
static struct bundle complete(const struct composing *composing)
{
    const struct retest *retest = composing->retest;
    struct bundle_file *files = ARENA_ARRAY(
        composing->arena, retest->file_count + retest->bundle.file_count, struct bundle_file);
    size_t count = 0, shared = 0;
    while (shared < retest->bundle.file_count &&
           !str_starts_with(retest->bundle.files[shared].path, STR("roles/")))
        shared++;
    for (size_t i = 0; i < retest->file_count; i++) {
        bool is_last = str_is(retest->files[i].path, "rules.yaml");
        while (is_last && shared < retest->bundle.file_count &&
               str_starts_with(retest->bundle.files[shared].path, STR("roles/")))
            files[count++] = retest->bundle.files[shared++];
        files[count++] = retest->files[i];
    }
    return (struct bundle){.files = files, .file_count = count};
}

/* Takes out what names something that is gone, as the loader found it in the files. */
static bool heal(struct composing *composing, const struct problems *problems, struct err *reterr)
{
    static const char *const dispensable[] = {"attachments", "caused_by", "done_by", "duty",
        "facts", "informing", "instead_of", "knowing", "objective", "objectives", "parties",
        "replaces", "slot", "unless", NULL};
    struct retest *retest = composing->retest;
    for (size_t i = 0; i < retest->file_count; i++)
        for (int part = 0; part < PART_COUNT; part++) {
            if (!str_is(retest->files[i].path, part_files[part]))
                continue;
            struct tree_gone gone = {problems, retest->files[i].path, dispensable};
            struct problems none = {0};
            const struct tree_node *read =
                tree_read(retest->files[i].bytes, retest->files[i].path, composing->arena, &none);
            composing->parts[part] = read ? tree_without(composing->arena, read, &gone) : NULL;
            problems_fini(&none);
        }
    const struct tree_node *rules = composing->parts[PART_RULES];
    for (size_t i = 0; rules && i < rules->count; i++)
        if (str_eq(id_of(rules->items[i]), retest->rule->id))
            return composing->parts[PART_SCENARIO] && composing->parts[PART_INJECTS];
    problems_to_err(problems, reterr);
    return false;
}

static bool is_only_names(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++)
        if (problems->items[i].level == PROBLEM_ERROR &&
            problems->items[i].kind != KIND_UNKNOWN_NAME)
            return false;
    return !problems->overflowed;
}

/* Loads what has been made; false with an error, or with ret_again set after taking something out.
 */
static bool try_load(struct composing *composing, bool *ret_again, struct err *reterr)
{
    struct load_result result;
    struct problems problems = {0};
    write_files(composing);
    struct bundle bundle = complete(composing);
    bool ok = load_with_places(&bundle, composing->arena, &problems, &result);
    *ret_again = false;
    if (!ok && is_only_names(&problems))
        *ret_again = heal(composing, &problems, reterr);
    else if (!ok)
        problems_to_err(&problems, reterr);
    problems_fini(&problems);
    return ok;
}

bool retest_compose(struct retest *retest, struct err *reterr)
{
    struct composing composing = {.retest = retest, .arena = &retest->past->arena};
    struct err why = {0};
    bool is_again = true, ok = false;
    retest->files =
        ARENA_ARRAY(composing.arena, retest->bundle.file_count + PART_COUNT, struct bundle_file);
    composing.parts[PART_RULES] = make_rules(&composing);
    composing.parts[PART_INJECTS] = make_injects(&composing);
    composing.parts[PART_FACTS] = make_facts(&composing);
    composing.parts[PART_SCENARIO] = make_scenario(&composing);
    drop_names(&composing);
    for (int i = 0; i < HEALS && is_again && !ok; i++)
        ok = try_load(&composing, &is_again, &why);
    return ok || err_set(reterr, ERR_USAGE,
                     "no retest can be made of \"%.*s\": it stands on what ten minutes cannot "
                     "bring (%s); play the scenario again",
                     STR_ARG(retest->rule->id), why.message);
}
