// A question that a message asks: its options, a reason, the time that is left; and once it is decided,
// what by whom. Whoever may decide is for the table to know: what somebody else chose does not keep a
// seat from saying its own word.
import { clockText, exerciseNow, watch } from "/assets/clock.js";
import { say } from "/assets/i18n.js";
import { sendInput } from "/assets/send.js";
import { button, h } from "/assets/ui.js";

function countdown(due_ms) {
  return watch(h("span"), () => {
    const left_ms = due_ms - exerciseNow();
    return left_ms >= 0 ? say("decide.left", { time: clockText(left_ms) }) : say("decide.over");
  });
}

function outcomeWords(page, now, chosen) {
  if (!chosen) return say("decide.over");
  const isMine = now.by === page.api.as;
  const name = page.names.party(now.by);
  return say(isMine ? "decide.done" : "decide.doneBy", { option: chosen.text, name });
}

// kept: {state, reasons: question → what was typed so far}
export function buildQuestion(page, one, question, { state, reasons }) {
  const now = state.questions.get(question.id) || {};
  const chosen = question.options.find((option) => option.id === now.decided);
  const isOver = state.status === "ended" || state.status === "sealed";
  if (!chosen && !now.expired) return h("div", { class: "question" }, form(page, one, question, reasons));
  return h(
    "div",
    { class: "question" },
    h("h3", { say: question.prompt }),
    h("p", { class: "done", say: outcomeWords(page, now, chosen) }),
    chosen && now.by !== page.api.as && !isOver
      ? h(
          "details",
          { class: "folded" },
          h("summary", { say: say("decide.own") }),
          form(page, one, question, reasons),
        )
      : null,
  );
}

function form(page, one, question, reasons) {
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
        h("input", { type: "radio", name: `option-${question.id}`, value: option.id }),
        h("span", { say: option.text }),
      ),
    ),
  );
  async function decide() {
    const picked = options.querySelector("input:checked");
    if (!picked) return wrong.replaceChildren(h("span", { say: say("decide.choose") }));
    const input = { do: "decide", question: question.id, option: picked.value };
    const problem = await sendInput(
      page,
      reason.value ? { ...input, reason: reason.value } : input,
    );
    if (problem) wrong.replaceChildren(h("span", { say: problem }));
  }
  return h(
    "div",
    { class: "choosing" },
    options,
    question.within_ms
      ? h("p", { class: "left", role: "timer" }, countdown(one.at_ms + question.within_ms))
      : null,
    h("div", { class: "field" }, h("label", { for: reason.id, say: say("decide.reason") }), reason),
    wrong,
    button("decide.button", decide, { class: "primary", "data-focus": `decide-${question.id}` }),
  );
}
