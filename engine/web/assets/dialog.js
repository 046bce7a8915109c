// One dialog at a time, with a form whose content survives: closing, reloading, reconnecting.
import { bind, say, text } from "/assets/i18n.js";
import { h, button } from "/assets/ui.js";

// An open dialog hides the page's own line about the connection.
let outage = null; // words; null: the server is heard
const drawOutage = (place) => {
  place.hidden = !outage;
  bind(place, outage || "");
};

export function tellOutage(words) {
  outage = words;
  document.querySelectorAll("dialog .outage").forEach(drawOutage);
}

// options: title (words), fields: elements, submitKey, danger, draft: {key, read(), write(values)},
// onlyShows: there is nothing to cancel, mayClose(): false when something is asked first, submit(): a promise that gives null when done, or words
// that say what is wrong.
export function openDialog(options) {
  const wrong = h("p", { class: "wrong", role: "alert" });
  const mayClose = options.mayClose || (() => true);
  const leave = () => mayClose() && dialog.close();
  const submit = h("button", {
    type: "submit",
    class: options.danger ? "danger" : "primary",
    say: say(options.submitKey || "send"),
  });
  const form = h(
    "form",
    { method: "dialog" },
    h("div", { class: "fields" }, ...options.fields),
    wrong,
    h(
      "div",
      { class: "row end" },
      ...(options.onlyShows ? [] : [button("cancel", leave)]),
      submit,
    ),
  );
  const title = h(
    "h2",
    { id: "dialog-title" },
    h("span", { class: "exercise tag", say: say("exercise") }),
    " ",
    h("span", { say: options.title }),
  );
  const lost = h("p", { class: "outage", role: "status" });
  drawOutage(lost);
  const dialog = h("dialog", { "aria-labelledby": "dialog-title" }, title, lost, form);

  restore(options.draft);
  form.addEventListener("input", () => keep(options.draft));
  // Enter makes a new line where there are lines; with Ctrl it sends everywhere.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    submit.disabled = true;
    wrong.textContent = "";
    const problem = await options.submit();
    submit.disabled = false;
    if (problem) {
      wrong.textContent = text(problem);
      return;
    }
    if (options.draft) sessionStorage.removeItem(options.draft.key);
    dialog.close();
  });
  dialog.addEventListener("cancel", (event) => mayClose() || event.preventDefault());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  (options.focus || submit).focus();
  return dialog;
}

function keep(draft) {
  if (draft) sessionStorage.setItem(draft.key, JSON.stringify(draft.read()));
}

function restore(draft) {
  const kept = draft && sessionStorage.getItem(draft.key);
  if (!kept) return;
  try {
    draft.write(JSON.parse(kept));
  } catch {
    sessionStorage.removeItem(draft.key);
  }
}
