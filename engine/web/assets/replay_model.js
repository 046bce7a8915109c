// Who knew what at a moment: arithmetic on what /api/1/replay gives, without a page.

const byTime = (a, b) => a.at_ms - b.at_ms;

// The calendar at a moment of the exercise; null before there was one.
function storyAt(pages, t) {
  const page = pages.filter((one) => one.at_ms <= t).pop();
  return page ? page.story_ms + (t - page.at_ms) * page.pace : null;
}

// Moments at which somebody came to know something, a fact each: [{at_ms, fact, parties}].
function findChanges(facts) {
  return facts
    .flatMap((fact) => {
      const times = [...new Set(fact.known.map((one) => one.at_ms))];
      return times.map((at_ms) => ({
        key: `${fact.id} ${at_ms}`,
        at_ms,
        fact,
        learned: fact.known.filter((one) => one.at_ms === at_ms),
      }));
    })
    .sort(byTime);
}

// Those who lacked the same thing over the same time stand together; the largest gaps stay first.
function gatherGaps(gaps) {
  const gathered = new Map();
  for (const gap of gaps) {
    const key = `${gap.fact} ${gap.since_ms} ${gap.until_ms}`;
    if (!gathered.has(key)) gathered.set(key, { ...gap, parties: [] });
    gathered.get(key).parties.push(gap.party);
  }
  return [...gathered.values()];
}

export function createModel(data) {
  const facts = new Map(data.facts.map((fact) => [fact.id, fact]));
  const known = new Map(
    data.facts.map((fact) => [fact.id, new Map(fact.known.map((one) => [one.party, one]))]),
  );
  const needs = new Map(
    data.facts.map((fact) => [fact.id, new Map(fact.needs.map((one) => [one.party, one.need]))]),
  );
  const knownOf = (id, party) => (known.get(id) || new Map()).get(party);
  const knows = (id, party, t) => {
    const one = knownOf(id, party);
    return Boolean(one && one.at_ms <= t);
  };
  const parties = data.parties.map((one) => one.id);
  const knowsNewer = (fact, party, t) => fact.replaced_by.some((id) => knows(id, party, t));
  const truthAt = (fact, t) => fact.truths.filter((one) => one.from_ms <= t).pop();

  // Put right by a card that somebody holds: from then on it can be known that it is out of date.
  const isOutdated = (fact, t) => parties.some((party) => knowsNewer(fact, party, t));
  const isUntrue = (fact, t) => truthAt(fact, t)?.true === false;

  // "knows", "stale" (goes by what is out of date), "newer" (has the card that puts it right),
  // "lacks" (must know), or "none".
  function stateOf(fact, party, t) {
    if (knowsNewer(fact, party, t)) return "newer";
    if (knows(fact.id, party, t)) return isOutdated(fact, t) ? "stale" : "knows";
    return needs.get(fact.id).get(party) === "must" ? "lacks" : "none";
  }

  return {
    facts,
    parties: data.parties,
    end_ms: data.end_ms,
    gaps: gatherGaps(data.gaps),
    changes: findChanges(data.facts),
    knownOf,
    truthAt,
    isOutdated,
    isUntrue,
    stateOf,
    storyAt: (t) => storyAt(data.story, t),
    // What had come to the table by then, in the order in which it came.
    factsAt: (t) => data.facts.filter((fact) => fact.came_ms <= t).sort((a, b) => a.came_ms - b.came_ms),
    lastMoment: (t, kind) => data.moments.filter((one) => one.kind === kind && one.at_ms <= t).pop(),
    // Of a fact at a moment: who knew it or what puts it right, and who had to and did not.
    knewAt: (fact, t) => parties.filter((party) => ["knows", "stale", "newer"].includes(stateOf(fact, party, t))),
    lackedAt: (fact, t) => parties.filter((party) => stateOf(fact, party, t) === "lacks"),
  };
}
