-- `conduct`, `hot_wash` and `communication.flow`: what bears on the worth of the figures, and what people said.
-- Then `evidence`, which holds every event that anything refers to, so it comes last.

CREATE TABLE noted AS
SELECT 'conduct/' || list || '/' || (row_number() OVER (PARTITION BY list ORDER BY n) - 1) || '/' AS path, seq, t FROM (
    SELECT n, seq, t, CASE kind WHEN 'annulled' THEN 'annulled' WHEN 'left' THEN 'away' WHEN 'returned' THEN 'away'
        WHEN 'hinted' THEN 'hints' WHEN 'jumped' THEN 'jumps' WHEN 'paused' THEN 'pauses' WHEN 'fault' THEN 'faults'
        WHEN 'delivered' THEN 'contingencies' ELSE 'changes' END AS list
    FROM e WHERE kind IN ('annulled', 'left', 'returned', 'hinted', 'jumped', 'paused', 'fault', 'improvised', 'edited', 'held', 'skipped')
        OR kind = 'delivered' AND inject IN (SELECT id FROM inject WHERE inject.kind = 'contingency'));
INSERT INTO mine SELECT path || 'at_ms', t FROM noted;
INSERT INTO mine SELECT path || 'seqs', json_array(seq) FROM noted;
-- What follows from a late entry by itself, as that somebody learned of it, is no entry.
CREATE TABLE entry AS
SELECT 'late' AS what, seq, t FROM happened h WHERE observed_ms < at_ms
    AND NOT EXISTS (SELECT 1 FROM happened c WHERE c.seq = h.cause AND c.observed_ms < c.at_ms)
UNION ALL SELECT 'proxied', seq, t FROM happened WHERE proxy
UNION ALL SELECT 'refused', seq, t FROM happened WHERE kind = 'refused';
INSERT INTO mine SELECT 'conduct/' || w.column1 || '/n', (SELECT count(*) FROM entry WHERE what = w.column1)
FROM (VALUES ('late'), ('proxied'), ('refused')) w;
INSERT INTO mine SELECT 'figures/conduct-' || what || '/seqs', json_group_array(seq) FROM entry GROUP BY what;

-- A reflection that its author took back is not there.
CREATE TABLE heard_after AS
SELECT 'hot_wash/' || CASE kind WHEN 'caused' THEN 'causes' WHEN 'observed' THEN 'observations'
        ELSE 'reflections' END || '/' || (row_number() OVER (PARTITION BY kind ORDER BY n) - 1) || '/' AS path, *
FROM e WHERE kind IN ('caused', 'observed') OR kind = 'reflected' AND NOT EXISTS (SELECT 1 FROM e w
    WHERE w.kind = 'withdrawn' AND w.actor = e.actor AND w.body ->> 'reflection' = e.body ->> 'reflection');
INSERT INTO mine SELECT path || 'seqs', json_array(seq) FROM heard_after;
INSERT INTO mine SELECT path || 'at_ms', t FROM heard_after WHERE kind = 'observed';
-- Disputes by their finding; a ruling stands there also where nobody disputed.
INSERT INTO mine SELECT 'hot_wash/disputes/' || (body ->> 'finding') || '/seqs', json_array(seq) FROM e WHERE kind = 'disputed';
INSERT INTO mine
SELECT 'hot_wash/disputes/' || finding || '/rulings/' || (row_number() OVER (PARTITION BY finding ORDER BY n) - 1) || '/seqs', json_array(seq)
FROM (SELECT body ->> 'finding' AS finding, n, seq FROM e WHERE kind = 'ruled');

INSERT INTO mine
SELECT 'communication/flow/' || (row_number() OVER (ORDER BY place) - 1) || '/seqs', json_array(target)
FROM judged WHERE kind = 'flow' AND verdict = 'violated';

-- ---- evidence --------------------------------------------------------------------------------

CREATE TABLE cited AS
SELECT DISTINCT seq FROM (
    SELECT j.value AS seq FROM mine, json_each(mine.value) j WHERE mine.path LIKE '%/seqs'
    UNION ALL SELECT value FROM mine WHERE path LIKE '%/seq' OR path LIKE '%/disputed_seq');
INSERT INTO mine SELECT 'evidence/' || seq || '/seq', seq FROM cited;
INSERT INTO mine SELECT 'evidence/' || seq || '/at_ms', h.t FROM cited JOIN happened h USING (seq);
INSERT INTO mine SELECT 'evidence/' || seq || '/entered_ms', h.at_ms FROM cited JOIN happened h USING (seq) WHERE h.at_ms > h.t;
INSERT INTO mine SELECT 'evidence/' || seq || '/story', day || ' ' || hour FROM cited JOIN told_time USING (seq);
