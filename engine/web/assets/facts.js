// The facts that a seat knows, to be passed on: what is current first, and what has been put right after
// it, marked as such. Only what is current is ever ticked beforehand: three taps must not spread a
// number that the page itself strikes out.
import { say } from "/assets/i18n.js";
import { ticks } from "/assets/ui.js";

const isCurrent = (page, id) => {
  const fact = page.store.state.facts.get(id);
  return !fact || !fact.replacedBy;
};

export const current = (page, ids) => ids.filter((id) => isCurrent(page, id));

// As the facts stand now: what was replaced while a dialog was open is ticked no more.
export function factTicks(page, picked, key = "compose.facts") {
  const known = [...page.store.state.facts.values()];
  const items = [...known.filter((one) => !one.replacedBy), ...known.filter((one) => one.replacedBy)];
  return ticks(
    key,
    items.map(({ id, text, replacedBy }) => ({
      value: id,
      what: replacedBy ? say("compose.replaced", { text }) : text,
    })),
    picked,
    "compose.noFacts",
  );
}

// A seat goes by its own name and by those of its roles, and whoever is in the room heard what was said
// to the room.
function hasBeenTold(page, fact, party) {
  const told = page.store.state.told.get(fact) || new Set();
  const seat = page.setting.seats.find((one) => one.id === party || one.roles.includes(party));
  const names = seat ? [seat.id, ...seat.roles, "room"] : [party];
  return names.some((name) => told.has(name));
}

// The current facts that this seat has not told the parties yet, nor heard from them. Nothing is ticked
// beforehand for anybody outside the table: what leaves it is chosen by hand.
export function untold(page, to) {
  const inside = page.setting.seats.flatMap((seat) => [seat.id, ...seat.roles]);
  if (!to.every((party) => party === "room" || inside.includes(party))) return [];
  return current(page, [...page.store.state.facts.keys()]).filter(
    (fact) => !to.every((party) => hasBeenTold(page, fact, party)),
  );
}
