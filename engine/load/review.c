/* What comes, what is asked, and what follows from it. */
#include "load/review.h"

#include "core/event.h"
#include "load/review_parts.h"

struct place review_place(
    const struct review *review, enum field_of of, struct str id, const char *key)
{
    return places_at(&review->loaded->places, of, id, key);
}

/* ---- injects ---- */

static void tell_unfired(
    const struct review *review, const struct reach *reach, const struct def_inject *inject)
{
    static const char *const keys[] = {
        [TRIGGER_AFTER] = "after", [TRIGGER_WHEN] = "when", [TRIGGER_UNLESS] = "unless"};
    enum trigger_kind kind = inject->trigger.kind;
    struct place place = review_place(review, OF_INJECT, inject->id, keys[kind]);
    struct str why = STR("");
    if (kind == TRIGGER_NONE) {
        TELL(review, KIND_UNFIRED_INJECT, place,
            "nothing makes \"%.*s\" come; give it a trigger, send it in the story, or say "
            "\"by_hand: yes\" when it is for the facilitator",
            STR_ARG(inject->id));
        return;
    }
    if (kind == TRIGGER_WHEN)
        review_can_happen(review, reach, &inject->trigger.pattern, &why);
    else
        why = arena_format(review->arena, "\"%.*s\" never comes", STR_ARG(inject->trigger.inject));
    TELL(review, KIND_UNFIRED_INJECT, place,
        "\"%.*s\" can never come: %.*s; correct \"%s:\", or make that possible",
        STR_ARG(inject->id), STR_ARG(why), keys[kind]);
}

static void review_titles(const struct review *review)
{
    const struct def *def = &review->loaded->def;
    struct index seen[LANG_COUNT] = {0};
    for (size_t i = 0; i < def->inject_count; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            const struct def_inject *inject = &def->injects[i];
            struct str title = inject->title.in[lang];
            if (index_add(&seen[lang], review->arena, title, (int)i))
                continue;
            struct str first = def->injects[index_find(&seen[lang], title)].id;
            TELL(review, KIND_DUPLICATE_TITLE, review_place(review, OF_INJECT, inject->id, "title"),
                "\"%.*s\" has the title of \"%.*s\" in \"%s\"; say in it what is different",
                STR_ARG(inject->id), STR_ARG(first), lang_names[lang]);
            break;
        }
}

/* ---- questions ---- */

/* What nothing distinguishes. An option that stands alone among those that are read is the
 * `otherwise` of all others. */
static void review_options(const struct review *review, const struct def_question *question)
{
    struct str unread = STR("");
    size_t count = 0;
    for (size_t i = 0; i < question->option_count; i++) {
        struct str option = question->options[i].id;
        if (review_option_is_read(review, question, option))
            continue;
        unread = arena_format(
            review->arena, "%.*s%s%.*s", STR_ARG(unread), count > 0 ? ", " : "", STR_ARG(option));
        count++;
    }
    struct place place = review_place(review, OF_QUESTION, question->id, "options");
    if (count == question->option_count && !review_is_read(review, OF_QUESTION, question->id))
        TELL(review, KIND_UNREAD_QUESTION, place,
            "nothing follows from \"%.*s\": no trigger, rule or story looks at the decision",
            STR_ARG(question->id));
    else if (count > 1)
        TELL(review, KIND_UNREAD_OPTION, place,
            "nothing distinguishes these options of \"%.*s\": %.*s; that is fine when they are for "
            "people to talk about",
            STR_ARG(question->id), STR_ARG(unread));
}

/* Replies go to whoever wrote, and the facilitator may choose. */
static bool goes_elsewhere(const struct review *review, struct str inject)
{
    for (size_t i = 0; i < review->mentions.count; i++) {
        const struct mention *mention = &review->mentions.items[i];
        if (str_eq(mention->id, inject) &&
            (mention->use == MENTION_TEXT || str_is(mention->word, "reply")))
            return true;
    }
    return review_is_by_hand(review, inject);
}

static bool gets_inject(const struct def *def, const struct def_inject *inject, struct str role)
{
    const struct def_seat *seat = def_seat_of(def, role);
    for (size_t i = 0; seat && i < inject->to.count; i++)
        if (def_seat_holds(seat, inject->to.items[i]))
            return true;
    return !seat;
}

static void review_owners(const struct review *review, const struct def_question *question)
{
    const struct def *def = &review->loaded->def;
    int position = index_find(&def->inject_index, question->inject);
    if (position < 0 || question->stops || goes_elsewhere(review, question->inject))
        return;
    for (size_t i = 0; i < question->owners.count; i++) {
        struct str owner = question->owners.items[i];
        if (!gets_inject(def, &def->injects[position], owner))
            TELL(review, KIND_ABSENT_OWNER,
                review_place(review, OF_QUESTION, question->id, "owner"),
                "\"%.*s\" can never decide \"%.*s\": \"%.*s\", which asks it, does not go there; "
                "add the role to its \"to:\"",
                STR_ARG(owner), STR_ARG(question->id), STR_ARG(question->inject));
    }
}

