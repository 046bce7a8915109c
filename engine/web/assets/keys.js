// Single keys for what is done often. Whoever dictates to their machine, or just does not want them,
// switches them off; they are silent in a field and in a dialog.
import { say } from "/assets/i18n.js";
import { h } from "/assets/ui.js";

const NAMES = { "→": "ArrowRight" };
const KEY = "tocsin.discuss.keys";

export const isOn = () => localStorage.getItem(KEY) !== "off";

export function keySwitch(words) {
  const box = h("input", { type: "checkbox", checked: isOn() });
  const show = () => document.body.classList.toggle("nokeys", !box.checked);
  box.addEventListener("change", () => {
    localStorage.setItem(KEY, box.checked ? "on" : "off");
    show();
  });
  show();
  return h("label", { class: "tick" }, box, h("span", { say: words }));
}

// A button that shows its key.
export const keyed = (key, letter, run, options = {}) =>
  h(
    "button",
    { type: "button", "aria-keyshortcuts": NAMES[letter] || letter, on: { click: run }, ...options },
    h("span", { class: "doing", say: say(key) }),
    " ",
    h("kbd", { "aria-hidden": "true" }, letter),
  );

// runs: key → what it does; `isOpen(key)`: whether it may now.
export function listenToKeys(runs, isOpen) {
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input:not([type=checkbox]), textarea, select, dialog");
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    const run = runs.get(event.key);
    if (!run || busy || !plain || event.repeat || !isOn() || !isOpen(event.key)) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    run();
  });
}
