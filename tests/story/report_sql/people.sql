-- `scorecards`, `participants`, `messages`, `knowledge`, `told` and the `figures` behind them.

-- ---- scorecards, participants ----------------------------------------------------------------

CREATE TABLE count_of (seat, what, seq, n);
INSERT INTO count_of SELECT seat, 'came', seq, n FROM came;
-- What was read back is confirmed, what is handed over is told, what was noted as heard has come.
INSERT INTO count_of SELECT actor, CASE kind WHEN 'opened' THEN 'opened' WHEN 'messaged' THEN 'sent' WHEN 'acked' THEN 'confirmed' WHEN 'read-back' THEN 'confirmed' WHEN 'heard' THEN 'came'
    WHEN 'decided' THEN 'decided' WHEN 'acted' THEN 'did' ELSE 'said' END, seq, n
FROM e WHERE by_seat AND kind IN ('opened', 'messaged', 'acked', 'decided', 'acted', 'said', 'read-back', 'heard', 'handed-off');
CREATE TABLE count_kind (what);
INSERT INTO count_kind VALUES ('came'), ('opened'), ('sent'), ('confirmed'), ('decided'), ('did'), ('said');
INSERT INTO mine SELECT 'scorecards/' || s.id || '/counts/' || k.what || '/n',
    (SELECT count(*) FROM count_of c WHERE c.seat = s.id AND c.what = k.what) FROM seat s, count_kind k;
INSERT INTO mine SELECT 'figures/seat-' || seat || '-' || what || '/seqs', json_group_array(seq)
FROM (SELECT * FROM count_of ORDER BY seat, what, n) GROUP BY seat, what;

CREATE TABLE scorecard AS
SELECT 'scorecards/' || s.id || '/' AS path, s.id, coalesce(sum(scored), 0) AS n, coalesce(sum(verdict = 'satisfied'), 0) AS met,
    coalesce(sum(helped), 0) AS helped
FROM seat s LEFT JOIN judged j ON j.actor = s.id GROUP BY s.id;
INSERT INTO mine SELECT path || 'n', n FROM scorecard;
INSERT INTO mine SELECT path || 'met', met FROM scorecard;
INSERT INTO mine SELECT path || 'hinted', helped FROM scorecard;
INSERT INTO mine SELECT path || 'low', wilson(met, n, -1) FROM scorecard WHERE n > 0;
INSERT INTO mine SELECT path || 'high', wilson(met, n, 1) FROM scorecard WHERE n > 0;
INSERT INTO mine SELECT 'scorecards/' || actor || '/missed/' || rule || '/n', count(*) FROM judged
WHERE verdict = 'violated' AND actor IN (SELECT id FROM seat) GROUP BY actor, rule;

-- What a seat did: all that it brought about itself. What it learned and what reached it came to it; what was refused did
-- not happen; whether somebody looks at its page is no deed.
CREATE TABLE deed AS
SELECT actor AS seat, proxy FROM e WHERE by_seat AND kind NOT IN ('learned', 'reached', 'refused', 'left', 'returned');
INSERT INTO mine SELECT 'participants/' || id || '/done', (SELECT count(*) FROM deed WHERE seat = id) FROM seat;
INSERT INTO mine SELECT 'participants/' || id || '/proxied', (SELECT count(*) FROM deed WHERE seat = id AND proxy) FROM seat;

-- ---- messages --------------------------------------------------------------------------------

CREATE TABLE sent AS SELECT 'messages/' || seq || '/' AS path, seq, t FROM e WHERE kind IN ('messaged', 'said');
INSERT INTO mine SELECT path || 'seq', seq FROM sent;
INSERT INTO mine SELECT path || 'at_ms', t FROM sent;

-- ---- knowledge -------------------------------------------------------------------------------

CREATE TABLE knowledge AS
SELECT 'knowledge/facts/' || k.fact || '/cells/' || k.party || '/' AS path, k.t, k.t - f.t AS lag, k.seq
FROM knows k JOIN first_knower f USING (fact);
INSERT INTO mine SELECT path || 'at_ms', t FROM knowledge;
INSERT INTO mine SELECT path || 'lag_ms', lag FROM knowledge;
INSERT INTO mine SELECT path || 'seqs', json_array(seq) FROM knowledge;
-- Who had to know a fact that somebody knew, and never did.
INSERT INTO mine SELECT 'knowledge/facts/' || need.fact || '/cells/' || need.party || '/seqs', '[]'
FROM need WHERE need.need = 'must' AND need.fact IN (SELECT fact FROM knows)
    AND NOT EXISTS (SELECT 1 FROM knows k WHERE k.party = need.party AND k.fact = need.fact);

-- ---- told ------------------------------------------------------------------------------------

-- Until a message was opened by a seat, or had reached somebody outside.
CREATE TABLE passed AS
SELECT m.actor AS giver, g.party, m.seq, m.n, m.t, m.kind, (SELECT min(o.t) FROM e o WHERE o.actor = g.party
    AND o.message = m.message AND o.kind = iif(g.is_seat, 'opened', 'reached')) AS got
FROM e m JOIN goes g USING (seq) WHERE m.kind IN ('messaged', 'said', 'handed-off') AND m.by_seat;
CREATE TABLE taught AS
SELECT giver, party, count(*) AS n FROM giver WHERE source IN ('message', 'said', 'heard', 'handoff') AND giver IN (SELECT id FROM seat) GROUP BY giver, party;
CREATE TABLE pair AS
SELECT row_number() OVER (ORDER BY a.place, b.place) AS place, p.* FROM (
    SELECT giver, party, sum(kind = 'messaged') AS messages, sum(kind <> 'messaged') AS said, sum(got IS NOT NULL) AS opened
    FROM passed GROUP BY giver, party) p JOIN party a ON a.id = p.giver JOIN party b ON b.id = p.party;
CREATE TABLE pair_row AS SELECT 'told/' || who_named(giver) || ',' || who_named(party) || '/' AS path, * FROM pair;
INSERT INTO mine SELECT path || 'messages', messages FROM pair_row;
INSERT INTO mine SELECT path || 'said', said FROM pair_row;
INSERT INTO mine SELECT path || 'opened', opened FROM pair_row;
INSERT INTO mine SELECT path || 'taught', coalesce((SELECT n FROM taught t WHERE t.giver = p.giver AND t.party = p.party), 0) FROM pair_row p;
-- The middle one, the lower of two, what never came being longer than all.
INSERT INTO mine
SELECT path || 'median_ms', wait FROM pair_row p JOIN (
    SELECT giver, party, got - t AS wait, row_number() OVER w AS k, count(*) OVER (PARTITION BY giver, party) AS n
    FROM passed WHERE kind = 'messaged' WINDOW w AS (PARTITION BY giver, party ORDER BY got IS NULL, got - t)) USING (giver, party)
WHERE k = (n + 1) / 2 AND wait IS NOT NULL;
INSERT INTO mine SELECT 'figures/told-' || p.place || '/seqs', json_group_array(seq)
FROM pair p JOIN (SELECT * FROM passed ORDER BY n) m USING (giver, party) GROUP BY p.place;
