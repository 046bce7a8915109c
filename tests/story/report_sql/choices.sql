-- What the report chose to show, against docs/report.md: the three strengths and the three gaps of the page for
-- management, and that a rung of the ladder is judged by what concerns whoever stands on it. A choice of its own
-- stands in `wrong`.

CREATE TABLE wrong (path TEXT, says TEXT);

-- Severity, then weight, then what else was missed in consequence, then how often; each from another capability while there are any.
CREATE TABLE weighed AS
SELECT id, is_gap, row_number() OVER (PARTITION BY is_gap ORDER BY nth > 1, grave DESC, weight DESC, drew DESC, times DESC, place) AS k FROM (
    SELECT *, row_number() OVER (PARTITION BY is_gap, capability ORDER BY grave DESC, weight DESC, drew DESC, times DESC, place) AS nth FROM (
        SELECT r.id, r.capability, r.weight, r.place, r.missed > 0 AS is_gap,
            CASE r.severity WHEN 'critical' THEN 4 WHEN 'major' THEN 3 WHEN 'minor' THEN 2 ELSE 1 END AS grave,
            CASE WHEN r.missed > 0 THEN (SELECT count(*) FROM judged j WHERE j.excused_by = r.id) ELSE 0 END AS drew,
            iif(r.missed > 0, r.missed, r.met) AS times
        FROM rule_sum r
        WHERE r.missed > 0 OR r.met > 0 AND r.helped = 0 AND EXISTS (
            SELECT 1 FROM judged j WHERE j.rule = r.id AND j.verdict = 'satisfied' AND j.target IS NOT NULL)
            AND (SELECT total / 1000000 / n FROM rule_points p WHERE p.rule = r.id) >= 700));
INSERT INTO wrong
SELECT 'executive/' || l.column1 || '/' || w.k, 'by the rules it is ' || w.id || ', in the report ' || coalesce(g.value ->> 'rule', 'nothing')
FROM (VALUES ('gaps', 1), ('strengths', 0)) l JOIN weighed w ON w.is_gap = l.column2, report
    LEFT JOIN json_each(report.body -> 'executive' -> l.column1) g ON g.key = w.k - 1
WHERE w.k <= 3 AND g.value ->> 'rule' IS NOT w.id;

-- A rung is reached by what reached its party or the deputy, and not by what reached somebody else.
INSERT INTO wrong
SELECT r.path || 'met_ms', 'event ' || j.target || ' is neither of ' || r.party || ' nor to them'
FROM rung r JOIN judged j ON j.place = r.finding JOIN e ON e.seq = j.target
WHERE e.actor NOT IN (r.party, coalesce(r.deputy, ''))
    AND e.actor NOT IN (SELECT party FROM named WHERE name = r.party)
    AND NOT EXISTS (SELECT 1 FROM goes g WHERE g.seq = e.seq AND (g.party = r.deputy OR g.party IN (SELECT party FROM named WHERE name = r.party)));

-- A rule that asks for no more than that somebody there hears, in the time of the rung if that has one, judges it.
INSERT INTO wrong
SELECT DISTINCT r.path || 'rule', 'the report says ' || (told.value ->> 'rule') || ', and ' || q.id || ' asks for it'
FROM rung r JOIN report JOIN json_each(report.body -> 'ladder') told ON r.path = 'ladder/' || told.key || '/'
    JOIN rule q ON q.kind IN ('deadline', 'respond') AND EXISTS (SELECT 1 FROM judged j WHERE j.rule = q.id AND j.scored),
    json_each(list(coalesce(q.body -> 'then' -> 'knows' -> 'by', q.body -> 'then' -> 'message' -> 'to'))) asked
WHERE asked.value = r.party AND (r.within_ms IS NOT NULL
        OR (SELECT count(*) FROM json_each(coalesce(q.body -> 'then' -> 'knows', q.body -> 'then' -> 'message'))) = 1)
    AND coalesce(r.within_ms, 0) IN (0, q.within_ms, (q.body ->> '$.bounds[0].hours') * 3600000)
    AND NOT EXISTS (SELECT 1 FROM judged j JOIN judged k ON k.place = r.finding AND j.activation = k.activation WHERE j.rule = q.id);
