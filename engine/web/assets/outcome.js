// What the staff takes home after ENDEX: the report in its forms, and what all exercises of the record
// say about roles and skills.
import { say, text } from "/assets/i18n.js";
import { button, h, section } from "/assets/ui.js";

const LANGUAGES = ["ja", "en"];
const TABLES = ["findings", "decisions", "messages", "timeline", "plan"];

// ---- the report ----

function buildReport(page) {
  const links = h("div", { class: "downloads" });
  const hidden = h("input", { type: "checkbox" });
  const link = (key, query, params) =>
    h("a", {
      class: "button",
      href: page.api.reportAddress({ ...query, ...(hidden.checked ? { pseudonyms: "yes" } : {}) }),
      target: "_blank",
      rel: "noopener",
      say: say(key, params),
    });
  function draw() {
    links.replaceChildren(
      h("p", { class: "row" }, LANGUAGES.map((lang) => link(`report.html.${lang}`, { format: "html", lang }))),
      h(
        "details",
        {},
        h("summary", { say: say("report.others") }),
        LANGUAGES.map((lang) =>
          h(
            "p",
            { class: "row" },
            h("strong", { say: say(`report.in.${lang}`) }),
            TABLES.map((table) => link(`report.csv.${table}`, { format: "csv", table, lang })),
            link("report.md", { format: "md", lang }),
            link("report.json", { format: "json", lang }),
          ),
        ),
      ),
    );
  }
  hidden.addEventListener("change", draw);
  draw();
  return [
    h("p", { class: "quiet", say: say("report.explain") }),
    links,
    h("label", { class: "tick" }, hidden, h("span", { say: say("report.pseudonyms") })),
  ];
}

// ---- skills over all exercises ----

const percent = (permille) => Math.round(permille / 10);

// The rate in the long run and where it probably lies; no bar where there is too little to say.
function bar(row, target) {
  if (row.word === "insufficient-evidence" || row.low_permille === undefined)
    return h("span", { class: "quiet", say: say("skills.none") });
  const label = () =>
    text(
      say("skills.interval", {
        low: percent(row.low_permille),
        high: percent(row.high_permille),
        middle: percent(row.middle_permille),
      }),
    );
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("viewBox", "0 0 100 12");
  picture.setAttribute("class", "interval");
  picture.setAttribute("aria-hidden", "true");
  const draw = (name, attributes) => {
    const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, String(value));
    picture.append(shape);
  };
  draw("line", { x1: 0, x2: 100, y1: 6, y2: 6, class: "axis" });
  draw("rect", { x: percent(row.low_permille), y: 4, width: Math.max(1, percent(row.high_permille - row.low_permille)), height: 4, class: "range" });
  draw("circle", { cx: percent(row.middle_permille), cy: 6, r: 3, class: "middle" });
  draw("line", { x1: percent(target), x2: percent(target), y1: 0, y2: 12, class: "target" });
  return h("span", {}, picture, h("span", { class: "quiet", say: label }));
}

const nameOf = (page, id) =>
  (page.setting.practices || []).find((one) => one.id === id)?.name || id;

function skillRow(page, row, target) {
  return h(
    "tr",
    {},
    h("th", { scope: "row", say: row.who ? page.names.party(row.who) : say("skills.anybody") }),
    h("td", { say: nameOf(page, row.skill) }),
    h("td", { say: say("skills.count", { met: row.met, n: row.n, exercises: row.exercises }) }),
    h("td", {}, bar(row, target)),
    h("td", {}, h("span", { class: `word is-${row.word}`, say: say(`skills.word.${row.word}`) })),
  );
}

function gapRow(page, gap, data) {
  const scenarios = gap.scenarios.map((one) => one.scenario).slice(0, 3).join(", ");
  return h(
    "li",
    {},
    h("strong", { say: () => `${text(gap.who ? page.names.party(gap.who) : say("skills.anybody"))}: ${text(nameOf(page, gap.skill))}` }),
    " ",
    h("span", { say: say(`skills.word.${gap.word}`) }),
    scenarios ? h("span", { class: "quiet", say: say("skills.exercise", { scenarios }) }) : null,
    data.exercises.length < 2 ? h("span", { class: "quiet", say: say("skills.oneOnly") }) : null,
  );
}

function showSkills(page, place, data) {
  const seen = data.rows.filter((row) => row.n > 0);
  const columns = ["who", "skill", "n", "rate", "word"];
  const table = h(
    "table",
    { class: "skills" },
    h("caption", { class: "quiet", say: say("skills.caption", { count: data.exercises.length, target: percent(data.target_permille) }) }),
    h("thead", {}, h("tr", {}, columns.map((key) => h("th", { scope: "col", say: say(`skills.column.${key}`) })))),
    h("tbody", {}, seen.map((row) => skillRow(page, row, data.target_permille))),
  );
  place.replaceChildren(
    h("h3", { say: say("skills.gaps") }),
    data.gaps.length > 0
      ? h("ol", { class: "gaps" }, data.gaps.map((gap) => gapRow(page, gap, data)))
      : h("p", { say: say("skills.noGaps") }),
    seen.length > 0
      ? h("div", { class: "scroll", tabindex: "0", role: "group", label: say("skills.title") }, table)
      : h("p", { say: say("skills.nothing") }),
    h("p", { class: "quiet", say: say("skills.honest") }),
  );
}

function buildSkills(page) {
  const place = h("div", { class: "skillsplace" });
  const ask = button("skills.show", async () => {
    ask.disabled = true;
    place.replaceChildren(h("p", { role: "status", say: say("skills.wait") }));
    const answer = await page.api.skills();
    ask.disabled = false;
    if (answer.ok) showSkills(page, place, answer.data);
    else place.replaceChildren(h("p", { class: "wrong", role: "alert", say: answer.problem }));
  });
  return [h("h3", { say: say("skills.title") }), h("p", { class: "quiet", say: say("skills.explain") }), ask, place];
}

export const buildOutcome = (page) =>
  section(
    "outcome",
    "takehome.title",
    ...buildReport(page),
    ...(page.me.facilitator ? buildSkills(page) : []),
  );
