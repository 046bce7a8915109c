/* A dossier: everything about one exercise that a full report is written from.
 *
 * It gathers what others have found (the trace, findings, metrics, ratings) and remembers which
 * events were cited, so that each number can lead to them. Sections write JSON from it, pictures
 * draw from it. Nothing in it judges. */
#ifndef REPORT_DOSSIER_H
#define REPORT_DOSSIER_H

#include "base/index.h"
#include "core/organisation.h"
#include "report/parts.h"
#include "score/metrics.h"
#include "score/rating.h"

/* All that one rule found. */
struct dossier_rule {
    const struct rule *rule;
    const struct rule_pack *pack;
    const struct finding *findings; /* in order of activation */
    size_t count;
    size_t met, missed, hinted;             /* hinted: met, but helped */
    size_t other;                           /* not counted */
    size_t consequences;                    /* misses of other rules that follow from this one's */
    const struct finding *tightest, *worst; /* of the met, of the missed; NULL: none */
    int cause;                              /* of the first miss that has one; -1: none was said */
};

/* A phase, or the exercise as a whole where there are none. */
struct dossier_phase {
    struct str name;
    int64_t from_ms, from_story_ms;
    int64_t seq; /* of the event that began it; 0: none */
};

/* A figure and the events that it counts. */
struct dossier_figure {
    struct str id, label;
    const int64_t *seqs;
    size_t count;
};

/* Lives in the model's arena but for the metrics; borrows what it was given. Never moves. */
struct dossier {
    const struct report_source *given;
    struct report_source source; /* the same, but that its texts name nobody under pseudonyms */
    struct report report;        /* model, phrase book, language */
    const struct report_options *options;
    struct metrics metrics;
    struct capability *capabilities;
    size_t capability_count;
    struct dossier_rule *rules; /* those with findings, in the rules' order */
    size_t rule_count;
    const struct dossier_rule **worst; /* those that were missed, the gravest first */
    size_t worst_count;
    size_t scored, met, hinted; /* findings */
    struct dossier_phase *phases;
    size_t phase_count;
    bool *cited;                /* by seq */
    size_t *listed, list_count; /* by seq: the last list in which it stood; lists so far */
    struct dossier_figure *figures;
    size_t figure_count, figure_capacity;
    struct index people; /* by id; positions in the order in which they were assigned */
    struct str *person_ids;
    size_t person_count, person_capacity;
};

void dossier_init(struct dossier *dossier, const struct report_source *source,
    const struct report_options *options);
void dossier_fini(struct dossier *dossier);

/* ---- words ---- */

#define TELL(dossier, en, ja) dossier_say((dossier), (struct words)WORDS(en, ja))
struct str dossier_say(const struct dossier *dossier, struct words words);
struct arena *dossier_arena(struct dossier *dossier);
const struct def *dossier_def(const struct dossier *dossier);
bool dossier_is_en(const struct dossier *dossier);
/* English with counts reads differently from Japanese: one format for each, the same arguments. */
struct str dossier_format(struct dossier *dossier, const char *en, const char *ja, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));
struct str dossier_clock(struct dossier *dossier, int64_t ms);
struct str dossier_party(struct dossier *dossier, struct str party);
/* The same as a label: "Commander", without an article. */
struct str dossier_label(struct dossier *dossier, struct str party);
struct str dossier_rule_title(struct dossier *dossier, const struct rule *rule);
struct str dossier_person(struct dossier *dossier, struct str id); /* a name, or a pseudonym */

/* Somebody's words by their hash, with names replaced where people have pseudonyms; empty when they
 * were forgotten. */
struct str dossier_text(struct dossier *dossier, struct str ref);

/* Somebody's words as they are given, with names replaced where people have pseudonyms. */
struct str dossier_quote(struct dossier *dossier, struct str words);

/* "the table escalated to …" as in a timeline, with what was chosen and why. */
struct str dossier_sentence(struct dossier *dossier, const struct event *event);

/* ---- events ---- */

/* As in the record, with the hashes of free text; NULL when there is none such. */
const struct event *dossier_event(const struct dossier *dossier, int64_t seq);
bool dossier_counts(const struct dossier *dossier, const struct event *event); /* not annulled */
void dossier_cite(struct dossier *dossier, int64_t seq);

/* Opens "seqs" (or another key) in the object, and cites each event once; 0 is left out. */
void dossier_write_seqs(struct dossier *dossier, struct json_write *json, const char *key,
    const int64_t *seqs, size_t count);

/* A growing list of events. */
struct dossier_seqs {
    int64_t *items;
    size_t count, capacity;
};
void dossier_seqs_add(struct dossier *dossier, struct dossier_seqs *seqs, int64_t seq);

/* Notes which events a number counts; returns the id under which they are listed. */
struct str dossier_figure(
    struct dossier *dossier, struct str id, struct str label, const struct dossier_seqs *seqs);

#endif
