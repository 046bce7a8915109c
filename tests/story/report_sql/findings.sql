-- `findings`, `capabilities`, `skills`, `strengths`, `improvements`, `plan`, `executive` and the windows of the
-- timeline: when each clock began, when it ran out, when it was met, and what all that adds up to.

-- ---- The rules that stand, and what was found -------------------------------------------------

CREATE TABLE found AS
SELECT place, body ->> 'name' AS name, body ->> 'rule' AS rule, body ->> 'verdict' AS verdict,
       body ->> 'found' AS before_ruling, body ->> 'excused_by' AS excused_by, body ->> 'actor' AS actor,
       body ->> 'subject' AS subject, body ->> 'activation_seq' AS activation, body ->> 'target_seq' AS target,
       body ->> 'miss_seq' AS miss, body ->> 'miss_why' AS miss_why, body ->> 'content_permille' AS content, body ->> 'assistance_permille' AS unaided
FROM finding;

-- A rule that stands has a finding at least.
CREATE TABLE rule AS
WITH written AS (
    SELECT coalesce((SELECT CAST(u.key AS INTEGER) FROM part p, json_each(p.value) u
               WHERE p.file = 'scenario' AND p.name = 'rules' AND 'scoring/' || u.value || '.yaml' = d.path), 99) AS pack_place,
           CASE d.path WHEN 'rules.yaml' THEN '' ELSE replace(replace(d.path, 'scoring/', ''), '.yaml', '') END AS pack,
           CAST(j.key AS INTEGER) AS place, j.value AS body
    FROM doc d, json_each(CASE d.path WHEN 'rules.yaml' THEN d.body ELSE d.body -> 'rules' END) j
    WHERE d.path = 'rules.yaml' OR d.path LIKE 'scoring/%')
SELECT row_number() OVER (ORDER BY pack_place, place) AS place, pack, body, body ->> 'id' AS id, body ->> 'kind' AS kind,
       body ->> 'severity' AS severity, body ->> 'capability' AS capability, body ->> 'role' AS role,
       CAST(coalesce(body ->> 'weight', 1) AS INTEGER) AS weight, coalesce(ms(body ->> 'grace'), 0) AS grace,
       coalesce(body -> 'when' ->> 'attention', body ->> 'attention') AS attention, body ->> 'match' AS match,
       CASE json_type(body, '$.within') WHEN 'object' THEN coalesce(
           (SELECT ms(l.value ->> 'within') FROM part p, json_each(p.value) l WHERE p.name = 'ladder'
               AND p.file = 'roles/organisations/' || (SELECT value FROM part WHERE file = 'scenario' AND name = 'organisation')
               AND l.value ->> 'to' = body -> 'within' ->> 'ladder'),
           ms(body -> 'within' ->> 'else')) ELSE ms(body ->> 'within') END AS within_ms,
       CASE WHEN body ->> 'kind' = 'deadline' OR body ->> 'time' = 'story' THEN 1 ELSE 0 END AS on_calendar,
       CASE WHEN body ->> 'kind' = 'choose' OR body -> 'when' -> 'opened' IS NOT NULL THEN 'opened'
            WHEN body -> 'when' -> 'knows' IS NOT NULL THEN 'knows' ELSE '' END AS starts
FROM written WHERE body ->> 'id' IN (SELECT rule FROM found);
CREATE UNIQUE INDEX rule_id ON rule (id);

