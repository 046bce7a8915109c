// What the rules found: read again whenever the record grew, and shown with what may be said to it.
import { clockText, exerciseNow, watch } from "/assets/clock.js";
import { openDialog } from "/assets/dialog.js";
import { bind, say } from "/assets/i18n.js";
import { sendFrom, sendInput } from "/assets/send.js";
import { button, field, h, keyed, section, select } from "/assets/ui.js";

const SETTLE_MS = 500; // several lines come at once
const AGAIN_MS = 15000; // a bound passes without a line
const SOON = 5;
const CAUSES = ["skill", "procedure", "authority", "contact-data", "overload", "tool", "scenario"];
const VERDICTS = ["violated", "pending", "inconclusive", "excused", "satisfied"];
const SEVERITIES = ["critical", "major", "minor", "info"];
const OVER = ["ended", "sealed"];

const isStaff = (page) => page.me.facilitator || page.me.evaluator;
const isOver = (page) => OVER.includes(page.store.state.status);

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

// ---- one finding ----

const place = (list, value) => (list.indexOf(value) + list.length) % list.length;

// What was missed first, and of that what weighs most.
function order(data) {
  const weight = (one) =>
    10 * place(VERDICTS, one.verdict) + place(SEVERITIES, data.rules.get(one.rule).severity);
  return [...data.findings]
    .filter((one) => VERDICTS.includes(one.verdict))
    .sort((a, b) => weight(a) - weight(b));
}

function dispute(page, one) {
  const words = h("textarea", { rows: "4", maxlength: "2000", required: true });
  openDialog({
    title: say("findings.dispute"),
    focus: words,
    fields: [h("p", { say: one.sentence }), field("findings.disputeText", words)],
    draft: {
      key: `tocsin.draft.${page.setting.scenario}.${page.api.as}.dispute.${one.name}`,
      read: () => words.value,
      write: (kept) => {
        words.value = kept;
      },
    },
    submit: () =>
      words.value
        ? sendInput(page, { do: "dispute", finding: one.name, text: words.value })
        : say("findings.disputeMissing"),
  });
}

function rule(page, one) {
  const verdict = select(
    ["", "satisfied", "violated", "excused"].map((value) => ({
      value,
      what: say(value ? `verdict.${value}` : "findings.stands"),
    })),
    "",
  );
  const words = h("textarea", { rows: "3", maxlength: "2000", required: true });
  openDialog({
    title: say("findings.rule"),
    focus: verdict,
    fields: [
      h("p", { say: one.sentence }),
      field("findings.ruleVerdict", verdict),
      field("findings.ruleText", words),
    ],
    submit: () =>
      words.value
        ? sendInput(page, {
            do: "ruling",
            finding: one.name,
            text: words.value,
            ...(verdict.value ? { verdict: verdict.value } : {}),
          })
        : say("findings.ruleMissing"),
  });
}

function causeSelect(page, one) {
  const element = select(
    ["", ...CAUSES].map((value) => ({ value, what: say(value ? `cause.${value}` : "cause.none") })),
    one.cause || "",
    { "data-focus": "cause" },
  );
  return h(
    "div",
    { class: "row kept" },
    field("findings.cause", element),
    button(
      "keep",
      (event) =>
        element.value &&
        sendFrom(page, event, { do: "cause", finding: one.name, cause: element.value }),
      { "data-focus": "keep" },
    ),
  );
}

// What people said to it: the lines that name it.
const saidTo = (page, one) =>
  page.store.state.lines.filter(
    (line) => ["disputed", "ruled"].includes(line.kind) && line.body.finding === one.name,
  );

function remarks(page, one) {
  return saidTo(page, one).map((line) =>
    h(
      "p",
      { class: "said" },
      h("strong", { say: say(`findings.${line.kind}`, { name: page.names.party(line.actor) }) }),
      " ",
      h("span", { say: line.shown.text || "" }),
    ),
  );
}

function actions(page, one) {
  const { status } = page.store.state;
  if (status !== "ended") return null;
  if (!isStaff(page))
    return button("findings.dispute", () => dispute(page, one), { "data-focus": "dispute" });
  return [
    one.verdict === "violated" ? causeSelect(page, one) : null,
    page.me.facilitator
      ? button("findings.rule", () => rule(page, one), { "data-focus": "rule" })
      : null,
  ];
}

