// The hot wash: three strengths, three improvements, one surprise from everybody, and a clock for it.
import { clockText, watch } from "/assets/clock.js";
import { isStaff } from "/assets/finding.js";
import { bind, say } from "/assets/i18n.js";
import { sendFrom, sendInput } from "/assets/send.js";
import { button, field, h, keyed, section, select } from "/assets/ui.js";

const KINDS = [
  { about: "strength", wanted: 3 },
  { about: "improvement", wanted: 3 },
  { about: "surprise", wanted: 1 },
];
const MINUTES = ["5", "10", "15"];
const USUAL_MINUTES = "10";
const LONGEST_TEXT = "300";

const of = (page, about, actor) =>
  [...page.store.state.reflections.values()].filter(
    (one) => one.about === about && (!actor || one.actor === actor),
  );

// ---- the clock ----

// After ENDEX no clock of the exercise runs: each page counts from when it is told. A page that is
// opened in between knows that it runs, and not how long still.
function endOf(page, hotWash) {
  const key = `tocsin.hotwash.${page.api.at}.${page.api.as}`;
  const kept = JSON.parse(sessionStorage.getItem(key) || "null");
  if (kept && kept.n === hotWash.n) return kept.ends;
  if (!page.live) return null;
  const ends = Date.now() + hotWash.length_ms;
  sessionStorage.setItem(key, JSON.stringify({ n: hotWash.n, ends }));
  return ends;
}

// Large; there for as long as a hot wash is on.
export function buildTimer(page) {
  let n = 0;
  let ends = null;
  let isOver = false;
  const left = () => Math.max(0, ends - Date.now());
  const digits = watch(h("p", { class: "digits", role: "timer" }), () => {
    if (ends === null) return "";
    if (left() > 0) return clockText(Math.ceil(left() / 1000) * 1000);
    if (!isOver) page.shell.announce(say("hotwash.timeIsUp"));
    isOver = true;
    return say("hotwash.timeIsUp");
  });
  const words = h("p", { class: "quiet" });
  const element = section("timer", "hotwash.timerTitle", digits, words);
  element.hidden = true;
  page.store.subscribe(({ hotWash }) => {
    if (!hotWash || hotWash.n === n) return;
    n = hotWash.n;
    isOver = false;
    element.hidden = hotWash.length_ms === 0;
    ends = element.hidden ? null : endOf(page, hotWash);
    words.hidden = ends !== null;
    digits.hidden = ends === null;
    bind(words, say("hotwash.isOn", { minutes: Math.round(hotWash.length_ms / 60000) }));
  });
  return element;
}

function buildTimerControls(page) {
  const minutes = select(
    MINUTES.map((value) => ({ value, what: say("hotwash.minutes", { minutes: value }) })),
    USUAL_MINUTES,
  );
  const begin = button(
    "hotwash.begin",
    (event) => sendFrom(page, event, { do: "hot_wash", length: `${minutes.value}m` }),
    { class: "primary" },
  );
  const end = button("hotwash.end", (event) => sendFrom(page, event, { do: "hot_wash" }));
  const element = h("div", { class: "row kept" }, field("hotwash.length", minutes), begin, end);
  page.store.subscribe(({ hotWash, status }) => {
    const isOn = Boolean(hotWash && hotWash.length_ms > 0);
    element.hidden = status !== "ended";
    end.hidden = !isOn;
    bind(begin, say(isOn ? "hotwash.again" : "hotwash.begin"));
  });
  return element;
}

// ---- one's own ----

function ownRow(page, one) {
  return h(
    "li",
    {},
    h("span", { class: "what" }, one.text),
    page.store.state.status === "ended"
      ? button("hotwash.withdraw", (event) =>
          sendFrom(page, event, { do: "withdraw", reflection: one.id }),
          { class: "plainbutton", label: () => [say("hotwash.withdraw"), one.text] },
        )
      : null,
  );
}

// For the staff, which of the roles it is about; a player speaks for the own seat.
function roleSelect(page) {
  if (!isStaff(page)) return null;
  const held = new Set(page.setting.seats.flatMap((seat) => seat.roles));
  const roles = page.setting.roles.filter((role) => held.has(role.id));
  return select(
    [
      { value: "", what: say("hotwash.aboutAll") },
      ...roles.map((role) => ({ value: role.id, what: page.names.party(role.id) })),
    ],
    "",
  );
}

