// What the rules found: read again whenever the record grew, and shown with what may be said to it.
import { clockText, exerciseNow, watch } from "/assets/clock.js";
import { aboutRow, fill, isOver, isStaff, order, wanted } from "/assets/finding.js";
import { bind, known, say } from "/assets/i18n.js";
import { sendFrom } from "/assets/send.js";
import { button, field, h, keyed, section, select } from "/assets/ui.js";

const SETTLE_MS = 500; // several lines come at once
const AGAIN_MS = 15000; // a bound passes without a line
const SOON = 5;

// {data, subscribe}: data as /api/1/findings gives it, rules by their id; null before the first.
export function watchFindings(page) {
  const listeners = [];
  const findings = { data: null, subscribe: (listener) => listeners.push(listener) };
  let timer = 0;
  async function refresh() {
    timer = 0;
    if (!isStaff(page) && !isOver(page)) return;
    const answer = await page.api.findings();
    if (!answer.ok) {
      timer = timer || setTimeout(refresh, AGAIN_MS);
      return;
    }
    const rules = new Map(answer.data.rules.map((rule) => [rule.id, rule]));
    findings.data = { ...answer.data, rules };
    listeners.forEach((listener) => listener(findings.data));
  }
  const later = () => {
    timer = timer || setTimeout(refresh, SETTLE_MS);
  };
  page.store.subscribe(later);
  setInterval(() => page.store.state.status === "running" && !document.hidden && later(), AGAIN_MS);
  return findings;
}

// ---- the parts of pages ----

// A seat's own; after ENDEX it reads these before anybody else does.
export function buildFindings(page, findings) {
  const list = h("ol", { class: "plainlist" });
  const met = h("ol", { class: "plainlist" });
  const metTitle = h("summary");
  const metFold = h("details", {}, metTitle, met);
  const empty = h("p", { class: "quiet", say: say("findings.empty") });
  const show = () => {
    const { data } = findings;
    if (!data) return;
    const rows = order(data, data.findings.filter((one) => one.actor === page.api.as));
    // What was ruled on stays where its reader left it.
    const isDone = (one) => one.verdict === "satisfied" && !one.found;
    const done = rows.filter(isDone);
    empty.hidden = rows.length > 0;
    metFold.hidden = done.length === 0;
    bind(metTitle, say("findings.met", { count: done.length }));
    fill(page, list, data, rows.filter((one) => !isDone(one)));
    fill(page, met, data, done);
  };
  findings.subscribe(show);
  page.store.subscribe(show);
  return section(
    "findings",
    "findings.title",
    h("p", { class: "quiet", say: say("findings.explain") }),
    list,
    empty,
    metFold,
  );
}

// What will be missed next, for whoever may still nudge somebody.
export function buildSoon(page, findings) {
  const list = h("ol", { class: "plainlist" });
  const empty = h("p", { class: "quiet", say: say("soon.empty") });
  const element = section("soon", "soon.title", empty, list);
  findings.subscribe((data) => {
    const running = ["running", "paused"].includes(page.store.state.status);
    const rows = data.findings
      .filter((one) => one.verdict === "pending" && one.bound_ms !== undefined)
      .filter((one) => !data.rules.get(one.rule).story_time)
      .sort((a, b) => a.bound_ms - b.bound_ms)
      .slice(0, SOON);
    element.hidden = !running;
    empty.hidden = rows.length > 0;
    keyed(
      list,
      rows,
      (one) => one.name,
      (one) => JSON.stringify([one.bound_ms, one.actor, rows.length]),
      (one) =>
        h(
          "li",
          { class: "waiting" },
          h(
            "p",
            { class: "what" },
            h("span", { say: wanted(one, data.rules.get(one.rule)) }),
            aboutRow(page, one, rows),
          ),
          h(
            "p",
            { class: "quiet" },
            one.actor ? h("span", { say: page.names.party(one.actor) }) : null,
            one.actor ? " · " : null,
            watch(h("span", { class: "left" }), () =>
              say("soon.left", { time: clockText(Math.max(0, one.bound_ms - exerciseNow())) }),
            ),
          ),
        ),
    );
  });
  return element;
}

const LETTER = "tocsin.evaluator";
const LETTERS = ["", "a", "b", "c", "d"];
const myLetter = () => localStorage.getItem(LETTER) || "";

// Several evaluators share a page's rights; a letter keeps their ratings apart.
function letterSelect(then) {
  const element = select(
    LETTERS.map((value) => ({
      value,
      what: value ? say("ratings.letter", { letter: value.toUpperCase() }) : say("ratings.alone"),
    })),
    myLetter(),
  );
  element.addEventListener("change", () => {
    localStorage.setItem(LETTER, element.value);
    then();
  });
  return field("ratings.who", element);
}

// A pack of the house's own may have others: they are called by their id.
const capabilityName = (id) => (known(`capability.${id}`) ? say(`capability.${id}`) : id);

const ratingText = ({ rating, by }) =>
  by ? say("ratings.rated", { rating, by: by.toUpperCase() }) : say("ratings.ratedAlone", { rating });

// What others have given is shown to an evaluator who has given something, too: two ratings say more
// than one only when neither knew the other.
function ratingsOf(page, rated) {
  const isOpen = !page.me.evaluator || rated.some(({ by }) => (by || "") === myLetter());
  if (rated.length > 0 && !isOpen) return [say("ratings.hidden")];
  const differ = new Set(rated.map(({ rating }) => rating)).size > 1;
  return [...rated.map(ratingText), ...(differ ? [say("ratings.differ")] : [])];
}

function capabilityRow(page, one) {
  const mine = ratingsOf(page, one.rated || []).flatMap((text) => [h("span", { say: text }), " "]);
  const share = one.n > 0 ? say("ratings.share", { k: one.satisfied, n: one.n }) : say("ratings.none");
  const given = select(
    ["", "P", "S", "M", "U"].map((value) => ({ value, what: say(value ? `rating.${value}` : "ratings.rate") })),
    "",
    { label: say("ratings.rateOf", { capability: capabilityName(one.id) }), "data-focus": "rate" },
  );
  const keep = button(
    "keep",
    (event) =>
      given.value &&
      sendFrom(page, event, {
        do: "rate",
        capability: one.id,
        rating: given.value,
        ...(myLetter() ? { by: myLetter() } : {}),
      }),
    { "data-focus": "keep", label: () => [say("keep"), capabilityName(one.id)] },
  );
  return h(
    "li",
    { class: "waiting" },
    h("p", { class: "what", say: capabilityName(one.id) }),
    h(
      "p",
      { class: "quiet" },
      h("span", { say: share }),
      " ",
      h("span", { say: one.proposed ? say("ratings.proposed", { rating: one.proposed }) : say("ratings.tooFew") }),
      " ",
      mine,
    ),
    page.me.evaluator ? h("div", { class: "row" }, given, keep) : null,
  );
}

// Each capability with how often, the proposal, and what the evaluator says.
export function buildRatings(page, findings) {
  const list = h("ul", { class: "plainlist" });
  const element = section(
    "ratings",
    "ratings.title",
    h("p", { class: "quiet", say: say("ratings.explain") }),
    page.me.evaluator ? letterSelect(() => draw(shown)) : null,
    list,
  );
  element.hidden = true;
  let shown = {};
  const draw = (data) => {
    shown = data;
    element.hidden = !isOver(page) && !page.me.evaluator;
    keyed(
      list,
      data.capabilities || [],
      (one) => one.id,
      (one) => JSON.stringify([one, myLetter()]),
      (one) => capabilityRow(page, one),
    );
  };
  findings.subscribe(draw);
  return element;
}
