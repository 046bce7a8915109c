/* Forms: which keys a mapping may have, which it must have, and how each value is read.
 *
 * A form is a table; a new key is a new row. Readers add a problem and leave their target as it
 * was when the value is not what they expect, so that one run tells of every mistake. */
#ifndef LOAD_FORM_H
#define LOAD_FORM_H

#include "load/loader.h"

struct form_row;

/* Reads `value` into `target`, which is the struct that the form fills, at row->offset. */
typedef void form_read(
    struct loader *loader, const struct tree_node *value, const struct form_row *row, void *target);

enum { FORM_OPTIONAL, FORM_REQUIRED };

struct form_row {
    const char *key;
    int required;
    form_read *read;
    size_t offset;
    int of;                   /* form_ref, form_refs: what the name stands for */
    int min, max;             /* form_range */
    const char *const *names; /* form_name, form_name_set */
    int name_count;
    const struct form *form; /* form_list, form_inner; and what a reader of a part's own fills */
    size_t count_offset;     /* form_list: where the number of items goes */
    const char *is;          /* the reference: what it is, if the reader is a part's own */
    const char *help;        /* the reference: what it means */
};

/* `what` names the thing in messages: "an inject". */
struct form {
    const char *what;
    const struct form_row *rows;
    size_t row_count;
    size_t size;                /* of the struct that it fills; form_list needs it */
    int limit;                  /* how many a list may hold; form_list needs it */
    void (*init)(void *target); /* sets what is not zero by default; may be NULL */
    /* What no single key can say; may be NULL. Called after the rows. */
    void (*finish)(struct loader *loader, const struct tree_node *node, void *target);
};

/* Reads a mapping into target. False when it is not a mapping; other mistakes are only told. */
bool form_fill(
    struct loader *loader, const struct form *form, const struct tree_node *node, void *target);

/* Reads a list of mappings into a new array in the loader's arena. */
void *form_fill_list(struct loader *loader, const struct form *form, const struct tree_node *node,
    size_t *ret_count);

/* The readers. Each says in its comment what stands at row->offset. */
form_read form_id;        /* struct str: an identifier, and the name of the thing itself */
form_read form_word;      /* struct str: any short plain text */
form_read form_words;     /* struct words: {en: …, ja: …}, neither empty */
form_read form_any_words; /* struct words: the same, or one text for both */
form_read form_texts;     /* struct strs: a list of {en, ja}, laid out language by language */
form_read form_ms;        /* int64_t: "12m30s" */
form_read form_calendar;  /* struct form_moment: RFC 3339 */
form_read form_int;       /* int: a positive number */
form_read form_range;     /* int: from row->min to row->max */
form_read form_bool;      /* bool: yes, no, true, false */
form_read form_name;      /* any enum: one of row->names, stored as int */
form_read form_name_set;  /* unsigned: bits 1 << position in row->names */
form_read form_ids;       /* struct strs: one identifier or a list of them, different ones */
form_read form_ref;       /* struct str: a name that must exist, see row->of */
form_read form_refs;      /* struct strs: one or a list of them */
form_read form_list;      /* pointer to an array of row->form's struct, and its count */
form_read form_inner;     /* row->form's struct itself */
form_read form_node;      /* const struct tree_node *: left to `finish` */
form_read form_ignore;    /* nothing: known, but only checked elsewhere */

/* What form_calendar fills. */
struct form_moment {
    int64_t epoch_ms;
    int offset_minutes;
};

/* One or a list of scalars as spans; false, with a problem, for anything else. */
bool form_scalars(struct loader *loader, const struct tree_node *node, const char *expected,
    struct strs *ret_list);

/* The words of a table, for "did you mean" and "expected one of"; empty names are left out. */
struct strs form_name_list(struct loader *loader, const char *const *names, int count);
struct str form_join(struct loader *loader, struct strs words);

#endif