-- What the clock of a rule looks at: `names` are facts or injects, empty: any; `by` are parties, empty: anybody.
CREATE TABLE watch AS
SELECT r.id AS rule, f.name, r.starts, ms(r.attention) AS attention,
       CASE WHEN r.starts = '' THEN '[]' WHEN r.kind = 'choose' THEN (SELECT json_array(q.inject) FROM question q WHERE q.id = f.subject)
            WHEN r.match = 'fact' THEN json_array(iif(r.kind = 'all_of', (SELECT fact FROM e WHERE seq = f.activation), f.subject))
            ELSE list(CASE json_type(r.body, '$.when.' || r.starts) WHEN 'object' THEN r.body -> ('$.when.' || r.starts || '.fact')
                ELSE r.body -> ('$.when.' || r.starts) END) END AS names,
       list(CASE WHEN r.kind = 'choose' THEN (SELECT q.owners FROM question q WHERE q.id = f.subject)
            ELSE coalesce(iif(json_type(r.body, '$.when.' || r.starts) = 'object', r.body -> ('$.when.' || r.starts || '.by'), NULL),
                r.body -> '$.when.by') END) AS by_whom,
       list(iif(json_type(r.body, '$.when.knows') = 'object', r.body -> '$.when.knows.slot', NULL)) AS slots,
       coalesce(r.body ->> '$.when.corrects', iif(json_type(r.body, '$.when.knows') = 'object', r.body ->> '$.when.knows.corrects', NULL), '')
           IN ('yes', 'true') AS corrects
FROM found f JOIN rule r ON r.id = f.rule
WHERE r.starts <> '' AND r.kind IN ('respond', 'all_of', 'any_of', 'choose') AND f.activation IS NOT NULL;

CREATE TABLE watched_party AS
SELECT w.rule, w.name, n.party FROM watch w, json_each(w.by_whom) b JOIN named n ON n.name = b.value;

-- docs/rules.md 2.6: the candidates, of which the first in the order is the opening event.
CREATE TABLE candidate AS
SELECT w.rule, w.name, e.n, e.seq, e.t FROM watch w JOIN e ON e.kind = CASE w.starts WHEN 'knows' THEN 'learned' ELSE 'opened' END
WHERE (w.names = '[]' OR coalesce(e.fact, e.inject) IN (SELECT value FROM json_each(w.names)))
    AND (w.by_whom = '[]' OR e.actor IN (SELECT party FROM watched_party p WHERE p.rule = w.rule AND p.name = w.name))
    AND (w.slots = '[]' OR (SELECT slot FROM fact WHERE id = e.fact) IN (SELECT value FROM json_each(w.slots)))
    AND (NOT w.corrects OR e.body ->> 'replaces' IS NOT NULL)
UNION ALL
SELECT w.rule, w.name, d.n, d.seq, d.t + w.attention
FROM watch w JOIN e d ON d.kind IN ('delivered', CASE w.starts WHEN 'knows' THEN 'messaged' END)
WHERE w.attention > 0
    AND (w.by_whom = '[]' OR EXISTS (SELECT 1 FROM json_each(list(d.body -> 'to')) t JOIN named n ON n.name = t.value
        JOIN watched_party p ON p.party = n.party WHERE p.rule = w.rule AND p.name = w.name))
    AND CASE w.starts WHEN 'opened' THEN d.inject IN (SELECT value FROM json_each(w.names)) ELSE EXISTS (
        SELECT 1 FROM (
            SELECT fact FROM inject_fact i WHERE d.kind = 'delivered' AND i.inject = d.inject
            UNION SELECT c.value FROM e i, json_each(list(i.body -> 'facts')) c
                WHERE d.kind = 'delivered' AND i.kind = 'improvised' AND i.inject = d.inject
            UNION SELECT fact FROM carries c WHERE d.kind = 'messaged' AND c.seq = d.seq)
        WHERE w.names = '[]' OR fact IN (SELECT value FROM json_each(w.names))) END;
CREATE INDEX candidate_of ON candidate (rule, name);

-- ---- Times -----------------------------------------------------------------------------------

-- The end of a day, or `by` a time of it, is told in the scenario's zone.
CREATE TABLE timed AS
WITH moment AS (
    SELECT f.*, r.kind, r.grace, r.within_ms, r.on_calendar, r.starts, r.weight, r.severity, r.capability, r.place AS rule_place,
        r.body AS rule_body,
        CASE r.on_calendar WHEN 1 THEN a.story_ms ELSE a.t END AS a_t,
        a.kind AS a_kind, a.ack_within_ms, a.next_update_ms,
        CASE r.on_calendar WHEN 1 THEN g.story_ms ELSE g.t END AS g_t, g.n AS g_n,
        m.t AS m_t
    FROM found f JOIN rule r ON r.id = f.rule LEFT JOIN e a ON a.seq = f.activation LEFT JOIN e g ON g.seq = f.target
        LEFT JOIN e m ON m.seq = f.miss),
