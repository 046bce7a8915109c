-- `overview`, `timeline`, `ladder`, `integrity` and `evidence`: the course of the exercise.

-- ---- overview --------------------------------------------------------------------------------

INSERT INTO mine SELECT 'overview/difficulty', body ->> 'difficulty' FROM happened WHERE kind = 'created';
INSERT INTO mine SELECT 'overview/end_ms', at FROM endex;
INSERT INTO mine SELECT 'overview/event_count', count(*) FROM happened;
INSERT INTO mine SELECT 'overview/inject_count', count(*) FROM e WHERE kind = 'delivered';
INSERT INTO mine SELECT 'overview/planned_ms', ms(value) FROM part WHERE file = 'scenario' AND name = 'duration';
INSERT INTO mine SELECT 'overview/seat_count', count(*) FROM seat;
INSERT INTO mine SELECT 'overview/stakeholder_count', count(*) FROM stakeholder;
-- The first phase begins with the exercise, the others with their event.
CREATE TABLE phase AS
SELECT 0 AS k, 0 AS t, '[]' AS seqs, seq FROM e WHERE kind = 'started'
UNION ALL SELECT row_number() OVER (ORDER BY n), t, json_array(seq), seq FROM e WHERE kind = 'phase-changed';
INSERT INTO mine SELECT 'overview/phases/' || k || '/from_ms', t FROM phase;
INSERT INTO mine SELECT 'overview/phases/' || k || '/seqs', seqs FROM phase;
INSERT INTO mine SELECT 'overview/phases/' || k || '/calendar', day || ' ' || hour FROM phase JOIN told_time USING (seq);
INSERT INTO mine SELECT 'overview/calendar_from', day || ' ' || hour FROM e JOIN told_time USING (seq) WHERE kind = 'started';
INSERT INTO mine SELECT 'overview/calendar_to', day || ' ' || hour FROM e JOIN told_time USING (seq) WHERE kind IN ('ended', 'stopped');

-- ---- timeline --------------------------------------------------------------------------------

-- What reached somebody outside stands there where somebody had escalated to them, or where it met a rule
-- itself or by what they learned with it.
CREATE TABLE moments AS
SELECT 'timeline/moments/' || seq || '/' AS path, seq, t FROM e
WHERE kind IN ('started', 'paused', 'ended', 'stopped', 'gap-opened', 'jumped', 'phase-changed', 'delivered', 'messaged', 'said',
        'handed-off', 'acted', 'decided', 'declared', 'expired', 'unreached', 'forwarded', 'challenged', 'hinted')
    OR kind = 'reached' AND NOT by_seat AND EXISTS (
        SELECT 1 FROM message m JOIN goes g USING (seq) WHERE m.type = 'escalation' AND g.party = e.actor
        UNION ALL SELECT 1 FROM judged j WHERE j.target = e.seq
        UNION ALL SELECT 1 FROM judged j JOIN e l ON l.seq = j.target WHERE l.kind = 'learned' AND l.actor = e.actor
            AND l.cause = e.cause);
INSERT INTO mine SELECT path || 'seq', seq FROM moments;
INSERT INTO mine SELECT path || 'at_ms', t FROM moments;
INSERT INTO mine SELECT path || 'day', day FROM moments JOIN told_time USING (seq);
INSERT INTO mine SELECT path || 'hour', hour FROM moments JOIN told_time USING (seq);

-- One window for each rule of weight on the exercise's clock: a miss before what was met, then the closest.
CREATE TABLE window_row AS
SELECT 'timeline/windows/' || (row_number() OVER (ORDER BY rule_place) - 1) || '/' AS path, * FROM (
    SELECT *, row_number() OVER (PARTITION BY rule ORDER BY verdict DESC, coalesce(margin, 9e15), place) AS k FROM judged
    WHERE scored AND NOT on_calendar AND start IS NOT NULL AND bound IS NOT NULL AND severity IN ('major', 'critical'))
WHERE k = 1;
INSERT INTO mine SELECT path || 'start_ms', start FROM window_row;
INSERT INTO mine SELECT path || 'bound_ms', bound FROM window_row;
INSERT INTO mine SELECT path || 'met_ms', met FROM window_row WHERE met IS NOT NULL;
INSERT INTO mine SELECT path || 'seqs', (SELECT json_group_array(seq)
    FROM (SELECT seq FROM finding_event v WHERE v.place = w.place ORDER BY v.k)) FROM window_row w;

