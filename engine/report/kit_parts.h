/* What the parts of the kit share: the document in the making, words, and pieces of sheets. */
#ifndef REPORT_KIT_PARTS_H
#define REPORT_KIT_PARTS_H

#include "report/html.h"
#include "report/kit.h"
#include "score/phrase.h"

/* A kit in the making; lives as long as kit_write. */
struct kit {
    const struct kit_source *source;
    const struct def *def;
    enum lang lang;
    struct html html;
    struct arena arena;
    struct phrase_book book;
    const struct def_inject **injects; /* in the order of the list; its numbers begin with 1 */
};

struct str kit_say(const struct kit *kit, struct words words);
#define KIT_SAY(kit, en, ja) kit_say((kit), (struct words)WORDS(en, ja))
struct str kit_format(struct kit *kit, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define KIT_FORMAT(kit, en, ja, ...)                                                               \
    kit_format((kit), (kit)->lang == LANG_EN ? (en) : (ja), __VA_ARGS__)

/* The signs by which a printed page says what it is; the same in both languages. */
#define KIT_MARK "【訓練】EXERCISE"

/* ---- words (kit_words.c) ---- */

struct str kit_span(struct kit *kit, int64_t ms);           /* "1 h 30 min" 1時間30分 */
struct str kit_clock(struct kit *kit, int64_t ms);          /* "02:31" */
struct str kit_calendar(struct kit *kit, int64_t story_ms); /* "Tue 2026-11-17 02:05" */
struct str kit_party(struct kit *kit, struct str party);    /* as it stands in a list */
struct str kit_parties(struct kit *kit, struct strs parties);
struct str kit_role_name(const struct kit *kit, struct str role); /* whole */
struct str kit_seat_name(struct kit *kit, const struct def_seat *seat);
struct str kit_sender(struct kit *kit, const struct def_inject *inject); /* as players see it */
struct str kit_channel(const struct kit *kit, enum channel channel);
struct str kit_tlp(enum tlp tlp); /* "TLP:AMBER"; empty: none */
size_t kit_number(const struct kit *kit, struct str inject);
struct str kit_numbered(struct kit *kit, struct str inject); /* "no. 3 “A call”" */

/* When an inject comes, in words. */
struct str kit_trigger(struct kit *kit, const struct def_inject *inject);

/* ---- pieces of sheets (kit_sheet.c) ---- */

/* A sheet begins on a new page. `eyes` says whose it is, at the top of each of its pages. */
void kit_sheet(struct kit *kit, const char *class_name, struct str eyes);
void kit_sheet_end(struct kit *kit);

/* For whom: "For the facilitator only", "For: PoC". */
struct str kit_eyes_facilitator(const struct kit *kit);
struct str kit_eyes_of(struct kit *kit, struct str whom);

void kit_list(struct kit *kit, struct strs texts); /* texts laid out language by language */
void kit_pairs(struct kit *kit);                   /* begins a list of labels and values */
void kit_pair(struct kit *kit, struct str label, struct str value); /* nothing for no value */
void kit_head(struct kit *kit, const struct words *columns, size_t count); /* of a table */
void kit_cell(struct kit *kit, const char *class_name, struct str text);
void kit_lines(struct kit *kit, struct str label, int count); /* to write on */
void kit_box(struct kit *kit, struct str text);               /* to tick */

/* ---- one function a part ---- */

void kit_role_write(struct kit *kit);
void kit_msel_write(struct kit *kit);
void kit_handout_write(struct kit *kit);
void kit_observer_write(struct kit *kit);

void kit_style(struct buf *out); /* the sheet of style; the same in every kit */

#endif
