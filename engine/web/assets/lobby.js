// Before STARTEX: what is played and how, fitting it to the team, the code for the room, and what
// good looks like. Once the exercise has begun none of it is in the way.
import { buildCode } from "/assets/code.js";
import { openDialog } from "/assets/dialog.js";
import { findAtColumn, findUnseen, followNames } from "/assets/fit.js";
import { bind, say, text } from "/assets/i18n.js";
import { button, field, h, section, select } from "/assets/ui.js";

const MODES = ["live", "paced", "discuss"];
const DIFFICULTIES = [0, 1, 2, 3];
const LANGUAGES = ["ja", "en"];
const MINUTE_MS = 60000;

// Hides an element at all other times than before the start.
function beforeStart(page, element) {
  page.store.subscribe(({ status }) => {
    element.hidden = status !== "ready";
  });
  return element;
}

// ---- canonical JSON, which is what the server reads ----

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

// ---- the form ----

// A text in both languages; who writes one language only means it for both.
function wordsInputs(labelKey, labelOf, words, required) {
  const inputs = LANGUAGES.map((language) =>
    h("input", {
      value: words[language] || "",
      maxlength: "200",
      lang: language,
      label: () => [text(labelOf), text(say(labelKey)), text(say(`lobby.in.${language}`))].join(" "),
    }),
  );
  const element = h(
    "div",
    { class: "words" },
    inputs.map((input, i) =>
      h("label", {}, h("span", { class: "quiet", say: say(`lobby.in.${LANGUAGES[i]}`) }), input),
    ),
  );
  element.inputs = inputs;
  element.read = () => {
    const [ja, en] = inputs.map((input) => input.value.trim());
    return ja || en || required ? { ja: ja || en, en: en || ja } : null;
  };
  return element;
}

function group(titleKey, rows, explainKey) {
  return h(
    "details",
    { class: "group" },
    h("summary", { say: say(titleKey, { count: rows.length }) }),
    h("p", { class: "quiet", say: say(explainKey) }),
    rows.map((row) => row.element),
  );
}

function nameRows(model) {
  return model.names.map(({ id, words }) => {
    const inputs = wordsInputs("lobby.name", words, words, true);
    const legend = h("legend", {}, h("span", { say: words }), " ", h("span", { class: "quiet" }, `{{${id}}}`));
    const element = h("fieldset", { class: "fit" }, legend, inputs);
    return { id, element, inputs: inputs.inputs, read: inputs.read };
  });
}

// What was there and is left empty is taken away; what was never there goes unsaid.
const orGone = (key, value, before) => (value ? { [key]: value } : before ? { [key]: null } : {});

function personRows(model) {
  return model.stakeholders.map((one) => {
    const name = wordsInputs("lobby.name", one.name, one.name, true);
    const contact = wordsInputs("lobby.contact", one.name, one.contact, false);
    const deputy = select(
      [
        { value: "", what: say("lobby.noDeputy") },
        ...model.stakeholders
          .filter((other) => other.id !== one.id)
          .map((other) => ({ value: other.id, what: other.name })),
      ],
      one.deputy,
    );
    const element = h(
      "fieldset",
      { class: "fit" },
      h("legend", { say: one.name }),
      h("p", { class: "part", say: say("lobby.name") }),
      name,
      h("p", { class: "part", say: say("lobby.contact") }),
      contact,
      field("lobby.deputy", deputy),
    );
    return {
      element,
      inputs: [...name.inputs, ...contact.inputs],
      read: () => ({
        id: one.id,
        name: name.read(),
        ...orGone("contact", contact.read(), text(one.contact)),
        ...orGone("deputy", deputy.value, one.deputy),
      }),
    };
  });
}

function ladderRows(page) {
  return page.setting.ladder
    .filter((rung) => rung.within_ms > 0)
    .map((rung) => {
      const minutes = h("input", {
        type: "number",
        min: "1",
        max: "1440",
        required: true,
        value: String(Math.max(1, Math.round(rung.within_ms / MINUTE_MS))),
        label: () => text(say("lobby.rungMinutes", { to: page.names.party(rung.to) })),
      });
      const element = h(
        "div",
        { class: "rung" },
        h("p", {}, h("strong", { say: page.names.party(rung.to) }), " ", h("span", { class: "quiet", say: rung.when })),
        h("label", { class: "row" }, minutes, h("span", { say: say("lobby.minutes") })),
      );
      // What is left alone stays to the second.
      const before = minutes.value;
      const read = () =>
        minutes.value === before ? `${Math.round(rung.within_ms / 1000)}s` : `${Number(minutes.value)}m`;
      return { to: rung.to, element, read };
    });
}