static void review_questions(const struct review *review, const struct reach *reach)
{
    const struct def *def = &review->loaded->def;
    for (size_t i = 0; i < def->question_count; i++) {
        const struct def_question *question = &def->questions[i];
        int inject = index_find(&def->inject_index, question->inject);
        review_options(review, question);
        review_owners(review, question);
        if (inject >= 0 && !reach->injects[inject])
            TELL(review, KIND_UNASKED_QUESTION,
                review_place(review, OF_QUESTION, question->id, NULL),
                "\"%.*s\" is never asked, because \"%.*s\" never comes", STR_ARG(question->id),
                STR_ARG(question->inject));
    }
}

/* ---- rules and the story ---- */

static bool is_told_by_inject(const struct def *def, const struct pattern *pattern)
{
    for (size_t c = 0; c < pattern->condition_count; c++)
        for (size_t i = 0; i < def->inject_count; i++)
            for (size_t f = 0; f < def->injects[i].facts.count; f++)
                if (strs_contain(pattern->conditions[c].values, def->injects[i].facts.items[f]))
                    return true;
    return pattern->name->event_kind == EVENT_OPENED;
}

/* Whoever does not read never begins such a rule. */
static void review_attention(const struct review *review, const struct rule *rule)
{
    const struct pattern *when = &rule->when.pattern;
    bool waits_for_reading =
        (rule->kind == RULE_RESPOND || rule->kind == RULE_ANY_OF || rule->kind == RULE_ALL_OF) &&
        rule->attention_ms == 0 && !rule->parties_told && when->name &&
        (when->name->event_kind == EVENT_LEARNED || when->name->event_kind == EVENT_OPENED);
    bool can_have = rule->match.len == 0 || str_is(rule->match, "fact") ||
                    str_is(rule->match, "inject"); /* docs/rules.md 2.5 */
    if (waits_for_reading && can_have && is_told_by_inject(&review->loaded->def, when))
        TELL(review, KIND_NO_ATTENTION, rule->place,
            "\"%.*s\" begins only when somebody has read; a team that never opens it misses "
            "nothing. Add \"attention: 3m\" to \"when:\"",
            STR_ARG(rule->id));
}

/* Packs are general: what cannot happen here happens elsewhere. */
static void review_rules(const struct review *review, const struct reach *reach)
{
    const struct rules *rules = &review->loaded->rules;
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->items[i];
        struct str why;
        if (rule->pack.len > 0)
            continue;
        review_attention(review, rule);
        const struct pattern *when = &rule->when.pattern, *then = &rule->then.pattern;
        if (when->name && !review_can_happen(review, reach, when, &why))
            TELL(review, KIND_DEAD_RULE, rule->place,
                "\"%.*s\" can never be activated: %.*s; correct \"when:\", or make that possible",
                STR_ARG(rule->id), STR_ARG(why));
        else if (then->name && rule->kind != RULE_FORBID && rule->kind != RULE_FORBID_UNTIL &&
                 !review_can_happen(review, reach, then, &why))
            TELL(review, KIND_DEAD_RULE, rule->place,
                "nobody can do what \"%.*s\" asks for: %.*s; correct \"then:\", or make that "
                "possible",
                STR_ARG(rule->id), STR_ARG(why));
    }
}

static void review_waits(const struct review *review, const struct reach *reach)
{
    for (size_t i = 0; i < review->mentions.count; i++) {
        const struct mention *mention = &review->mentions.items[i];
        const struct pattern_name *word = pattern_name_find(mention->word);
        if (mention->use != MENTION_AWAIT || !word)
            continue;
        struct field field = {.name = "", .of = mention->of};
        struct pattern_condition condition = {&field, {&mention->id, 1}};
        struct str why;
        if (!review_can_be(review, reach, word, &condition, &why))
            TELL(review, KIND_DEAD_END, mention->place,
                "the story waits here in vain: %.*s; make that possible, or wait for something "
                "else",
                STR_ARG(why));
    }
}

void review_scenario(const struct review *review)
{
    const struct def *def = &review->loaded->def;
    struct reach reach;
    review_reach(review, &reach);
    for (size_t i = 0; i < def->inject_count; i++)
        if (!reach.injects[i])
            tell_unfired(review, &reach, &def->injects[i]);
    review_titles(review);
    review_questions(review, &reach);
    review_rules(review, &reach);
    review_waits(review, &reach);
    review_things(review, &reach);
    review_times(review);
    review_texts(review);
    review_files(review);
}