begun AS (
    SELECT m.*, CASE
        WHEN kind IN ('content', 'flow') THEN g_t
        WHEN kind IN ('precede', 'forbid') THEN NULL
        WHEN starts <> '' AND kind IN ('respond', 'all_of', 'any_of', 'choose') THEN (
            SELECT CASE WHEN m.g_n > opening.n AND m.g_t < c.t THEN m.g_t ELSE c.t END
            FROM candidate c, (SELECT min(n) AS n FROM candidate o WHERE o.rule = m.rule AND o.name = m.name) opening
            WHERE c.rule = m.rule AND c.name = m.name ORDER BY c.t, c.seq LIMIT 1)
        ELSE a_t END AS start
    FROM moment m),
bounded AS (
    SELECT *, CASE
        WHEN kind = 'precede' THEN g_t
        WHEN kind = 'each' THEN start + iif(a_kind = 'messaged' AND ack_within_ms > 0, ack_within_ms, within_ms)
        WHEN kind = 'cadence' THEN start + min(ms(rule_body ->> 'every'), iif(a_kind = 'messaged' AND next_update_ms > 0, next_update_ms, 9e15))
        WHEN kind = 'choose' THEN start + coalesce(within_ms, (SELECT within_ms FROM question q WHERE q.id = subject))
        WHEN kind = 'deadline' THEN CASE
            WHEN rule_body -> '$.bounds[0].hours' IS NOT NULL THEN start + (rule_body ->> '$.bounds[0].hours') * 3600000
            WHEN rule_body -> '$.bounds[0].days' IS NOT NULL THEN (
                SELECT ((start + zone.ms) / 86400000 + (rule_body ->> '$.bounds[0].days')
                        - iif(rule_body ->> '$.bounds[0].first_day' = 'counts', 1, 0)) * 86400000 - zone.ms
                    + coalesce(substr(rule_body ->> '$.bounds[0].by', 1, 2) * 3600000 + substr(rule_body ->> '$.bounds[0].by', 4, 2) * 60000,
                        86399999) FROM zone) END
        WHEN kind IN ('forbid', 'forbid_until', 'hold', 'content', 'flow') THEN NULL
        ELSE start + within_ms END AS bound
    FROM begun)
SELECT *, CASE
    WHEN kind = 'precede' THEN coalesce(a_t, iif(miss_why = 'late', m_t, NULL))
    WHEN g_t IS NULL THEN NULL
    WHEN start IS NULL THEN g_t ELSE max(g_t, start) END AS met
FROM bounded;

-- The time factor (docs/rules.md 2.8); what a ruling made of a finding is worth all or nothing.
CREATE TABLE judged AS
SELECT *, bound - met AS margin, CASE
        WHEN before_ruling IS NOT NULL THEN iif(verdict = 'satisfied', 1000, 0)
        WHEN verdict = 'satisfied' OR kind IN ('content', 'flow') THEN 1000
        WHEN target IS NULL OR kind IN ('forbid', 'forbid_until', 'count', 'hold') THEN 0
        WHEN met IS NULL THEN 0
        WHEN kind IN ('respond', 'choose', 'each', 'all_of', 'any_of', 'cadence', 'deadline') AND bound IS NULL THEN 1000
        WHEN max(met - bound, 0) < grace THEN 1000 * (grace - max(met - bound, 0)) / grace
        ELSE 0 END AS time,
    verdict IN ('satisfied', 'violated') AS scored,
    coalesce(verdict = 'satisfied' AND unaided < 1000, 0) AS helped,
    (SELECT body ->> 'cause' FROM e WHERE e.kind = 'caused' AND e.body ->> 'finding' = timed.name ORDER BY n DESC LIMIT 1) AS cause
FROM timed;
CREATE INDEX judged_rule ON judged (rule);

