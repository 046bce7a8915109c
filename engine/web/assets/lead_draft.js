// What was typed into the plan's form and not saved yet: kept in this browser, so that it outlives a
// reload, a restart of the program and a new link. An owner's name is not among it: that stands only
// where it can be erased.
const PREFIX = "tocsin.plan ";
const NEVER = ["name", "owner"];

const placeOf = (page) => `${PREFIX}${page.programme.db} `;
const without = (values) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !NEVER.includes(name)));

// A browser may keep nothing for a page; then there are no drafts.
function attempt(run, otherwise) {
  try {
    return run();
  } catch {
    return otherwise;
  }
}

// item: its number, or "new"; base: the item as it was read, typed: fields by name.
export function keepDraft(page, item, base, typed) {
  const text = JSON.stringify({ base: without(base), typed: without(typed) });
  attempt(() => localStorage.setItem(placeOf(page) + item, text));
}

export const dropDraft = (page, item) => attempt(() => localStorage.removeItem(placeOf(page) + item));

export const readDraft = (page, item) =>
  attempt(() => JSON.parse(localStorage.getItem(placeOf(page) + item)), null);

// The items that have one.
export const draftsOf = (page) =>
  attempt(
    () =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith(placeOf(page)))
        .map((key) => key.slice(placeOf(page).length))
        .filter((item) => readDraft(page, item)),
    [],
  );
