/* What a record's file is made of, as one list of statements a version.
 *
 * A step that was released is never edited: what changes comes as a further step, and a new file is
 * made by running all of them, so that new and migrated files are alike to the letter.
 *
 * The views call json_extract, which SQLite 3.40 refuses to schemas that are not trusted. They are
 * for people with a shell; the engine itself, which trusts no schema, never reads them. */
#include "record/schema.h"

/* The envelope that all views over events share. */
#define VIEW_ENVELOPE                                                                              \
    "SELECT x.id AS exercise, e.table_id, e.seq, e.at_ms, e.observed_ms, e.wall_ms,\n"             \
    "       e.actor, e.proxy"

static const char *const version_1[] = {
    "PRAGMA application_id = 1416586099",

    /* ---- what is only ever added to ---- */

    "CREATE TABLE programme (\n"
    "    seq     INTEGER NOT NULL PRIMARY KEY,\n"
    "    wall_ms INTEGER NOT NULL,\n"
    "    kind    TEXT NOT NULL,\n"
    "    body    TEXT NOT NULL,\n"
    "    hash    BLOB NOT NULL\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE event (\n"
    "    table_id    INTEGER NOT NULL,\n"
    "    seq         INTEGER NOT NULL,\n"
    "    at_ms       INTEGER NOT NULL,\n"
    "    observed_ms INTEGER NOT NULL,\n"
    "    story_ms    INTEGER NOT NULL,\n"
    "    wall_ms     INTEGER NOT NULL,\n"
    "    kind        TEXT NOT NULL,\n"
    "    actor       TEXT NOT NULL,\n"
    "    proxy       INTEGER NOT NULL,\n"
    "    cause       INTEGER NOT NULL,\n"
    "    input       INTEGER NOT NULL,\n"
    "    body        TEXT NOT NULL,\n"
    "    hash        BLOB NOT NULL,\n"
    "    PRIMARY KEY (table_id, seq)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE input (\n"
    "    table_id  INTEGER NOT NULL,\n"
    "    seq       INTEGER NOT NULL,\n"
    "    at_ms     INTEGER NOT NULL,\n"
    "    wall_ms   INTEGER NOT NULL,\n"
    "    actor     TEXT NOT NULL,\n"
    "    client_id TEXT NOT NULL,\n"
    "    kind      TEXT NOT NULL,\n"
    "    digest    BLOB NOT NULL,\n"
    "    body      TEXT NOT NULL,\n"
    "    PRIMARY KEY (table_id, seq)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE UNIQUE INDEX input_once ON input (table_id, actor, client_id)\n"
    "    WHERE client_id <> ''",

    "CREATE TRIGGER programme_next BEFORE INSERT ON programme\n"
    "WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM programme)\n"
    "BEGIN SELECT raise(ABORT, 'the programme is only added to at its end'); END",

    "CREATE TRIGGER programme_no_update BEFORE UPDATE ON programme\n"
    "BEGIN SELECT raise(ABORT, 'the programme is never changed'); END",

    "CREATE TRIGGER programme_no_delete BEFORE DELETE ON programme\n"
    "BEGIN SELECT raise(ABORT, 'nothing is deleted from the programme'); END",

    "CREATE TRIGGER event_next BEFORE INSERT ON event\n"
    "WHEN NEW.seq IS NOT\n"
    "    (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE table_id = NEW.table_id)\n"
    "BEGIN SELECT raise(ABORT, 'events are only added at the end of their table'); END",

    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event\n"
    "BEGIN SELECT raise(ABORT, 'events are never changed'); END",

    "CREATE TRIGGER event_no_delete BEFORE DELETE ON event\n"
    "BEGIN SELECT raise(ABORT, 'events are never deleted'); END",

    "CREATE TRIGGER input_next BEFORE INSERT ON input\n"
    "WHEN NEW.seq IS NOT\n"
    "    (SELECT coalesce(max(seq), 0) + 1 FROM input WHERE table_id = NEW.table_id)\n"
    "BEGIN SELECT raise(ABORT, 'inputs are only added at the end of their table'); END",

    "CREATE TRIGGER input_new BEFORE INSERT ON input\n"
    "WHEN NEW.client_id <> '' AND EXISTS (SELECT 1 FROM input WHERE table_id = NEW.table_id\n"
    "    AND actor = NEW.actor AND client_id = NEW.client_id AND client_id <> '')\n"
    "BEGIN SELECT raise(ABORT, 'this actor has already sent an input with this id'); END",

    "CREATE TRIGGER input_no_update BEFORE UPDATE ON input\n"
    "BEGIN SELECT raise(ABORT, 'inputs are never changed'); END",

    "CREATE TRIGGER input_no_delete BEFORE DELETE ON input\n"
    "BEGIN SELECT raise(ABORT, 'inputs are never deleted'); END",

    /* ---- what an exercise was made from ---- */

    "CREATE TABLE content (\n"
    "    hash  BLOB NOT NULL PRIMARY KEY,\n"
    "    bytes BLOB NOT NULL\n"
    ") STRICT",

    "CREATE TABLE exercise_file (\n"
    "    exercise TEXT NOT NULL,\n"
    "    path     TEXT NOT NULL,\n"
    "    hash     BLOB NOT NULL,\n"
    "    PRIMARY KEY (exercise, path)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TRIGGER content_no_update BEFORE UPDATE ON content\n"
    "BEGIN SELECT raise(ABORT, 'pinned content is never changed'); END",

    "CREATE TRIGGER exercise_file_no_update BEFORE UPDATE ON exercise_file\n"
    "BEGIN SELECT raise(ABORT, 'pinned content is never changed'); END",

    /* ---- what may change or be forgotten ---- */

    "CREATE TABLE text (\n"
    "    table_id  INTEGER NOT NULL,\n"
    "    input_seq INTEGER NOT NULL,\n"
    "    field     TEXT NOT NULL,\n"
    "    ref       TEXT NOT NULL,\n"
    "    salt      BLOB,\n"
    "    body      TEXT,\n"
    "    person    TEXT,\n"
    "    PRIMARY KEY (table_id, input_seq, field)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE INDEX text_ref ON text (table_id, ref)",

    "CREATE TABLE person (\n"
    "    id   TEXT NOT NULL PRIMARY KEY,\n"
    "    name TEXT NOT NULL\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE TABLE clock (\n"
    "    table_id INTEGER NOT NULL PRIMARY KEY,\n"
    "    clock_ms INTEGER NOT NULL,\n"
    "    wall_ms  INTEGER NOT NULL\n"
    ") STRICT, WITHOUT ROWID",

    /* ---- for people who know SQL ---- */

    "CREATE VIEW exercise AS\n"
    "SELECT json_extract(p.body, '$.exercise') AS id, json_extract(p.body, '$.table') AS "
    "table_id,\n"
    "       json_extract(p.body, '$.scenario') AS scenario, p.wall_ms AS created_wall_ms,\n"
    "       coalesce(json_extract(p.body, '$.manual_clock'), 0) AS manual_clock,\n"
    "       json_extract(p.body, '$.content') AS content,\n"
    "       (SELECT min(q.wall_ms) FROM programme q WHERE q.kind = 'table-ended'\n"
    "           AND json_extract(q.body, '$.table') = json_extract(p.body, '$.table'))\n"
    "           AS ended_wall_ms\n"
    "FROM programme p WHERE p.kind = 'exercise-created'",

    "CREATE VIEW decision AS\n" VIEW_ENVELOPE ",\n"
    "       json_extract(e.body, '$.question') AS question,\n"
    "       json_extract(e.body, '$.option') AS option,\n"
    "       coalesce(json_extract(e.body, '$.contested'), 0) AS contested, t.body AS reason\n"
    "FROM event e LEFT JOIN exercise x ON x.table_id = e.table_id\n"
    "    LEFT JOIN text t ON t.table_id = e.table_id\n"
    "        AND t.ref = json_extract(e.body, '$.reason')\n"
    "WHERE e.kind = 'decided'",

    "CREATE VIEW message AS\n" VIEW_ENVELOPE ",\n"
    "       json_extract(e.body, '$.message') AS message,\n"
    "       json_extract(e.body, '$.type') AS type, json_extract(e.body, '$.via') AS via,\n"
    "       json_extract(e.body, '$.tlp') AS tlp, json_extract(e.body, '$.re') AS re,\n"
    "       json_extract(e.body, '$.to') AS recipients,\n"
    "       json_extract(e.body, '$.facts') AS facts,\n"
    "       json_extract(e.body, '$.unknown') AS unknown, t.body AS text\n"
    "FROM event e LEFT JOIN exercise x ON x.table_id = e.table_id\n"
    "    LEFT JOIN text t ON t.table_id = e.table_id\n"
    "        AND t.ref = json_extract(e.body, '$.text')\n"
    "WHERE e.kind = 'messaged'",

    "CREATE VIEW said AS\n" VIEW_ENVELOPE ",\n"
    "       e.kind AS way, json_extract(e.body, '$.to') AS recipients,\n"
    "       json_extract(e.body, '$.from') AS heard_from,\n"
    "       json_extract(e.body, '$.facts') AS facts, t.body AS text\n"
    "FROM event e LEFT JOIN exercise x ON x.table_id = e.table_id\n"
    "    LEFT JOIN text t ON t.table_id = e.table_id\n"
    "        AND t.ref = json_extract(e.body, '$.text')\n"
    "WHERE e.kind IN ('said', 'heard')",

    "CREATE VIEW inject_log AS\n" VIEW_ENVELOPE ",\n"
    "       e.kind AS what, json_extract(e.body, '$.inject') AS inject,\n"
    "       json_extract(e.body, '$.to') AS recipients, json_extract(e.body, '$.via') AS via,\n"
    "       json_extract(e.body, '$.why') AS why\n"
    "FROM event e LEFT JOIN exercise x ON x.table_id = e.table_id\n"
    "WHERE e.kind IN ('scheduled', 'delivered', 'held', 'skipped', 'edited', 'improvised',\n"
    "    'opened', 'acked', 'answered') AND json_extract(e.body, '$.inject') IS NOT NULL",

    "CREATE VIEW escalation AS\n"
    "SELECT m.*, (SELECT min(r.at_ms) FROM event r WHERE r.table_id = m.table_id\n"
    "           AND r.kind = 'reached' AND json_extract(r.body, '$.message') = m.message)\n"
    "           AS first_reached_ms\n"
    "FROM message m WHERE m.type = 'escalation'",

    "PRAGMA user_version = 1",
    NULL,
};

