// Somebody asks on whose authority an order was given: the answer names a person. Who has authority is
// for people to know; every name is offered, and none is chosen beforehand.
import { draftKey, parties } from "/assets/compose.js";
import { openDialog } from "/assets/dialog.js";
import { gapField } from "/assets/gap.js";
import { say, text } from "/assets/i18n.js";
import { sendInput } from "/assets/send.js";
import { field, h, select } from "/assets/ui.js";

// Oneself first: most often it is one's own.
function everybody(page) {
  const me = { value: page.api.as, what: page.names.party(page.api.as) };
  return [{ value: "", what: say("act.choose") }, me, ...parties(page)];
}

// order: {from: who asks, via, action, target}
export function nameAuthority(page, order) {
  const whose = select(everybody(page), "");
  const words = h("textarea", { rows: "2", maxlength: "2000" });
  whose.addEventListener("change", () => {
    words.value = whose.value
      ? text(say("challenge.words", { name: page.names.party(whose.value) }))
      : "";
  });
  openDialog({
    title: say("challenge.answer"),
    focus: whose,
    fields: [
      h("blockquote", { class: "quote", say: page.names.deed(order) }),
      field("challenge.whose", whose),
      field("compose.text", words),
      gapField(page),
    ],
    draft: {
      key: draftKey(page, `authority.${order.from}.${order.action}`),
      read: () => ({ whose: whose.value, words: words.value }),
      write: (kept) => {
        [whose.value, words.value] = [kept.whose, kept.words];
      },
    },
    submit: () =>
      words.value
        ? sendInput(page, {
            do: "message",
            type: "answer",
            to: [order.from],
            via: order.via || "phone",
            text: words.value,
          })
        : say("challenge.missing"),
  });
}
