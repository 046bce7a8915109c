-- `communication`, `knowledge` and `told`: every figure of docs/metrics.md, in its order. First what is
-- counted, one row an item; the arithmetic of shares and medians comes once, at the end.

CREATE TABLE rate (id, part, who, hit);
CREATE TABLE span (id, part, who, length, open);
CREATE TABLE number (id, part, who, value);
CREATE TABLE ratio (id, part, who, given, asked);
CREATE TABLE metric (place INTEGER PRIMARY KEY, id, part, shape, by_who, descriptive);
INSERT INTO metric (id, part, shape, by_who, descriptive) VALUES
    ('C01', '', 'time', 1, 0), ('C02', '', 'rate', 1, 0),
    ('C03', 'acked', 'rate', 1, 0), ('C03', 'read-back', 'rate', 1, 0), ('C03', 'done', 'rate', 1, 0),
    ('C03', 'closed', 'rate', 1, 0), ('C04', '', 'rate', 1, 0),
    ('C05', 'boxed', 'rate', 1, 0), ('C05', 'followed', 'rate', 1, 0), ('C06', '', 'time', 0, 0),
    ('C07', '', 'time', 1, 0), ('C08', '', 'time', 1, 0), ('C09', '', 'time', 1, 0), ('C09', 'asking', 'rate', 1, 0),
    ('C10', 'to-order', 'time', 1, 0), ('C10', 'to-done', 'time', 1, 0), ('C11', '', 'count', 1, 1),
    ('C12', '', 'time', 1, 0), ('C13', 'promised', 'rate', 1, 0), ('C13', 'gap', 'time', 1, 0),
    ('C14', '', 'rate', 1, 0), ('C15', '', 'rate', 1, 0),
    ('C16', 'true', 'rate', 1, 0), ('C16', 'superseded', 'rate', 1, 0), ('C16', 'unrecorded', 'rate', 1, 0),
    ('C17', 'contradicted', 'rate', 0, 0), ('C17', 'standing', 'rate', 0, 0), ('C18', '', 'time', 1, 0),
    ('C19', '', 'rate', 1, 0), ('C20', '', 'rate', 1, 0), ('C21', '', 'time', 0, 0), ('C21', 'approved', 'rate', 0, 0),
    ('C22', '', 'rate', 1, 0), ('C23', '', 'ratio', 1, 1), ('C24', 'inside', 'rate', 0, 0),
    ('C24', 'outside', 'rate', 0, 0), ('C24', 'inside-time', 'time', 0, 0), ('C24', 'outside-time', 'time', 0, 0),
    ('C25', 'complete', 'rate', 1, 0), ('C25', 'accepted', 'rate', 1, 0), ('C25', 'noted', 'rate', 1, 0),
    ('C26', '', 'rate', 1, 1), ('C27', 'waiting', 'time', 1, 1), ('C28', 'reason', 'rate', 1, 0),
    ('C28', 'owner', 'rate', 1, 0), ('C28', 'in-time', 'rate', 0, 0), ('noise', '', 'rate', 1, 0),
    ('false-alarms', '', 'rate', 1, 0), ('unread-acks', '', 'rate', 1, 0), ('stamps', '', 'rate', 1, 0),
    ('contested', 'orders', 'rate', 1, 0), ('contested', 'deeds', 'rate', 1, 0),
    ('contested', 'decisions', 'rate', 1, 0), ('contested', 'approvals', 'rate', 1, 0);

-- ---- Loops -----------------------------------------------------------------------------------

-- C01, C02: one item for each seat that was asked to acknowledge.
CREATE TABLE asked_ack AS
SELECT m.seq, m.t, m.ack_within_ms, g.party, (SELECT min(a.t) FROM e a WHERE a.n > m.n AND a.actor = g.party AND (
    a.kind = 'acked' AND a.message = m.message AND NOT a.unread
    OR a.kind = 'read-back' AND a.message = m.message
    OR a.kind = 'messaged' AND a.re = m.message)) AS ended
FROM e m JOIN goes g USING (seq)
WHERE m.kind = 'messaged' AND g.is_seat AND (m.ack_within_ms > 0 OR m.body ->> 'readback');
INSERT INTO span SELECT 'C01', '', party, coalesce(ended, endex.at) - t, ended IS NULL FROM asked_ack, endex;
INSERT INTO rate SELECT 'C02', '', party, coalesce(ended <= t + ack_within_ms, 0) FROM asked_ack, endex
WHERE ack_within_ms > 0 AND (ended IS NOT NULL OR t + ack_within_ms <= endex.at);

-- Orders of seats, with what came back.
CREATE TABLE orders AS
SELECT m.*, (SELECT count(*) FROM goes g WHERE g.seq = m.seq) AS parties,
    EXISTS (SELECT 1 FROM goes g WHERE g.seq = m.seq AND g.is_seat) AS to_seat
