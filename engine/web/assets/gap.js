// The gap sheet: hours of the scenario are skipped while the clock stands, and the table enters what it
// does in them. What is entered bears a time of those hours; left alone, that of the entry before it.
import { storyText } from "/assets/clock.js";
import { bind, say } from "/assets/i18n.js";
import { field, h } from "/assets/ui.js";

const MINUTE_MS = 60000;
// What is done in the story. Opening and acknowledging are of the table.
const DEEDS = ["message", "said", "heard", "act", "declare", "decide", "note", "answer", "handoff"];

const offsetOf = (page) => page.setting.story_offset_minutes || 0;

// In the scenario's own zone: "2026-11-17T03:00:00".
const localIso = (page, ms) => new Date(ms + offsetOf(page) * MINUTE_MS).toISOString().slice(0, 19);

function zone(minutes) {
  const two = (n) => String(n).padStart(2, "0");
  const away = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}

// {story_at} for what is sent now, or {}. The beginning needs no name: there the calendar stands.
export function storyAt(page, input) {
  const { gap } = page.store.state;
  if (!gap || !DEEDS.includes(input.do) || !page.gapAt_ms) return {};
  const at_ms = page.gapAt_ms;
  if (at_ms <= gap.from_ms) return {};
  return { story_at: localIso(page, at_ms) + zone(offsetOf(page)) };
}

// Words when the time that stands in the field is not of the skipped hours.
export function gapProblem(page, input) {
  const { gap } = page.store.state;
  if (!gap || !DEEDS.includes(input.do) || !page.gapAt_ms) return null;
  const from_ms = gap.from_ms - (gap.from_ms % MINUTE_MS); // the field knows no seconds
  if (page.gapAt_ms >= from_ms && page.gapAt_ms <= gap.until_ms) return null;
  const time = (ms) => storyText(ms, offsetOf(page));
  return say("gap.outside", { from: time(gap.from_ms), until: time(gap.until_ms) });
}

// When, in the skipped hours; null as long as there is no sheet.
export function gapField(page) {
  const { gap } = page.store.state;
  if (!gap) return null;
  const input = h("input", { type: "datetime-local", class: "gaptime" });
  input.value = localIso(page, page.gapAt_ms || gap.from_ms).slice(0, 16);
  input.addEventListener("change", () => {
    const typed_ms = Date.parse(`${input.value}Z`) - offsetOf(page) * MINUTE_MS;
    page.gapAt_ms = Number.isNaN(typed_ms) ? null : typed_ms;
    for (const other of document.querySelectorAll(".gaptime")) other.value = input.value;
  });
  return field("gap.when", input, { class: "field beside" });
}

// The sheet itself, on top of the page as long as it is open.
export function buildGap(page) {
  const question = h("p");
  const place = h("div");
  const element = h(
    "section",
    { class: "gap", "data-name": "gap", "aria-labelledby": "title-gap" },
    h("h2", { id: "title-gap", say: say("gap.title") }),
    question,
    h("p", { class: "quiet", say: say("gap.explain") }),
    place,
  );
  element.hidden = true;
  let shown = null;
  page.store.subscribe(({ gap }) => {
    if (gap === shown) return;
    shown = gap;
    page.gapAt_ms = null;
    element.hidden = !gap;
    if (!gap) return place.replaceChildren();
    const time = (ms) => storyText(ms, offsetOf(page));
    bind(question, say("gap.question", { from: time(gap.from_ms), until: time(gap.until_ms) }));
    place.replaceChildren(gapField(page));
  });
  return element;
}
