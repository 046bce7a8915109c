/* The sections of the report's JSON. Each writes one value; docs/report.schema.json says what. */
#ifndef REPORT_SECTIONS_H
#define REPORT_SECTIONS_H

#include "report/dossier.h"

typedef void section(struct dossier *dossier, struct json_write *json);

section section_capabilities, section_communication, section_conduct, section_cover,
    section_evidence, section_executive, section_figures, section_findings, section_hot_wash,
    section_improvements, section_integrity, section_knowledge, section_ladder, section_messages,
    section_overview, section_participants, section_plan, section_scorecards, section_skills,
    section_strengths, section_timeline, section_told;

/* All of them, in one object. */
void sections_write(struct dossier *dossier, struct buf *out);

/* A key and a list that is to be filled and closed. */
static inline void section_list(struct json_write *json, const char *key)
{
    json_write_key(json, str_of(key));
    json_write_array(json);
}

/* {"figure":…,"n":…}: a number and where its events are listed. */
struct section_count {
    struct str id, label;
    const struct dossier_seqs *seqs;
};
void section_write_count(struct dossier *dossier, struct json_write *json, const char *key,
    const struct section_count *count);

/* The events behind a finding, each once. */
void section_write_finding_seqs(
    struct dossier *dossier, struct json_write *json, const struct finding *finding);

/* What was found, and why it is excused if it is. */
struct str section_verdict(const struct dossier *dossier, const struct finding *finding);

/* How early or late, in words: "03:10 to spare", "01:28 late", "exactly at the limit", or empty. */
struct str section_margin(struct dossier *dossier, const struct finding *finding);

#endif
