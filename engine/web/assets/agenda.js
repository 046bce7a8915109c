// What the table talks about: at most seven findings, by their cause. The staff reads them from
// ENDEX on; players, when the facilitator opens them to all.
import { CAUSES, fill, isStaff, order } from "/assets/finding.js";
import { bind, say } from "/assets/i18n.js";
import { sendFrom } from "/assets/send.js";
import { button, h, section } from "/assets/ui.js";

const UNNAMED = "none";
const JUDGED = ["satisfied", "violated", "excused"];

const causeHead = (cause) =>
  cause === UNNAMED ? say("after.causeNone") : say("after.causeIs", { cause: say(`cause.${cause}`) });

// One heading and list a cause; causes without findings are not shown.
function buildGroups(page) {
  const groups = [...CAUSES, UNNAMED].map((cause) => {
    const list = h("ol", { class: "plainlist" });
    const element = h("div", { class: "bycause", hidden: true }, h("h3", { say: causeHead(cause) }), list);
    return { cause, list, element };
  });
  const show = (data, findings, knockOnOf) =>
    groups.forEach(({ cause, list, element }) => {
      const rows = findings.filter((one) => (one.cause || UNNAMED) === cause);
      element.hidden = rows.length === 0;
      fill(page, list, data, rows, knockOnOf);
    });
  return { elements: groups.map((one) => one.element), show };
}

// All other findings, for the staff: those that were missed or open, then those that were met.
function buildRest(page) {
  const title = h("summary");
  const list = h("ol", { class: "plainlist" });
  const met = h("ol", { class: "plainlist" });
  const metTitle = h("h3");
  const element = h("details", { class: "rest", hidden: true }, title, list, metTitle, met);
  const show = (data, onAgenda) => {
    const rows = order(data, data.findings.filter((one) => !onAgenda.has(one.name)));
    const done = rows.filter((one) => one.verdict === "satisfied");
    element.hidden = rows.length === 0;
    metTitle.hidden = done.length === 0;
    bind(title, say("after.more", { count: rows.length }));
    bind(metTitle, say("findings.met", { count: done.length }));
    fill(page, list, data, rows.filter((one) => one.verdict !== "satisfied"));
    fill(page, met, data, done);
  };
  return { element, show };
}

function buildSharing(page) {
  const state = h("p", { class: "quiet" });
  const share = button("after.share", (event) => sendFrom(page, event, { do: "share_findings" }), {
    class: "primary",
  });
  page.store.subscribe(({ shared, status }) => {
    share.hidden = shared || status !== "ended" || !page.me.facilitator;
    bind(state, say(shared ? "after.isShared" : isStaff(page) ? "after.isNotShared" : "after.wait"));
  });
  return h("div", { class: "row sharing" }, state, share);
}

export function buildAgenda(page, findings) {
  const groups = buildGroups(page);
  const rest = buildRest(page);
  const empty = h("p", { class: "quiet", say: say("after.nothingListed"), hidden: true });
  const explain = h("p", { class: "quiet" });
  const show = () => {
    const { data } = findings;
    const agenda = data && data.agenda;
    bind(explain, say(isStaff(page) ? "after.explainStaff" : "after.explain"));
    explain.hidden = !agenda;
    empty.hidden = !agenda || agenda.items.length > 0;
    const isJudged = data && data.findings.some((one) => JUDGED.includes(one.verdict));
    if (isStaff(page)) bind(empty, say(isJudged ? "after.nothingMissed" : "after.nothingJudged"));
    if (!agenda) return;
    const knockOn = new Map(agenda.items.map((item) => [item.finding, item.knock_on]));
    const byName = new Map(data.findings.map((one) => [one.name, one]));
    const rows = agenda.items.map((item) => byName.get(item.finding)).filter(Boolean);
    groups.show(data, rows, (one) => knockOn.get(one.name) || 0);
    if (isStaff(page)) rest.show(data, knockOn);
  };
  findings.subscribe(show);
  page.store.subscribe(show);
  return section(
    "agenda",
    "after.agendaTitle",
    explain,
    buildSharing(page),
    empty,
    groups.elements,
    rest.element,
  );
}
