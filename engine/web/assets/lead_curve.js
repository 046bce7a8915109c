// One row of the matrix, looked at closely: what was seen exercise by exercise, a dot an opportunity,
// and what else may have made the difference. Nothing is fitted through the dots.
import { say } from "/assets/i18n.js";
import { openDialog } from "/assets/dialog.js";
import { day, mark, roleName, rounded, table, wordOf } from "/assets/lead_parts.js";
import { figures, ways } from "/assets/lead_row.js";
import { h } from "/assets/ui.js";

const KINDS = ["met", "hinted", "missed", "unexplained"];
const MOST_DOTS = 12; // of a kind in one exercise: more are said as a number

function dotsOf(dot) {
  return h(
    "span",
    { class: "dots", "aria-hidden": "true" },
    KINDS.flatMap((kind) => Array.from({ length: Math.min(dot[kind], MOST_DOTS) }, () => mark(kind))),
    KINDS.some((kind) => dot[kind] > MOST_DOTS) ? "…" : null,
  );
}

const whenOf = (exercise) =>
  exercise && exercise.created_wall_ms ? day(exercise.created_wall_ms) : say("lead.fromFile");

function curve(book, row) {
  const heads = [
    say("lead.exercise"),
    say("lead.date"),
    say("lead.seen"),
    ...KINDS.map((kind) => say(`lead.dot.${kind}`)),
  ];
  const rows = row.by_exercise.map((dot) => [
    dot.exercise,
    whenOf(book.exercises.find((one) => one.exercise === dot.exercise)),
    dotsOf(dot),
    ...KINDS.map((kind) => String(dot[kind])),
  ]);
  return table("curve", say("lead.curve.caption"), heads, rows);
}

const CAUSES = ["skill", "procedure", "authority", "contact-data", "overload", "tool", "scenario"];

function besides(row) {
  const lines = CAUSES.filter((cause) => row.causes[cause] > 0).map((cause) =>
    say("lead.causeCount", { cause: say(`cause.${cause}`), n: row.causes[cause] }),
  );
  if (row.unexplained > 0) lines.push(say("lead.unexplained", { n: row.unexplained }));
  if (row.partial > 0) lines.push(say("lead.partial", { n: row.partial }));
  if (row.hinted > 0) lines.push(say("lead.hinted", { n: row.hinted }));
  if (row.set_aside > 0) lines.push(say("lead.setAside", { n: row.set_aside }));
  return lines.length > 0 ? h("ul", { class: "besides" }, lines.map((line) => h("li", { say: line }))) : null;
}

function rising(row) {
  const told =
    row.rising_permille === undefined
      ? say("lead.rising.few")
      : say("lead.rising", { probability: rounded(row.rising_permille) });
  const confounds = row.confounds || [];
  return h(
    "div",
    {},
    h("p", { say: told }),
    confounds.length > 0
      ? h(
          "p",
          { class: "quiet" },
          h("span", { say: say("lead.confounds") }),
          " ",
          h("span", { say: confounds.map((one) => say(`confound.${one}`)) }),
        )
      : null,
  );
}

export function openSkill(page, book, row, gap) {
  const dialog = openDialog({
    title: () => [roleName(book.role, row.who), book.skill(row.skill)],
    onlyShows: true,
    submitKey: "lead.close",
    fields: [
      h("div", {}, wordOf(row.word), figures(row, book.target)),
      h("section", { class: "inner" }, h("h3", { say: say("lead.curve") }), curve(book, row), rising(row), besides(row)),
      gap
        ? h("section", { class: "inner" }, h("h3", { say: say("lead.ways") }), ...ways(page, book, gap))
        : null,
    ].filter(Boolean),
    submit: async () => null,
  });
  dialog.classList.add("wide", "closer");
  return dialog;
}

