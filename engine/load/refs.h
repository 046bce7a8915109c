/* Names that must exist elsewhere: noted while reading, checked when everything has been read.
 *
 * So the order of files and of things in a file never matters to an author. */
#ifndef LOAD_REFS_H
#define LOAD_REFS_H

#include "core/field.h"
#include "load/tree.h"

struct loader;

/* What a name may stand for besides the kinds of core/field.h. */
enum ref_of {
    REF_ACTOR = FIELD_OF_COUNT, /* seat, role, stakeholder, "facilitator" or "story" */
    REF_CATALOGUE_ROLE,         /* a role of the catalogue, with or without a seat */
    REF_CATALOGUE_PARTY,        /* such a role, a stakeholder or "room" */
    REF_SUBJECT,                /* one of the scenario's matters: */
    REF_RULE,
    REF_PRACTICE, /* of skills.yaml */
    REF_SKILL,    /* a practice or a skill of skills.yaml; any name where there is none */
    REF_OBJECTIVE,
};

/* A name that a file mentions. Borrows from the loader's arena. */
struct ref {
    int of; /* enum field_of or enum ref_of */
    struct str name;
    struct str within; /* OF_OPTION: the question; else empty */
    struct place place;
    int rule; /* position of the rule that mentions it; -1: none */
};

struct refs {
    struct ref *items;
    size_t count, capacity;
};

/* What names of this kind stand for: "fact", "role or stakeholder". */
const char *refs_what(int of);

/* Notes a name; `within` is empty but for options. */
void refs_note(
    struct loader *loader, int of, struct str name, struct str within, struct place place);

/* Checks all of them against the definition, which must be indexed. Names that a rule
 * pack mentions and this scenario happens not to have are only noted with that rule. */
void refs_check(struct loader *loader);

#endif
