// What was said and heard outside the tool. The usual case is in sight: the room, those at the table, and
// whom one dealt with last; anybody else is found behind a fold.
import { draftKey, insteadRow, ladder, parties } from "/assets/compose.js";
import { openDialog } from "/assets/dialog.js";
import { factTicks, untold } from "/assets/facts.js";
import { lastDealt, likelyFirst, partyTicks } from "/assets/finder.js";
import { gapField } from "/assets/gap.js";
import { say } from "/assets/i18n.js";
import { sendInput } from "/assets/send.js";
import { field, folded, h } from "/assets/ui.js";

const LIKELY = 5; // names that are read without looking for one

// Those at the table, and before them whom one dealt with last.
function likely(page, withRoom) {
  const ids = parties(page, withRoom).map((one) => one.value);
  const seats = page.setting.seats.flatMap((seat) => [seat.id, ...seat.roles]);
  const near = ids.filter((id) => id === "room" || seats.includes(id) || lastDealt(page, id));
  return likelyFirst(page, near).slice(0, LIKELY);
}

// Ticks behind a fold that says who is meant, and chips that turn to one party each.
function partyChoice(page, key, { withRoom, picked }) {
  const group = partyTicks(page, "compose.to", parties(page, withRoom), picked);
  const fold = folded(() => say(key, { names: group.picked().map(page.names.party) }), false, group);
  const chips = insteadRow(page, likely(page, withRoom), group, "compose.quickly");
  if (chips) chips.classList.add("wrap");
  return { group, fold, chips };
}

const wordsField = () => h("textarea", { rows: "3", maxlength: "4000" });

export function speak(page) {
  const to = partyChoice(page, "compose.toIs", { withRoom: true, picked: ["room"] });
  const facts = factTicks(page, untold(page, ["room"]));
  const words = wordsField();
  to.group.addEventListener("change", () => facts.pick(untold(page, to.group.picked())));
  openDialog({
    title: say("said.title"),
    fields: [to.chips, to.fold, facts, field("compose.text", words), gapField(page)],
    draft: {
      key: draftKey(page, "said"),
      read: () => ({ to: to.group.picked(), text: words.value }),
      write: (kept) => {
        to.group.pick(kept.to);
        to.fold.refresh();
        words.value = kept.text;
      },
    },
    submit: () =>
      to.group.picked().length === 0
        ? say("compose.toMissing")
        : sendInput(page, {
            do: "said",
            to: to.group.picked(),
            facts: facts.picked(),
            ...(words.value ? { text: words.value } : {}),
          }),
  });
}

export function listen(page) {
  const from = partyChoice(page, "heard.fromIs", {
    picked: [likely(page, false)[0] || ladder(page)],
  });
  const facts = factTicks(page, [], "heard.facts");
  const words = wordsField();
  // From one person: a tick takes the place of the one before.
  from.group.addEventListener("change", ({ target }) => {
    if (target.checked) from.group.pick([target.value]);
  });
  openDialog({
    title: say("heard.title"),
    fields: [from.chips, from.fold, field("compose.text", words), facts, gapField(page)],
    focus: words,
    draft: {
      key: draftKey(page, "heard"),
      read: () => ({ from: from.group.picked(), text: words.value }),
      write: (kept) => {
        from.group.pick(kept.from);
        from.fold.refresh();
        words.value = kept.text;
      },
    },
    submit: () =>
      from.group.picked().length === 0
        ? say("heard.fromMissing")
        : sendInput(page, {
            do: "heard",
            from: from.group.picked()[0],
            facts: facts.picked(),
            ...(words.value ? { text: words.value } : {}),
          }),
  });
}
