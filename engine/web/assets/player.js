// The page of a seat.
import { buildClocks } from "/assets/clocks.js";
import { clockText } from "/assets/clock.js";
import { act, call, composeMessage, declare, escalate, listen, note, realIncident, speak } from "/assets/compose.js";
import { bind, say } from "/assets/i18n.js";
import { buildInbox, titleOf } from "/assets/inbox.js";
import { describe, words } from "/assets/lines.js";
import { sendFrom } from "/assets/send.js";
import { button, h, keyed, section } from "/assets/ui.js";

const TABS = ["inbox", "contacts", "known", "log"];

function quickBar(page) {
  return h("div", { class: "quick", role: "region", label: say("quick") },
    button("escalate", () => escalate(page), { class: "primary" }),
    button("call", () => call(page), { class: "primary" }),
    button("message", () => composeMessage(page)),
    button("said", () => speak(page)),
    button("heard", () => listen(page)),
    page.setting.actions.length > 0 ? button("act", () => act(page)) : null,
    button("declare", () => declare(page)),
    button("note", () => note(page)));
}

// On a narrow page one part is shown at a time; on a wide one all stand side by side.
function buildTabs(page) {
  const buttons = TABS.map((name) => button(`tab.${name}`, () => choose(name), { "data-tab": name }));
  const badge = h("span", { class: "badge", hidden: true });
  buttons[0].append(" ");
  const holder = h("span", { class: "holder" }, buttons[0], badge);
  function choose(name) {
    page.shell.main.dataset.tab = name;
    buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.tab === name)));
    window.scrollTo({ top: 0 });
  }
  choose("inbox");
  page.store.subscribe((state) => {
    const unopened = [...state.inbox.values()].filter((one) => !one.opened).length;
    badge.hidden = unopened === 0;
    badge.textContent = String(unopened);
  });
  return h("nav", { class: "tabs", label: say("tabs") }, holder, buttons.slice(1));
}

function contactRow(page, id, options) {
  const channels = options.channels || ["phone", "mail", "chat"];
  const reach = { phone: "call", mail: "mail", chat: "chat" };
  return h("li", { class: "contact" },
    h("p", { class: "name", say: page.names.party(id) }),
    options.contact ? h("p", { class: "quiet", say: options.contact }) : null,
    options.deputy ? h("p", { class: "quiet", say: say("contacts.deputy", { name: page.names.party(options.deputy) }) }) : null,
    h("div", { class: "row" }, Object.entries(reach).filter(([via]) => channels.includes(via)).map(([via, key]) =>
      h("button", {
        type: "button", say: say(key), label: () => [say(key), page.names.party(id)],
        on: { click: () => composeMessage(page, { title: say(key), type: "report", to: [id], via }) },
      }))));
}

function buildContacts(page) {
  const { seats, stakeholders, roles } = page.setting;
  const others = seats.filter((seat) => seat.id !== page.api.as);
  const mine = seats.find((seat) => seat.id === page.api.as);
  const cards = roles.filter((role) => mine && mine.roles.includes(role.id) && role.card && (role.card.en || role.card.ja));
  return section("contacts", "contacts.title",
    cards.map((role) => h("details", { class: "rolecard" }, h("summary", { say: role.name }), h("p", { class: "text", say: role.card }))),
    others.length > 0 ? h("h3", { say: say("contacts.seats") }) : null,
    h("ul", { class: "plainlist" }, others.map((seat) => contactRow(page, seat.roles[0] || seat.id, {}))),
    h("h3", { say: say("contacts.outside") }),
    h("ul", { class: "plainlist" }, stakeholders.map((one) => contactRow(page, one.id, one))));
}

function buildKnown(page) {
  const list = h("ul", { class: "plainlist" });
  const empty = h("p", { class: "quiet", say: say("known.empty") });
  page.store.subscribe((state) => {
    empty.hidden = state.facts.size > 0;
    keyed(list, [...state.facts.values()], (fact) => fact.id, (fact) => JSON.stringify(fact), (fact) => h("li", { class: "fact" },
      h("p", { say: fact.text }),
      h("p", { class: "quiet", say: say("known.source", { time: clockText(fact.at_ms), source: say(`source.${fact.source}`) }) }),
      button("known.say", async (event) => {
        if (await sendFrom(page, event, { do: "said", to: ["room"], facts: [fact.id] })) page.shell.notice(say("known.say"));
      })));
  });
  return section("known", "known.title", empty, list);
}

