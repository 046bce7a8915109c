// What the missed rules of an exercise suggest, by cause; taken into the plan one by one.
import { say } from "/assets/i18n.js";
import { button, field, h, section, select } from "/assets/ui.js";

const OVER = ["ended", "sealed"];

function card(page, exercise, one) {
  const place = h("div");
  const planned = (item) => place.replaceChildren(h("p", { class: "quiet", say: say("lead.planned", { item }) }));
  const take = async (event) => {
    const pressed = event.currentTarget;
    pressed.disabled = true;
    const answer = await page.api.take({ exercise, rule: one.rule }, page.lang());
    pressed.disabled = false;
    if (!answer.ok) return page.shell.notice(answer.problem, true);
    planned(answer.data.item);
    page.said(say("lead.plan.added", { item: answer.data.item }), { item: answer.data.item, changes: 1 });
    await page.reread();
  };
  if (one.planned_as > 0) planned(one.planned_as);
  else place.replaceChildren(button("lead.take", take, { label: say("lead.take.of", { rule: one.rule }) }));
  return h(
    "li",
    { class: "gapcard" },
    h("h3", { say: say("lead.missedTitle", { title: one.title }) }),
    h(
      "p",
      {},
      h("span", { class: "badge outlined", say: say(one.cause ? `cause.${one.cause}` : "cause.none") }),
      " ",
      h("span", { say: say(`lead.severity.${one.severity}`) }),
      one.missed > 1 ? h("span", { class: "quiet", say: say("lead.times", { n: one.missed }) }) : null,
    ),
    h("p", { say: one.action }),
    place,
  );
}

export function proposalsPart(page, exercises) {
  const tables = [...exercises].reverse().flatMap((one) => one.tables.filter((table) => OVER.includes(table.status)));
  if (tables.length === 0) return null;
  const place = h("div", { "aria-live": "polite" });
  const choice = select(
    [{ value: "", what: say("lead.proposals.which") }, ...tables.map((one) => ({ value: one.table, what: one.table }))],
    "",
  );
  choice.addEventListener("change", async () => {
    const exercise = choice.value;
    if (!exercise) return place.replaceChildren();
    place.replaceChildren(h("p", { class: "quiet", say: say("lead.loading") }));
    const answer = await page.api.proposals({ exercise });
    if (choice.value !== exercise) return; // another one was chosen meanwhile
    if (!answer.ok) return place.replaceChildren(h("p", { class: "wrong", say: answer.problem }));
    place.replaceChildren(
      answer.data.length > 0
        ? h("ul", { class: "gapcards" }, answer.data.map((one) => card(page, exercise, one)))
        : h("p", { say: say("lead.proposals.none") }),
    );
  });
  return section(
    "proposals",
    "lead.proposals",
    h("p", { class: "quiet", say: say("lead.proposals.explain") }),
    h("div", { class: "narrow" }, field("lead.exercise", choice)),
    place,
  );
}
