// A long text, folded after some lines, with a button for the rest. Whether it is long is seen by its
// height, so it is known before it is painted and nothing jumps; a screen reader reads it whole.
import { bind, say } from "/assets/i18n.js";
import { h } from "/assets/ui.js";

const FOLDED_LINES = 6;
const SLACK_LINES = 3; // who would press a button for two lines more?

const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => target.measure()));

// `unfolded` remembers, by key, what the person wanted to see whole: the text may be drawn anew.
// Gives the two elements: the text and the button.
export function foldable(element, key, unfolded) {
  const button = h("button", { type: "button", hidden: true, "data-focus": "whole" });
  element.classList.add("foldable");
  const show = () => {
    const whole = unfolded.has(key);
    element.classList.toggle("shown", whole);
    button.setAttribute("aria-expanded", String(whole));
    bind(button, say(whole ? "fold.less" : "fold.all"));
  };
  button.addEventListener("click", () => {
    if (!unfolded.delete(key)) unfolded.add(key);
    show();
  });
  element.measure = () => {
    const line = parseFloat(getComputedStyle(element).lineHeight);
    const folds = element.scrollHeight > line * (FOLDED_LINES + SLACK_LINES);
    element.classList.toggle("folds", folds);
    button.hidden = !folds;
  };
  show();
  sizes.observe(element);
  return [element, button];
}
