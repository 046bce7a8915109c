/* Do the names exist that files mention?
 *
 * A list of names is made once for each kind of thing and searched from end to end: scenarios are
 * small, and the same lists serve "did you mean". Names that nothing can check before play
 * (messages, persons, free targets) are not noted by those who read them, or pass here. */
#include "load/refs.h"

#include "core/known.h"

#include "core/event.h"
#include "load/loader.h"
#include "load/rules.h"

enum { REF_KIND_COUNT = REF_OBJECTIVE + 1 };

struct names {
    struct str *items;
    size_t count, capacity;
};

void refs_note(
    struct loader *loader, int of, struct str name, struct str within, struct place place)
{
    struct refs *refs = &loader->refs;
    refs->items =
        arena_grow(loader->arena, refs->items, refs->count, &refs->capacity, sizeof(*refs->items));
    refs->items[refs->count++] = (struct ref){of, name, within, place, loader->rule_now};
}

/* Once; what has no sound name cannot be meant. */
static void add_name(struct loader *loader, struct names *names, struct str name)
{
    if (name.len == 0 || strs_contain((struct strs){names->items, names->count}, name))
        return;
    names->items = arena_grow(
        loader->arena, names->items, names->count, &names->capacity, sizeof(*names->items));
    names->items[names->count++] = name;
}

static void add_list(struct loader *loader, struct names *names, struct strs list)
{
    for (size_t i = 0; i < list.count; i++)
        add_name(loader, names, list.items[i]);
}

/* Every thing of a definition begins with its id. */
static void add_things(
    struct loader *loader, struct names *names, const void *things, size_t count, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        const struct str *id = (const void *)((const char *)things + i * size);
        add_name(loader, names, *id);
    }
}

#define ADD_THINGS(names, things, count)                                                           \
    add_things(loader, names, loader->def->things, loader->def->count, sizeof(*loader->def->things))

static void list_seated_roles(struct loader *loader, struct names *names)
{
    for (size_t i = 0; i < loader->def->seat_count; i++)
        add_list(loader, names, loader->def->seats[i].roles);
}

static void list_catalogue_roles(struct loader *loader, struct names *names)
{
    ADD_THINGS(names, roles, role_count);
}

static void list_seats(struct loader *loader, struct names *names)
{
    ADD_THINGS(names, seats, seat_count);
}

static void list_stakeholders(struct loader *loader, struct names *names)
{
    ADD_THINGS(names, stakeholders, stakeholder_count);
}

static void list_parties(struct loader *loader, struct names *names)
{
    add_name(loader, names, STR("room"));
    list_seated_roles(loader, names);
    list_seats(loader, names);
    list_stakeholders(loader, names);
}

static void list_catalogue_parties(struct loader *loader, struct names *names)
{
    list_parties(loader, names);
    list_catalogue_roles(loader, names);
}

static void list_actors(struct loader *loader, struct names *names)
{
    list_seated_roles(loader, names);
    list_seats(loader, names);
    list_stakeholders(loader, names);
    add_name(loader, names, ACTOR_FACILITATOR);
    add_name(loader, names, ACTOR_EVALUATOR);
    add_name(loader, names, ACTOR_STORY);
    add_name(loader, names, ACTOR_CLOCK);
}

static void list_facts(struct loader *loader, struct names *names)
{
    ADD_THINGS(names, facts, fact_count);
}

static void list_injects(struct loader *loader, struct names *names)
{
    ADD_THINGS(names, injects, inject_count);
}

static void list_questions(struct loader *loader, struct names *names)
{
    ADD_THINGS(names, questions, question_count);
}

static void list_all_options(struct loader *loader, struct names *names)
{
    for (size_t i = 0; i < loader->def->question_count; i++) {
        const struct def_question *question = &loader->def->questions[i];
        add_things(
            loader, names, question->options, question->option_count, sizeof(*question->options));
    }
}

static void list_actions(struct loader *loader, struct names *names)
{
    ADD_THINGS(names, actions, action_count);
}

static void list_world(struct loader *loader, struct names *names)
{
    ADD_THINGS(names, world, world_count);
}

static void list_phases(struct loader *loader, struct names *names)
{
    ADD_THINGS(names, phases, phase_count);
}

static void list_slots(struct loader *loader, struct names *names)
{
    ADD_THINGS(names, slots, slot_count);
}

static void list_hints(struct loader *loader, struct names *names)
{
    ADD_THINGS(names, hints, hint_count);
}

static void list_subjects(struct loader *loader, struct names *names)
{
    add_list(loader, names, loader->def->matters);
}

/* The words of decide's own list: what can be declared of anything. */
static void list_statuses(struct loader *loader, struct names *names)
{
    for (size_t i = 0; i < KNOWN_STATUS_COUNT; i++)
        add_name(loader, names, str_of(known_statuses[i]));
}

static void list_objectives(struct loader *loader, struct names *names)
{
    ADD_THINGS(names, objectives, objective_count);
}

static void list_rules(struct loader *loader, struct names *names)
{
    for (size_t i = 0; i < loader->rule_count; i++)
        add_name(loader, names, loader->rules[i].rule.id);
}

static void list_practices(struct loader *loader, struct names *names)
{
    ADD_THINGS(names, practices, practice_count);
}

