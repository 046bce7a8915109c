// Whom one can reach, by which channel, and who stands in for whom; one's own role card on top.
import { composeMessage } from "/assets/compose.js";
import { say } from "/assets/i18n.js";
import { h, section } from "/assets/ui.js";

function contactRow(page, id, options) {
  const channels = options.channels || ["phone", "mail", "chat"];
  const reach = { phone: "call", mail: "mail", chat: "chat" };
  return h(
    "li",
    { class: "contact", "data-party": id },
    h("p", { class: "name", say: page.names.party(id) }),
    options.contact ? h("p", { class: "quiet", say: options.contact }) : null,
    options.deputy
      ? h("p", {
          class: "quiet",
          say: say("contacts.deputy", { name: page.names.party(options.deputy) }),
        })
      : null,
    h(
      "div",
      { class: "row" },
      Object.entries(reach)
        .filter(([via]) => channels.includes(via))
        .map(([via, key]) =>
          h("button", {
            type: "button",
            say: say(key),
            label: () => [say(key), page.names.party(id)],
            on: {
              click: () => composeMessage(page, { title: say(key), type: "report", to: [id], via }),
            },
          }),
        ),
    ),
  );
}

export function buildContacts(page) {
  const { seats, stakeholders, roles } = page.setting;
  const others = seats.filter((seat) => seat.id !== page.api.as);
  const mine = seats.find((seat) => seat.id === page.api.as);
  const cards = roles.filter(
    (role) => mine && mine.roles.includes(role.id) && role.card && (role.card.en || role.card.ja),
  );
  return section(
    "contacts",
    "contacts.title",
    cards.map((role) =>
      h(
        "details",
        { class: "rolecard" },
        h("summary", { say: role.name }),
        h("p", { class: "text", say: role.card }),
      ),
    ),
    others.length > 0 ? h("h3", { say: say("contacts.seats") }) : null,
    h(
      "ul",
      { class: "plainlist" },
      others.map((seat) => contactRow(page, seat.roles[0] || seat.id, {})),
    ),
    h("h3", { say: say("contacts.outside") }),
    h(
      "ul",
      { class: "plainlist" },
      stakeholders.map((one) => contactRow(page, one.id, one)),
    ),
  );
}
