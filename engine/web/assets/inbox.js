// What has come to a seat: oldest first, so that nothing moves under the reader's finger when more
// arrives; a button leads to what is not opened yet.
import { act } from "/assets/act.js";
import { attachments } from "/assets/attachments.js";
import { nameAuthority } from "/assets/authority.js";
import { clockText } from "/assets/clock.js";
import { answer, approve, composeMessage, readBack } from "/assets/compose.js";
import { canDo } from "/assets/deed.js";
import { current } from "/assets/facts.js";
import { foldable } from "/assets/fold.js";
import { say, text } from "/assets/i18n.js";
import { prose } from "/assets/markdown.js";
import { buildQuestion } from "/assets/question.js";
import { sendFrom } from "/assets/send.js";
import { button, h, keyed, section } from "/assets/ui.js";

// What waits for this seat: to be opened, or for the word on whose authority something was ordered.
export const isNew = (one) => !one.opened || (one.kind === "challenge" && !one.answered);

// Free words answer what asks: a question to decide, or a sentence of the text, in either language.
const QUESTION = /[?？]|か[。」]/;
const asks = ({ opened }) =>
  (opened.questions || []).length > 0 ||
  QUESTION.test(typeof opened.body === "string" ? opened.body : Object.values(opened.body || {}).join(" "));

const reference = (one) => (one.kind === "message" ? { message: one.id } : { inject: one.id });

export function titleOf(page, one) {
  if (one.kind === "hint") return say("hint.title");
  if (one.kind === "challenge") return say("challenge.title");
  if (one.kind === "message")
    return say("message.title", {
      from: page.names.party(one.actor),
      type: say(`type.${one.type}`),
    });
  return one.title || one.id;
}

// Who improvises may name the sender by an id.
const senderOf = (page, one) =>
  page.names.party(one.kind === "message" ? one.actor : one.from);

