// What a lead's views have in common: words that follow from fixed bounds, marks that are told by
// shape as well as by colour, and bars on one axis from 0 to 1.
import { bind, currentLanguage, say, text } from "/assets/i18n.js";
import { button, h } from "/assets/ui.js";

const SVG = "http://www.w3.org/2000/svg";

export function drawn(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// In a box of 16 by 16.
const SHAPES = {
  gap: [["path", { d: "M1 2h14L8 15z" }]],
  watch: [["path", { d: "M8 1l7 7-7 7-7-7z", class: "hollow" }]],
  "likely-holds": [
    ["circle", { cx: 8, cy: 8, r: 6.2, class: "hollow" }],
    ["path", { d: "M8 1.8a6.2 6.2 0 0 0 0 12.4z" }],
  ],
  holds: [["circle", { cx: 8, cy: 8, r: 7 }]],
  "insufficient-evidence": [["circle", { cx: 8, cy: 8, r: 6.2, class: "hollow dashed" }]],
  "causes-missing": [
    ["path", { d: "M4.6 5.4a3.4 3.4 0 1 1 5 3c-1.2.7-1.6 1.2-1.6 2.3", class: "hollow" }],
    ["circle", { cx: 8, cy: 13.8, r: 1.2 }],
  ],
  // of dots: met, hinted, missed, nobody said why
  met: [["circle", { cx: 8, cy: 8, r: 6 }]],
  hinted: [["circle", { cx: 8, cy: 8, r: 5.2, class: "hollow" }]],
  missed: [["path", { d: "M3 3l10 10M13 3L3 13", class: "hollow" }]],
  unexplained: [["rect", { x: 3, y: 3, width: 10, height: 10, class: "hollow dashed" }]],
};

export const mark = (name) =>
  drawn(
    "svg",
    { class: `mark is-${name}`, viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" },
    ...SHAPES[name].map(([tag, attributes]) => drawn(tag, attributes)),
  );

export const wordOf = (word) => h("span", { class: `word is-${word}` }, mark(word), h("span", { say: say(`word.${word}`) }));

const percent = (permille) => `${permille / 10}%`;
export const rounded = (permille) => Math.round(permille / 10);

// The 90 % interval with its middle, and where the target is.
export function intervalBar({ low_permille: low, high_permille: high, middle_permille: middle }, target) {
  return drawn(
    "svg",
    { class: "interval", height: 14, width: "100%", "aria-hidden": "true" },
    drawn("line", { x1: 0, x2: "100%", y1: 7, y2: 7, class: "axis" }),
    drawn("rect", { x: percent(low), width: percent(high - low), y: 3, height: 8, class: "range" }),
    drawn("line", { x1: percent(middle), x2: percent(middle), y1: 1, y2: 13, class: "middle" }),
    drawn("line", { x1: percent(target), x2: percent(target), y1: 0, y2: 14, class: "target" }),
  );
}

// A share of 1 as a bar beside its figure; readable without any colour.
export const shareBar = (share) =>
  drawn(
    "svg",
    { class: "share", height: 8, width: "100%", "aria-hidden": "true" },
    drawn("line", { x1: 0, x2: "100%", y1: 7.5, y2: 7.5, class: "axis" }),
    drawn("rect", { x: 0, y: 1, height: 6, width: `${share * 100}%`, class: "range" }),
  );

// ---- words ----

export const day = (wall_ms) => () =>
  new Intl.DateTimeFormat(currentLanguage() === "ja" ? "ja-JP" : "en-GB", {
    dateStyle: "medium",
    timeZone: "UTC",
  }).format(new Date(wall_ms));

// The names of ids, from lists of {id, name}.
export function namesFrom(...lists) {
  const names = new Map(lists.flat().map((one) => [one.id, one.name]));
  return (id) => names.get(id) || id;
}

export const roleName = (names, who) => (who ? names(who) : say("lead.noRole"));

// A command to be copied; it stands there to be read as well.
export function command(words) {
  const code = h("code", { tabindex: "0" }, words);
  const said = h("span", { class: "quiet", role: "status" });
  const copy = button("lead.copy", async () => {
    try {
      await navigator.clipboard.writeText(words);
      said.replaceChildren(h("span", { say: say("lead.copied") }));
    } catch {
      getSelection().selectAllChildren(code); // where the page may not write to the clipboard
      said.replaceChildren(h("span", { say: say("lead.marked") }));
    }
  });
  return h("div", { class: "command" }, code, copy, said);
}

// A word of the shell, quoted if it has to be.
export const quoted = (word) => (/^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

export const retestCommand = (page, exercise, rule) =>
  `${quoted(page.programme.program)} retest ${quoted(exercise)} --rule ${quoted(rule)} --db ${quoted(page.programme.db)}`;

// A table whose cells stand below each other on a phone, each under its column's head. The roles are
// said again, because a table that is laid out as blocks is none any more to some browsers.
export function table(name, captionWords, heads, rows) {
  return h(
    "table",
    { class: `list ${name}`, role: "table" },
    h("caption", { say: captionWords }),
    h(
      "thead",
      { role: "rowgroup" },
      h("tr", { role: "row" }, heads.map((head) => h("th", { scope: "col", role: "columnheader", say: head }))),
    ),
    h("tbody", { role: "rowgroup" }, rows.map((cells) => row(heads, cells))),
  );
}

// A cell is words, or elements; null leaves it empty.
export function row(heads, cells, options = {}) {
  return h(
    "tr",
    { role: "row", ...options },
    cells.map((cell, i) =>
      h(
        i === 0 ? "th" : "td",
        i === 0 ? { scope: "row", role: "rowheader" } : { role: "cell", class: cell === null ? "empty" : null },
        h("span", { class: "colhead", "aria-hidden": "true", say: heads[i] }),
        inCell(cell),
      ),
    ),
  );
}

function inCell(cell) {
  if (cell === null) return null;
  const isElement = cell instanceof Node || (Array.isArray(cell) && cell.some((one) => one instanceof Node));
  return h("div", { class: "cellbody", say: isElement ? undefined : cell }, ...(isElement ? [cell].flat() : []));
}

// ---- long lists ----

const FIRST_ROWS = 10; // on a phone each is a card
const MORE_ROWS = 50;
const FIRST_CARDS = 6; // what one has the patience for; the others are folded

// A table whose first rows are shown, and more with each press.
export function newestOf(list) {
  const hidden = [...list.querySelectorAll("tbody > tr")].slice(FIRST_ROWS);
  hidden.forEach((line) => {
    line.hidden = true;
  });
  const show = () => {
    const next = hidden.splice(0, MORE_ROWS);
    next.forEach((line) => {
      line.hidden = false;
    });
    more.hidden = hidden.length === 0;
    bind(more, say("lead.moreRows", { n: hidden.length }));
    next[0].setAttribute("tabindex", "-1");
    next[0].focus();
  };
  const more = h("button", { type: "button", class: "more", say: say("lead.moreRows", { n: hidden.length }), on: { click: show } });
  more.hidden = hidden.length === 0;
  return [h("div", { class: "across" }, list), more];
}

// Cards, the first ones in sight.
export function folded(tag, cards) {
  const rest = cards.slice(FIRST_CARDS);
  return [
    h(tag, { class: "gapcards" }, cards.slice(0, FIRST_CARDS)),
    rest.length > 0
      ? h(
          "details",
          { class: "rest" },
          h("summary", { say: say("lead.gaps.more", { n: rest.length }) }),
          h(tag, { class: "gapcards", start: tag === "ol" ? FIRST_CARDS + 1 : null }, rest),
        )
      : null,
  ].filter(Boolean);
}

// ---- whose ----

export const teamsOf = (exercises) => [...new Set(exercises.map((one) => one.organisation).filter(Boolean))].sort();
export const ofTeam = (page, exercises) =>
  page.team ? exercises.filter((one) => one.organisation === page.team) : exercises;

export const byName = (nameOf) => (a, b) => text(nameOf(a)).localeCompare(text(nameOf(b)));
