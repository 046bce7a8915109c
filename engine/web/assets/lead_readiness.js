// Who has practised which role, and whom the team has reached: never first, then longest ago, as the
// server orders them. Persons under aliases unless names are asked for.
import { say } from "/assets/i18n.js";
import { mark, table } from "/assets/lead_parts.js";
import { h, section } from "/assets/ui.js";

function when(one) {
  if (!one) return say("lead.never");
  const words = one.days_ago === 0 ? say("lead.today") : say("lead.daysAgo", { n: one.days_ago });
  return [
    h("span", { say: words }),
    h("span", { class: "quiet" }, " – ", one.exercise, one.from_file ? " · " : "", one.from_file ? h("span", { say: say("lead.fromFile") }) : ""),
  ];
}

const nobody = () => h("span", { class: "quiet", say: say("lead.nobody") });

function holder(one) {
  const who = one.person
    ? h("span", { class: "person", say: one.person })
    : h("span", { class: "quiet", say: say("lead.seatOnly", { seat: one.seat }) });
  return h("li", {}, who, one.last ? h("span", { class: "quiet", say: say("lead.held", { n: one.last.days_ago }) }) : null);
}

function besides(role) {
  const lines = [];
  if (role.with) lines.push(say("lead.with", { role: role.with }));
  if (role.outsourced) lines.push(say("lead.outsourced", { contact: role.outsourced }));
  return lines.length > 0 ? lines.map((line) => h("p", { say: line })) : null;
}

const state = (kind, words) => h("span", { class: `word is-${kind}` }, mark(kind), h("span", { say: words }));

function roleRow(role) {
  const [first, ...others] = role.holders;
  return [
    role.name,
    role.last ? state("holds", say("lead.exercised", { n: role.exercises })) : state("gap", say("lead.neverExercised")),
    when(role.last),
    first ? h("ul", {}, holder(first)) : nobody(),
    others.length > 0 ? h("ul", {}, others.map(holder)) : nobody(),
    besides(role),
  ];
}

function contactRow(contact) {
  const reason = contact.reason ? say(`lead.reason.${contact.reason}`) : "";
  const told = contact.last_reached
    ? state("holds", say("lead.reached"))
    : contact.unreached
      ? state("gap", say("lead.unreached", { reason }))
      : state("insufficient-evidence", say("lead.untried"));
  return [contact.name, told, when(contact.reached), contact.unreached ? when(contact.unreached) : null, contact.deputy || null];
}

export async function buildReadiness(page, wrong) {
  const answer = await page.api.readiness({ team: page.team, names: page.names });
  if (!answer.ok) return wrong(answer.problem);
  const { organisation, tables, roles, contacts } = answer.data;
  return [
    section(
      "roles",
      "lead.roles",
      h("p", { class: "quiet", say: say("lead.roles.explain", { organisation, tables }) }),
      table(
        "roles",
        say("lead.roles.caption"),
        ["lead.role", "lead.state", "lead.last", "lead.holder", "lead.others", "lead.arranged"].map((key) => say(key)),
        roles.map(roleRow),
      ),
    ),
    section(
      "contacts",
      "lead.contacts",
      h("p", { class: "quiet", say: say("lead.contacts.explain") }),
      table(
        "contacts",
        say("lead.contacts.caption"),
        ["lead.contact", "lead.state", "lead.lastReached", "lead.lastMissed", "lead.deputy"].map((key) => say(key)),
        contacts.map(contactRow),
      ),
    ),
  ];
}
