/* Who knew what when, and who told whom, in figures: the tables beside the pictures. */
#include "report/knowing.h"
#include "report/labels.h"
#include "report/sections.h"
#include "report/telling.h"

static void write_cell(struct dossier *dossier, struct json_write *json,
    const struct knowing_cell *cell, struct str party)
{
    json_write_object(json);
    if (cell->known != NULL) {
        json_write_key_int(json, "at_ms", cell->known->learned_ms);
        json_write_key_str(json, "how", dossier_say(dossier, labels_sources[cell->known->source]));
        json_write_key_int(json, "lag_ms", cell->known->lag_ms);
    }
    json_write_key_str(json, "need", str_of(need_names[cell->need]));
    json_write_key_str(json, "party", party);
    dossier_write_seqs(dossier, json, "seqs", &cell->seq, 1);
    json_write_end(json);
}

void section_knowledge(struct dossier *dossier, struct json_write *json)
{
    struct knowing knowing;
    knowing_find(dossier, &knowing);
    json_write_object(json);
    section_list(json, "facts");
    for (size_t f = 0; f < knowing.fact_count; f++) {
        json_write_object(json);
        section_list(json, "cells");
        for (size_t p = 0; p < knowing.party_count; p++) {
            const struct knowing_cell *cell = knowing_cell(&knowing, f, p);
            if (cell->known != NULL || cell->need == NEED_MUST)
                write_cell(dossier, json, cell, knowing.parties[p]);
        }
        json_write_end(json);
        json_write_key_str(json, "id", knowing.facts[f]->id);
        json_write_key_str(json, "text", dossier_say(dossier, knowing.facts[f]->text));
        json_write_end(json);
    }
    json_write_end(json);
    section_list(json, "parties");
    for (size_t p = 0; p < knowing.party_count; p++) {
        json_write_object(json);
        json_write_key_str(json, "id", knowing.parties[p]);
        json_write_key_str(json, "name", dossier_label(dossier, knowing.parties[p]));
        json_write_end(json);
    }
    json_write_end(json);
    json_write_end(json);
}

void section_told(struct dossier *dossier, struct json_write *json)
{
    struct telling *items;
    size_t count = telling_find(dossier, &items);
    json_write_array(json);
    for (size_t i = 0; i < count; i++) {
        struct str id = arena_format(dossier_arena(dossier), "told-%zu", i + 1);
        struct str from = dossier_label(dossier, items[i].from);
        struct str to = dossier_label(dossier, items[i].to);
        json_write_object(json);
        json_write_key_str(json, "figure",
            dossier_figure(dossier, id,
                dossier_format(
                    dossier, "%.*s told %.*s", "%.*sから%.*sへの伝達", STR_ARG(from), STR_ARG(to)),
                &items[i].seqs));
        json_write_key_str(json, "from", from);
        if (items[i].median_ms >= 0)
            json_write_key_int(json, "median_ms", items[i].median_ms);
        json_write_key_int(json, "messages", items[i].messages);
        json_write_key_int(json, "opened", items[i].opened);
        json_write_key_int(json, "said", items[i].said);
        json_write_key_int(json, "taught", items[i].taught);
        json_write_key_str(json, "to", to);
        json_write_end(json);
    }
    json_write_end(json);
}
