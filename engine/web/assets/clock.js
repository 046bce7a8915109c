// Exercise time and scenario time between two words from the server, and what counts down.
import { text } from "/assets/i18n.js";

let told = { at_ms: 0, running: false, pace: 1, story_ms: null };
let told_at = performance.now();
// The server speaks at least this often (every 15 s, and a little patience): what it has not confirmed
// for longer is not counted.
const UNCONFIRMED_MS = 25 * 1000;
const watched = new Set(); // {element, draw(now_ms)}

export function tellClock(clock) {
  told = clock;
  told_at = performance.now();
  draw();
}

// Nobody confirms the time any more: the clocks stand as of the last word.
export function holdClock(silent_ms) {
  const at_ms = Math.max(told.at_ms, exerciseNow() - silent_ms);
  const story_ms = storyNow() === null ? null : storyNow() - (exerciseNow() - at_ms) * (told.pace || 1);
  tellClock({ ...told, at_ms, story_ms, running: false });
}

const passed_ms = () => (told.running ? Math.min(performance.now() - told_at, UNCONFIRMED_MS) : 0);
export const exerciseNow = () => told.at_ms + passed_ms();
export const storyNow = () =>
  told.story_ms === undefined || told.story_ms === null
    ? null
    : told.story_ms + passed_ms() * (told.pace || 1);

// "02:31", "1:02:31"
export function clockText(ms) {
  const s = Math.floor(Math.abs(ms) / 1000);
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(s / 3600);
  const rest = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return (ms < 0 ? "-" : "") + (hours > 0 ? `${hours}:${rest}` : rest);
}

// "11-20 22:10" in the scenario's own time zone, which need not be the browser's.
export function storyText(story_ms, offset_minutes) {
  const iso = new Date(story_ms + offset_minutes * 60000).toISOString();
  return `${iso.slice(5, 10).replace("-", "/")} ${iso.slice(11, 16)}`;
}

// "23:05:40" of this machine.
export function wallText(wall_ms) {
  const at = new Date(wall_ms);
  const two = (n) => String(n).padStart(2, "0");
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":");
}

// Draws something now and whenever time goes on, as long as the element is on the page.
export function watch(element, what) {
  const entry = { element, drawn: "", what, seen: false };
  watched.add(entry);
  drawOne(entry);
  return element;
}

function drawOne(entry) {
  const now = text(entry.what(exerciseNow()));
  if (now !== entry.drawn) entry.element.textContent = entry.drawn = now;
}

function draw() {
  for (const entry of watched) {
    if (entry.element.isConnected) entry.seen = true;
    else if (entry.seen) watched.delete(entry);
    drawOne(entry);
  }
}

setInterval(draw, 250);
