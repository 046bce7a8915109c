// The improvement plan, kept in the page: one change at a time, answered when it is on disk, and
// taken back with one press. What verifies an item is a later exercise and nobody's hand.
import { say } from "/assets/i18n.js";
import { draftsOf, dropDraft } from "/assets/lead_draft.js";
import { openHistory, openItem } from "/assets/lead_item.js";
import { command, mark, ofTeam, retestCommand, row, teamsOf } from "/assets/lead_parts.js";
import { proposalsPart } from "/assets/lead_proposals.js";
import { button, h, keyed, section } from "/assets/ui.js";

const STATES = ["verified", "missed", "done", "in-progress", "open", "dropped"];
const MARKS = { verified: "holds", missed: "gap", done: "likely-holds", "in-progress": "watch", open: "insufficient-evidence", dropped: "missed" };
const HEADS = ["lead.plan.item", "lead.plan.issue", "lead.plan.action", "lead.plan.who", "lead.plan.dates", "lead.status", "lead.plan.retest", "lead.plan.change"].map((key) => say(key));

// Done, and a later exercise missed its rule again: nobody waits for a retest any more.
const shownStatus = ({ status, retest }) =>
  status === "done" && retest.result === "missed" && retest.since_done ? "missed" : status;

const statusMark = (status) =>
  h("span", { class: `word is-${MARKS[status]} status-${status}` }, mark(MARKS[status]), h("span", { say: say(`lead.plan.status.${status}`) }));

const known = (key, value, options = {}) =>
  value ? h("p", { class: "quiet", ...options }, h("span", { say: say(key) }), " ", h("span", { say: value })) : null;
const dated = (key, value) => known(key, value, { class: "quiet when" });

// In the page's language while it is as it was proposed.
const inBoth = (item, name) => (item.words && item.words[name]) || item[name];

function issueCell(item) {
  return [
    item.issue ? h("p", { say: inBoth(item, "issue") }) : null,
    item.capability ? h("p", { class: "quiet", say: say(`capability.${item.capability}`) }) : null,
    item.cause ? known("lead.plan.cause", say(`cause.${item.cause}`)) : null,
    item.exercise ? known("lead.plan.from", item.exercise) : null,
  ].filter(Boolean);
}

function actionCell(item) {
  return [
    h("p", { class: "action", say: inBoth(item, "action") }),
    item.element ? h("p", { class: "quiet", say: say(`lead.element.${item.element}`) }) : null,
    known("lead.plan.document", item.document),
    known("lead.plan.evidence", item.evidence),
    known("lead.plan.note", item.note),
  ].filter(Boolean);
}

function whoCell(item) {
  return [
    item.organisation ? h("p", { say: item.organisation }) : null,
    item.owner ? h("p", { class: "person", say: item.owner }) : h("p", { class: "quiet", say: say("lead.plan.noOwner") }),
  ].filter(Boolean);
}

function datesCell(item) {
  return [
    dated("lead.plan.start", item.start),
    item.due ? dated("lead.plan.due", item.due) : h("p", { class: "quiet", say: say("lead.plan.noDate") }),
    item.overdue ? h("p", { class: "overdue", say: say("lead.plan.overdue") }) : null,
  ].filter(Boolean);
}

function retestCell(page, item) {
  if (!item.rule) return h("span", { class: "quiet", say: say("lead.plan.noRule") });
  return [
    h("p", { say: say(`lead.plan.retest.${item.retest.result}`, { exercise: item.retest.exercise }) }),
    item.retest.from_file ? h("p", { class: "quiet", say: say("lead.plan.fromFile") }) : null,
    h(
      "details",
      {},
      h("summary", { say: say("lead.retest") }),
      h("p", { class: "quiet", say: say("lead.plan.practice") }),
      command(retestCommand(page, item.exercise, item.rule)),
    ),
  ].filter(Boolean);
}

function changeCell(page, item) {
  const press = (key, run) => button(key, run, { "data-focus": `${key}.${item.id}`, label: say(`${key}.of`, { item: item.id }) });
  const isOver = ["done", "verified", "dropped"].includes(item.status);
  return h(
    "div",
    { class: "row presses" },
    press("lead.plan.edit", () => openItem(page, item)),
    isOver ? null : press("lead.plan.done", () => openItem(page, item, "done")),
    press("lead.plan.history", () => openHistory(page, item)),
  );
}

const itemRow = (page, item) =>
  row(
    HEADS,
    [`#${item.id}`, issueCell(item), actionCell(item), whoCell(item), datesCell(item), statusMark(shownStatus(item)), retestCell(page, item), changeCell(page, item)],
    { class: `item is-${item.status}`, "data-item": item.id },
  );

