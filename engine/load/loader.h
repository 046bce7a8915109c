/* What the parts of one load share, and the parts themselves: one a file of the scenario.
 *
 * Inside engine/load only. The parts read what they find, note every name that must exist
 * elsewhere in refs, and leave it to refs_check to say which do not. */
#ifndef LOAD_LOADER_H
#define LOAD_LOADER_H

#include "load/load.h"
#include "load/refs.h"
#include "load/tree.h"

struct loaded_rule;
struct loaded_pack;

/* One entry of `names:` in scenario.yaml. */
struct loaded_name {
    struct str id;
    struct words words;
    struct place place;
    bool is_used;
};

/* Lives for one load_scenario; its lists live in the arena. */
struct loader {
    const struct bundle *bundle;
    struct arena *arena;
    struct problems *problems;
    struct def *def;
    struct refs refs;
    struct places places;           /* the trees that are read */
    const struct tree_node *choice; /* of choice.yaml; NULL: nothing was chosen */
    struct strs packs;              /* rule packs that the scenario asks for */
    struct strs contacts;           /* whom the organisation's contact list names */
    struct strs first_seats;        /* roles that have a seat when the scenario names none */
    struct def_question *questions; /* gathered from the injects */
    size_t question_capacity;
    struct loaded_rule *rules;
    size_t rule_count, rule_capacity;
    const struct loaded_pack **loaded_packs; /* those that could be read, in their order */
    size_t loaded_pack_count;
    int rule_now; /* position of the rule being read; -1 outside of rules */
    struct loaded_name *names;
    size_t name_count;
    bool broken_names;      /* `names:` could not be read: what it holds is not missing */
    bool broken_attachment; /* one could not be found: what it meant is not unused */
    bool broken_file;       /* something could not be read at all: what it defines is not missing */
};

/* Adds an error at the node. A NULL node is a programmer's mistake. */
void loader_error(struct loader *loader, const struct tree_node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for a kind of mistake that has a row of its own, at the level that its row says. */
void loader_tell(struct loader *loader, enum problem_kind kind, const struct tree_node *node,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* What is wrong with a word that holds a sign of another keyboard: `; "：" (U+FF1A) is no ":"; …`,
 * or nothing. Names never hold one. */
const char *loader_slip(struct loader *loader, struct str word);

/* The same for what stands where something else was expected; a text may well hold such signs. */
const char *loader_slip_of(struct loader *loader, const struct tree_node *node);

/* The remedy of loader_slip, `; did you mean "x"?`, or what there is to choose from when that is
 * not much, or nothing. */
const char *loader_guess(struct loader *loader, struct str word, struct strs candidates);

/* What stands there: `"the text"`, or what kind of thing it is. */
const char *loader_found(struct loader *loader, const struct tree_node *node);

/* Names that mean somebody else wherever an actor or a party stands. */
bool loader_is_reserved(struct str id);

/* What messages call a file of the bundle. */
struct str loader_file_name(const struct bundle *bundle, struct str path, struct arena *arena);

/* Where the shared files of these names lie in a bundle. */
struct str load_organisation_path(struct arena *arena, struct str name);
struct str load_pack_path(struct arena *arena, struct str name);

/* Whether a `logo:` names a file beside the overlay: a plain file name, without folders. */
bool load_is_beside_overlay(struct str logo);

/* The tree of one file of the bundle, or NULL: absent (which is an error when required) or broken
 * (whose problems have been added). */
struct tree_node *loader_file(struct loader *loader, struct str path, bool required);

/* The parts, in the order in which load_scenario calls them. */
void load_catalogue(struct loader *loader, const struct tree_node *root);
void load_skills(struct loader *loader, const struct tree_node *root);
void load_scenario_file(struct loader *loader, const struct tree_node *root);
void load_organisation(struct loader *loader, const struct tree_node *root);

/* Fits seats and people to the organisation, which stands at `house`. */
void load_house(struct loader *loader, const struct tree_node *house);
void load_facts(struct loader *loader, const struct tree_node *root);
void load_injects(struct loader *loader, const struct tree_node *root);
void load_house_authority(struct loader *loader); /* of what `stops:` */
void load_rules(struct loader *loader, const struct tree_node *rules, const struct tree_node *about,
    struct str pack);

/* A pack's list of rules, and what it says of itself (NULL: nothing). */
const struct tree_node *load_pack_rules(
    struct loader *loader, const struct tree_node *root, const struct tree_node **ret_about);

/* After refs_check: the rules that apply here. */
void load_rules_finish(struct loader *loader, struct rules *ret_rules);

/* All rules, whether they apply or not. */
void load_rules_list(struct loader *loader, struct rules *ret_rules);

#endif