FROM e m WHERE m.kind = 'messaged' AND m.type = 'order' AND m.by_seat;
CREATE TABLE order_done AS
SELECT o.seq, min(a.n) AS n, min(a.t) AS t FROM orders o JOIN e a ON a.n > o.n AND (
    a.kind = 'acted' AND a.ordered = o.message
    OR a.kind = 'messaged' AND a.type = 'report' AND a.re = o.message
        AND a.actor IN (SELECT party FROM goes g WHERE g.seq = o.seq))
GROUP BY o.seq;
CREATE TABLE order_read_back AS
SELECT o.seq, min(a.n) AS n FROM orders o JOIN e a ON a.kind = 'read-back' AND a.message = o.message GROUP BY o.seq;
CREATE TABLE order_answered AS
SELECT o.seq, min(a.t) AS t FROM orders o JOIN e a ON a.n > o.n AND a.actor IN (SELECT party FROM goes g WHERE g.seq = o.seq)
    AND (a.kind = 'acked' AND a.message = o.message AND NOT a.unread OR a.kind = 'read-back' AND a.message = o.message
        OR a.kind = 'messaged' AND a.re = o.message)
GROUP BY o.seq;
INSERT INTO rate SELECT 'C03', 'done', actor, d.seq IS NOT NULL FROM orders o LEFT JOIN order_done d USING (seq);
INSERT INTO rate SELECT 'C03', 'acked', actor, a.seq IS NOT NULL OR d.seq IS NOT NULL
FROM orders o LEFT JOIN order_answered a USING (seq) LEFT JOIN order_done d USING (seq) WHERE to_seat;
INSERT INTO rate SELECT 'C03', 'read-back', actor, r.seq IS NOT NULL FROM orders o LEFT JOIN order_read_back r USING (seq) WHERE to_seat;
INSERT INTO rate SELECT 'C03', 'closed', actor, coalesce(EXISTS (SELECT 1 FROM e a WHERE a.n >= r.n AND (
    a.kind = 'acted' AND a.ordered = o.message OR a.kind = 'messaged' AND a.type = 'report' AND a.re = o.message)), 0)
FROM orders o LEFT JOIN order_read_back r USING (seq) WHERE to_seat;
INSERT INTO rate SELECT 'C04', '', actor, parties = 1 FROM orders;
INSERT INTO rate SELECT 'C05', 'boxed', actor, ack_within_ms > 0 FROM orders;
INSERT INTO rate SELECT 'C05', 'followed', actor, coalesce(min(a.t, d.t), a.t, d.t, 9e15) <= o.t + o.ack_within_ms
FROM orders o LEFT JOIN order_answered a USING (seq) LEFT JOIN order_done d USING (seq), endex
WHERE o.ack_within_ms > 0 AND (o.t + o.ack_within_ms <= endex.at OR coalesce(a.t, d.t) IS NOT NULL);

-- C10
INSERT INTO span SELECT 'C10', 'to-order', d.actor, o.t - d.t, 0
FROM e d JOIN e o ON o.n = (SELECT min(x.n) FROM e x WHERE x.n > d.n AND x.actor = d.actor
    AND (x.kind = 'decided' OR x.kind = 'messaged' AND x.type = 'order'))
WHERE d.kind = 'decided' AND d.by_seat AND o.kind = 'messaged';
INSERT INTO span SELECT 'C10', 'to-done', actor, coalesce(d.t, endex.at) - o.t, d.t IS NULL
FROM orders o LEFT JOIN order_done d USING (seq), endex WHERE o.body ->> 'action' IS NOT NULL;

-- C13
CREATE TABLE promise AS
SELECT m.seq, m.actor, m.t + m.next_update_ms AS due, g.party, p.place, (SELECT min(x.t) FROM e x JOIN goes y USING (seq)
    WHERE x.n > m.n AND x.actor = m.actor AND y.party = g.party AND x.kind IN ('messaged', 'said')
        AND coalesce(x.type, '') NOT IN ('request', 'order', 'approval-request', 'approval')) AS came
FROM e m JOIN goes g USING (seq) JOIN party p ON p.id = g.party
WHERE m.kind = 'messaged' AND m.by_seat AND m.next_update_ms > 0;
INSERT INTO rate SELECT 'C13', 'promised', actor, coalesce(came <= due, 0) FROM promise, endex
WHERE came IS NOT NULL OR due <= endex.at;
INSERT INTO span SELECT 'C13', 'gap', g.party, coalesce(nxt, endex.at) - t, nxt IS NULL FROM (
    SELECT g.party, e.t, lead(e.t) OVER (PARTITION BY g.party ORDER BY e.n) AS nxt
    FROM e JOIN goes g USING (seq) WHERE e.kind = 'messaged' AND e.by_seat AND e.type IN ('sitrep', 'statement')) g, endex;

