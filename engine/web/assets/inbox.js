// What has come to a seat: oldest first, so that nothing moves under the reader's finger when more
// arrives; a button leads to what is not opened yet.
import { attachments } from "/assets/attachments.js";
import { clockText, exerciseNow, watch } from "/assets/clock.js";
import { answer, approve, composeMessage, readBack } from "/assets/compose.js";
import { foldable } from "/assets/fold.js";
import { say } from "/assets/i18n.js";
import { prose } from "/assets/markdown.js";
import { sendFrom, sendInput } from "/assets/send.js";
import { button, h, keyed, section } from "/assets/ui.js";

const reference = (one) => (one.kind === "message" ? { message: one.id } : { inject: one.id });

export function titleOf(page, one) {
  if (one.kind === "hint") return say("hint.title");
  if (one.kind === "message")
    return say("message.title", {
      from: page.names.party(one.actor),
      type: say(`type.${one.type}`),
    });
  return one.title || one.id;
}

// Who improvises may name the sender by an id.
export const senderOf = (page, one) =>
  page.names.party(one.kind === "message" ? one.actor : one.from);

export function buildInbox(page) {
  const list = h("ol", { class: "cards" });
  const empty = h("p", { class: "quiet", say: say("inbox.empty") });
  const jump = h("button", { type: "button", class: "jump", hidden: true });
  const closed = new Set(); // opened things that the person folded away
  const unfolded = new Set(); // opened things whose long text is shown whole
  const reasons = new Map(); // question → what was typed so far
  const element = section("inbox", "inbox.title", empty, list);
  element.prepend(h("div", { class: "sectionhead" }, element.querySelector("h2"), jump));

  page.showNew = () => {
    const first = list.querySelector(".unopened button");
    if (first) first.focus();
    if (first) first.scrollIntoView({ block: "center" });
  };
  jump.addEventListener("click", page.showNew);

  function draw(state) {
    const items = [...state.inbox.values()];
    empty.hidden = items.length > 0;
    const unopened = items.filter((one) => !one.opened).length;
    jump.hidden = unopened === 0;
    jump.replaceChildren(h("span", { say: say("inbox.unopened", { count: unopened }) }));
    keyed(
      list,
      items,
      (one) => one.key,
      (one) => signature(state, one),
      (one) => card(one, state),
    );
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
      { class: one.opened ? "card" : "card unopened", "data-came": one.key },
      head,
      open ? body(one, state, id) : null,
    );
  }

  function body(one, state, id) {
    const words = one.opened.body || one.opened.text;
    return h(
      "div",
      { class: "body", id },
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
      (one.opened.questions || []).map((question) => decision(one, question, state)),
      one.kind === "hint" ? null : answers(one),
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
      one.kind === "inject"
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
            facts: (one.opened.facts || []).map((fact) => fact.id),
          }),
        { "data-focus": "forward" },
      ),
    );
  }

  function decision(one, question, state) {
    const now = state.questions.get(question.id) || {};
    const chosen = question.options.find((option) => option.id === now.decided);
    if (chosen || now.expired)
      return h(
        "div",
        { class: "question" },
        h("h3", { say: question.prompt }),
        h("p", {
          class: "done",
          say: chosen ? say("decide.done", { option: chosen.text }) : say("decide.over"),
        }),
      );
    const name = `option-${question.id}`;
    const wrong = h("p", { class: "wrong", role: "alert" });
    const reason = h("textarea", {
      rows: "2",
      id: `reason-${question.id}`,
      value: reasons.get(question.id) || "",
      "data-focus": `reason-${question.id}`,
    });
    reason.addEventListener("input", () => reasons.set(question.id, reason.value));
    const options = h(
      "fieldset",
      {},
      h("legend", { say: question.prompt }),
      question.options.map((option) =>
        h(
          "label",
          { class: "tick" },
          h("input", { type: "radio", name, value: option.id }),
          h("span", { say: option.text }),
        ),
      ),
    );
    const decide = async (event) => {
      const picked = options.querySelector("input:checked");
      if (!picked) return wrong.replaceChildren(h("span", { say: say("decide.choose") }));
      const input = { do: "decide", question: question.id, option: picked.value };
      const problem = await sendInput(
        page,
        reason.value ? { ...input, reason: reason.value } : input,
      );
      if (problem) wrong.replaceChildren(h("span", { say: problem }));
      return event;
    };
    return h(
      "div",
      { class: "question" },
      options,
      question.within_ms
        ? h("p", { class: "left", role: "timer" }, countdown(one.at_ms + question.within_ms))
        : null,
      h(
        "div",
        { class: "field" },
        h("label", { for: reason.id, say: say("decide.reason") }),
        reason,
      ),
      wrong,
      button("decide.button", decide, { class: "primary", "data-focus": `decide-${question.id}` }),
    );
  }

  page.store.subscribe(draw);
  return element;
}

const sameWords = (a, b) => Boolean(a && b && a.en && a.en === b.en);

function countdown(due_ms) {
  return watch(h("span"), () => {
    const left_ms = due_ms - exerciseNow();
    return left_ms >= 0 ? say("decide.left", { time: clockText(left_ms) }) : say("decide.over");
  });
}