function openForm(page, model) {
  const mode = select(MODES.map((value) => ({ value, what: say(`mode.${value}`) })), model.mode);
  const difficulty = select(
    DIFFICULTIES.map((value) => ({ value: String(value), what: say(`lobby.difficulty.${value}`) })),
    String(model.difficulty),
  );
  const pace = h("input", { type: "number", min: "1", max: "1440", required: true, value: String(model.pace) });
  const house = select(
    model.organisations.map((one) => ({ value: one.id, what: one.name })),
    model.organisation,
  );
  const byPerson = h("input", { type: "checkbox", id: "by-person", "aria-describedby": "by-person-what" });
  byPerson.checked = model.by_person;
  const [names, people, ladder] = [nameRows(model), personRows(model), ladderRows(page)];
  const inputs = [...names, ...people].flatMap((row) => row.inputs);
  const followed = h("p", { class: "quiet", role: "status" });
  followNames(names.flatMap((row) => row.inputs), inputs, (count) =>
    bind(followed, count > 0 ? say("lobby.followed", { count }) : ""),
  );

  function wish() {
    const scenario = { pace: Number(pace.value) };
    if (names.length > 0) scenario.names = Object.fromEntries(names.map((row) => [row.id, row.read()]));
    if (people.length > 0) scenario.stakeholders = people.map((row) => row.read());
    const choice = { organisation: house.value, scenario };
    // Another organisation has a ladder of its own.
    if (house.value === model.organisation && ladder.length > 0)
      choice.ladder = Object.fromEntries(ladder.map((row) => [row.to, row.read()]));
    return { by_person: byPerson.checked, choice, difficulty: Number(difficulty.value), mode: mode.value };
  }

  openDialog({
    title: say("lobby.fit"),
    focus: mode,
    submitKey: "lobby.make",
    fields: [
      h("p", { class: "quiet", say: say("lobby.fitExplain") }),
      h("div", { class: "pair" }, field("lobby.mode", mode), field("lobby.difficulty", difficulty)),
      h("div", { class: "pair" }, field("lobby.organisation", house), field("lobby.pace", pace)),
      h(
        "div",
        { class: "check" },
        h("label", { class: "tick" }, byPerson, h("span", { say: say("lobby.byPerson") })),
        h("p", { class: "quiet", id: "by-person-what", say: say("lobby.byPersonExplain") }),
      ),
      followed,
      names.length > 0 ? group("lobby.names", names, "lobby.namesExplain") : null,
      people.length > 0 ? group("lobby.people", people, "lobby.peopleExplain") : null,
      ladder.length > 0 ? group("lobby.ladder", ladder, "lobby.ladderExplain") : null,
    ].filter(Boolean),
    async submit() {
      const unseen = findUnseen(inputs);
      if (unseen) return unseen;
      const wished = wish();
      const answer = await page.api.remake(canonical(wished));
      if (answer.ok) return null;
      return findAtColumn(answer.problem, canonical(wished.choice), inputs) || answer.problem;
    },
  });
}

async function change(page) {
  const answer = await page.api.lobby();
  if (answer.ok) openForm(page, answer.data);
  else page.shell.notice(answer.problem, true);
}

// ---- what is played ----

function buildPlan(page, open) {
  const { setting } = page;
  const facts = h("dl", { class: "plan" });
  const row = (key, what) => h("div", {}, h("dt", { say: say(key) }), h("dd", { say: what }));
  page.api.lobby().then((answer) => {
    if (!answer.ok) return;
    const { data } = answer;
    const house = data.organisations.find((one) => one.id === data.organisation);
    facts.replaceChildren(
      row("lobby.mode", say(`mode.${data.mode}`)),
      row("lobby.difficulty", say(`lobby.difficulty.${data.difficulty}`)),
      row("lobby.organisation", house ? house.name : data.organisation),
      row("lobby.duration", say("lobby.minutesOf", { count: Math.round(setting.duration_ms / MINUTE_MS) })),
      row("lobby.pace", say("lobby.paceOf", { count: data.pace })),
      row("lobby.results", say(data.by_person ? "lobby.resultsByPerson" : "lobby.resultsByRole")),
      ...(text(data.overlay) ? [row("lobby.overlay", data.overlay)] : []),
    );
  });
  return section(
    "plan",
    "lobby.title",
    h("p", { say: setting.summary }),
    facts,
    h("div", { class: "row" }, button("lobby.change", open, { class: "outline" })),
    h("p", { class: "quiet", say: say("lobby.steps") }),
  );
}

// ---- what good looks like ----

export function buildSentences(page) {
  const list = h("ul", { class: "sentences" });
  page.api.sentences().then((answer) => {
    if (!answer.ok) return;
    const seen = new Set();
    const fresh = answer.data.rules.filter(({ before }) => !seen.has(before.en) && seen.add(before.en));
    list.replaceChildren(...fresh.map((rule) => h("li", { say: rule.before })));
  });
  return section(
    "sentences",
    "sentences.title",
    h("details", {}, h("summary", { say: say("sentences.show") }), h("p", { class: "quiet", say: say("sentences.explain") }), list),
  );
}

export function buildLobby(page) {
  return beforeStart(
    page,
    h(
      "div",
      { class: "lobby" },
      buildPlan(page, () => change(page)),
      buildCode(page),
      buildSentences(page),
    ),
  );
}

export const beforeStartOnly = beforeStart;
