// The pages of a lead: somebody who was not in the room, weeks later. One view at a time, each read
// anew when it is opened; what is chosen once (whose exercises, names or aliases) holds for all.
import { sessions } from "/assets/api.js";
import { currentLanguage, say } from "/assets/i18n.js";
import { createLeadApi } from "/assets/lead_api.js";
import { buildCauses } from "/assets/lead_causes.js";
import { buildExercises } from "/assets/lead_exercises.js";
import { buildPlan } from "/assets/lead_plan.js";
import { buildReadiness } from "/assets/lead_readiness.js";
import { buildSkills } from "/assets/lead_skills.js";
import { buildShell, plainPage } from "/assets/shell.js";
import { button, h, select } from "/assets/ui.js";

const VIEWS = [
  ["skills", buildSkills],
  ["causes", buildCauses],
  ["plan", buildPlan],
  ["readiness", buildReadiness],
  ["exercises", buildExercises],
];
const shell = buildShell(say("lead.title"));

function away(problem) {
  plainPage(
    shell,
    "away.title",
    h("p", { say: problem || say("away.explain") }),
    button("reload", () => location.reload(), { class: "primary" }),
  );
}

function wrongPart(problem, again) {
  return h(
    "section",
    { "aria-live": "polite" },
    h("p", { class: "wrong", say: problem }),
    button("lead.again", again),
  );
}

// Whose exercises are looked at: asked only where a record has several teams.
function teamChoice(page) {
  const place = h("span", { class: "team" });
  page.learnTeams = (teams) => {
    if (place.hasChildNodes() || teams.length < 2) return;
    const items = [
      { value: "", what: say("lead.allTeams") },
      ...teams.map((team) => ({ value: team, what: team })),
    ];
    const choice = select(items, page.team, { label: say("lead.team") });
    choice.addEventListener("change", () => {
      page.team = choice.value;
      page.open(page.view);
    });
    place.replaceChildren(choice);
  };
  return place;
}

function namesChoice(page) {
  const box = h("input", { type: "checkbox" });
  box.addEventListener("change", () => {
    page.names = box.checked ? "yes" : "";
    page.open(page.view);
  });
  return h("label", { class: "tick names" }, box, h("span", { say: say("lead.names") }));
}

function buildTabs(page) {
  const buttons = VIEWS.map(([name]) =>
    button(`lead.${name}`, () => page.open(name), { "data-view": name, "aria-pressed": "false" }),
  );
  page.mark = (name) =>
    buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.view === name)));
  return h("nav", { class: "views", label: say("lead.views") }, buttons);
}

function start(api, programme) {
  const place = h("div", { class: "lead" });
  const page = { api, shell, programme, team: "", names: "", view: "", lang: currentLanguage };
  let turn = 0;
  page.open = async (name) => {
    const mine = ++turn;
    const build = VIEWS.find(([other]) => other === name)[1];
    const isNew = page.view !== name;
    page.view = name;
    page.mark(name);
    history.replaceState(null, "", `${location.pathname}${location.search}#${name}`);
    if (isNew) place.replaceChildren(h("p", { class: "quiet loading", say: say("lead.loading") }));
    place.setAttribute("aria-busy", "true");
    const parts = await build(page, (problem) => [wrongPart(problem, () => page.open(name))]);
    if (mine !== turn) return; // another view was opened meanwhile
    place.removeAttribute("aria-busy");
    place.replaceChildren(...parts.filter(Boolean));
    if (isNew) shell.announce(say(`lead.${name}`));
  };
  const tabs = buildTabs(page);
  shell.bar.replaceChildren(
    h("span", { class: "quiet record", say: programme.db.split("/").pop() }),
    h("div", { class: "row" }, teamChoice(page), namesChoice(page)),
  );
  shell.header.append(tabs);
  shell.main.replaceChildren(place);
  const asked = location.hash.slice(1);
  page.open(VIEWS.some(([name]) => name === asked) ? asked : "skills");
}

async function begin() {
  const asked = new URLSearchParams(location.search);
  let who = { as: asked.get("as") || "", at: asked.get("at") || "" };
  if (!who.as) {
    const list = await sessions();
    who = list.ok && list.data.sessions.find((one) => one.page === "/lead");
    if (!who) return away(list.problem || say("lead.restarted"));
  }
  const api = createLeadApi(who);
  const answer = await api.programme();
  if (!answer.ok) return away(answer.problem);
  start(api, answer.data);
}

begin();
