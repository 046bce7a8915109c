// The language of the page, switched at any moment without drawing anything anew: whatever shows
// words remembers which ones, and is told again.
import { strings } from "/assets/strings.js";

const KEY = "tocsin.language";
const bound = new Map(); // element → [{attribute or null, what}]
let language = first();

function first() {
  const kept = localStorage.getItem(KEY);
  if (kept === "en" || kept === "ja") return kept;
  return navigator.language.toLowerCase().startsWith("ja") ? "ja" : "en";
}

export const currentLanguage = () => language;

// Signs that turn the direction of writing make a name or a line read like another; no text needs them.
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

// A text for now: of a key, or of words {en, ja} that came from the server.
export function text(what) {
  if (what === null || what === undefined) return "";
  if (typeof what === "string" || typeof what === "number") return String(what).replace(TURNS, "");
  if (typeof what === "function") return text(what());
  if (Array.isArray(what)) return what.map(text).join(t("listSeparator"));
  if (what.key !== undefined) return t(what.key, what.params);
  return text(what[language] || what.en || what.ja);
}

export function t(key, params = {}) {
  const pair = strings[key];
  if (!pair) return key;
  const pattern = pair[language === "ja" ? 1 : 0];
  return pattern.replace(/\{(\w+)\}/g, (_, name) => text(params[name]));
}

export const say = (key, params) => ({ key, params });
export const known = (key) => key in strings;

function show(element, attribute, what) {
  if (typeof attribute === "function") attribute(element, text(what));
  else if (attribute) element.setAttribute(attribute, text(what));
  else element.textContent = text(what);
}

// Shows a text in an element or one of its attributes, now and in every language chosen later. For
// the attribute may stand a function that draws the text into the element.
export function bind(element, what, attribute = null) {
  const list = (bound.get(element) || []).filter((one) => one.attribute !== attribute);
  list.push({ attribute, what });
  bound.set(element, list);
  show(element, attribute, what);
  return element;
}

export function setLanguage(next) {
  language = next;
  localStorage.setItem(KEY, next);
  document.documentElement.lang = next;
  for (const [element, list] of bound) {
    for (const { attribute, what } of list) show(element, attribute, what);
  }
}

// Elements that left the page are forgotten, in the second round that finds them gone: what is still
// being built is not on the page either.
let gone = new Set();
setInterval(() => {
  const now = new Set();
  for (const element of bound.keys()) {
    if (element.isConnected) continue;
    if (gone.has(element)) bound.delete(element);
    else now.add(element);
  }
  gone = now;
}, 30000);

document.documentElement.lang = language;