-- ---- findings --------------------------------------------------------------------------------

CREATE TABLE finding_row AS
SELECT 'findings/' || rule || '/items/' || name || CASE nth WHEN 1 THEN '' ELSE '#' || nth END || '/' AS path, * FROM (
    SELECT *, row_number() OVER (PARTITION BY rule, name ORDER BY place) AS nth FROM judged);
INSERT INTO mine SELECT path || 'start_ms', start FROM finding_row WHERE start IS NOT NULL;
INSERT INTO mine SELECT path || 'bound_ms', bound FROM finding_row WHERE bound IS NOT NULL;
INSERT INTO mine SELECT path || 'met_ms', met FROM finding_row WHERE met IS NOT NULL;
INSERT INTO mine SELECT path || 'margin_ms', margin FROM finding_row WHERE margin IS NOT NULL;
INSERT INTO mine SELECT path || 'points/time', time FROM finding_row WHERE met IS NOT NULL;
INSERT INTO mine SELECT path || 'points/content', content FROM finding_row WHERE met IS NOT NULL;
INSERT INTO mine SELECT path || 'points/unaided', unaided FROM finding_row WHERE met IS NOT NULL;
INSERT INTO mine SELECT path || 'disputed_seq', (SELECT max(seq) FROM e WHERE kind = 'disputed' AND body ->> 'finding' = f.name)
FROM finding_row f WHERE EXISTS (SELECT 1 FROM e WHERE kind = 'disputed' AND body ->> 'finding' = f.name);

-- A finding's events: what began it, what met it, the nearest miss; each once.
CREATE TABLE finding_event AS
SELECT place, 1 AS k, activation AS seq FROM judged WHERE activation IS NOT NULL UNION ALL
SELECT place, 2, target FROM judged WHERE target IS NOT NULL AND target IS NOT activation UNION ALL
SELECT place, 3, miss FROM judged WHERE miss IS NOT NULL AND miss IS NOT activation AND miss IS NOT target;
INSERT INTO mine SELECT path || 'seqs', (SELECT coalesce(json_group_array(seq), '[]')
    FROM (SELECT seq FROM finding_event v WHERE v.place = f.place ORDER BY k)) FROM finding_row f;

-- How long nobody looked at the page of the seat, on the exercise's clock, from a minute on.
CREATE TABLE absent AS
SELECT l.actor, l.t AS since, coalesce((SELECT min(t) FROM e r WHERE r.kind = 'returned' AND r.actor = l.actor AND r.n > l.n), endex.at) AS until
FROM e l, endex WHERE l.kind = 'left';
INSERT INTO mine
SELECT path || 'away_ms', away FROM (
    SELECT f.path, sum(max(0, min(a.until, coalesce(f.met, 9e15), coalesce(f.bound, 9e15), endex.at) - max(a.since, f.start))) AS away
    FROM finding_row f JOIN absent a USING (actor), endex WHERE NOT f.on_calendar AND f.start IS NOT NULL GROUP BY f.place)
WHERE away >= 60000;

CREATE TABLE rule_sum AS
SELECT r.*, 'findings/' || r.id || '/' AS path, sum(j.verdict = 'satisfied') AS met, sum(j.verdict = 'violated') AS missed,
    sum(j.helped) AS helped, sum(NOT j.scored) AS other, sum(j.verdict NOT IN ('not_activated', 'not_measured')) AS told
FROM rule r JOIN judged j ON j.rule = r.id GROUP BY r.id;
INSERT INTO mine SELECT path || 'met', met FROM rule_sum;
INSERT INTO mine SELECT path || 'missed', missed FROM rule_sum;
INSERT INTO mine SELECT path || 'hinted', helped FROM rule_sum;
INSERT INTO mine SELECT path || 'other', other FROM rule_sum;
INSERT INTO mine SELECT path || 'told', told FROM rule_sum;

-- ---- capabilities ----------------------------------------------------------------------------

