// Why things were missed: a row an exercise, a column a cause, each column on the same axis, so that
// it reads in grey. Process gaps need no second exercise and follow at once.
import { say } from "/assets/i18n.js";
import { day, folded, newestOf, shareBar, table } from "/assets/lead_parts.js";
import { button, h, section } from "/assets/ui.js";

export const CAUSES = ["skill", "procedure", "authority", "contact-data", "overload", "tool", "scenario"];
const FEWEST_FOR_A_BAR = 3;

const sum = (one) => CAUSES.reduce((all, cause) => all + one.causes[cause], one.unnamed);

function share(count, all) {
  if (count === 0) return h("span", { class: "quiet zero", say: "0" });
  return [h("span", { say: String(count) }), all >= FEWEST_FOR_A_BAR ? shareBar(count / all) : null].filter(Boolean);
}

function causesPart(data) {
  const heads = [
    say("lead.exercise"),
    say("lead.date"),
    ...CAUSES.map((cause) => say(`cause.${cause}`)),
    say("cause.none"),
    say("lead.misses"),
  ];
  const rows = [...data.causes].reverse().map((one) => {
    const exercise = data.exercises.find((other) => other.exercise === one.exercise) || {};
    const all = sum(one);
    return [
      one.exercise,
      exercise.created_wall_ms ? day(exercise.created_wall_ms) : say("lead.fromFile"),
      ...CAUSES.map((cause) => share(one.causes[cause], all)),
      share(one.unnamed, all),
      String(all),
    ];
  });
  return section(
    "causes",
    "lead.causes.title",
    h("p", { class: "quiet", say: say("lead.causes.explain") }),
    data.causes.some((one) => one.unnamed > 0) ? h("p", { say: say("lead.causes.unnamed") }) : null,
    ...newestOf(table("causes", say("lead.causes.caption"), heads, rows)),
  );
}

// ---- process gaps ----

async function take(page, event, gap) {
  const pressed = event.currentTarget;
  pressed.disabled = true;
  const answer = await page.api.take({ exercise: gap.table, rule: gap.rule }, page.lang());
  pressed.disabled = false;
  if (!answer.ok) return page.shell.notice(answer.problem, true);
  pressed.replaceWith(h("p", { class: "quiet", role: "status", say: say("lead.taken", { item: answer.data.item }) }));
}

function processCard(page, gap, planned) {
  const item = planned.find((one) => one.exercise === gap.table && one.rule === gap.rule);
  return h(
    "li",
    { class: "gapcard" },
    h("h3", { say: say("lead.missedTitle", { title: gap.title }) }),
    h(
      "p",
      {},
      h("span", { class: "badge outlined", say: say(`cause.${gap.cause}`) }),
      " ",
      h("span", { say: say(`lead.severity.${gap.severity}`) }),
      gap.count > 1 ? h("span", { class: "quiet", say: say("lead.times", { n: gap.count }) }) : null,
    ),
    h("p", { class: "quiet" }, h("span", {}, gap.table), " · ", h("code", {}, gap.rule)),
    item
      ? h("p", { class: "quiet", say: say("lead.planned", { item: item.id }) })
      : button("lead.take", (event) => take(page, event, gap), { "data-focus": `${gap.table}.${gap.rule}` }),
  );
}

function processPart(page, gaps, planned) {
  return section(
    "process",
    "lead.process",
    h("p", { class: "quiet", say: say("lead.process.explain") }),
    gaps.length > 0
      ? h("div", {}, folded("ul", gaps.map((gap) => processCard(page, gap, planned))))
      : h("p", { say: say("lead.process.none") }),
  );
}

export async function buildCauses(page, wrong) {
  const [answer, plan] = await Promise.all([page.api.skills({ team: page.team }), page.api.plan()]);
  if (!answer.ok || !plan.ok) return wrong(answer.problem || plan.problem);
  page.learnTeams(answer.data.teams);
  if (answer.data.exercises.length === 0) return [h("section", {}, h("p", { say: say("lead.nothing") }))];
  return [causesPart(answer.data), processPart(page, answer.data.process_gaps, plan.data)];
}
