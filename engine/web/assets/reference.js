// What is on the table in a room that talks: contact list, escalation ladder, role cards. To read, one
// tap away for whoever looks at the screen; nothing here that a seat's own page would not show.
import { say } from "/assets/i18n.js";
import { spanWords } from "/assets/contacts.js";
import { prose } from "/assets/markdown.js";
import { h, section } from "/assets/ui.js";

const fold = (words, ...children) => h("details", {}, h("summary", { say: words }), ...children);

const hasText = (words) => Boolean(words && (words.en || words.ja));

function contactRow(page, one) {
  const channels = one.channels || [];
  return h(
    "li",
    { class: "contact" },
    h("p", { class: "name", say: one.name }),
    hasText(one.contact) ? h("p", { say: one.contact }) : null,
    h(
      "p",
      { class: "quiet" },
      one.deputy ? [h("span", { say: say("contacts.deputy", { name: page.names.party(one.deputy) }) }), " "] : [],
      channels.length > 0 ? h("span", { say: channels.map((via) => say(`via.${via}`)) }) : null,
    ),
  );
}

function rungRow(page, rung) {
  return h(
    "li",
    {},
    h("p", { class: "name", say: page.names.party(rung.to) }),
    h("p", { say: rung.when }),
    h(
      "p",
      { class: "quiet" },
      rung.within_ms > 0 ? h("span", { say: say("ladder.within", { time: spanWords(rung.within_ms) }) }) : null,
      " ",
      rung.from ? h("span", { say: say("ladder.from", { name: page.names.party(rung.from) }) }) : null,
    ),
  );
}

export function buildReference(page) {
  const { ladder = [], roles, seats, stakeholders } = page.setting;
  const held = roles.filter(
    (role) => hasText(role.card) && seats.some((seat) => seat.roles.includes(role.id)),
  );
  const parts = [
    stakeholders.length > 0
      ? fold(say("contacts.title"), h("ul", { class: "plainlist" }, stakeholders.map((one) => contactRow(page, one))))
      : null,
    ladder.length > 0
      ? fold(say("ladder.title"), h("ol", { class: "plainlist" }, ladder.map((rung) => rungRow(page, rung))))
      : null,
    held.length > 0
      ? fold(
          say("reference.cards"),
          held.map((role) => fold(role.name, prose(role.card))),
        )
      : null,
  ].filter(Boolean);
  const element = section("reference", "reference.title", parts);
  element.hidden = parts.length === 0;
  return element;
}