CREATE TABLE rule_points AS
SELECT rule, capability, weight, sum(time * content * unaided) AS total, count(*) AS n FROM judged WHERE scored GROUP BY rule;
CREATE TABLE capability AS
SELECT 'capabilities/' || capability || '/' AS path, capability AS id, count(DISTINCT rule) AS rules, sum(scored) AS n,
    sum(verdict = 'satisfied') AS met, sum(helped) AS helped FROM judged GROUP BY capability;
INSERT INTO mine SELECT path || 'n', n FROM capability;
INSERT INTO mine SELECT path || 'met', met FROM capability;
INSERT INTO mine SELECT path || 'hinted', helped FROM capability;
INSERT INTO mine SELECT path || 'low', wilson(met, n, -1) FROM capability WHERE n > 0;
INSERT INTO mine SELECT path || 'high', wilson(met, n, 1) FROM capability WHERE n > 0;
INSERT INTO mine SELECT path || 'rules', (SELECT count(*) FROM rule_points p WHERE p.capability = c.id) FROM capability c;
INSERT INTO mine SELECT path || 'points', (SELECT sum(weight * (total / 1000000 / n)) / sum(weight) FROM rule_points p
    WHERE p.capability = c.id) FROM capability c WHERE n > 0;
-- Nobody here has agreed to be named: those who took a seat are counted first, then those who rated, as they came.
CREATE TABLE pseudonym AS
SELECT id, 'P' || row_number() OVER (ORDER BY min(k), min(seq)) AS name FROM (
    SELECT body ->> 'person' AS id, 1 AS k, seq FROM happened WHERE kind = 'assigned'
    UNION ALL SELECT body ->> 'by', 2, seq FROM happened WHERE kind = 'rated' AND body ->> 'by' <> '') GROUP BY id;
INSERT INTO mine
SELECT path || 'rated/' || name || '/seqs', json_array(max(seq)) FROM (
    SELECT c.path, p.name, e.seq FROM capability c JOIN e ON e.kind = 'rated' AND e.body ->> 'capability' = c.id
        JOIN pseudonym p ON p.id = e.body ->> 'by')
GROUP BY path, name;

-- ---- strengths, improvements, plan, the page for management -----------------------------------

-- The events of some findings of a rule, one finding after the other.
CREATE TABLE rule_seqs AS
SELECT rule, verdict, json_group_array(seq) AS seqs FROM (
    SELECT j.rule, j.verdict, v.seq FROM judged j JOIN finding_event v USING (place)
    GROUP BY j.rule, j.verdict, v.seq ORDER BY j.rule, j.verdict, min(place * 3 + k))
GROUP BY rule, verdict;
CREATE TABLE strength AS
SELECT 'strengths/' || id || '/' AS path, * FROM rule_sum WHERE met > 0 AND missed = 0 AND helped = 0;
INSERT INTO mine SELECT path || 'points', total / 1000000 / n FROM strength JOIN rule_points ON rule = id;
INSERT INTO mine SELECT path || 'met', met FROM strength;
INSERT INTO mine SELECT path || 'n', met + missed FROM strength;
INSERT INTO mine SELECT path || 'seqs', coalesce((SELECT seqs FROM rule_seqs WHERE rule = id AND verdict = 'satisfied'), '[]') FROM strength;

CREATE TABLE improvement AS
SELECT 'improvements/' || id || '/' AS path, * FROM rule_sum WHERE missed > 0;
INSERT INTO mine SELECT path || 'missed', missed FROM improvement;
INSERT INTO mine SELECT path || 'n', met + missed FROM improvement;
INSERT INTO mine SELECT path || 'hinted', helped FROM improvement;
INSERT INTO mine SELECT path || 'consequences', (SELECT count(*) FROM judged WHERE excused_by = id) FROM improvement;
INSERT INTO mine SELECT path || 'seqs', coalesce((SELECT seqs FROM rule_seqs WHERE rule = id AND verdict = 'violated'), '[]') FROM improvement;

