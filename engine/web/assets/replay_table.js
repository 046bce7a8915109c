// Facts by people at a moment. A table for everybody: on a phone each row stands as a card, and what
// concerns nobody is left out there. A sign says what a colour says.
import { clockText } from "/assets/clock.js";
import { bind, say } from "/assets/i18n.js";
import { h, keyed } from "/assets/ui.js";

const SIGNS = { knows: "●", stale: "▲", newer: "◑", lacks: "○", none: "·" };

// "03:15 message: Incident handler"
const route = (page, { at_ms, from, source }) =>
  say(from ? "replay.routeFrom" : "replay.route", {
    time: clockText(at_ms),
    source: say(`replay.via.${source}`),
    name: from ? page.names.party(from) : "",
  });

function cell(page, model, fact, party, t) {
  const state = model.stateOf(fact, party, t);
  const one = model.knownOf(fact.id, party);
  const isKnown = Boolean(one && one.at_ms <= t);
  const element = h(
    "td",
    { role: "cell", class: `is-${state}${isKnown && one.at_ms === t ? " just" : ""}` },
    h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[state]),
    " ",
    h("span", { class: "unseen", say: say(`replay.is.${state}`) }),
    isKnown ? h("span", { class: "route", say: route(page, one) }) : null,
  );
  return bind(element, page.names.party(party), "data-label");
}

function row(page, model, fact, parties, t) {
  const truth = model.truthAt(fact, t);
  const isOut = model.isOutdated(fact, t);
  const isUntrue = model.isUntrue(fact, t);
  const isTold = truth && (truth.text.en || truth.text.ja) && truth.text.en !== fact.text.en;
  return h(
    "tr",
    { role: "row", class: isOut || isUntrue ? "outdated" : "" },
    h(
      "th",
      { scope: "row", role: "rowheader" },
      isOut ? h("span", { class: "badge", say: say("replay.outdated") }) : null,
      isUntrue && !isOut ? h("span", { class: "untrue", say: say("replay.untrue") }) : null,
      h("span", { class: "fact-text", say: fact.text }),
      isTold ? h("span", { class: "quiet truth", say: say("replay.truth", { text: truth.text }) }) : null,
    ),
    parties.map((party) => cell(page, model, fact, party.id, t)),
  );
}

function buildLegend() {
  return h(
    "ul",
    { class: "legend", label: say("replay.legend") },
    ["knows", "lacks", "stale", "newer"].map((state) =>
      h(
        "li",
        { class: `is-${state}` },
        h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[state]),
        " ",
        h("span", { say: say(`replay.is.${state}`) }),
      ),
    ),
  );
}

// All seats, and of those outside whoever knew or lacked something of it.
const concerned = (model, facts, t) =>
  model.parties.filter(
    (party) => party.seat || facts.some((fact) => model.stateOf(fact, party.id, t) !== "none"),
  );

export function buildMatrix(page, place) {
  const head = h("tr", { role: "row" });
  const rows = h("tbody", { role: "rowgroup" });
  const only = h("input", { type: "checkbox" });
  const caption = h("caption");
  const empty = h("p", { class: "quiet", say: say("replay.nothingYet") });
  const show = () => {
    const { t, model } = place;
    const all = model.factsAt(t);
    const shown = only.checked ? all.filter((fact) => model.lackedAt(fact, t).length > 0) : all;
    const parties = concerned(model, shown, t);
    bind(caption, say("replay.caption", { time: clockText(t), count: shown.length }));
    empty.hidden = all.length > 0;
    head.replaceChildren(
      h("th", { scope: "col", role: "columnheader", say: say("replay.fact") }),
      ...parties.map((party) =>
        h("th", {
          scope: "col",
          role: "columnheader",
          class: party.seat ? "" : "outside",
          say: page.names.party(party.id),
        }),
      ),
    );
    keyed(
      rows,
      shown,
      (fact) => fact.id,
      (fact) => signature(model, fact, parties, t),
      (fact) => row(page, model, fact, parties, t),
    );
  };
  place.subscribe(show);
  only.addEventListener("change", show);
  return h(
    "div",
    { class: "matrix" },
    buildLegend(),
    h("label", { class: "tick" }, only, h("span", { say: say("replay.onlyGaps") })),
    empty,
    h(
      "div",
      { class: "wide", tabindex: "0", role: "region", label: say("replay.table") },
      h("table", { role: "table" }, caption, h("thead", { role: "rowgroup" }, head), rows),
    ),
  );
}

const signature = (model, fact, parties, t) =>
  JSON.stringify([
    model.isOutdated(fact, t),
    (model.truthAt(fact, t) || {}).from_ms,
    parties.map((party) => {
      const one = model.knownOf(fact.id, party.id);
      return [party.id, model.stateOf(fact, party.id, t), Boolean(one && one.at_ms <= t), Boolean(one && one.at_ms === t)];
    }),
  ]);