-- C24: requests of anybody, and the first answer of a recipient.
CREATE TABLE request AS
SELECT m.seq, m.n, m.t, m.message, m.actor, m.by_seat,
    EXISTS (SELECT 1 FROM goes g WHERE g.seq = m.seq AND g.is_seat) AS to_seat,
    (SELECT min(a.n) FROM e a WHERE a.n > m.n AND a.re = m.message AND (a.kind = 'delivered'
        OR a.kind = 'messaged' AND a.actor IN (SELECT party FROM goes g WHERE g.seq = m.seq))) AS answered
FROM e m WHERE m.kind = 'messaged' AND m.type = 'request';
INSERT INTO rate SELECT 'C24', iif(to_seat, 'inside', 'outside'), '', answered IS NOT NULL FROM request
WHERE to_seat OR by_seat;
INSERT INTO span SELECT 'C24', iif(to_seat, 'inside', 'outside') || '-time', '',
    coalesce(a.t, endex.at) - r.t, a.t IS NULL
FROM request r LEFT JOIN e a ON a.n = r.answered, endex WHERE to_seat OR r.by_seat;

-- C25
INSERT INTO rate SELECT 'C25', 'complete', h.actor, NOT EXISTS (
    SELECT 1 FROM knows k JOIN need ON need.fact = k.fact AND need.need = 'must'
        JOIN goes g ON g.seq = h.seq AND g.party = need.party
    WHERE k.party = h.actor AND k.n < h.n
        AND NOT EXISTS (SELECT 1 FROM knows l JOIN e le ON le.n = l.n WHERE l.party = g.party AND l.fact = k.fact
            AND (l.n < h.n OR le.cause = h.seq)))
FROM e h WHERE h.kind = 'handed-off';
INSERT INTO rate SELECT 'C25', 'accepted', h.actor, EXISTS (SELECT 1 FROM e a JOIN goes back USING (seq)
    WHERE a.n > h.n AND a.kind IN ('messaged', 'said') AND back.party = h.actor
        AND a.actor IN (SELECT party FROM goes g WHERE g.seq = h.seq))
FROM e h WHERE h.kind = 'handed-off';
INSERT INTO rate SELECT 'C25', 'noted', h.actor, h.body ->> 'text' IS NOT NULL FROM e h WHERE h.kind = 'handed-off';

-- ---- Time to act -----------------------------------------------------------------------------

-- C06
INSERT INTO span
SELECT 'C06', '', '', max(0, coalesce(min(r.t), endex.at) - b.t), min(r.t) IS NULL
FROM (SELECT min(d.n) AS n, min(d.t) AS t FROM e d JOIN inject i ON i.id = d.inject
      WHERE d.kind = 'delivered' AND i.kind NOT IN ('benign', 'contextual') AND EXISTS (
          SELECT 1 FROM inject_fact f JOIN need_of_name w USING (fact) WHERE f.inject = i.id AND w.need = 'must')) b
    LEFT JOIN e r ON r.n > b.n AND (r.kind = 'messaged' AND r.by_seat AND r.type IN ('report', 'escalation', 'notification')
        OR r.kind = 'declared' AND r.body ->> 'status' IN ('aware', 'classified')), endex
WHERE b.n IS NOT NULL;

-- C07, C08: from when a sender could have known, until the first that reached.
CREATE TABLE told_up AS
SELECT m.seq, m.message, m.type, g.party, g.is_seat, (SELECT min(k.t) FROM knows k JOIN carries c ON c.fact = k.fact
    WHERE c.seq = m.seq AND k.party = m.actor AND k.n < m.n) AS since
FROM e m JOIN goes g USING (seq)
WHERE m.kind = 'messaged' AND m.by_seat AND m.type IN ('escalation', 'notification');
CREATE TABLE aware AS
SELECT min(t) AS t FROM e WHERE kind = 'declared' AND body ->> 'status' = 'aware';
INSERT INTO span
SELECT 'C07', '', party, coalesce(r, endex.at) - since, r IS NULL FROM (
    SELECT party, min(since) AS since, min((SELECT min(r.t) FROM e r WHERE r.kind = 'reached' AND r.actor = u.party
        AND r.message = u.message)) AS r
    FROM told_up u WHERE type = 'escalation' AND since IS NOT NULL GROUP BY party), endex;
INSERT INTO span
SELECT 'C08', '', party, coalesce(r, endex.at) - since, r IS NULL FROM (
    SELECT party, min(coalesce(min(since, (SELECT t FROM aware)), since)) AS since, min((SELECT min(r.t) FROM e r
        WHERE r.kind = 'reached' AND r.actor = u.party AND r.message = u.message)) AS r
    FROM told_up u WHERE type = 'notification' AND NOT is_seat AND since IS NOT NULL GROUP BY party), endex;

-- C09
CREATE TABLE decision_time AS
SELECT q.id, o.actor AS owner, o.t, min(o.n) AS n,
    (SELECT min(d.t) FROM e d WHERE d.kind = 'decided' AND d.question = q.id AND NOT d.contested) AS decided,
    (SELECT min(d.t) FROM e d WHERE d.kind = 'expired' AND d.question = q.id) AS expired
