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

// Whom the house wants told, in its order: one tap to tell them.
function ladder(page) {
  const { ladder: rungs = [], seats } = page.setting;
  if (rungs.length === 0) return null;
  const own = (seats.find((seat) => seat.id === page.api.as) || { roles: [] }).roles;
  return h(
    "details",
    { class: "rolecard ladder" },
    h("summary", { say: say("ladder.title") }),
    h(
      "ol",
      {},
      rungs.map((rung) =>
        h(
          "li",
          {},
          h("p", { class: "name", say: page.names.party(rung.to) }),
          h("p", { say: rung.when }),
          h(
            "p",
            { class: "quiet" },
            rung.within_ms > 0
              ? h("span", { say: say("ladder.within", { time: spanWords(rung.within_ms) }) })
              : null,
            " ",
            !rung.from || own.includes(rung.from)
              ? null
              : h("span", { say: say("ladder.from", { name: page.names.party(rung.from) }) }),
          ),
          rung.instead && own.includes(rung.to) ? h("p", { say: rung.instead }) : null,
          own.includes(rung.to)
            ? null
            : h("button", {
                type: "button",
                say: say("escalate"),
                label: () => [say("escalate"), page.names.party(rung.to)],
                on: {
                  click: () =>
                    composeMessage(page, {
                      title: say("escalate"),
                      type: "escalation",
                      to: [rung.to],
                      via: "phone",
                    }),
                },
              }),
        ),
      ),
    ),
  );
}

// "15 min", "2 h", "1 h 30 min"
function spanWords(ms) {
  const minutes = Math.round(ms / 60000);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return say("span.minutes", { minutes });
  if (rest === 0) return say("span.hours", { hours });
  return [say("span.hours", { hours }), say("span.minutes", { minutes: rest })];
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
    ladder(page),
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
