// Everything that happens, the newest first.
import { annul, testReceiver } from "/assets/cell.js";
import { say } from "/assets/i18n.js";
import { lineRow } from "/assets/log.js";
import { button, h, keyed, section } from "/assets/ui.js";

// What people did can be taken out of the score; what followed by itself goes with it.
const DEEDS = ["messaged", "said", "heard", "decided", "acted", "declared", "acked", "handed-off"];
const OPEN = ["running", "paused", "ended"];

function feedRow(page, line, state) {
  const row = lineRow(page, line);
  if (state.annulled.has(line.seq)) {
    row.classList.add("uncounted");
    row.lastElementChild.append(" ", h("span", { class: "quiet", say: say("annul.done") }));
    return row;
  }
  if (!OPEN.includes(state.status)) return row;
  const offer = (key, run) =>
    row.lastElementChild.append(
      " ",
      button(key, () => run(page, line), { class: "plainbutton", "data-focus": key }),
    );
  if (line.kind === "messaged") offer("receiver", testReceiver);
  if (page.me.facilitator && DEEDS.includes(line.kind)) offer("annul", annul);
  return row;
}

export function buildFeed(page) {
  const list = h("ol", { class: "lines", reversed: true });
  const empty = h("p", { class: "quiet", say: say("feed.empty") });
  page.store.subscribe((state) => {
    empty.hidden = state.lines.length > 0;
    keyed(
      list,
      [...state.lines].reverse(),
      (line) => line.n,
      (line) => (state.annulled.has(line.seq) ? "annulled" : OPEN.includes(state.status)),
      (line) => feedRow(page, line, state),
    );
  });
  return section(
    "feed",
    "feed.title",
    empty,
    h("div", { class: "scroll", tabindex: "0", role: "group", label: say("feed.title") }, list),
  );
}