FROM question q JOIN e o ON o.kind = 'opened' AND o.inject = q.inject AND o.by_seat
    AND (q.owners = '[]' OR EXISTS (SELECT 1 FROM json_each(q.owners) w JOIN named ON named.name = w.value
        WHERE named.party = o.actor))
GROUP BY q.id;
INSERT INTO span
SELECT 'C09', '', owner, min(coalesce(decided, endex.at), coalesce(expired, endex.at)) - t,
    coalesce(decided, 9e15) > coalesce(expired, endex.at)
FROM decision_time, endex WHERE min(coalesce(decided, endex.at), coalesce(expired, endex.at)) >= t;
INSERT INTO rate
SELECT 'C09', 'asking', d.actor, EXISTS (SELECT 1 FROM request r WHERE r.actor = d.actor AND r.n < d.n
    AND (r.answered IS NULL OR r.answered > d.n))
FROM e d WHERE d.kind = 'decided' AND d.by_seat;

-- C21
CREATE TABLE outside_public AS SELECT id FROM stakeholder WHERE audience = 'public';
CREATE TABLE first_statement AS
SELECT m.* FROM e m WHERE m.kind = 'messaged' AND m.by_seat AND m.type = 'statement'
    AND EXISTS (SELECT 1 FROM goes g WHERE g.seq = m.seq AND g.party IN (SELECT id FROM outside_public))
ORDER BY m.n LIMIT 1;
CREATE TABLE first_public AS
SELECT min(d.n) AS n, min(d.t) AS t FROM e d LEFT JOIN inject i ON i.id = d.inject
    LEFT JOIN e p ON p.kind = 'improvised' AND p.inject = d.inject
WHERE d.kind = 'delivered' AND (coalesce(d.body ->> 'via', i.via, p.body ->> 'via') = 'news'
    OR i.sender IN (SELECT id FROM outside_public));
INSERT INTO span SELECT 'C21', '', '', max(0, coalesce(s.t, endex.at) - p.t), s.t IS NULL
FROM first_public p LEFT JOIN first_statement s ON 1, endex WHERE p.n IS NOT NULL;
INSERT INTO rate SELECT 'C21', 'approved', '', approved FROM first_statement;

-- C27: what came to a seat until the seat opened it.
CREATE TABLE came AS
SELECT d.seq, d.n, d.t, g.party AS seat, (SELECT min(o.n) FROM e o WHERE o.kind = 'opened' AND o.actor = g.party
    AND (d.kind = 'delivered' AND o.inject = d.inject OR d.kind = 'messaged' AND o.message = d.message)) AS opened
FROM e d JOIN goes g USING (seq) WHERE g.is_seat AND d.kind IN ('delivered', 'messaged');
INSERT INTO span SELECT 'C27', 'waiting', c.seat, coalesce(o.t, endex.at) - c.t, o.t IS NULL
FROM came c LEFT JOIN e o ON o.n = c.opened, endex;

-- ---- Knowing ---------------------------------------------------------------------------------

-- Who handed a fact on, as far as the record says.
CREATE TABLE giver AS
SELECT k.party, k.fact, k.n, k.source, CASE k.source
    WHEN 'message' THEN (SELECT actor FROM message m WHERE m.message = k.through)
    WHEN 'said' THEN coalesce((SELECT c.actor FROM e l JOIN e c ON c.seq = l.cause WHERE l.n = k.n), k.through)
    WHEN 'handoff' THEN coalesce((SELECT c.actor FROM e l JOIN e c ON c.seq = l.cause WHERE l.n = k.n), k.through)
    WHEN 'heard' THEN (SELECT w.party FROM named w JOIN party p ON p.id = w.party
        JOIN knows kk ON kk.party = w.party AND kk.fact = k.fact AND kk.n < k.n
        WHERE w.name = k.through AND w.party <> k.party ORDER BY p.place LIMIT 1) END AS giver
FROM knows k;
CREATE TABLE hops AS
WITH RECURSIVE h (party, fact, n, hops) AS (
    SELECT party, fact, n, CASE WHEN source IN ('inject', 'revealed', 'unrecorded') THEN 0 ELSE 1 END
    FROM giver g WHERE source IN ('inject', 'revealed', 'unrecorded')
        OR NOT EXISTS (SELECT 1 FROM knows k WHERE k.party = g.giver AND k.fact = g.fact AND k.n < g.n)
    UNION ALL
    SELECT g.party, g.fact, g.n, h.hops + 1 FROM h JOIN giver g ON g.giver = h.party AND g.fact = h.fact AND h.n < g.n
    WHERE g.source NOT IN ('inject', 'revealed', 'unrecorded'))
SELECT party, fact, hops FROM h;
INSERT INTO number SELECT 'C11', '', h.party, h.hops FROM hops h
WHERE h.party IN (SELECT actor FROM e WHERE kind = 'decided' AND by_seat);