function sumOf(items) {
  const counts = STATES.map((status) => [status, items.filter((item) => shownStatus(item) === status).length]).filter(([, n]) => n > 0);
  const overdue = items.filter((item) => item.overdue).length;
  return h(
    "p",
    { class: "sum" },
    counts.map(([status, n]) => h("span", { class: "note" }, statusMark(status), " ", String(n))),
    overdue > 0 ? h("span", { class: "note overdue", say: say("lead.plan.overdueCount", { n: overdue }) }) : null,
  );
}

// ---- what was done last ----

function saidPart(page) {
  const place = h("div", { class: "said", role: "status" });
  page.said = (words, undo) =>
    place.replaceChildren(
      h("p", { say: words }),
      ...(undo ? [button("lead.plan.undo", () => takeBack(page, undo), { class: "undo" })] : []),
    );
  return place;
}

async function takeBack(page, { item, changes }) {
  const answer = await page.api.change({ item, undo: changes });
  if (!answer.ok) return page.shell.notice(answer.problem, true);
  page.said(say("lead.plan.undone", { item }));
  await page.reread();
}

// What was typed before the program was started again, or the page closed.
function draftsPart(page) {
  const place = h("div", { class: "drafts" });
  const lineOf = (key) => {
    const item = page.items.find((one) => String(one.id) === key) || null;
    if (!item && key !== "new") return null;
    const words = item ? say("lead.draft.of", { item: key }) : say("lead.draft.new");
    return h(
      "p",
      { class: "row" },
      h("span", { say: words }),
      button("lead.draft.resume", () => openItem(page, item)),
      button("lead.item.discard", () => {
        dropDraft(page, key);
        page.showDrafts();
      }),
    );
  };
  page.showDrafts = () => place.replaceChildren(...draftsOf(page).map(lineOf).filter(Boolean));
  return place;
}

// For every change of the page: null when it was kept.
async function save(page, change) {
  const answer = await page.api.change(change);
  if (!answer.ok) return answer;
  const { item, changes } = answer.data;
  page.said(say(change.item ? "lead.plan.saved" : "lead.plan.added", { item }), { item, changes });
  await page.reread();
  return null;
}

function downloads(page) {
  const link = (format) =>
    h("a", {
      class: "button",
      href: page.api.planAddress({ format, lang: page.lang(), names: page.names, team: page.team }),
      download: "",
      say: say(`lead.plan.${format}`),
    });
  return [link("csv"), link("ics")];
}

// Order: what is late and open comes first, what is over last; within, by number.
const RANK = { open: 1, "in-progress": 1, done: 2, verified: 3, dropped: 4 };
const rank = (item) => (item.overdue ? 0 : RANK[item.status]);
const inOrder = (items) => [...items].sort((a, b) => rank(a) - rank(b) || a.id - b.id);

export async function buildPlan(page, wrong) {
  const read = () => page.api.plan({ names: page.names, team: page.team });
  const [plan, exercises] = await Promise.all([read(), page.api.exercises()]);
  if (!plan.ok || !exercises.ok) return wrong(plan.problem || exercises.problem);
  page.learnTeams(teamsOf(exercises.data));
  const sum = h("div");
  const none = h("p", { say: say("lead.plan.none") });
  const body = h("tbody", { role: "rowgroup" });
  const list = h(
    "table",
    { class: "list plan", role: "table" },
    h("caption", { say: say("lead.plan.caption") }),
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, HEADS.map((head) => h("th", { scope: "col", role: "columnheader", say: head })))),
    body,
  );
  const drafts = draftsPart(page);
  const show = (items) => {
    page.items = items;
    sum.replaceChildren(sumOf(items));
    none.hidden = items.length > 0;
    list.hidden = items.length === 0;
    page.showDrafts();
    keyed(body, inOrder(items), (item) => item.id, JSON.stringify, (item) => itemRow(page, item));
  };
  // Gives the items.
  page.reread = async () => {
    const again = await read();
    if (again.ok) show(again.data);
    else page.shell.notice(again.problem, true);
    return page.items;
  };
  page.save = (change) => save(page, change);
  show(plan.data);
  return [
    section(
      "plan",
      "lead.plan.title",
      h("p", { class: "quiet", say: say("lead.plan.explain") }),
      h("div", { class: "row" }, button("lead.plan.add", () => openItem(page, null), { class: "primary", "data-focus": "add" }), ...downloads(page)),
      saidPart(page),
      drafts,
      sum,
      none,
      h("div", { class: "across" }, list),
    ),
    proposalsPart(page, ofTeam(page, exercises.data)),
  ];
}
