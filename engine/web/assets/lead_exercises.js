// What was played: every exercise with its reports, and the evidence pack of a year for an auditor.
import { say } from "/assets/i18n.js";
import { day, newestOf, ofTeam, table, teamsOf } from "/assets/lead_parts.js";
import { field, h, section, select } from "/assets/ui.js";

const OVER = ["ended", "sealed", "stopped"];
const LANGUAGES = ["ja", "en"];

function reports(page, one) {
  if (!OVER.includes(one.status)) return h("span", { class: "quiet", say: say("lead.notYet") });
  return h(
    "div",
    { class: "row" },
    LANGUAGES.map((lang) =>
      h(
        "a",
        {
          href: page.api.reportAddress({ exercise: one.table, format: "html", lang, names: page.names }),
          target: "_blank",
          rel: "noopener",
          lang,
        },
        h("span", { say: say(`lead.report.${lang}`) }),
        h("span", { class: "unseen", say: say("lead.reportOf", { exercise: one.table }) }),
      ),
    ),
  );
}

// One line a table; the exercise is said once more with each.
function lines(page, exercises) {
  return [...exercises].reverse().flatMap((exercise) =>
    exercise.tables.map((one) => [
      one.table,
      one.manual_clock
        ? [h("span", { say: day(one.opened_wall_ms) }), h("span", { class: "quiet", say: say("lead.file") })]
        : day(one.opened_wall_ms),
      exercise.scenario,
      say("lead.modeOf", { mode: say(`lead.mode.${one.mode}`), difficulty: one.difficulty }),
      exercise.organisation,
      say(`status.${one.status}`),
      reports(page, one),
    ]),
  );
}

function evidencePart(page, exercises) {
  const years = [...new Set(exercises.map((one) => new Date(one.created_wall_ms).getUTCFullYear()))].sort().reverse();
  const year = select(years.map((one) => ({ value: String(one), what: String(one) })), String(years[0]));
  const links = LANGUAGES.map((lang) => h("a", { class: "button", say: say(`lead.evidence.${lang}`), download: "", lang }));
  const point = () =>
    links.forEach((link, i) =>
      link.setAttribute("href", page.api.evidenceAddress({ year: year.value, lang: LANGUAGES[i], names: page.names })),
    );
  year.addEventListener("change", point);
  point();
  return section(
    "evidence",
    "lead.evidence",
    h("p", { class: "quiet", say: say("lead.evidence.explain") }),
    h("div", { class: "row pack" }, field("lead.year", year), ...links),
  );
}

export async function buildExercises(page, wrong) {
  const answer = await page.api.exercises();
  if (!answer.ok) return wrong(answer.problem);
  if (answer.data.length === 0) return [h("section", {}, h("p", { say: say("lead.nothing") }))];
  page.learnTeams(teamsOf(answer.data));
  const heads = ["lead.exercise", "lead.date", "lead.scenarioName", "lead.modeName", "lead.teamName", "lead.status", "lead.reports"];
  return [
    section(
      "exercises",
      "lead.exercises",
      ...newestOf(table("exercises", say("lead.exercises.caption"), heads.map((key) => say(key)), lines(page, ofTeam(page, answer.data)))),
    ),
    evidencePart(page, answer.data),
  ];
}
