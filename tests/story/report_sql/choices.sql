-- What the report chose to show, against docs/report.md: the three strengths and the three gaps of the page for
-- management, and that a rung of the ladder is judged by what concerns whoever stands on it. A choice of its own
-- stands in `wrong`, and so do two counts that are not what the documents say.

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
            SELECT 1 FROM judged j WHERE j.rule = r.id AND j.verdict = 'satisfied' AND j.target IS NOT NULL)));
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

-- The events behind a count are as many as it says; who tells somebody in a handover has told them.
INSERT INTO wrong
SELECT 'figures/told-' || p.place || '/seqs', 'handover ' || m.seq || ' is missing'
FROM pair p JOIN passed m USING (giver, party), told t
WHERE m.kind = 'handed-off' AND t.path = 'figures/told-' || p.place || '/seqs'
    AND m.seq NOT IN (SELECT value FROM json_each(t.value));

-- An entry is what somebody made, not what followed from it by itself.
INSERT INTO wrong
SELECT 'conduct/late/n', 'event ' || h.seq || ' is no entry'
FROM happened h, told t WHERE t.path = 'figures/conduct-late/seqs' AND h.kind = 'learned'
    AND h.seq IN (SELECT value FROM json_each(t.value));