function findingRow(page, data, one) {
  const about = data.rules.get(one.rule);
  return h(
    "li",
    { class: `finding is-${one.verdict}` },
    h(
      "h3",
      {},
      h("span", { class: "verdict", say: say(`verdict.${one.verdict}`) }),
      " ",
      h("span", { say: about.title }),
      one.actor && isStaff(page)
        ? h("span", { class: "quiet", say: say("findings.of", { name: page.names.party(one.actor) }) })
        : null,
    ),
    h("p", { say: one.sentence }),
    remarks(page, one),
    h(
      "details",
      {},
      h("summary", { say: say("findings.why") }),
      h("p", { say: about.before }),
      h("p", { class: "quiet", say: about.why }),
    ),
    h("div", { class: "row" }, actions(page, one)),
  );
}

const signature = (page, one) =>
  JSON.stringify([one, page.store.state.status, saidTo(page, one).length]);

// ---- the parts of pages ----

export function buildFindings(page, findings) {
  const list = h("ol", { class: "plainlist" });
  const met = h("ol", { class: "plainlist" });
  const metTitle = h("summary");
  const metFold = h("details", {}, metTitle, met);
  const empty = h("p", { class: "quiet", say: say("findings.empty") });
  const element = section(
    "findings",
    "findings.title",
    h("p", { class: "quiet", say: say(isStaff(page) ? "findings.explainStaff" : "findings.explain") }),
    list,
    empty,
    metFold,
  );
  element.hidden = true;
  const fill = (place, data, rows) =>
    keyed(
      place,
      rows,
      (one) => one.name,
      (one) => signature(page, one),
      (one) => findingRow(page, data, one),
    );
  const show = () => {
    const { data } = findings;
    element.hidden = !isOver(page) || !data;
    page.shell.main.classList.toggle("over", !element.hidden);
    if (element.hidden) return;
    const rows = order(data);
    const done = rows.filter((one) => one.verdict === "satisfied");
    empty.hidden = rows.length > 0;
    metFold.hidden = done.length === 0;
    bind(metTitle, say("findings.met", { count: done.length }));
    fill(list, data, rows.filter((one) => one.verdict !== "satisfied"));
    fill(met, data, done);
  };
  findings.subscribe(show);
  page.store.subscribe(show);
  return element;
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
      (one) => JSON.stringify([one.bound_ms, one.actor]),
      (one) =>
        h(
          "li",
          { class: "waiting" },
          h("p", { class: "what", say: data.rules.get(one.rule).title }),
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
function letterSelect() {
  const element = select(
    LETTERS.map((value) => ({
      value,
      what: value ? say("ratings.letter", { letter: value.toUpperCase() }) : say("ratings.alone"),
    })),
    myLetter(),
  );
  element.addEventListener("change", () => localStorage.setItem(LETTER, element.value));
  return field("ratings.who", element);
}

function capabilityRow(page, one) {
  const mine = (one.rated || []).flatMap((rated) => [
    h("span", {
      say: rated.by
        ? say("ratings.rated", { rating: rated.rating, by: rated.by.toUpperCase() })
        : say("ratings.ratedAlone", { rating: rated.rating }),
    }),
    " ",
  ]);
  const share = one.n > 0 ? say("ratings.share", { k: one.satisfied, n: one.n }) : say("ratings.none");
  const given = select(
    ["", "P", "S", "M", "U"].map((value) => ({ value, what: say(value ? `rating.${value}` : "ratings.rate") })),
    "",
    { label: say("ratings.rateOf", { capability: one.id }), "data-focus": "rate" },
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
    { "data-focus": "keep", label: () => [say("keep"), one.id] },
  );
  return h(
    "li",
    { class: "waiting" },
    h("p", { class: "what", say: one.id }),
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
    page.me.evaluator ? letterSelect() : null,
    list,
  );
  element.hidden = true;
  findings.subscribe((data) => {
    element.hidden = !isOver(page) && !page.me.evaluator;
    keyed(
      list,
      data.capabilities || [],
      (one) => one.id,
      (one) => JSON.stringify(one),
      (one) => capabilityRow(page, one),
    );
  });
  return element;
}
