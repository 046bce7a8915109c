// Which deed, and to what: for doing it, and for ordering it; and who has hands for it.
import { field, h, select } from "/assets/ui.js";

// Without a list anybody can.
export function canDo(page, { done_by = [] }, party = page.api.as) {
  const seat = page.setting.seats.find((one) => one.id === party || one.roles.includes(party));
  const names = seat ? [seat.id, ...seat.roles] : [party];
  return done_by.length === 0 || done_by.some((one) => names.includes(one));
}

// options: {none: the words of an empty first choice, chosen: an id, at: its target, actions}. .read() gives {action,
// target}, without what is empty.
export function deedPicker(page, { none, chosen = "", at = "", actions = page.setting.actions } = {}) {
  const items = actions.map((one) => ({ value: one.id, what: one.name }));
  const action = select(none ? [{ value: "", what: none }, ...items] : items, "");
  action.value = none || chosen ? chosen : actions[0].id;
  const target = h("select");
  const targetField = field("act.target", target);
  const follow = () => {
    const { targets = [] } = actions.find((one) => one.id === action.value) || {};
    target.replaceChildren(...targets.map((id) => h("option", { value: id }, id)));
    targetField.hidden = targets.length === 0;
  };
  action.addEventListener("change", follow);
  follow();
  if (at) target.value = at;
  const element = h("div", { class: "pair" }, field("act.action", action), targetField);
  element.read = () => ({
    ...(action.value ? { action: action.value } : {}),
    ...(target.value ? { target: target.value } : {}),
  });
  return element;
}
