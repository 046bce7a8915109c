-- What all other queries stand on: the definition, from the files that the record pins, and the
-- effective trace of docs/rules.md 2.1, from its events. `doc` holds the pinned files as JSON,
-- `ms` turns "12m30s" into milliseconds.

-- ---- The definition --------------------------------------------------------------------------

CREATE TABLE part AS
SELECT replace(replace(d.path, '.yaml', ''), 'scoring/', '') AS file, j.key AS name, j.value AS value
FROM doc d, json_each(d.body) j WHERE json_type(d.body) = 'object';

CREATE TABLE seat AS
SELECT CAST(j.key AS INTEGER) AS place, j.value ->> 'id' AS id, j.value -> 'roles' AS roles
FROM part p, json_each(p.value) j WHERE p.file = 'scenario' AND p.name = 'seats';

CREATE TABLE seat_role AS
SELECT s.id AS seat, r.value AS role FROM seat s, json_each(s.roles) r;

CREATE TABLE stakeholder AS
SELECT CAST(j.key AS INTEGER) AS place, j.value ->> 'id' AS id, j.value ->> 'audience' AS audience
FROM part p, json_each(p.value) j WHERE p.file = 'scenario' AND p.name = 'stakeholders';

-- Parties in the order of the definition: seats, then stakeholders.
CREATE TABLE party AS
SELECT place, id, 1 AS is_seat FROM seat UNION ALL SELECT 1000 + place, id, 0 FROM stakeholder;

-- Which parties a name names: a seat by its id and its roles, all seats by `room`.
CREATE TABLE named AS
SELECT DISTINCT name, party FROM (
    SELECT id AS name, id AS party FROM party
    UNION ALL SELECT role, seat FROM seat_role
    UNION ALL SELECT 'room', id FROM seat);
CREATE INDEX named_name ON named (name);

CREATE TABLE fact AS
SELECT CAST(j.key AS INTEGER) AS place, j.value ->> 'id' AS id, j.value ->> 'slot' AS slot,
       j.value ->> 'replaces' AS replaces, j.value -> 'truth' AS truth, j.value -> 'needs' AS needs
FROM doc d, json_each(d.body) j WHERE d.path = 'facts.yaml';

CREATE TABLE need_of_name AS
SELECT f.id AS fact, n.key AS name, n.value AS need FROM fact f, json_each(f.needs) n;

-- The strongest need of a seat's roles and its own (metrics.md, small print).
CREATE TABLE need AS
SELECT fact, party, CASE min(CASE need WHEN 'must' THEN 1 WHEN 'useful' THEN 2 ELSE 3 END)
           WHEN 1 THEN 'must' WHEN 2 THEN 'useful' ELSE 'never' END AS need
FROM need_of_name JOIN named USING (name) WHERE name <> 'room' GROUP BY fact, party;
CREATE INDEX need_of ON need (fact, party);

-- `newer` replaces `card`, directly or through others.
CREATE TABLE replaced AS
WITH RECURSIVE r (newer, card) AS (
    SELECT id, replaces FROM fact WHERE replaces IS NOT NULL
    UNION SELECT r.newer, f.replaces FROM r JOIN fact f ON f.id = r.card WHERE f.replaces IS NOT NULL)
SELECT newer, card FROM r;

CREATE TABLE slot AS
SELECT CAST(j.key AS INTEGER) AS place, j.value ->> 'id' AS id
FROM part p, json_each(p.value) j WHERE p.file = 'scenario' AND p.name = 'slots';

CREATE TABLE inject AS
SELECT CAST(j.key AS INTEGER) AS place, j.value ->> 'id' AS id, j.value ->> 'kind' AS kind,
       j.value ->> 'from' AS sender, j.value ->> 'via' AS via,
       coalesce(j.value -> 'facts', '[]') AS facts, coalesce(list(j.value -> 'question'), '[]') AS question,
       coalesce(j.value -> 'questions', '[]') AS questions
FROM doc d, json_each(d.body) j WHERE d.path = 'injects.yaml';

CREATE TABLE inject_fact AS
SELECT i.id AS inject, i.kind, f.value AS fact FROM inject i, json_each(list(i.facts)) f;

CREATE TABLE question AS
SELECT i.id AS inject, q.value ->> 'id' AS id, list(q.value -> 'owner') AS owners,
       ms(q.value ->> 'within') AS within_ms
FROM inject i, json_each(CASE i.question WHEN '[]' THEN i.questions ELSE i.question END) q;

-- ---- The trace -------------------------------------------------------------------------------

CREATE TABLE happened AS
SELECT *, observed_ms AS t FROM record.event WHERE table_id = 1;