export function buildInbox(page) {
  const list = h("ol", { class: "cards" });
  const empty = h("p", { class: "quiet", say: say("inbox.empty") });
  const jump = h("button", { type: "button", class: "jump", hidden: true });
  const closed = new Set(); // opened things that the person folded away
  const unfolded = new Set(); // opened things whose long text is shown whole
  const reasons = new Map(); // question → what was typed so far
  const element = section("inbox", "inbox.title", empty, list, jump);

  // The jump is of use only while something new is out of sight, and leads to the first of those.
  const away = new Set();
  const sight = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) away.delete(target);
      else away.add(target);
    }
    jump.hidden = away.size === 0;
    jump.replaceChildren(h("span", { say: say("inbox.unopened", { count: away.size }) }));
  });

  page.showNew = () => {
    const unopened = [...list.querySelectorAll(".unopened")];
    const next = unopened.find((one) => away.has(one)) || unopened[0];
    if (!next) return;
    next.querySelector("button").focus();
    next.scrollIntoView({ block: "center" });
  };
  jump.addEventListener("click", page.showNew);

  function draw(state) {
    const items = [...state.inbox.values()];
    empty.hidden = items.length > 0;
    keyed(
      list,
      items,
      (one) => one.key,
      (one) => signature(state, one),
      (one) => card(one, state),
    );
    sight.disconnect();
    away.clear();
    const unopened = list.querySelectorAll(".unopened");
    if (unopened.length === 0) jump.hidden = true;
    unopened.forEach((one) => sight.observe(one));
  }

  const signature = (state, one) =>
    JSON.stringify([
      one,
      closed.has(one.key),
      state.status,
      ((one.opened && one.opened.questions) || []).map((question) =>
        state.questions.get(question.id),
      ),
    ]);

  async function toggle(one, event) {
    if (!one.opened) return sendFrom(page, event, { do: "open", ...reference(one) });
    if (closed.has(one.key)) closed.delete(one.key);
    else closed.add(one.key);
    page.store.touch();
  }

  function card(one, state) {
    const open = Boolean(one.opened) && !closed.has(one.key);
    const id = `came-${one.key.replace(/\W/g, "-")}`;
    const head = h(
      "button",
      {
        type: "button",
        class: "head",
        "data-focus": "head",
        on: { click: (event) => toggle(one, event) },
        "aria-expanded": String(open),
        "aria-controls": open ? id : null,
      },
      h("span", { class: "when" }, clockText(one.at_ms)),
      h("span", { class: "what", say: titleOf(page, one) }),
      one.kind === "hint"
        ? null
        : h("span", {
            class: "from",
            say: say("inbox.from", { from: senderOf(page, one), via: say(`via.${one.via}`) }),
          }),
      one.opened ? null : h("span", { class: "badge", say: say("inbox.new") }),
    );
    return h(
      "li",
      { class: isNew(one) ? "card unopened" : "card", "data-came": one.key },
      head,
      open ? body(one, state, id) : null,
    );
  }

  function body(one, state, id) {
    const words = one.opened.body || one.opened.text;
    return h(
      "div",
      { class: "body", id },
      ordered(one),
      one.tlp ? h("p", { class: "tlp", say: say(`tlp.${one.tlp}`) }) : null,
      words
        ? foldable(
            one.opened.body ? prose(words) : h("p", { class: "text", say: words }),
            one.key,
            unfolded,
          )
        : null,
      attachments(page, one.opened.attachments),
      facts(one),
      unknown(one),
      one.ack_within_ms
        ? h("p", {
            class: "quiet",
            say: say("inbox.ackWithin", { time: clockText(one.ack_within_ms) }),
          })
        : null,
      one.readback ? h("p", { class: "quiet", say: say("inbox.wantsReadback") }) : null,
      (one.opened.questions || []).map((question) => buildQuestion(page, one, question, { state, reasons })),
      one.kind === "challenge" ? authority(one) : null,
      one.kind === "hint" || one.kind === "challenge" ? null : answers(one),
    );
  }

  // One's own order, about which somebody asks; the answer is one tap away.
  function authority(one) {
    return h(
      "div",
      { class: "learned" },
      h("h3", { say: say("challenge.of") }),
      h("p", { say: page.names.deed(one) }),
      one.answered
        ? h("p", { class: "done", say: say("challenge.answered") })
        : button("challenge.answer", () => nameAuthority(page, one), {
            class: "primary",
            "data-focus": "whose",
          }),
    );
  }

  // The deed that an order names. Whose order counts is not for the page to say: it can be asked.
  function ordered(one) {
    if (one.type !== "order") return null;
    const deed = page.setting.actions.find((action) => action.id === one.action);
    const ask = async (event) => {
      const question = {
        do: "message",
        type: "request",
        to: [one.actor],
        via: one.via || "phone",
        text: text(say("order.authorityText")),
        re: one.id,
      };
      if (await sendFrom(page, event, question)) page.shell.notice(say("order.asked"));
    };
    return h(
      "div",
      { class: "learned ordered" },
      h("h3", { say: say("order.what") }),
      h("p", { say: deed ? page.names.deed(one) : say("order.inText") }),
      h(
        "div",
        { class: "row" },
        deed && canDo(page, deed)
          ? button("order.do", () => act(page, { action: one.action, target: one.target }), {
              "data-focus": "do",
            })
          : null,
        button("order.authority", ask, { "data-focus": "authority" }),
      ),
    );
  }

  function facts(one) {
    if (!one.opened.facts || one.opened.facts.length === 0) return null;
    return h(
      "div",
      { class: "learned" },
      h("h3", { say: say("inbox.facts") }),
      h(
        "ul",
        {},
        one.opened.facts.map((fact) => h("li", { say: fact.text })),
      ),
    );
  }

  function unknown(one) {
    const slots = page.setting.slots.filter((slot) =>
      (one.opened.unknown || []).includes(slot.id),
    );
    return slots.length === 0
      ? null
      : h("p", {
          say: say("inbox.unknown", { names: slots.map((slot) => slot.name) }),
        });
  }

  function answers(one) {
    const from = one.kind === "message" ? one.actor : null;
    const fromParty =
      from ||
      page.setting.stakeholders
        .concat(page.setting.roles)
        .map((party) => party.id)
        .find(
          (party) =>
            page.names.party(party) === senderOf(page, one) ||
            sameWords(page.names.party(party), one.from),
        );
    return h(
      "div",
      { class: "row" },
      one.acked
        ? h("span", { class: "done", say: say("inbox.acked") })
        : button("inbox.ack", (event) => sendFrom(page, event, { do: "ack", ...reference(one) }), {
            "data-focus": "ack",
          }),
      one.kind === "message" && !one.readBack && (one.readback || one.type === "order")
        ? button("inbox.readback", () => readBack(page, one.id))
        : null,
      one.type === "approval-request"
        ? button("approve", () => approve(page, one), { "data-focus": "approve" })
        : null,
      one.kind === "inject" && asks(one)
        ? button("inbox.answer", () => answer(page, one.id), { "data-focus": "answer" })
        : null,
      fromParty
        ? button(
            "inbox.reply",
            () =>
              composeMessage(page, {
                title: say("inbox.reply"),
                type: "answer",
                to: [fromParty],
                via: one.via,
                re: one.id,
              }),
            { "data-focus": "reply" },
          )
        : null,
      button(
        "inbox.forward",
        () =>
          composeMessage(page, {
            title: say("inbox.forward"),
            facts: current(page, (one.opened.facts || []).map((fact) => fact.id)),
          }),
        { "data-focus": "forward" },
      ),
    );
  }

  page.store.subscribe(draw);
  return element;
}

const sameWords = (a, b) => Boolean(a && b && a.en && a.en === b.en);
