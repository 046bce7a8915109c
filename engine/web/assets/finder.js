// Whom one means, among many: who is likely comes first, and a few letters leave the others out.
// A name is found as it is typed, in kana, kanji or letters of any width; there are no readings to
// compare with. Nobody moves while a dialog is open.
import { say } from "/assets/i18n.js";
import { field, h, ticks } from "/assets/ui.js";

const MANY = 12; // as many are read at a glance

// Full-width letters as letters, hiragana as katakana: what one person types in either way.
const plain = (words) =>
  words
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u3041-\u3096]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60));

function spoken(what) {
  if (!what) return "";
  if (typeof what === "function") return spoken(what());
  if (Array.isArray(what)) return what.map(spoken).join(" ");
  return typeof what === "string" ? what : [what.en, what.ja].filter(Boolean).join(" ");
}

// Everything by which a party may be looked for: its name and number in both languages, its id, the
// roles of its seat, and for whom it stands in.
function haystack(page, id) {
  const { seats, stakeholders } = page.setting;
  const seat = seats.find((one) => one.id === id || one.roles.includes(id));
  const outside = stakeholders.find((one) => one.id === id) || {};
  const substitutes = stakeholders.filter((one) => one.deputy === id).map((one) => one.name);
  const roles = seat ? [seat.id, ...seat.roles] : [];
  const words = [page.names.party(id), outside.contact, substitutes, roles.map(page.names.party)];
  return plain([id, ...roles, ...words.map(spoken)].join(" "));
}

// Gives (id, typed) → whether it is meant: each word that was typed stands somewhere.
function createMatch(page) {
  const hays = new Map();
  return (id, typed) => {
    if (!hays.has(id)) hays.set(id, haystack(page, id));
    return plain(typed)
      .split(/\s+/)
      .every((word) => hays.get(id).includes(word));
  };
}

// When this seat last wrote to a party, called it, or heard from it.
function lastDealings(page) {
  const at = new Map();
  for (const line of page.store.state.lines) {
    const mine = line.actor === page.api.as;
    if (line.kind === "messaged" && mine) for (const to of line.body.to || []) at.set(to, line.n);
    if (line.kind === "messaged" && !mine) at.set(line.actor, line.n);
    if (line.kind === "heard" && mine && line.body.from) at.set(line.body.from, line.n);
  }
  return at;
}

export const lastDealt = (page, id) => lastDealings(page).get(id) || 0;

// The room; those with whom one has dealt, the latest first; whom the house wants told, in its order;
// the others as the scenario lists them.
export function likelyFirst(page, ids) {
  const dealt = lastDealings(page);
  const rungs = (page.setting.ladder || []).map((rung) => rung.to);
  const rank = (id) => {
    if (id === "room") return -Infinity;
    if (dealt.has(id)) return -dealt.get(id);
    return rungs.includes(id) ? rungs.indexOf(id) : rungs.length;
  };
  return [...ids].sort((a, b) => rank(a) - rank(b));
}

// The field; `show(typed)` hides what is not meant and gives how many are left, `take()` is Enter.
function searchField(show, take) {
  const input = h("input", { type: "search", autocomplete: "off", enterkeyhint: "done" });
  const count = h("p", { class: "quiet", role: "status" });
  const follow = () => {
    const left = show(input.value);
    count.replaceChildren(
      input.value.trim() ? h("span", { say: say("finder.found", { count: left }) }) : "",
    );
  };
  const clear = () => {
    input.value = "";
    follow();
  };
  // What is still being converted to kanji is no name yet.
  input.addEventListener("input", (event) => event.isComposing || follow());
  input.addEventListener("compositionend", follow);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || (event.key === "Escape" && !input.value)) return;
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault(); // neither sends the form nor closes the dialog
    if (event.key === "Enter" && input.value.trim()) take();
    if (event.key === "Escape") clear();
  });
  const element = field("finder.label", input);
  element.classList.add("finder");
  element.append(count);
  element.clear = clear;
  return element;
}

// The rows of a list that is already on the page: rows: [{id, element}]. Null where all are seen at
// a glance. Enter goes to the first that is left.
export function listFinder(page, rows) {
  if (rows.length <= MANY) return null;
  const meant = createMatch(page);
  const left = () => rows.filter((row) => !row.element.hidden);
  return searchField(
    (typed) => {
      for (const row of rows) row.element.hidden = !meant(row.id, typed);
      for (const list of new Set(rows.map((row) => row.element.parentElement)))
        list.previousElementSibling.hidden = [...list.children].every((one) => one.hidden);
      return left().length;
    },
    () => left().length > 0 && left()[0].element.querySelector("button").focus(),
  );
}

// Ticks for parties. Whoever is ticked stays in sight; Enter ticks the first that is left.
export function partyTicks(page, key, items, picked) {
  const ids = items.map((item) => item.value);
  const itemOf = (id) => items.find((item) => item.value === id);
  const group = ticks(key, likelyFirst(page, ids).map(itemOf), picked);
  if (items.length <= MANY) return group;
  const meant = createMatch(page);
  const rows = [...group.querySelectorAll(".tick")];
  const boxOf = (row) => row.querySelector("input");
  const isLeft = (row, typed) => meant(boxOf(row).value, typed);
  let typedNow = "";
  const finder = searchField(
    (typed) => {
      typedNow = typed;
      for (const row of rows) row.hidden = !isLeft(row, typed) && !boxOf(row).checked;
      return rows.filter((row) => isLeft(row, typed)).length;
    },
    () => {
      const first = rows.find((row) => isLeft(row, typedNow) && !boxOf(row).checked);
      if (first) boxOf(first).click();
      if (first) finder.clear();
    },
  );
  // What is typed there is nobody's draft, and no change of the receivers.
  for (const kind of ["input", "change"])
    finder.addEventListener(kind, (event) => event.stopPropagation());
  group.querySelector("legend").after(finder);
  return group;
}