CREATE TABLE gone AS
WITH RECURSIVE g (seq) AS (
    SELECT b.seq FROM happened a JOIN happened b ON b.seq = a.body ->> 'event'
    WHERE a.kind = 'annulled' AND b.kind NOT IN ('annulled', 'created', 'started', 'ended', 'stopped', 'sealed')
    UNION
    SELECT h.seq FROM g JOIN happened h ON h.cause = g.seq
    WHERE h.kind IN ('acted', 'arrived', 'challenged', 'expired', 'forwarded', 'learned', 'reached', 'unreached'))
SELECT seq FROM g;

CREATE TABLE endex AS
SELECT t AS at FROM happened WHERE kind IN ('ended', 'stopped') AND seq NOT IN (SELECT seq FROM gone)
ORDER BY t, seq LIMIT 1;

-- `n` is an event's place in the order: a comes before b when a.n < b.n.
CREATE TABLE e AS
SELECT row_number() OVER (ORDER BY t, seq) AS n, seq, t, at_ms, story_ms, kind, actor, proxy, cause, body,
       actor IN (SELECT id FROM seat) AS by_seat,
       body ->> 'message' AS message, body ->> 'type' AS type, body ->> 're' AS re, body ->> 'inject' AS inject,
       body ->> 'fact' AS fact, body ->> 'question' AS question, body ->> 'order' AS ordered,
       coalesce(body ->> 'unread', 0) AS unread, coalesce(body ->> 'contested', 0) AS contested,
       coalesce(body ->> 'approved', 0) AS approved, coalesce(body ->> 'ack_within_ms', 0) AS ack_within_ms,
       coalesce(body ->> 'next_update_ms', 0) AS next_update_ms
FROM happened
WHERE seq NOT IN (SELECT seq FROM gone)
    AND (t <= (SELECT at FROM endex) OR kind IN ('receiver-tested', 'disputed', 'ruled', 'caused', 'rated'));
CREATE UNIQUE INDEX e_n ON e (n);
CREATE UNIQUE INDEX e_seq ON e (seq);
CREATE INDEX e_kind ON e (kind, actor);
CREATE INDEX e_message ON e (message);
CREATE INDEX e_re ON e (re);

CREATE TABLE carries AS
SELECT e.seq, e.n, CAST(f.key AS INTEGER) AS place, f.value AS fact
FROM e, json_each(list(CASE e.kind WHEN 'learned' THEN e.body -> 'fact' ELSE e.body -> 'facts' END)) f
WHERE e.kind IN ('messaged', 'said', 'heard', 'handed-off', 'learned');
CREATE INDEX carries_seq ON carries (seq);

CREATE TABLE unknown AS
SELECT e.seq, u.value AS slot FROM e, json_each(list(e.body -> 'unknown')) u;

-- To whom an event goes: parties, without its actor.
CREATE TABLE goes AS
SELECT DISTINCT e.seq, e.n, named.party, party.is_seat
FROM e, json_each(list(e.body -> 'to')) one JOIN named ON named.name = one.value
    JOIN party ON party.id = named.party
WHERE named.party <> e.actor;
CREATE INDEX goes_seq ON goes (seq, party);

-- When a party came to know a fact.
CREATE TABLE knows AS
SELECT actor AS party, fact, min(n) AS n FROM e WHERE kind = 'learned' GROUP BY actor, fact;
ALTER TABLE knows ADD COLUMN t; ALTER TABLE knows ADD COLUMN seq; ALTER TABLE knows ADD COLUMN source;
ALTER TABLE knows ADD COLUMN through;
UPDATE knows SET (t, seq, source, through) =
    (SELECT t, seq, body ->> 'source', body ->> 'through' FROM e WHERE e.n = knows.n);
CREATE UNIQUE INDEX knows_of ON knows (party, fact);

-- The first event of each message id.
CREATE TABLE message AS
SELECT e.* FROM e WHERE kind = 'messaged' AND n = (SELECT min(n) FROM e x WHERE x.kind = 'messaged' AND x.message = e.message);
CREATE UNIQUE INDEX message_id ON message (message);

-- The scenario's zone, and for each event its time of day there as `1 2026-11-16 21:40`, beginning with the weekday.
CREATE TABLE zone AS
SELECT CASE substr(value, -6, 1) WHEN '-' THEN -1 ELSE 1 END
    * (substr(value, -5, 2) * 3600000 + substr(value, -2, 2) * 60000) AS ms
FROM part WHERE file = 'scenario' AND name = 'story_start';
CREATE TABLE told_time AS
SELECT seq, strftime('%w %Y-%m-%d', (story_ms + zone.ms) / 1000, 'unixepoch') AS day,
    strftime('%H:%M', (story_ms + zone.ms) / 1000, 'unixepoch') AS hour FROM happened, zone;
CREATE UNIQUE INDEX told_time_seq ON told_time (seq);
