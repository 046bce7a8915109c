// Elements. Text enters a page here only, as text: never as markup.
import { bind, say } from "/assets/i18n.js";

const BOUND = { say: null, label: "aria-label", placeholder: "placeholder", title: "title" };

// h("button", {class: "x", say: say("send"), on: {click}}, child, "text", …)
export function h(tag, options = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (name in BOUND) bind(element, value, BOUND[name]);
    else if (name === "on")
      for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
    else if (name === "value" || name === "checked") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

export const button = (key, run, options = {}) =>
  h("button", { type: "button", say: say(key), on: { click: run }, ...options });

// Brings a list in line with items: an element is made anew only when its item's signature changed.
export function keyed(container, items, keyOf, signatureOf, build) {
  const old = container.keyed || new Map();
  const next = new Map();
  let place = container.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    const signature = signatureOf(item);
    let entry = old.get(key);
    if (!entry || entry.signature !== signature) {
      const element = build(item);
      const had = entry && entry.element.contains(document.activeElement) && document.activeElement;
      if (entry) {
        entry.element.replaceWith(element);
        if (place === entry.element) place = element;
        if (had) refocus(element, had);
      }
      entry = { signature, element };
    }
    if (entry.element !== place) container.insertBefore(entry.element, place);
    else place = place.nextElementSibling;
    next.set(key, entry);
    old.delete(key);
  }
  for (const { element } of old.values()) {
    const had = element.contains(document.activeElement);
    const beside = element.nextElementSibling || element.previousElementSibling;
    element.remove();
    if (had) standOn(beside || container.closest("section") || document.querySelector("main"));
  }
  container.keyed = next;
}

// Back to the very control that was used; where that is gone, to what it stood in. Never on to another
// control: whoever presses Space or Enter once more must not set off what they have not chosen.
function refocus(element, had) {
  const name = had.getAttribute("data-focus");
  const same = name && element.querySelector(`[data-focus="${CSS.escape(name)}"]`);
  if (same) same.focus({ preventScroll: true });
  else standOn(element);
}

function standOn(element) {
  if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
}

export function section(name, titleKey, ...children) {
  const id = `title-${name}`;
  return h(
    "section",
    { "data-name": name, "aria-labelledby": id },
    h("h2", { id, say: say(titleKey) }),
    ...children,
  );
}

// Fields that most people leave as they are, behind a summary that says what they are set to.
export function folded(summaryOf, open, ...children) {
  const summary = h("summary", { say: summaryOf });
  const element = h("details", { class: "folded", open }, summary, ...children);
  element.addEventListener("change", () => bind(summary, summaryOf));
  element.refresh = () => bind(summary, summaryOf);
  return element;
}

let fieldCount = 0;

// A control under its label; `control` is an element.
export function field(key, control, options = {}) {
  control.id = control.id || `field-${++fieldCount}`;
  return h(
    "div",
    { class: "field", ...options },
    h("label", { for: control.id, say: say(key) }),
    control,
  );
}

// items: [{value, what}]
export function select(items, value, options = {}) {
  const element = h(
    "select",
    options,
    items.map((item) => h("option", { value: item.value, say: item.what })),
  );
  element.value = value;
  return element;
}

// A group of ticks; .picked() gives the values.
export function ticks(key, items, picked, emptyKey) {
  const boxes = items.map((item) => {
    const box = h("input", {
      type: "checkbox",
      value: item.value,
      checked: picked.includes(item.value),
    });
    return { box, row: h("label", { class: "tick" }, box, h("span", { say: item.what })) };
  });
  const group = h(
    "fieldset",
    {},
    h("legend", { say: say(key) }),
    boxes.map((one) => one.row),
    boxes.length === 0 && emptyKey ? h("p", { class: "quiet", say: say(emptyKey) }) : null,
  );
  group.picked = () => boxes.filter((one) => one.box.checked).map((one) => one.box.value);
  group.pick = (values) =>
    boxes.forEach((one) => {
      one.box.checked = values.includes(one.box.value);
    });
  return group;
}