-- C12
CREATE TABLE first_knower AS
SELECT fact, party, t, n FROM knows k WHERE n = (SELECT min(n) FROM knows x WHERE x.fact = k.fact);
INSERT INTO span
SELECT 'C12', '', need.party, max(0, coalesce(got, endex.at) - f.t), got IS NULL FROM first_knower f
    JOIN need ON need.fact = f.fact AND need.need = 'must' AND need.party <> f.party
    JOIN party ON party.id = need.party,
    (SELECT 1), endex,
    (SELECT NULL) LEFT JOIN (SELECT k.party, c.fact, min(k.t) AS got FROM knows k
        JOIN (SELECT id AS fact, id AS told FROM fact UNION ALL SELECT card, newer FROM replaced) c ON c.told = k.fact
        GROUP BY k.party, c.fact) g ON g.party = need.party AND g.fact = f.fact;

-- C14, C15
CREATE TABLE slot_of AS
SELECT m.seq, m.n, m.actor, s.id AS slot, s.place,
    EXISTS (SELECT 1 FROM carries c JOIN fact f ON f.id = c.fact WHERE c.seq = m.seq AND f.slot = s.id) AS answered,
    EXISTS (SELECT 1 FROM unknown u WHERE u.seq = m.seq AND u.slot = s.id) AS unknown,
    EXISTS (SELECT 1 FROM knows k JOIN fact f ON f.id = k.fact WHERE k.party = m.actor AND k.n < m.n AND f.slot = s.id) AS knew
FROM e m, slot s
WHERE m.kind = 'messaged' AND m.by_seat AND m.type IN ('report', 'escalation', 'notification', 'sitrep');
INSERT INTO rate SELECT 'C14', '', actor, answered OR unknown FROM slot_of;
INSERT INTO rate SELECT 'C15', '', actor, unknown AND NOT knew FROM slot_of WHERE NOT answered;

-- C16
CREATE TABLE truth AS
SELECT f.id AS fact, CAST(j.key AS INTEGER) AS place, ms(j.value ->> 'from') AS since,
       j.value ->> 'holds' NOT IN ('no', 'false') AS holds
FROM fact f, json_each(list(f.truth)) j;
CREATE TABLE stated AS
SELECT m.seq, m.n, m.t, m.actor, c.fact FROM e m JOIN carries c USING (seq)
WHERE m.kind IN ('messaged', 'said') AND m.by_seat;
INSERT INTO rate SELECT 'C16', 'true', actor, coalesce((SELECT holds FROM truth WHERE truth.fact = s.fact
    AND since <= s.t ORDER BY place DESC LIMIT 1), 1) FROM stated s;
INSERT INTO rate SELECT 'C16', 'superseded', actor, EXISTS (SELECT 1 FROM replaced r
    JOIN knows k ON k.fact = r.newer AND k.party = s.actor AND k.n < s.n WHERE r.card = s.fact) FROM stated s;
INSERT INTO rate SELECT 'C16', 'unrecorded', actor, NOT EXISTS (SELECT 1 FROM knows k WHERE k.party = s.actor
    AND k.fact = s.fact AND k.n < s.n AND k.source <> 'unrecorded') FROM stated s;

-- C17: after each telling, who stands with the card and who with a newer one.
CREATE TABLE telling AS
SELECT s.seq, s.n, s.t, s.actor, s.fact, g.party FROM stated s JOIN goes g USING (seq);
CREATE TABLE card_told AS
SELECT DISTINCT card FROM replaced r WHERE card IN (SELECT fact FROM telling)
    AND EXISTS (SELECT 1 FROM replaced x JOIN telling w ON w.fact = x.newer WHERE x.card = r.card);
-- The last word of a party about a card: 0 the card, 1 a newer one; one message that says both is newer.
CREATE TABLE word AS
SELECT c.card, w.party, w.n, w.t, max(w.fact <> c.card) AS newer
FROM card_told c JOIN telling w ON w.fact = c.card OR w.fact IN (SELECT newer FROM replaced r WHERE r.card = c.card)
GROUP BY c.card, w.party, w.n;
CREATE INDEX word_of ON word (card, party, n);
CREATE TABLE moment AS
SELECT m.card, m.n, m.t,
    EXISTS (SELECT 1 FROM word w WHERE w.card = m.card AND NOT w.newer AND w.n = (SELECT max(x.n) FROM word x
        WHERE x.card = m.card AND x.party = w.party AND x.n <= m.n)) AS has_old,
    EXISTS (SELECT 1 FROM word w WHERE w.card = m.card AND w.newer AND w.n <= m.n) AS has_new