/* A table of an exercise is a row of `exercise`, deleted ones are none; and messages say what they
 * order and approve. */
static const char *const version_2[] = {
    "DROP VIEW exercise",

    "CREATE VIEW exercise AS\n"
    "SELECT json_extract(p.body, '$.exercise') AS id, json_extract(p.body, '$.table') AS "
    "table_id,\n"
    "       json_extract(c.body, '$.scenario') AS scenario, p.wall_ms AS created_wall_ms,\n"
    "       coalesce(json_extract(p.body, '$.manual_clock'), 0) AS manual_clock,\n"
    "       json_extract(c.body, '$.content') AS content,\n"
    "       (SELECT min(q.wall_ms) FROM programme q WHERE q.kind = 'table-ended'\n"
    "           AND json_extract(q.body, '$.table') = json_extract(p.body, '$.table'))\n"
    "           AS ended_wall_ms,\n"
    "       (SELECT count(*) FROM programme q WHERE q.seq <= p.seq\n"
    "           AND q.kind IN ('exercise-created', 'table-opened')\n"
    "           AND json_extract(q.body, '$.exercise') = json_extract(p.body, '$.exercise'))\n"
    "           AS place\n"
    "FROM programme p JOIN programme c ON c.kind = 'exercise-created'\n"
    "    AND json_extract(c.body, '$.exercise') = json_extract(p.body, '$.exercise')\n"
    "WHERE p.kind IN ('exercise-created', 'table-opened') AND NOT EXISTS\n"
    "    (SELECT 1 FROM programme d WHERE d.kind = 'exercise-deleted'\n"
    "        AND json_extract(d.body, '$.exercise') = json_extract(p.body, '$.exercise'))",

    "DROP VIEW message",

    "CREATE VIEW message AS\n" VIEW_ENVELOPE ",\n"
    "       json_extract(e.body, '$.message') AS message,\n"
    "       json_extract(e.body, '$.type') AS type, json_extract(e.body, '$.via') AS via,\n"
    "       json_extract(e.body, '$.tlp') AS tlp, json_extract(e.body, '$.re') AS re,\n"
    "       json_extract(e.body, '$.to') AS recipients,\n"
    "       json_extract(e.body, '$.facts') AS facts,\n"
    "       json_extract(e.body, '$.unknown') AS unknown, t.body AS text,\n"
    "       json_extract(e.body, '$.action') AS action,\n"
    "       json_extract(e.body, '$.target') AS target,\n"
    "       json_extract(e.body, '$.draft') AS draft,\n"
    "       coalesce(json_extract(e.body, '$.contested'), 0) AS contested,\n"
    "       coalesce(json_extract(e.body, '$.approved'), 0) AS approved\n"
    "FROM event e LEFT JOIN exercise x ON x.table_id = e.table_id\n"
    "    LEFT JOIN text t ON t.table_id = e.table_id\n"
    "        AND t.ref = json_extract(e.body, '$.text')\n"
    "WHERE e.kind = 'messaged'",

    "PRAGMA user_version = 2",
    NULL,
};

