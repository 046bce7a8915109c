// Who has practised which role, and whom the team has reached: never first, then longest ago, as the
// server orders them. Persons under aliases unless names are asked for.
import { say } from "/assets/i18n.js";
import { mark, namesFrom, table } from "/assets/lead_parts.js";
import { h, section } from "/assets/ui.js";

const ago = (one) => (one.days_ago === 0 ? say("lead.today") : say("lead.daysAgo", { n: one.days_ago }));

function when(one) {
  if (!one) return null;
  return [
    h("span", { say: ago(one) }),
    h("span", { class: "quiet" }, " – ", one.exercise, one.from_file ? " · " : "", one.from_file ? h("span", { say: say("lead.fromFile") }) : ""),
  ];
}

function holder(one) {
  const who = one.person
    ? h("span", { class: "person", say: one.person })
    : h("span", { class: "quiet", say: say("lead.seatOnly", { seat: one.seat }) });
  return h("li", {}, who, one.last ? h("span", { class: "quiet", say: say("lead.held", { when: ago(one.last) }) }) : null);
}

function besides(role, names) {
  const lines = [];
  if (role.with) lines.push(say("lead.with", { role: names(role.with) }));
  if (role.outsourced) lines.push(say("lead.outsourced", { contact: names(role.outsourced) }));
  return lines.length > 0 ? lines.map((line) => h("p", { say: line })) : null;
}

const state = (kind, words) => h("span", { class: `word is-${kind}` }, mark(kind), h("span", { say: words }));

function roleRow(role, names) {
  const [first, ...others] = role.holders;
  return [
    role.name,
    role.last ? state("holds", say("lead.exercised", { n: role.exercises })) : state("insufficient-evidence", say("lead.neverExercised")),
    when(role.last),
    first ? h("ul", {}, holder(first)) : null,
    others.length > 0 ? h("ul", {}, others.map(holder)) : null,
    besides(role, names),
  ];
}

function contactRow(contact, names) {
  const reason = contact.reason ? say(`reason.${contact.reason}`) : "";
  const told = contact.last_reached
    ? state("holds", say("lead.reached"))
    : contact.unreached
      ? state("gap", say("lead.unreached", { reason }))
      : state("insufficient-evidence", say("lead.untried"));
  return [contact.name, told, when(contact.reached), contact.unreached ? when(contact.unreached) : null, contact.deputy ? names(contact.deputy) : null];
}

export async function buildReadiness(page, wrong) {
  const answer = await page.api.readiness({ team: page.team, names: page.names });
  if (!answer.ok) return wrong(answer.problem);
  const { organisation, tables, roles, contacts } = answer.data;
  const names = namesFrom(
    roles.map(({ role, name }) => ({ id: role, name })),
    contacts.map(({ contact, name }) => ({ id: contact, name })),
  );
  return [
    section(
      "roles",
      "lead.roles",
      h("p", { class: "quiet", say: say("lead.roles.explain", { organisation, tables }) }),
      table(
        "roles",
        say("lead.roles.caption"),
        ["lead.role", "lead.state", "lead.last", "lead.holder", "lead.others", "lead.arranged"].map((key) => say(key)),
        roles.map((role) => roleRow(role, names)),
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
        contacts.map((contact) => contactRow(contact, names)),
      ),
    ),
  ];
}