function outcomeRow(page, sent, party) {
  const { result } = sent.outcomes.get(party) || { result: "waiting" };
  const deputy = (page.setting.stakeholders.find((one) => one.id === party) || {}).deputy;
  const failed = ["no-answer", "stale", "no-channel"].includes(result);
  return h("li", { class: failed ? "failed" : result },
    h("span", { say: say(`outcome.${result}`, { name: page.names.party(party) }) }),
    failed && deputy ? h("button", {
      type: "button", say: say("outcome.deputy", { name: page.names.party(deputy) }),
      on: { click: () => composeMessage(page, { title: say("call"), type: sent.body.type, to: [deputy], via: "phone", facts: sent.body.facts || [], text: sent.text }) },
    }) : null);
}

function buildLog(page) {
  const sentList = h("ol", { class: "plainlist" });
  const sentEmpty = h("p", { class: "quiet", say: say("outcome.empty") });
  const list = h("ol", { class: "lines" });
  const empty = h("p", { class: "quiet", say: say("log.empty") });
  page.store.subscribe((state) => {
    const sent = [...state.sent.values()].reverse();
    sentEmpty.hidden = sent.length > 0;
    keyed(sentList, sent, (one) => one.id, (one) => JSON.stringify([...one.outcomes]), (one) => {
      const parties = [...new Set([...one.body.to, ...one.outcomes.keys()])];
      // A seat answers for the role that the message was sent to.
      const shown = parties.filter((party) => one.outcomes.has(party) || !seatAnswered(page, one, party));
      return h("li", { class: "sent" },
        h("p", {}, h("span", { class: "when" }, clockText(one.at_ms)), " ", h("span", { say: say(`type.${one.body.type}`) }), " · ", h("span", { say: say(`via.${one.body.via || ""}`) })),
        h("ul", { class: "outcomes" }, shown.map((party) => outcomeRow(page, one, party))));
    });
    const mine = state.lines.filter((line) => line.actor === page.api.as && line.kind !== "learned");
    empty.hidden = mine.length > 0;
    keyed(list, mine, (line) => line.n, () => "", (line) => lineRow(page, line));
  });
  return section("log", "log.title", h("h3", { say: say("outcome.title") }), sentEmpty, sentList,
    h("h3", { say: say("tab.log") }), empty, list);
}

function seatAnswered(page, sent, role) {
  const seat = page.setting.seats.find((one) => one.roles.includes(role));
  return Boolean(seat && seat.id !== role && sent.outcomes.has(seat.id));
}

export function lineRow(page, line) {
  const said = words(line);
  return h("li", { class: `line is-${line.kind}` },
    h("span", { class: "when" }, clockText(line.at_ms)),
    h("span", { class: "what" }, h("span", { say: describe(page.names, line) }),
      said ? h("span", { class: "said", say: said }) : null));
}

// What a screen reader says, and a sighted person sees in the inbox's badge.
function announce(page, line) {
  const one = line.kind === "delivered" || line.kind === "messaged"
    ? page.store.state.inbox.get(line.body.inject ? `inject ${line.body.inject}` : `message ${line.body.message}`) : null;
  if (one) page.shell.announce(say("inbox.arrived", { title: titleOf(page, one) }));
  if (line.kind === "unreached") page.shell.notice(describe(page.names, line), true);
  if (line.kind === "reached" || line.kind === "acked" || line.kind === "paused" || line.kind === "resumed" ||
    line.kind === "ended") page.shell.announce(describe(page.names, line));
}

export function startPlayer(page) {
  bind(page.shell.heading, page.names.party(page.api.as));
  page.shell.bar.append(buildClocks(page), button("incident", () => realIncident(page), { class: "danger outline" }));
  page.shell.main.classList.add("player");
  page.shell.main.append(buildInbox(page), buildContacts(page), buildKnown(page), buildLog(page));
  page.shell.main.before(quickBar(page), buildTabs(page));
  page.onLine = (line) => announce(page, line);
}