/* Browsers that have joined need not join again when the program was stopped. */
static const char *const version_3[] = {
    "CREATE TABLE room (\n"
    "    name     TEXT NOT NULL PRIMARY KEY,\n"
    "    table_id INTEGER NOT NULL UNIQUE\n"
    ") STRICT",

    "CREATE TABLE pass (\n"
    "    room   TEXT NOT NULL,\n"
    "    viewer TEXT NOT NULL,\n"
    "    cookie BLOB NOT NULL\n"
    ") STRICT",

    "CREATE INDEX pass_of_room ON pass (room)",

    "PRAGMA user_version = 3",
    NULL,
};

/* A cache of what scoring found, so that skills over many exercises need not score each again. */
static const char *const version_scored[] = {
    "CREATE TABLE scored (\n"
    "    table_id INTEGER NOT NULL PRIMARY KEY,\n"
    "    stamp    BLOB NOT NULL,\n"
    "    body     TEXT NOT NULL\n"
    ") STRICT",

    "PRAGMA user_version = 4",
    NULL,
};

/* The improvement plan: its words beside the programme's entries, and two views for people. */
static const char *const version_plan[] = {
    "CREATE TABLE plan_text (\n"
    "    entry  INTEGER NOT NULL,\n"
    "    field  TEXT NOT NULL,\n"
    "    ref    TEXT NOT NULL,\n"
    "    salt   BLOB,\n"
    "    body   TEXT,\n"
    "    person TEXT,\n"
    "    PRIMARY KEY (entry, field)\n"
    ") STRICT, WITHOUT ROWID",

    "CREATE VIEW plan_change AS\n"
    "SELECT p.seq AS entry, p.wall_ms, json_extract(p.body, '$.item') AS item,\n"
    "       f.key AS field, CASE WHEN t.ref IS NULL THEN f.value ELSE t.body END AS value\n"
    "FROM programme p, json_each(p.body, '$.set') f\n"
    "    LEFT JOIN plan_text t ON t.entry = p.seq AND t.field = f.key\n"
    "WHERE p.kind = 'plan-changed'",

    "CREATE VIEW improvement AS\n"
    "SELECT item AS id, max(CASE field WHEN 'exercise' THEN value END) AS exercise,\n"
    "       max(CASE field WHEN 'capability' THEN value END) AS capability,\n"
    "       max(CASE field WHEN 'issue' THEN value END) AS issue,\n"
    "       max(CASE field WHEN 'action' THEN value END) AS action,\n"
    "       max(CASE field WHEN 'element' THEN value END) AS element,\n"
    "       max(CASE field WHEN 'organisation' THEN value END) AS organisation,\n"
    "       max(CASE field WHEN 'owner' THEN value END) AS owner,\n"
    "       max(CASE field WHEN 'start' THEN value END) AS start,\n"
    "       max(CASE field WHEN 'due' THEN value END) AS due,\n"
    "       max(CASE field WHEN 'status' THEN value END) AS status,\n"
    "       max(CASE field WHEN 'document' THEN value END) AS document,\n"
    "       max(CASE field WHEN 'cause' THEN value END) AS cause,\n"
    "       max(CASE field WHEN 'rule' THEN value END) AS rule\n"
    "FROM plan_change c WHERE entry = (SELECT max(l.entry) FROM plan_change l\n"
    "    WHERE l.item = c.item AND l.field = c.field)\n"
    "GROUP BY item",

    "PRAGMA user_version = 5",
    NULL,
};

/* Passes end, and say that they were made here; those of before cannot, and let nobody in. */
static const char *const version_seats[] = {
    "DROP TABLE pass",

    "CREATE TABLE pass (\n"
    "    room         TEXT NOT NULL,\n"
    "    viewer       TEXT NOT NULL,\n"
    "    cookie       BLOB NOT NULL,\n"
    "    made_wall_ms INTEGER NOT NULL,\n"
    "    proof        BLOB NOT NULL\n"
    ") STRICT",

    "CREATE INDEX pass_of_room ON pass (room)",

    "CREATE TABLE closed_code (\n"
    "    room TEXT NOT NULL PRIMARY KEY\n"
    ") STRICT",

    "PRAGMA user_version = 6",
    NULL,
};

const struct schema_step schema_steps[] = {{1, version_1}, {2, version_2}, {3, version_3},
    {4, version_scored}, {5, version_plan}, {6, version_seats}};
const size_t schema_step_count = sizeof(schema_steps) / sizeof(schema_steps[0]);
