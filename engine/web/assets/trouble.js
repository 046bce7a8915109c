// What stands in the way of the exercise itself: the program was away, or cannot keep anything. Every
// page says so as long as it is so, calmly: what it is, what stands, and what to do.
import { bind, say, text } from "/assets/i18n.js";
import { h } from "/assets/ui.js";

const MINUTE_MS = 60000;

// "33 s", "4 min"
export function spanText(ms) {
  if (ms < 2 * MINUTE_MS) return say("trouble.seconds", { count: Math.max(1, Math.round(ms / 1000)) });
  return say("trouble.minutes", { count: Math.round(ms / MINUTE_MS) });
}

// The sentence, or null while all is well.
function troubleOf(page, { keeps, status, stood, gapOpen }) {
  if (status === "stopped") return null;
  if (!keeps) return say(page.me.facilitator ? "trouble.diskStaff" : "trouble.disk");
  if (status === "paused" && stood.reason === "outage" && !gapOpen)
    return say(page.me.facilitator ? "trouble.awayStaff" : "trouble.away", {
      span: spanText(stood.gap_ms),
    });
  return null;
}

export function watchTrouble(page) {
  const place = h("div", { class: "trouble", role: "status", hidden: true });
  const words = h("p");
  place.append(words);
  page.shell.header.append(place);
  let shown = "";
  page.store.subscribe((state) => {
    const what = troubleOf(page, state);
    const now = text(what);
    place.hidden = !what;
    if (now !== shown) bind(words, what || "");
    shown = now;
  });
}