FROM (SELECT DISTINCT card, n, t FROM word) m;
CREATE TABLE contradiction AS
SELECT c.card, (SELECT min(t) FROM moment m WHERE m.card = c.card AND has_old AND has_new) AS since,
    coalesce((SELECT has_old AND has_new FROM moment m WHERE m.card = c.card ORDER BY n DESC LIMIT 1), 0) AS standing,
    (SELECT max(t) FROM (SELECT t, has_old AND has_new AS bad, lag(has_old AND has_new) OVER (ORDER BY n) AS before
        FROM moment m WHERE m.card = c.card) WHERE before AND NOT bad) AS corrected
FROM card_told c;
INSERT INTO rate SELECT 'C17', 'contradicted', '', since IS NOT NULL FROM contradiction;
INSERT INTO rate SELECT 'C17', 'standing', '', standing FROM contradiction;

-- C18: each run of tellings of a card to a party, until a newer one is told. It begins when any seat that had
-- told the card, to whomever, has learned a newer one. Who was told a newer one before that is no item.
CREATE TABLE card_word AS
SELECT c.card, w.party, w.n, w.t, max(w.fact <> c.card) AS newer
FROM (SELECT DISTINCT card FROM replaced) c JOIN telling w ON w.fact = c.card
    OR w.fact IN (SELECT newer FROM replaced r WHERE r.card = c.card)
GROUP BY c.card, w.party, w.n;
CREATE TABLE card_run AS
SELECT *, (SELECT count(*) FROM card_word x WHERE x.card = w.card AND x.party = w.party AND x.newer AND x.n < w.n) AS run
FROM card_word w;
INSERT INTO span
SELECT 'C18', '', party, coalesce(ended, endex.at) - begun, ended IS NULL FROM (
    SELECT r.card, r.party, r.run,
        max(min(r.t), (SELECT min(max(k.t, w.t)) FROM telling w JOIN knows k ON k.party = w.actor
            AND k.fact IN (SELECT newer FROM replaced x WHERE x.card = r.card) WHERE w.fact = r.card)) AS begun,
        (SELECT min(t) FROM card_run y WHERE y.card = r.card AND y.party = r.party AND y.run = r.run AND y.newer) AS ended
    FROM card_run r WHERE NOT newer GROUP BY r.card, r.party, r.run), endex
WHERE begun <= coalesce(ended, endex.at);

-- C19, C20
CREATE TABLE statement AS
SELECT m.* FROM e m WHERE m.kind = 'messaged' AND m.by_seat AND m.type = 'statement'
    AND EXISTS (SELECT 1 FROM goes g WHERE g.seq = m.seq AND NOT g.is_seat);
INSERT INTO rate SELECT 'C19', '', actor, approved FROM statement;
INSERT INTO rate SELECT 'C20', '', s.actor, EXISTS (SELECT 1 FROM e m JOIN goes g USING (seq)
        JOIN stakeholder h ON h.id = g.party AND h.audience = 'own'
    WHERE m.n < s.n AND m.by_seat AND m.kind IN ('messaged', 'said')
        AND (NOT EXISTS (SELECT 1 FROM carries c WHERE c.seq = s.seq)
            OR EXISTS (SELECT 1 FROM carries c JOIN carries d USING (fact) WHERE c.seq = s.seq AND d.seq = m.seq)))
FROM statement s
WHERE EXISTS (SELECT 1 FROM goes g WHERE g.seq = s.seq AND g.party IN (SELECT id FROM outside_public));

-- C22
INSERT INTO rate SELECT 'C22', '', m.actor, EXISTS (SELECT 1 FROM carries c JOIN goes g USING (seq)
    JOIN need ON need.fact = c.fact AND need.party = g.party WHERE c.seq = m.seq AND need.need = 'never')
FROM e m WHERE m.kind IN ('messaged', 'said') AND m.by_seat AND EXISTS (SELECT 1 FROM carries c WHERE c.seq = m.seq);

-- C23
CREATE TABLE push AS
SELECT m.seq, m.actor AS seat FROM e m WHERE m.kind = 'messaged' AND m.by_seat AND m.type IN ('report', 'info')
    AND NOT EXISTS (SELECT 1 FROM request r WHERE r.message = m.re);
INSERT INTO ratio SELECT 'C23', '', id, (SELECT count(*) FROM push WHERE push.seat = s.id),
    (SELECT count(*) FROM request r JOIN goes g USING (seq) WHERE g.party = s.id) FROM seat s;

-- ---- Leading and deciding, playing the tool ---------------------------------------------------

INSERT INTO rate SELECT 'C26', '', actor, kind <> 'acted' FROM e
WHERE actor IN (SELECT seat FROM seat_role WHERE role = 'commander') AND (kind IN ('decided', 'declared', 'acted')
    OR kind = 'messaged' AND type IN ('order', 'sitrep', 'approval'));
