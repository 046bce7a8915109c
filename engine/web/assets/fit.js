// Inside the lobby's form: a name that stands in other texts is changed there as well, and what cannot be
// taken is said beside the field.
import { say, text } from "/assets/i18n.js";
import { h } from "/assets/ui.js";

// Signs that turn the direction of writing, and those that nobody sees.
const UNSEEN = /[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;
const SHORTEST = 2; // one sign stands in too much by chance

// "桐谷" → "田中" makes 桐谷院長 田中院長, on the contact list, too. Fields that somebody has written in
// stay as they were written.
export function followNames(sources, everywhere, tell) {
  const before = new Map([...everywhere].map((input) => [input, input.value]));
  const change = (input) => {
    const [was, now] = [before.get(input).trim(), input.value.trim()];
    before.set(input, input.value);
    if (was.length < SHORTEST || now === "" || was === now) return 0;
    let count = 0;
    for (const other of everywhere) {
      if (other === input || other.dataset.own !== undefined || other.lang !== input.lang || !other.value.includes(was)) continue;
      other.value = other.value.replaceAll(was, now);
      before.set(other, other.value);
      count++;
    }
    return count;
  };
  for (const input of everywhere)
    input.addEventListener("change", () => {
      input.dataset.own = "";
      if (sources.includes(input)) tell(change(input));
    });
}

function markWrong(input, words) {
  const id = `wrong-${input.id || (input.id = `fit-${Math.random().toString(36).slice(2)}`)}`;
  unmark(input);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", id);
  input.closest(".words").after(h("p", { class: "wrong", id, say: words }));
  for (let at = input.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  input.focus();
  input.addEventListener("input", () => unmark(input), { once: true });
}

function unmark(input) {
  const note = document.getElementById(input.getAttribute("aria-describedby") || "");
  if (note) note.remove();
  input.removeAttribute("aria-invalid");
  input.removeAttribute("aria-describedby");
}

// The first field that holds what no text can have; its words, or null when all are well.
export function findUnseen(inputs) {
  const input = inputs.find((one) => UNSEEN.test(one.value));
  if (!input) return null;
  const code = input.value.match(UNSEEN)[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  markWrong(input, say("lobby.unseen", { code: `U+${code}` }));
  return say("lobby.wrongIn", { field: input.getAttribute("aria-label") });
}

// What the server says in English only, and people meet.
const KNOWN = [
  [/cannot hold another name/, "lobby.nested"],
  [/a name has at most/, "lobby.tooLong"],
];

// What stands at a column of a line of JSON: one text, or all of an object.
function textsAt(line, at) {
  const end = line[at] === "{" ? line.indexOf("}", at) : at;
  return [...line.matchAll(/"(?:[^"\\]|\\.)*"/g)]
    .filter(({ 0: literal, index }) => index + literal.length > at && index <= end)
    .map(([literal]) => JSON.parse(literal));
}

// The server names a column of the line that it was sent: what stands there is a field's, and of several
// that of the field in which somebody wrote.
export function findAtColumn(problem, line, inputs) {
  const match = text(problem).match(/choice\.yaml:1:(\d+): (.*)$/s);
  if (!match) return null;
  const texts = textsAt(line, Number(match[1]) - 1);
  const found = inputs.filter((one) => texts.includes(one.value.trim()));
  const input = found.find((one) => one.dataset.own !== undefined) || found[0];
  if (!input) return null;
  const known = KNOWN.find(([pattern]) => pattern.test(match[2]));
  markWrong(input, known ? say(known[1]) : say("lobby.wrongHere", { detail: match[2] }));
  return say("lobby.wrongIn", { field: input.getAttribute("aria-label") });
}
