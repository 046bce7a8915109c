// The little Markdown that scenarios use: headings, paragraphs, lists, **strong**, *emphasis*. Drawn
// as elements with text in them; whatever else stands in a text is shown as it is.
import { bind } from "/assets/i18n.js";
import { h } from "/assets/ui.js";

const LIST = /^\s*(?:[-*]|\d+\.)\s+/;
const HEADING = /^#{1,6}\s+/;

// Lines of one paragraph are joined; Japanese lines without a space between them.
const join = (lines) =>
  lines
    .map((line) => line.trim())
    .join("\n")
    .replace(/([\u3000-\u9fff\uff00-\uffef])\n(?=[\u3000-\u9fff\uff00-\uffef])/g, "$1")
    .replace(/\n/g, " ");

function inline(words) {
  return words.split(/(\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/).map((part) => {
    if (part.startsWith("**") && part.length > 4) return h("strong", {}, part.slice(2, -2));
    if (part.startsWith("*") && part.endsWith("*") && part.length > 2)
      return h("em", {}, part.slice(1, -1));
    return part;
  });
}

// Consecutive lines of the same sort: [{heading: bool, list: bool, items}]
function blocks(words) {
  const found = [];
  for (const paragraph of words.trim().split(/\n\s*\n/)) {
    let last = null;
    for (const line of paragraph.split("\n")) {
      if (HEADING.test(line)) {
        found.push({ heading: true, items: [[line.replace(HEADING, "")]] });
        last = null;
        continue;
      }
      const list = LIST.test(line);
      const goesOn = last && !list && /^\s/.test(line); // a list item's second line
      if (!last || (last.list !== list && !goesOn)) found.push((last = { list, items: [] }));
      if (list) last.items.push([line.replace(LIST, "")]);
      else if (last.items.length === 0) last.items.push([line]);
      else last.items[last.items.length - 1].push(line);
    }
  }
  return found;
}

function draw(element, words) {
  element.replaceChildren(
    ...blocks(words).map((block) =>
      block.list
        ? h(
            "ul",
            {},
            block.items.map((lines) => h("li", {}, inline(join(lines)))),
          )
        : // No heading of the page: at which level it would stand is not the text's to know.
          h("p", {}, block.heading ? h("strong", {}, join(block.items[0])) : inline(join(block.items[0]))),
    ),
  );
}

export const prose = (words) => bind(h("div", { class: "prose" }), words, draw);