INSERT INTO rate SELECT 'C28', 'reason', actor, body ->> 'reason' IS NOT NULL FROM e WHERE kind = 'decided';
INSERT INTO rate SELECT 'C28', 'owner', actor, NOT contested FROM e WHERE kind = 'decided';
-- A question that expired and was decided afterwards was not decided in time.
INSERT INTO rate SELECT 'C28', 'in-time', '', d.kind = 'decided' FROM question q JOIN e d ON d.n = (
    SELECT min(n) FROM e x WHERE x.question = q.id AND (x.kind = 'expired' OR x.kind = 'decided' AND NOT x.contested))
WHERE q.within_ms > 0;

INSERT INTO rate SELECT 'noise', '', m.actor, NOT (
    coalesce(m.type, '') IN ('request', 'order', 'approval-request', 'approval')
    OR EXISTS (SELECT 1 FROM unknown u WHERE u.seq = m.seq)
    OR EXISTS (SELECT 1 FROM carries c JOIN need ON need.fact = c.fact AND need.party = g.party AND need.need <> 'never'
        WHERE c.seq = m.seq AND NOT EXISTS (SELECT 1 FROM knows k WHERE k.party = g.party AND k.fact = c.fact AND k.n < m.n))
    OR EXISTS (SELECT 1 FROM message a WHERE a.message = m.re AND a.actor = g.party
        AND a.type IN ('request', 'order', 'approval-request')))
FROM e m JOIN goes g USING (seq) WHERE m.kind IN ('messaged', 'said') AND m.by_seat;

INSERT INTO rate SELECT 'false-alarms', '', m.actor, EXISTS (SELECT 1 FROM inject i WHERE i.id = m.re AND i.kind = 'benign')
    OR EXISTS (SELECT 1 FROM carries c WHERE c.seq = m.seq) AND NOT EXISTS (SELECT 1 FROM carries c WHERE c.seq = m.seq
        AND (NOT EXISTS (SELECT 1 FROM inject_fact f WHERE f.fact = c.fact)
            OR EXISTS (SELECT 1 FROM inject_fact f WHERE f.fact = c.fact AND f.kind <> 'benign')))
FROM e m WHERE m.kind = 'messaged' AND m.by_seat AND m.type IN ('escalation', 'notification', 'statement');

INSERT INTO rate SELECT 'unread-acks', '', actor, unread FROM e WHERE kind = 'acked' AND by_seat;
INSERT INTO rate SELECT 'stamps', '', actor, unread FROM e WHERE kind = 'messaged' AND by_seat AND type = 'approval';
INSERT INTO rate SELECT 'contested', 'orders', actor, contested FROM orders WHERE body ->> 'action' IS NOT NULL;
INSERT INTO rate SELECT 'contested', 'deeds', actor, contested FROM e WHERE kind = 'acted' AND by_seat;
INSERT INTO rate SELECT 'contested', 'decisions', actor, contested FROM e WHERE kind = 'decided' AND by_seat;
INSERT INTO rate SELECT 'contested', 'approvals', actor, contested FROM e
WHERE kind = 'messaged' AND by_seat AND type = 'approval';

-- ---- The arithmetic --------------------------------------------------------------------------

-- Everything once for the whole table, and where there is a `who`, for it.
CREATE TABLE item AS
WITH all_of (id, part, who, value, open, hit) AS (
    SELECT id, part, who, length, open, NULL FROM span UNION ALL
    SELECT id, part, who, value, 0, NULL FROM number UNION ALL
    SELECT id, part, who, NULL, NULL, hit FROM rate)
SELECT id, part, '' AS who, value, open, hit FROM all_of UNION ALL
SELECT a.id, a.part, a.who, value, open, hit FROM all_of a JOIN metric m USING (id, part) WHERE m.by_who AND a.who <> '';
CREATE INDEX item_of ON item (id, part, who, value);

-- Kaplan and Meier in whole numbers.
CREATE TABLE median AS
WITH RECURSIVE
step AS (
    SELECT id, part, who, value, sum(NOT open) AS ended, (SELECT count(*) FROM item x
        WHERE x.id = i.id AND x.part = i.part AND x.who = i.who AND x.value >= i.value) AS at_risk,
        row_number() OVER (PARTITION BY id, part, who ORDER BY value) AS k
    FROM item i WHERE value IS NOT NULL GROUP BY id, part, who, value HAVING sum(NOT open) > 0),
curve (id, part, who, k, value, s) AS (
    SELECT id, part, who, 0, NULL, 1000000000000 FROM step GROUP BY id, part, who
    UNION ALL
    SELECT c.id, c.part, c.who, st.k, st.value, c.s * (st.at_risk - st.ended) / st.at_risk
    FROM curve c JOIN step st USING (id, part, who) WHERE st.k = c.k + 1)
SELECT id, part, who, min(CASE WHEN s <= 500000000000 THEN value END) AS median,
       min(CASE WHEN s <= 100000000000 THEN value END) AS p90
FROM curve WHERE k > 0 GROUP BY id, part, who;