static void list_skills(struct loader *loader, struct names *names)
{
    list_practices(loader, names);
    ADD_THINGS(names, skills, skill_count);
}

/* Kinds without a row cannot be checked before play. */
static const struct ref_kind {
    const char *what;
    void (*list)(struct loader *loader, struct names *names);
    bool general; /* a rule pack may mention it even if this scenario lacks it */
} ref_kinds[REF_KIND_COUNT] = {
    [OF_PARTY] = {"role or stakeholder", list_parties, true},
    [OF_ROLE] = {"role", list_seated_roles, true},
    [OF_SEAT] = {"seat", list_seats, false},
    [OF_STAKEHOLDER] = {"stakeholder", list_stakeholders, true},
    [OF_FACT] = {"fact", list_facts, false},
    [OF_INJECT] = {"inject", list_injects, true},
    [OF_QUESTION] = {"question", list_questions, true},
    [OF_OPTION] = {"option", list_all_options, false},
    [OF_ACTION] = {"action", list_actions, true},
    [OF_STATUS] = {"status", list_statuses, false},
    [OF_WORLD] = {"value of the world", list_world, true},
    [OF_PHASE] = {"phase", list_phases, true},
    [OF_SLOT] = {"slot", list_slots, true},
    [OF_HINT] = {"hint", list_hints, false},
    [REF_ACTOR] = {"role, seat or stakeholder", list_actors, true},
    [REF_CATALOGUE_ROLE] = {"role of the catalogue", list_catalogue_roles, false},
    [REF_CATALOGUE_PARTY] = {"role or stakeholder", list_catalogue_parties, true},
    [REF_SUBJECT] = {"thing in \"matters:\"", list_subjects, true},
    [REF_RULE] = {"rule", list_rules, false},
    [REF_OBJECTIVE] = {"objective", list_objectives, true},
    [REF_PRACTICE] = {"practice", list_practices, false},
    [REF_SKILL] = {"practice or skill", list_skills, false},
};

const char *refs_what(int of)
{
    return ref_kinds[of].what ? ref_kinds[of].what : "thing";
}

static struct strs names_of(const struct names *names)
{
    return (struct strs){names->items, names->count};
}

/* The options of the question that the reference names, or of all. */
static struct strs option_names(
    struct loader *loader, const struct ref *ref, const struct names *all)
{
    const struct def_question *question = def_question(loader->def, ref->within);
    if (!question)
        return names_of(all);
    struct names names = {0};
    add_things(
        loader, &names, question->options, question->option_count, sizeof(*question->options));
    return names_of(&names);
}

/* Whether a general rule may well mention the name: other scenarios have it. What is almost called
 * like something here is a slip of the pen. */
static bool may_be_elsewhere(const struct loader *loader, struct str name, struct strs candidates)
{
    return def_role(loader->def, name) || strs_contain(loader->contacts, name) ||
           str_nearest(name, candidates).len == 0;
}

static void report(struct loader *loader, const struct ref *ref, struct strs candidates)
{
    const struct ref_kind *kind = &ref_kinds[ref->of];
    if (kind->general && def_role(loader->def, ref->name))
        problems_tell(loader->problems, KIND_UNKNOWN_NAME, ref->place,
            "the role \"%.*s\" has no seat in this scenario; give it one under \"seats:\" in "
            "scenario.yaml, or name somebody else",
            STR_ARG(ref->name));
    else
        problems_tell(loader->problems, KIND_UNKNOWN_NAME, ref->place, "no %s is called \"%.*s\"%s",
            kind->what, STR_ARG(ref->name), loader_guess(loader, ref->name, candidates));
}

static void note_absent(struct loader *loader, struct loaded_rule *rule, struct str name)
{
    rule->absent = arena_grow(loader->arena, rule->absent, rule->absent_count,
        &rule->absent_capacity, sizeof(*rule->absent));
    rule->absent[rule->absent_count++] = name;
}

static void check(struct loader *loader, const struct ref *ref, const struct names *all)
{
    struct strs candidates = ref->of == OF_OPTION ? option_names(loader, ref, all) : names_of(all);
    if (strs_contain(candidates, ref->name))
        return;
    struct loaded_rule *rule = ref->rule >= 0 ? &loader->rules[ref->rule] : NULL;
    if (rule && rule->from_pack && ref_kinds[ref->of].general &&
        may_be_elsewhere(loader, ref->name, candidates))
        note_absent(loader, rule, ref->name);
    else
        report(loader, ref, candidates);
}

void refs_check(struct loader *loader)
{
    struct names lists[REF_KIND_COUNT] = {0};
    for (int of = 0; of < REF_KIND_COUNT; of++)
        if (ref_kinds[of].list)
            ref_kinds[of].list(loader, &lists[of]);
    for (size_t i = 0; i < loader->refs.count; i++) {
        const struct ref *ref = &loader->refs.items[i];
        bool is_open = ref->of == REF_SKILL && lists[REF_SKILL].count == 0; /* an older bundle */
        bool is_hint = ref->of == REF_RULE && ref->rule < 0;
        is_open = is_open || (is_hint && loader->bundle->has_other_rules);
        if (ref_kinds[ref->of].list && !is_open)
            check(loader, ref, &lists[ref->of]);
    }
}
