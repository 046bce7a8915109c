// One item of the plan: its form, with what is wrong said beside the field, and its history.
import { openDialog } from "/assets/dialog.js";
import { currentLanguage, say } from "/assets/i18n.js";
import { h, select } from "/assets/ui.js";

const ELEMENTS = ["", "planning", "organization", "equipment", "training", "exercises"];
const SETTABLE = ["open", "in-progress", "done", "dropped"];
const LONG = ["action", "issue", "evidence", "note"];
const MOST_LETTERS = 600; // of three bytes each, as Japanese has them, well below the limit

// A control with its label, a word of help if there is one, and a place for what is wrong with it.
function asked(name, control, helpKey) {
  const wrong = h("p", { class: "wrong", id: `wrong-${name}` });
  control.id = `item-${name}`;
  control.setAttribute("aria-describedby", helpKey ? `help-${name} wrong-${name}` : `wrong-${name}`);
  return {
    name,
    control,
    tell(problem) {
      control.setAttribute("aria-invalid", problem ? "true" : "false");
      wrong.replaceChildren(problem ? h("span", { say: problem }) : "");
    },
    element: h(
      "div",
      { class: "field" },
      h("label", { for: control.id, say: say(`lead.item.${name}`) }),
      control,
      helpKey ? h("p", { class: "quiet", id: `help-${name}`, say: say(helpKey) }) : null,
      wrong,
    ),
  };
}

function textField(name, value) {
  if (LONG.includes(name)) return asked(name, h("textarea", { rows: 2, maxlength: MOST_LETTERS, value }));
  if (name === "start" || name === "due") return asked(name, h("input", { type: "date", value }));
  return asked(name, h("input", { maxlength: MOST_LETTERS, value }));
}

function statusField(item) {
  const items = SETTABLE.map((status) => ({ value: status, what: say(`lead.plan.status.${status}`) }));
  const set = item.status === "verified" ? "done" : item.status;
  return asked("status", select(items, set), "lead.item.status.help");
}

function fieldsOf(item) {
  const elements = ELEMENTS.map((one) => ({ value: one, what: say(`lead.element.${one || "none"}`) }));
  const words = (name) => textField(name, item[name]);
  return [
    words("issue"),
    words("action"),
    asked("element", select(elements, item.element)),
    words("document"),
    words("organisation"),
    statusField(item),
    asked(
      "owner",
      h("input", { maxlength: 64, autocomplete: "off", autocapitalize: "none", value: "" }),
      "lead.item.owner.help",
    ),
    asked("name", h("input", { maxlength: 200, autocomplete: "off", value: "" })),
    words("start"),
    words("due"),
    words("evidence"),
    words("note"),
  ];
}

// On one line, as the record keeps it.
const valueOf = (field) => field.control.value.replace(/\s*\n\s*/g, " ").trim();

// What differs from the item; an owner who is not named stays.
function changed(fields, item) {
  const set = {};
  const before = (name) => (name === "status" && item.status === "verified" ? "done" : item[name] || "");
  for (const field of fields) {
    const value = valueOf(field);
    if (field.name === "name" || (field.name === "owner" && value === "")) continue;
    if (value !== before(field.name)) set[field.name] = value;
  }
  return set;
}

function isolate(fields, only) {
  fields.forEach((field) => {
    field.element.hidden = !only.includes(field.name);
  });
}

// item: null for a new one; status: the only thing that is to be set, with what shows it.
export function openItem(page, item, status) {
  const old = item || { status: "open", action: "", issue: "", element: "" };
  const fields = fieldsOf(old);
  if (!item) isolate(fields, fields.map((one) => one.name).filter((one) => one !== "status" && one !== "evidence"));
  if (status) {
    fields.find((one) => one.name === "status").control.value = status;
    isolate(fields, ["evidence", "status"]);
  }
  const by = (name) => fields.find((one) => one.name === name);
  const focus = by(status ? "evidence" : item ? "issue" : "action").control;
  const dialog = openDialog({
    title: item ? say("lead.item.title", { item: item.id }) : say("lead.item.new"),
    submitKey: "lead.item.save",
    fields: fields.map((one) => one.element),
    focus,
    async submit() {
      fields.forEach((one) => one.tell(null));
      const change = { set: changed(fields, old) };
      if (item) change.item = item.id;
      const name = valueOf(by("name"));
      if (name) change.name = name;
      const answer = await page.save(change);
      if (!answer) return null;
      const field = by(answer.field);
      if (!field) return answer.problem;
      field.element.hidden = false;
      field.tell(answer.problem);
      field.control.focus();
      return say("lead.item.wrong");
    },
  });
  dialog.classList.add("wide", "itemform");
}

// ---- history ----

const when = (wall_ms) => () =>
  new Intl.DateTimeFormat(currentLanguage() === "ja" ? "ja-JP" : "en-GB", { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(wall_ms),
  );

function historyLine(change) {
  return h(
    "li",
    {},
    h("p", { class: "when" }, h("span", { say: when(change.wall_ms) })),
    h(
      "dl",
      {},
      Object.entries(change.set).flatMap(([name, value]) => [
        h("dt", { say: say(`lead.item.${name}`) }),
        h("dd", { say: valueWords(name, value) }),
      ]),
    ),
  );
}

function valueWords(name, value) {
  if (value === "") return say("lead.item.empty");
  if (name === "status") return say(`lead.plan.status.${value}`);
  if (name === "element") return say(`lead.element.${value}`);
  if (name === "cause") return say(`cause.${value}`);
  return value;
}

export async function openHistory(page, item) {
  const answer = await page.api.history({ item: String(item.id), names: page.names });
  if (!answer.ok) return page.shell.notice(answer.problem, true);
  const dialog = openDialog({
    title: say("lead.history.title", { item: item.id }),
    onlyShows: true,
    submitKey: "lead.close",
    fields: [h("ol", { class: "history", tabindex: "0" }, answer.data.map(historyLine))],
    submit: async () => null,
  });
  dialog.classList.add("wide");
}
