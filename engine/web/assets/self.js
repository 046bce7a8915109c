// What somebody of the staff calls themselves: several may share the facilitator's page or the
// evaluator's, and the record knows the page only. Kept by the browser; nobody needs to have a name.
import { field, h } from "/assets/ui.js";

const KEY = "tocsin.self";

export const myName = () => localStorage.getItem(KEY) || "";

// A field that remembers. .read() gives {name}, or nothing of it when it is left empty.
export function nameField() {
  const input = h("input", { value: myName(), maxlength: "60", autocomplete: "nickname" });
  const element = field("self.name", input);
  element.input = input;
  element.read = () => {
    const name = input.value.trim();
    localStorage.setItem(KEY, name);
    return name ? { name } : {};
  };
  return element;
}
