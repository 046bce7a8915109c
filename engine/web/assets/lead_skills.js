// Skills: gaps first, in the order of consequence and probability, then roles by skills in the order
// of their names, never of their figures. What rules observed and what evaluators rated stand apart.
import { say } from "/assets/i18n.js";
import { openSkill } from "/assets/lead_curve.js";
import {
  byName,
  folded,
  namesFrom,
  roleName,
  rounded,
  shareBar,
  table,
  wordOf,
} from "/assets/lead_parts.js";
import { FEWEST_FOR_A_BAR, figures, ways } from "/assets/lead_row.js";
import { button, h, section } from "/assets/ui.js";

const NARROW = "(max-width: 52rem)"; // where the matrix is a card for each skill
const RATINGS = ["P", "S", "M", "U"];

// ---- gaps ----

const below = (row, target) =>
  say("lead.below", { probability: rounded(row.below_permille), target: rounded(target) });

function gapCard(page, book, gap) {
  const row = book.row(gap);
  return h(
    "li",
    { class: `gapcard is-${gap.word}` },
    h(
      "div",
      { class: "gaphead" },
      h("h3", {}, h("span", { say: roleName(book.role, gap.who) }), " – ", h("span", { say: book.skill(gap.skill) })),
      wordOf(gap.word),
    ),
    figures(row, book.target),
    h(
      "p",
      {},
      h("span", { say: below(row, book.target) }),
      " ",
      h("span", { say: say(`lead.consequence.${row.consequence}`) }),
    ),
    ...ways(page, book, gap),
    button("lead.closer", () => openSkill(page, book, row, gap), { "data-focus": `${gap.who}.${gap.skill}` }),
  );
}

function gapsPart(page, book, gaps) {
  const cards = gaps.map((gap) => gapCard(page, book, gap));
  return section(
    "gaps",
    "lead.gaps",
    h("p", { class: "quiet", say: say("lead.gaps.explain", { target: rounded(book.target) }) }),
    gaps.length > 0 ? h("div", {}, folded("ol", cards)) : h("p", { say: say("lead.gaps.none") }),
  );
}

// ---- the matrix ----

function cellOf(page, book, row) {
  if (!row) return null;
  return h(
    "button",
    {
      type: "button",
      class: "cell",
      on: { click: () => openSkill(page, book, row, book.gapOf(row)) },
    },
    wordOf(row.word),
    figures(row, book.target),
  );
}

function matrixPart(page, book, data) {
  const roles = [...new Set(data.rows.map((row) => row.who))].filter(Boolean).sort(byName(book.role));
  if (data.rows.some((row) => row.who === "")) roles.push("");
  const skills = [...new Set(data.rows.map((row) => row.skill))].sort(byName(book.skill));
  const heads = [say("lead.skill"), ...roles.map((role) => roleName(book.role, role)), say("lead.wholeTeam")];
  const rows = skills.map((skill) => [
    book.skill(skill),
    ...roles.map((who) => cellOf(page, book, data.rows.find((row) => row.who === who && row.skill === skill))),
    cellOf(page, book, data.team.find((row) => row.skill === skill)),
  ]);
  return section(
    "matrix",
    "lead.matrix",
    h("p", { class: "quiet", say: say("lead.matrix.explain") }),
    legend(),
    h(
      "details",
      { class: "rest", open: !matchMedia(NARROW).matches },
      h("summary", { say: say("lead.matrix.rows", { n: rows.length }) }),
      h("div", { class: "across", tabindex: "0", role: "group", label: say("lead.matrix") }, table("matrix", say("lead.matrix.caption", { target: rounded(book.target) }), heads, rows)),
    ),
  );
}

const WORDS = ["gap", "watch", "likely-holds", "holds", "insufficient-evidence", "causes-missing"];

function legend() {
  return h(
    "details",
    { class: "legend" },
    h("summary", { say: say("lead.legend") }),
    h(
      "dl",
      {},
      WORDS.flatMap((word) => [h("dt", {}, wordOf(word)), h("dd", { say: say(`word.${word}.is`) })]),
    ),
    h("p", { class: "quiet", say: say("lead.legend.bar") }),
  );
}

// ---- rated ----

function ratedPart(rated) {
  if (rated.length === 0) return null;
  const heads = [say("lead.capability"), ...RATINGS.map((one) => say(`rating.${one}`)), say("lead.n")];
  const rows = [...rated]
    .sort(byName((one) => say(`capability.${one.capability}`)))
    .map((one) => [
      say(`capability.${one.capability}`),
      ...RATINGS.map((rating) => [
        h("span", { say: String(one.ratings[rating]) }),
        shareBar(one.n >= FEWEST_FOR_A_BAR ? one.ratings[rating] / one.n : 0),
      ]),
      say("lead.ratedCounts", { n: one.n, exercises: one.exercises }),
    ]);
  return section(
    "rated",
    "lead.rated",
    h("p", { class: "quiet", say: say("lead.rated.explain") }),
    table("rated", say("lead.rated.caption"), heads, rows),
  );
}

function agreementPart(agreement) {
  if (agreement.length === 0) return null;
  const who = (one) =>
    one.engine
      ? say("lead.agree.engine", { first: one.first })
      : say("lead.agree.two", { first: one.first, second: one.second });
  const kappa = (one) =>
    one.kappa_permille === undefined
      ? say("word.insufficient-evidence")
      : say("lead.kappa", {
          kappa: (one.kappa_permille / 1000).toFixed(2),
          low: (one.kappa_low_permille / 1000).toFixed(2),
          high: (one.kappa_high_permille / 1000).toFixed(2),
        });
  return section(
    "agreement",
    "lead.agree",
    h("p", { class: "quiet", say: say("lead.agree.explain") }),
    table(
      "agreement",
      say("lead.agree.caption"),
      [say("lead.agree.who"), say("lead.agree.same"), say("lead.agree.kappa")],
      agreement.map((one) => [who(one), say("lead.agree.of", { same: one.same, n: one.n }), kappa(one)]),
    ),
  );
}

// ---- the whole ----

// What ids mean, and where a row is found.
function bookOf(data) {
  const is = (a) => (b) => a.who === b.who && a.skill === b.skill;
  return {
    target: data.target_permille,
    exercises: data.exercises,
    role: namesFrom(data.roles),
    skill: namesFrom(data.skills, data.practices),
    row: (gap) => data.rows.find(is(gap)),
    gapOf: (row) => (data.rows.includes(row) ? data.gaps.find(is(row)) : undefined),
  };
}

function lookedAt(data) {
  const notes = [say("lead.looked", { tables: data.tables, exercises: data.exercises.length })];
  if (data.running > 0) notes.push(say("lead.running", { n: data.running }));
  if (data.provisional > 0) notes.push(say("lead.provisional", { n: data.provisional }));
  return h(
    "section",
    { class: "slim" },
    h("p", {}, notes.map((one) => h("span", { class: "note", say: one }))),
    h("p", { class: "quiet", say: say("lead.level") }),
  );
}

export async function buildSkills(page, wrong) {
  const answer = await page.api.skills({ team: page.team });
  if (!answer.ok) return wrong(answer.problem);
  const data = answer.data;
  page.learnTeams(data.teams);
  if (data.exercises.length === 0) return [h("section", {}, h("p", { say: say("lead.nothing") }))];
  const book = bookOf(data);
  return [
    lookedAt(data),
    gapsPart(page, book, data.gaps),
    matrixPart(page, book, data),
    ratedPart(data.rated),
    agreementPart(data.agreement),
  ];
}
