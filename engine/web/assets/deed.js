// Which deed, and to what: for doing it, and for ordering it.
import { field, h, select } from "/assets/ui.js";

// `none`: the words of an empty first choice. .read() gives {action, target}, without what is empty.
export function deedPicker(page, none) {
  const { actions } = page.setting;
  const items = actions.map((one) => ({ value: one.id, what: one.name }));
  const action = select(none ? [{ value: "", what: none }, ...items] : items, "");
  action.value = none ? "" : actions[0].id;
  const target = h("select");
  const targetField = field("act.target", target);
  const follow = () => {
    const { targets = [] } = actions.find((one) => one.id === action.value) || {};
    target.replaceChildren(...targets.map((id) => h("option", { value: id }, id)));
    targetField.hidden = targets.length === 0;
  };
  action.addEventListener("change", follow);
  follow();
  const element = h("div", { class: "pair" }, field("act.action", action), targetField);
  element.read = () => ({
    ...(action.value ? { action: action.value } : {}),
    ...(target.value ? { target: target.value } : {}),
  });
  return element;
}
