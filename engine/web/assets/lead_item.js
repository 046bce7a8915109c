// One item of the plan: its form, with what is wrong said beside the field, and its history. What was
// typed is lost to nobody: neither to a restart nor to what somebody else has written meanwhile.
import { openDialog } from "/assets/dialog.js";
import { bind, currentLanguage, say } from "/assets/i18n.js";
import { dropDraft, keepDraft, readDraft } from "/assets/lead_draft.js";
import { button, h, select } from "/assets/ui.js";

const ELEMENTS = ["", "planning", "organization", "equipment", "training", "exercises"];
const SETTABLE = ["open", "in-progress", "done", "dropped"];
const LONG = ["action", "issue", "evidence", "note"];
const MOST_LETTERS = 500; // as the server takes them
const MOST_NAME_LETTERS = 50;

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
    asked("name", h("input", { maxlength: MOST_NAME_LETTERS, autocomplete: "off", value: "" })),
    words("start"),
    words("due"),
    words("evidence"),
    words("note"),
  ];
}

// On one line, as the record keeps it.
const valueOf = (field) => field.control.value.replace(/\s*\n\s*/g, " ").trim();

const before = (item, name) =>
  name === "status" && item.status === "verified" ? "done" : item[name] || "";

// What differs from the item; an owner who is not named stays, unless nobody shall be it.
function changed(fields, item, unowned) {
  const set = {};
  for (const field of fields) {
    const value = valueOf(field);
    if (field.name === "name" || (field.name === "owner" && value === "")) continue;
    if (value !== before(item, field.name)) set[field.name] = value;
  }
  if (unowned.checked) set.owner = "";
  return set;
}

function isolate(fields, only) {
  fields.forEach((field) => {
    field.element.hidden = !only.includes(field.name);
  });
}

// Nobody owns it any more: an owner's field that is left empty means something else.
function unownedTick(by) {
  const box = h("input", { type: "checkbox", id: "item-unowned" });
  box.addEventListener("change", () => {
    for (const { control } of [by("owner"), by("name")]) {
      control.disabled = box.checked;
      if (box.checked) control.value = "";
    }
  });
  by("owner").element.append(h("label", { class: "tick" }, box, h("span", { say: say("lead.item.unowned") })));
  return box;
}

// ---- what somebody else has written meanwhile ----

// Shows it, takes it over where nothing was typed, and leaves what was typed.
function meet(place, fields, old, now) {
  const theirs = fields.filter(({ name }) => name !== "name" && before(old, name) !== before(now, name));
  for (const field of theirs)
    if (field.name !== "owner" && valueOf(field) === before(old, field.name))
      field.control.value = before(now, field.name);
  place.replaceChildren(
    h("h3", { say: say("lead.item.meanwhile") }),
    h("p", { say: say("lead.item.meanwhile.explain") }),
    h(
      "dl",
      {},
      theirs.flatMap(({ name }) => [
        h("dt", { say: say(`lead.item.${name}`) }),
        h("dd", { say: valueWords(name, before(now, name)) }),
      ]),
    ),
  );
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
}

// ---- the form ----

function askToDiscard(dialog, discard) {
  const old = dialog.querySelector(".discard");
  const stay = button("lead.item.stay", () => row.remove());
  const row = h(
    "div",
    { class: "row discard", role: "alert" },
    h("p", { say: say("lead.item.discard.ask") }),
    button("lead.item.discard", discard, { class: "danger" }),
    stay,
  );
  if (old) old.remove();
  dialog.querySelector("form > .row.end").before(row);
  stay.focus();
}

// Tells what is to be asked before it is sent; null: nothing.
function missing(by, old, set) {
  const isEmpty = by("issue") && !valueOf(by("issue")) && !valueOf(by("action"));
  if (isEmpty) return ["action", say("lead.item.nothing")];
  if (set.status === "done" && !valueOf(by("evidence")) && !by("evidence").wasAsked) {
    by("evidence").wasAsked = true;
    return ["evidence", say("lead.item.evidence.ask")];
  }
  return null;
}

function wrongAt(field, problem) {
  if (!field) return problem;
  field.element.hidden = false;
  field.tell(problem);
  field.control.focus();
  return say("lead.item.wrong");
}

// item: null for a new one; status: the only thing that is to be set, with what shows it.
export function openItem(page, item, status) {
  const key = item ? String(item.id) : "new";
  const draft = readDraft(page, key);
  let old = (draft && draft.base) || item || { status: "open", action: "", issue: "", element: "" };
  const fields = fieldsOf(old);
  const by = (name) => fields.find((one) => one.name === name);
  const unowned = item && item.owner ? unownedTick(by) : { checked: false };
  const meanwhile = h("div", { class: "meanwhile", role: "alert", hidden: true });
  const opened = fields.map(valueOf);
  if (draft) for (const field of fields) if (field.name in draft.typed) field.control.value = draft.typed[field.name];
  if (!item) isolate(fields, fields.map((one) => one.name).filter((one) => one !== "status" && one !== "evidence"));
  if (status) {
    by("status").control.value = opened[fields.indexOf(by("status"))] = status;
    if (!draft) isolate(fields, ["evidence", "status"]);
  }
  const isTyped = () => unowned.checked || fields.some((one, i) => valueOf(one) !== opened[i]);
  const forget = () => {
    dropDraft(page, key);
    page.showDrafts();
  };
  const dialog = openDialog({
    title: item ? say("lead.item.title", { item: item.id }) : say("lead.item.new"),
    submitKey: "lead.item.save",
    fields: [
      meanwhile,
      draft ? h("p", { class: "quiet broad", say: say("lead.draft.restored") }) : null,
      ...fields.map((one) => one.element),
    ].filter(Boolean),
    focus: by(status ? "evidence" : item ? "issue" : "action").control,
    mayClose() {
      if (!isTyped()) return true;
      askToDiscard(dialog, () => {
        forget();
        dialog.close();
      });
      return false;
    },
    async submit() {
      fields.forEach((one) => one.tell(null));
      const change = { set: changed(fields, old, unowned) };
      if (item) Object.assign(change, { item: item.id, changes: old.changes });
      const name = valueOf(by("name"));
      if (name) change.name = name;
      const asks = missing(by, old, change.set);
      if (asks) return wrongAt(by(asks[0]), asks[1]);
      const answer = await page.save(change);
      if (!answer) return forget();
      const now = answer.status === 409 && (await page.reread()).find((one) => one.id === item.id);
      if (!now) return wrongAt(by(answer.field), answer.problem);
      meet(meanwhile, fields, old, now);
      old = now;
      bind(dialog.querySelector("[type=submit]"), say("lead.item.anyway"));
      return say("lead.item.changed");
    },
  });
  dialog.classList.add("wide", "itemform");
  dialog.addEventListener("input", () => {
    if (isTyped()) keepDraft(page, key, old, Object.fromEntries(fields.map((one) => [one.name, valueOf(one)])));
    else dropDraft(page, key);
  });
  dialog.addEventListener("close", () => page.showDrafts());
}

// ---- history ----

// Of the clock of whoever looks, which is said with it.
const WHEN = { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" };

const when = (wall_ms) => () =>
  new Intl.DateTimeFormat(currentLanguage() === "ja" ? "ja-JP" : "en-GB", WHEN).format(new Date(wall_ms));

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
