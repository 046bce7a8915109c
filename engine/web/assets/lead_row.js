// A row of the skills in figures, and what can be done about a gap.
import { say } from "/assets/i18n.js";
import { command, intervalBar, quoted, retestCommand, rounded } from "/assets/lead_parts.js";
import { h } from "/assets/ui.js";

export const FEWEST_FOR_A_BAR = 3;

const isTold = (row) => row.n >= FEWEST_FOR_A_BAR && row.word !== "insufficient-evidence";

// "6 of 8 in 3 exercises", or how little there is.
const countsOf = (row) => say("lead.counts", { met: row.met, n: row.n, exercises: row.exercises });

const countOf = ({ met, missed }) => met + missed;

// Where the share of all opportunities and the interval do not seem to go together, what lies between
// them: exercise by exercise.
function shares(row) {
  const days = row.by_exercise.filter((day) => countOf(day) > 0);
  const most = Math.max(...days.map(countOf));
  const isAlike = days.every((day) => day.met * row.n === row.met * countOf(day));
  const isInside = row.low_permille <= row.rate_permille && row.rate_permille <= row.high_permille;
  if (days.length < 2 || isAlike || (isInside && 2 * most <= row.n)) return null;
  const each = days.map((day) => `${day.met}/${countOf(day)}`).join(" · ");
  return h("p", { class: "quiet", say: say("lead.shares", { each, most, n: row.n }) });
}

export function figures(row, target) {
  if (!isTold(row)) return h("p", { class: "figures quiet", say: say("lead.few", { n: row.n, exercises: row.exercises }) });
  return h(
    "div",
    { class: "figures" },
    intervalBar(row, target),
    h(
      "p",
      { class: "quiet" },
      h("span", { say: say("lead.range", { low: rounded(row.low_permille), high: rounded(row.high_permille) }) }),
      " · ",
      h("span", { say: countsOf(row) }),
    ),
    shares(row),
  );
}

// ---- what can be done ----

const AS = { prerequisite: "lead.asked.prerequisite", additional: "lead.asked.additional", duty: "lead.asked.duty" };

function askedLine(book, { skill, as }) {
  return h("li", { say: say(AS[as] || AS.duty, { skill: book.skill(skill) }) });
}

function scenarioLine(page, { scenario, rules }) {
  const words = `${quoted(page.programme.program)} serve ${quoted(scenario)} --db ${quoted(page.programme.db)}`;
  return h("li", {}, h("p", { say: say("lead.scenario", { scenario, rules }) }), command(words));
}

// In fixed words, and instead of any advice on people.
function oneBadDay(row) {
  const worst = row.by_exercise.reduce((most, day) => (day.missed > most.missed ? day : most));
  return h("p", { say: say("lead.oneBadDay", { missed: worst.missed, all: row.causes.skill, exercise: worst.exercise }) });
}

function asked(book, gap) {
  const row = book.row(gap);
  if (row.one_bad_day) return oneBadDay(row);
  if (gap.asked.length === 0) return h("p", { class: "quiet", say: say("lead.asked.none") });
  return h("ul", { class: "asked" }, gap.asked.map((one) => askedLine(book, one)));
}

export function ways(page, book, gap) {
  const folds = [];
  if (gap.missed.length > 0)
    folds.push(
      h(
        "details",
        {},
        h("summary", { say: say("lead.retest") }),
        h("p", { class: "quiet", say: say("lead.retest.explain") }),
        gap.missed.map(({ exercise, rule }) => command(retestCommand(page, exercise, rule))),
      ),
    );
  if (gap.scenarios.length > 0)
    folds.push(
      h(
        "details",
        {},
        h("summary", { say: say("lead.practise", { scenario: gap.scenarios[0].scenario }) }),
        h("ul", { class: "ways" }, gap.scenarios.slice(0, 3).map((one) => scenarioLine(page, one))),
      ),
    );
  return [asked(book, gap), ...folds];
}
