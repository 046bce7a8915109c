// How the facilitator moves the exercise on: to another phase, and with a hint.
import { openDialog } from "/assets/dialog.js";
import { say } from "/assets/i18n.js";
import { sendInput } from "/assets/send.js";
import { field, h, select, ticks } from "/assets/ui.js";

// A phase that begins at a time of the calendar is jumped to; any other just begins.
export function moveOn(page) {
  const { phases } = page.setting;
  const at = phases.findIndex((phase) => phase.id === page.store.state.phase);
  const next = phases[Math.min(Math.max(at, 0) + 1, phases.length - 1)];
  const phase = select(
    phases.map((one) => ({ value: one.id, what: one.name })),
    next.id,
  );
  const sheet = h("input", { type: "checkbox", checked: true });
  const sheetRow = h("label", { class: "tick" }, sheet, h("span", { say: say("jump.sheet") }));
  const isTimed = () => Boolean(phases.find((one) => one.id === phase.value).begins_ms);
  const follow = () => {
    sheetRow.hidden = !isTimed();
  };
  phase.addEventListener("change", follow);
  follow();
  openDialog({
    title: say("jump.title"),
    submitKey: "jump.go",
    fields: [field("jump.phase", phase), sheetRow],
    submit: () =>
      sendInput(
        page,
        isTimed()
          ? { do: "jump", phase: phase.value, ...(sheet.checked ? { sheet: true } : {}) }
          : { do: "phase", phase: phase.value },
      ),
  });
}

export function giveHint(page) {
  const { setting, names } = page;
  const written = select(
    [
      { value: "", what: say("hint.own") },
      ...setting.hints.map((hint) => ({ value: hint.id, what: hint.text })),
    ],
    setting.hints.length > 0 ? setting.hints[0].id : "",
  );
  const words = h("textarea", { rows: "3", maxlength: "2000" });
  const wordsField = field("compose.text", words);
  const to = ticks(
    "compose.to",
    setting.seats.flatMap((seat) => seat.roles).map((id) => ({ value: id, what: names.party(id) })),
    [],
  );
  const follow = () => {
    const hint = setting.hints.find((one) => one.id === written.value);
    wordsField.hidden = Boolean(hint);
    to.pick(hint ? hint.to : []);
  };
  written.addEventListener("change", follow);
  follow();
  openDialog({
    title: say("control.hint"),
    fields: [field("hint.pick", written), wordsField, to],
    submit() {
      if (to.picked().length === 0 || (!written.value && !words.value)) return say("hint.missing");
      return sendInput(page, {
        do: "hint",
        to: to.picked(),
        ...(written.value ? { hint: written.value } : { text: words.value }),
      });
    },
  });
}