CREATE TABLE figure AS
SELECT m.place, m.id, m.part, m.shape, '' AS who FROM metric m UNION ALL
SELECT DISTINCT m.place, m.id, m.part, m.shape, i.who FROM metric m JOIN item i USING (id, part) WHERE i.who <> '' UNION ALL
SELECT m.place, m.id, m.part, m.shape, r.who FROM metric m JOIN ratio r USING (id, part) WHERE r.given + r.asked > 0;
CREATE TABLE summed AS
SELECT f.*, CASE f.shape WHEN 'ratio' THEN (SELECT coalesce(sum(given + asked), 0) FROM ratio r
           WHERE r.id = f.id AND f.who IN ('', r.who)) ELSE count(i.id) END AS n,
    CASE f.shape WHEN 'ratio' THEN (SELECT sum(given) FROM ratio r WHERE r.id = f.id AND f.who IN ('', r.who))
        ELSE sum(i.hit) END AS k, sum(i.open) AS open, max(i.value) AS longest
FROM figure f LEFT JOIN item i USING (id, part, who) GROUP BY f.id, f.part, f.who;

CREATE TABLE metric_row AS
SELECT 'communication/metrics/' || id || ',' || part || ',' || (CASE who WHEN '' THEN '' ELSE who_named(who) END) || '/' AS path, *
FROM summed LEFT JOIN median USING (id, part, who);
INSERT INTO mine SELECT path || 'n', n FROM metric_row;
INSERT INTO mine SELECT path || 'k', k FROM metric_row WHERE shape IN ('rate', 'ratio') AND n > 0;
INSERT INTO mine SELECT path || 'low', wilson(k, n, -1) FROM metric_row WHERE shape = 'rate' AND n > 0;
INSERT INTO mine SELECT path || 'high', wilson(k, n, 1) FROM metric_row WHERE shape = 'rate' AND n > 0;
INSERT INTO mine SELECT path || 'open', open FROM metric_row WHERE shape IN ('time', 'count') AND n > 0;
INSERT INTO mine SELECT path || 'median' || iif(shape = 'time', '_ms', ''), median FROM metric_row WHERE median IS NOT NULL;
INSERT INTO mine SELECT path || 'p90' || iif(shape = 'time', '_ms', ''), p90 FROM metric_row WHERE p90 IS NOT NULL;
INSERT INTO mine SELECT path || 'longest' || iif(shape = 'time', '_ms', ''), longest FROM metric_row WHERE longest IS NOT NULL;

-- ---- The lists beside the figures -------------------------------------------------------------

INSERT INTO mine SELECT 'communication/contradictions/' || card || '/from_ms', since FROM contradiction WHERE since IS NOT NULL;
INSERT INTO mine SELECT 'communication/contradictions/' || card || '/corrected_ms', corrected FROM contradiction
WHERE since IS NOT NULL AND NOT standing;

CREATE TABLE promise_row AS
SELECT 'communication/promises/' || seq || ',' || who_named(party) || '/' AS path, * FROM promise;
INSERT INTO mine SELECT path || 'due_ms', due FROM promise_row;
INSERT INTO mine SELECT path || 'next_ms', came FROM promise_row WHERE came IS NOT NULL;
INSERT INTO mine SELECT path || 'seqs', json_array(seq) FROM promise_row;

CREATE TABLE waiting_at AS
SELECT a.seat, a.n, (SELECT count(*) FROM came c WHERE c.seat = a.seat AND c.n <= a.n AND (c.opened IS NULL OR c.opened > a.n)) AS open
FROM came a;
CREATE TABLE load_row AS
SELECT 'communication/load/' || who_named(id) || '/' AS path, id,
    (SELECT count(*) FROM came WHERE seat = id) AS received,
    (SELECT max(c) FROM (SELECT count(*) AS c FROM came WHERE seat = id GROUP BY t / 600000)) AS busiest,
    (SELECT max(open) FROM waiting_at WHERE seat = id) AS backlog,
    (SELECT count(*) FROM came WHERE seat = id AND opened IS NULL) AS unopened FROM seat;
INSERT INTO mine SELECT path || 'received', received FROM load_row;
INSERT INTO mine SELECT path || 'busiest', busiest FROM load_row;
INSERT INTO mine SELECT path || 'backlog', backlog FROM load_row;
INSERT INTO mine SELECT path || 'unopened', unopened FROM load_row;

INSERT INTO mine SELECT 'communication/slots/' || s.place || '/answered', coalesce(sum(answered), 0) FROM slot s LEFT JOIN slot_of o ON o.slot = s.id GROUP BY s.id;
INSERT INTO mine SELECT 'communication/slots/' || s.place || '/unknown', coalesce(sum(unknown AND NOT answered), 0) FROM slot s LEFT JOIN slot_of o ON o.slot = s.id GROUP BY s.id;
INSERT INTO mine SELECT 'communication/slots/' || s.place || '/empty', coalesce(sum(NOT unknown AND NOT answered), 0) FROM slot s LEFT JOIN slot_of o ON o.slot = s.id GROUP BY s.id;