INSERT INTO mine SELECT 'executive/scored', sum(scored) FROM judged;
INSERT INTO mine SELECT 'executive/missed', sum(verdict = 'violated') FROM judged;
INSERT INTO mine SELECT 'executive/confidence/n', sum(scored) FROM judged;
-- Which rules stand there is a matter of words; what is told of them is not. The events are those of the finding that
-- came closest to its bound, or the first where none has one.
CREATE TABLE on_page AS
SELECT DISTINCT substr(path, 1, length(path) - 2) AS path, substr(path, 1, 14) = 'executive/gaps' AS is_gap,
    CASE substr(path, 1, 14) WHEN 'executive/gaps' THEN substr(path, 16, length(path) - 17) ELSE substr(path, 21, length(path) - 22) END AS rule
FROM told WHERE (path LIKE 'executive/gaps/%/n' OR path LIKE 'executive/strengths/%/n');
INSERT INTO mine SELECT p.path || '/n', r.met + r.missed FROM on_page p JOIN rule_sum r ON r.id = p.rule;
INSERT INTO mine SELECT p.path || '/met', r.met FROM on_page p JOIN rule_sum r ON r.id = p.rule;
INSERT INTO mine SELECT p.path || '/seqs', (SELECT coalesce(json_group_array(seq), '[]') FROM (SELECT seq FROM finding_event v
    WHERE v.place = (SELECT place FROM judged j WHERE j.rule = p.rule
        AND j.verdict = iif(p.is_gap, 'violated', 'satisfied') ORDER BY coalesce(margin, 9e15), place LIMIT 1) ORDER BY k)) FROM on_page p;

CREATE TABLE plan_row AS
SELECT 'plan/IP-' || id || '/' AS path, * FROM rule_sum WHERE missed > 0;
INSERT INTO mine SELECT path || 'missed', missed FROM plan_row;
INSERT INTO mine SELECT path || 'n', met + missed FROM plan_row;
INSERT INTO mine SELECT path || 'seqs', (SELECT json_group_array(seq) FROM (SELECT DISTINCT seq FROM (
    SELECT coalesce(target, miss, activation) AS seq FROM judged j WHERE j.rule = p.id AND j.verdict = 'violated' ORDER BY place)))
FROM plan_row p;

-- ---- skills ----------------------------------------------------------------------------------

-- As docs/skills.md counts, section 1: help counts neither way, and a miss only once skill is named as its cause.
CREATE TABLE opportunity AS
SELECT s.value AS skill, j.*, CASE WHEN verdict = 'satisfied' THEN iif(helped, 'helped', 'met')
    WHEN cause IS NULL THEN 'unexplained' WHEN cause = 'skill' THEN 'missed' ELSE 'left_out' END AS outcome
FROM judged j, json_each(list(j.rule_body -> 'skills')) s WHERE j.scored;
CREATE TABLE skill AS
SELECT 'skills/' || skill || '/' AS path, skill AS id, count(*) AS observed, sum(outcome IN ('met', 'missed')) AS n,
    sum(outcome = 'met') AS met, sum(outcome = 'helped') AS helped, sum(outcome = 'left_out') AS left_out,
    sum(outcome = 'unexplained') AS unexplained
FROM opportunity GROUP BY skill;
INSERT INTO mine SELECT path || 'observed', observed FROM skill;
INSERT INTO mine SELECT path || 'n', n FROM skill;
INSERT INTO mine SELECT path || 'met', met FROM skill;
INSERT INTO mine SELECT path || 'hinted', helped FROM skill;
INSERT INTO mine SELECT path || 'left_out', left_out FROM skill;
INSERT INTO mine SELECT path || 'unexplained', unexplained FROM skill;
INSERT INTO mine SELECT path || 'low', long_run(met, n - met, -1) FROM skill WHERE n >= 3;
INSERT INTO mine SELECT path || 'high', long_run(met, n - met, 1) FROM skill WHERE n >= 3;
INSERT INTO mine SELECT path || 'seqs', (SELECT json_group_array(seq) FROM (SELECT DISTINCT seq FROM (
    SELECT coalesce(target, activation) AS seq FROM opportunity o WHERE o.skill = s.id AND outcome <> 'left_out' ORDER BY place)
    WHERE seq IS NOT NULL))
FROM skill s;