-- ---- ladder ----------------------------------------------------------------------------------

-- Which rule judges a rung is a word of the report; the first of its findings that were scored gives the times.
-- Where none does, the rung begins with what the team first knew and ends when somebody there knew.
CREATE TABLE rung AS
SELECT 'ladder/' || l.key || '/' AS path, l.value ->> 'to' AS party, ms(l.value ->> 'within') AS within_ms,
    (SELECT j.place FROM judged j, json_each(report.body -> 'ladder') told WHERE told.key = l.key AND j.scored
        AND j.rule = told.value ->> 'rule' ORDER BY j.place LIMIT 1) AS finding,
    (SELECT s.value ->> 'deputy' FROM part q, json_each(q.value) s WHERE q.file = 'scenario' AND q.name = 'stakeholders'
        AND s.value ->> 'id' = l.value ->> 'to') AS deputy
FROM part p, json_each(p.value) l, report
WHERE p.name = 'ladder' AND p.file = 'roles/organisations/' || (SELECT value FROM part WHERE file = 'scenario' AND name = 'organisation');
INSERT INTO mine SELECT path || 'within_ms', within_ms FROM rung WHERE within_ms IS NOT NULL;
INSERT INTO mine SELECT path || 'start_ms', start FROM rung JOIN judged ON place = finding;
INSERT INTO mine SELECT path || 'bound_ms', bound FROM rung JOIN judged ON place = finding;
INSERT INTO mine SELECT path || 'met_ms', met FROM rung JOIN judged ON place = finding WHERE met IS NOT NULL;
CREATE TABLE first_known AS
SELECT t, seq FROM knows WHERE party IN (SELECT id FROM seat) ORDER BY n LIMIT 1;
CREATE TABLE first_of AS
SELECT party, t, seq FROM knows k WHERE n = (SELECT min(n) FROM knows x WHERE x.party = k.party) GROUP BY party;
INSERT INTO mine SELECT path || 'start_ms', t FROM rung, first_known WHERE finding IS NULL;
INSERT INTO mine SELECT path || 'met_ms', t FROM rung JOIN first_of USING (party) WHERE finding IS NULL;
INSERT INTO mine SELECT path || 'deputy_ms', t FROM rung JOIN first_of f ON f.party = deputy;
INSERT INTO mine SELECT path || 'seqs', (SELECT json_group_array(seq) FROM (SELECT DISTINCT seq FROM (
    SELECT 1 AS k, coalesce(j.activation, iif(r.finding IS NULL, (SELECT seq FROM first_known), NULL)) AS seq
    UNION ALL SELECT 2, coalesce(j.target, iif(r.finding IS NULL, (SELECT seq FROM first_of f WHERE f.party = r.party), NULL))
    UNION ALL SELECT 3, (SELECT seq FROM first_of f WHERE f.party = r.deputy)) WHERE seq IS NOT NULL ORDER BY k))
FROM rung r LEFT JOIN judged j ON j.place = r.finding;
CREATE TABLE try AS
SELECT r.path || 'tries/' || (row_number() OVER (PARTITION BY r.path ORDER BY e.n) - 1) || '/' AS path, e.t, e.seq
FROM rung r JOIN e ON e.kind = 'unreached' AND e.body ->> 'party' = r.party;
INSERT INTO mine SELECT path || 'at_ms', t FROM try;
INSERT INTO mine SELECT path || 'seqs', json_array(seq) FROM try;

-- ---- integrity -------------------------------------------------------------------------------

INSERT INTO mine SELECT 'integrity/events', count(*) FROM happened;
INSERT INTO mine SELECT 'integrity/rules', count(*) FROM rule;
INSERT INTO mine SELECT 'integrity/packs/' || pack || '/rules', count(*) FROM rule WHERE pack <> '' GROUP BY pack;
INSERT INTO mine SELECT 'integrity/seed', body ->> 'seed' FROM happened WHERE kind = 'created';
INSERT INTO mine SELECT 'integrity/semantics', body ->> 'semantics' FROM happened WHERE kind = 'created';
INSERT INTO mine VALUES ('integrity/rating_from_permille', '[800,660,500]'); -- docs/rules.md 3, for a house without its own

