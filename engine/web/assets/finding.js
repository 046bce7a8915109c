// One finding as it stands in a list, with what may be said to it: a dispute, a ruling, a cause.
import { openDialog } from "/assets/dialog.js";
import { say } from "/assets/i18n.js";
import { sendFrom, sendInput } from "/assets/send.js";
import { button, field, h, keyed, select } from "/assets/ui.js";

export const CAUSES = [
  "skill",
  "procedure",
  "authority",
  "contact-data",
  "overload",
  "tool",
  "scenario",
];
const VERDICTS = ["violated", "pending", "inconclusive", "excused", "satisfied"];
const SEVERITIES = ["critical", "major", "minor", "info"];
const OVER = ["ended", "sealed"];

export const isStaff = (page) => page.me.facilitator || page.me.evaluator;
export const isOver = (page) => OVER.includes(page.store.state.status);

const place = (list, value) => (list.indexOf(value) + list.length) % list.length;

// What was missed first, and of that what weighs most.
export function order(data, findings) {
  const weight = (one) =>
    10 * place(VERDICTS, one.verdict) + place(SEVERITIES, data.rules.get(one.rule).severity);
  return [...findings]
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
      key: `${page.drafts}.dispute.${one.name}`,
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

// Both verdicts stay in sight.
const ruledRow = (one) =>
  h("p", {
    class: "ruled",
    say: say("findings.was", {
      found: say(`verdict.${one.found}`),
      verdict: say(`verdict.${one.verdict}`),
    }),
  });

// Whose words they are; rulings are the facilitator's, whom players do not see by name.
const author = (page, line) =>
  line.kind === "ruled" ? say("facilitator") : page.names.party(line.actor);

// A dispute can be read by its author and the staff; that there is one, by whoever sees the finding.
function remarks(page, one) {
  const said = saidTo(page, one);
  const isHidden = one.disputed_seq && !said.some((line) => line.kind === "disputed");
  return [
    isHidden ? h("p", { class: "said", say: say("findings.isDisputed") }) : null,
    ...said.map((line) =>
      h(
        "p",
        { class: "said" },
        h("strong", { say: say(`findings.${line.kind}`, { name: author(page, line) }) }),
        " ",
        h("span", { say: line.shown.text || "" }),
      ),
    ),
  ];
}

// A rule's title says how it was when it was met; of what was not, or not yet, stands what was wanted.
export const wanted = ({ verdict }, rule) =>
  verdict === "satisfied" ? rule.title : say("findings.wanted", { what: rule.before });

// What a finding is about, where its reader knows a name for it.
function thingOf({ names }, { subject }) {
  if (!subject) return null;
  const thing = names.anything(subject);
  if (thing !== subject) return thing;
  const message = names.message(subject);
  return message.key === "message" ? null : message;
}

// Where a rule stands several times in a list, each names its thing.
export function aboutRow(page, one, among) {
  const isOne = among.filter((other) => other.rule === one.rule).length < 2;
  const thing = isOne ? null : thingOf(page, one);
  return thing ? h("span", { class: "quiet", say: say("findings.of", { name: thing }) }) : null;
}

function findingRow(page, data, one, { knockOn, among }) {
  const about = data.rules.get(one.rule);
  return h(
    "li",
    { class: `finding is-${one.verdict}`, "data-finding": one.name },
    h(
      "h3",
      {},
      h("span", { class: "verdict", say: say(`verdict.${one.verdict}`) }),
      " ",
      h("span", { say: wanted(one, about) }),
      aboutRow(page, one, among),
      one.actor && isStaff(page)
        ? h("span", { class: "quiet", say: say("findings.of", { name: page.names.party(one.actor) }) })
        : null,
    ),
    h("p", { say: one.sentence }),
    knockOn > 0 ? h("p", { class: "quiet", say: say("findings.knockOn", { count: knockOn }) }) : null,
    one.found ? ruledRow(one) : null,
    remarks(page, one),
    h(
      "details",
      {},
      h("summary", { say: say("findings.why") }),
      one.verdict === "satisfied" ? h("p", { say: about.before }) : null, // else it stands on top
      h("p", { class: "quiet", say: about.why }),
    ),
    h("div", { class: "row" }, actions(page, one)),
  );
}

const signature = (page, one, { knockOn, among }) =>
  JSON.stringify([one, knockOn, page.store.state.status, saidTo(page, one).length, among.length]);

// Brings a list in line with findings; knockOnOf tells how many misses follow from one.
export function fill(page, list, data, findings, knockOnOf = () => 0) {
  const beside = (one) => ({ knockOn: knockOnOf(one), among: findings });
  keyed(
    list,
    findings,
    (one) => one.name,
    (one) => signature(page, one, beside(one)),
    (one) => findingRow(page, data, one, beside(one)),
  );
}
