// Whom one can reach, by which channel, and who stands in for whom; one's own role card on top.
import { composeMessage, escalate, order } from "/assets/compose.js";
import { canDo } from "/assets/deed.js";
import { likelyFirst, listFinder } from "/assets/finder.js";
import { say } from "/assets/i18n.js";
import { prose } from "/assets/markdown.js";
import { h, section } from "/assets/ui.js";

function contactRow(page, id, options) {
  const channels = options.channels || ["phone", "mail", "chat"];
  const reach = { phone: "call", mail: "mail", chat: "chat" };
  const isRung = (page.setting.ladder || []).some((rung) => rung.to === id);
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
      isRung ? escalateButton(page, id) : null,
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
      orderButton(page, id, channels),
    ),
  );
}

// To whoever has hands for something: what they can do is listed first.
function orderButton(page, id, channels) {
  const deeds = page.setting.actions.filter(
    (action) => (action.done_by || []).length > 0 && canDo(page, action, id),
  );
  if (deeds.length === 0) return null;
  const via = channels.includes("phone") ? "phone" : channels[0];
  return h("button", {
    type: "button",
    say: say("order"),
    label: () => [say("order"), page.names.party(id)],
    on: { click: () => order(page, { to: [id], via }) },
  });
}

function escalateButton(page, id) {
  return h("button", {
    type: "button",
    say: say("escalate"),
    label: () => [say("escalate"), page.names.party(id)],
    on: { click: () => escalate(page, id) },
  });
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
          own.includes(rung.to) ? null : escalateButton(page, rung.to),
        ),
      ),
    ),
  );
}

// "15 min", "2 h", "1 h 30 min"
export function spanWords(ms) {
  const minutes = Math.round(ms / 60000);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return say("span.minutes", { minutes });
  if (rest === 0) return say("span.hours", { hours });
  return [say("span.hours", { hours }), say("span.minutes", { minutes: rest })];
}

// Whom one has just written to stands first the next time. The list moves by one's own deeds only:
// what arrives must not take a button from under the finger.
function followDealings(page, list, rows) {
  let before = 0;
  page.store.subscribe((state) => {
    const now = state.lines.filter((line) => line.actor === page.api.as).length;
    if (now === before) return;
    before = now;
    const had = document.activeElement;
    for (const id of likelyFirst(page, rows.map((row) => row.id)))
      list.append(rows.find((row) => row.id === id).element);
    if (list.contains(had)) had.focus({ preventScroll: true });
  });
}

export function buildContacts(page) {
  const { seats, stakeholders, roles } = page.setting;
  const others = seats.filter((seat) => seat.id !== page.api.as);
  const mine = seats.find((seat) => seat.id === page.api.as);
  const cards = roles.filter(
    (role) => mine && mine.roles.includes(role.id) && role.card && (role.card.en || role.card.ja),
  );
  const row = (id, options) => ({ id, element: contactRow(page, id, options) });
  const inside = others.map((seat) => row(seat.roles[0] || seat.id, {}));
  const outside = likelyFirst(page, stakeholders.map((one) => one.id)).map((id) =>
    row(id, stakeholders.find((one) => one.id === id)),
  );
  const rows = [...inside, ...outside];
  const list = h("ul", { class: "plainlist" }, outside.map((one) => one.element));
  followDealings(page, list, outside);
  return section(
    "contacts",
    "contacts.title",
    cards.map((role) =>
      h(
        "details",
        { class: "rolecard" },
        h("summary", { say: role.name }),
        prose(role.card),
      ),
    ),
    ladder(page),
    listFinder(page, rows),
    others.length > 0 ? h("h3", { say: say("contacts.seats") }) : null,
    h("ul", { class: "plainlist" }, inside.map((one) => one.element)),
    h("h3", { say: say("contacts.outside") }),
    list,
  );
}