function addForm(page, about) {
  const wrong = h("p", { class: "wrong", role: "alert" });
  const words = h("input", { maxlength: LONGEST_TEXT, autocomplete: "off", "data-about": about });
  const role = roleSelect(page);
  const key = `tocsin.draft.${page.api.at}.${page.api.as}.reflect.${about}`;
  words.value = sessionStorage.getItem(key) || "";
  words.addEventListener("input", () => sessionStorage.setItem(key, words.value));
  async function add(event) {
    event.preventDefault();
    const text = words.value.trim();
    if (!text) return words.focus();
    const about_role = role && role.value ? { role: role.value } : {};
    const problem = await sendInput(page, { do: "reflect", about, text, ...about_role });
    bind(wrong, problem || "");
    if (problem) return;
    words.value = "";
    sessionStorage.removeItem(key);
  }
  return h(
    "form",
    { class: "adding", on: { submit: add } },
    field(`hotwash.say.${about}`, words),
    role ? field("hotwash.about", role) : null,
    h("button", {
      type: "submit",
      say: say("hotwash.add"),
      label: () => [say("hotwash.add"), say(`hotwash.one.${about}`)],
    }),
    wrong,
  );
}

function ownKind(page, { about, wanted }) {
  const count = h("span", { class: "quiet" });
  const list = h("ul", { class: "plainlist own" });
  const form = addForm(page, about);
  page.store.subscribe(({ status }) => {
    const own = of(page, about, page.api.as);
    bind(count, say("hotwash.count", { count: own.length, wanted }));
    form.hidden = status !== "ended";
    list.hidden = own.length === 0;
    keyed(
      list,
      own,
      (one) => one.id,
      () => status,
      (one) => ownRow(page, one),
    );
  });
  return h(
    "div",
    { class: `kind is-${about}` },
    h("h3", {}, h("span", { say: say(`hotwash.${about}`) }), " ", count),
    list,
    form,
  );
}

// ---- the whole table ----

function tableKind(page, { about }) {
  const list = h("ul", { class: "plainlist" });
  const empty = h("p", { class: "quiet", say: say("hotwash.nobody") });
  page.store.subscribe(() => {
    const all = of(page, about);
    empty.hidden = all.length > 0;
    keyed(
      list,
      all,
      (one) => one.id,
      () => "",
      (one) =>
        h(
          "li",
          {},
          h("span", { class: "what" }, one.text),
          " ",
          h("span", {
            class: "quiet",
            say: one.role
              ? say("hotwash.byAbout", {
                  name: page.names.party(one.actor),
                  role: page.names.party(one.role),
                })
              : say("hotwash.by", { name: page.names.party(one.actor) }),
          }),
        ),
    );
  });
  return h("div", { class: `kind is-${about}` }, h("h4", { say: say(`hotwash.${about}`) }), empty, list);
}

// Who has said how much; with all of it there, a tick.
function buildWho(page) {
  const rows = h("tbody");
  const actors = page.setting.seats.map((seat) => seat.id);
  const cell = (actor, { about, wanted }) => {
    const count = of(page, about, actor).length;
    return h("td", { class: count >= wanted ? "done" : "" }, `${count >= wanted ? "✓ " : ""}${count}`);
  };
  page.store.subscribe(() =>
    keyed(
      rows,
      actors,
      (actor) => actor,
      (actor) => JSON.stringify(KINDS.map((kind) => of(page, kind.about, actor).length)),
      (actor) =>
        h(
          "tr",
          {},
          h("th", { scope: "row", say: page.names.party(actor) }),
          KINDS.map((kind) => cell(actor, kind)),
        ),
    ),
  );
  return h(
    "table",
    { class: "who" },
    h("caption", { say: say("hotwash.who") }),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col", say: say("hotwash.seat") }),
        KINDS.map(({ about }) => h("th", { scope: "col", say: say(`hotwash.${about}`) })),
      ),
    ),
    rows,
  );
}

export function buildHotWash(page) {
  const own = [
    h("p", { class: "signed", say: say("hotwash.signed") }),
    h("div", { class: "kinds" }, KINDS.map((kind) => ownKind(page, kind))),
  ];
  return section(
    "hotwash",
    "hotwash.title",
    h("p", { class: "quiet", say: say("hotwash.explain") }),
    page.me.facilitator ? buildTimerControls(page) : null,
    isStaff(page) ? buildWho(page) : own,
    h("h3", { say: say("hotwash.table") }),
    h("div", { class: "kinds" }, KINDS.map((kind) => tableKind(page, kind))),
    isStaff(page) ? h("details", {}, h("summary", { say: say("hotwash.myOwn") }), own) : null,
  );
}
