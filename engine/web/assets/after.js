// What comes after ENDEX, on everybody's page: one's own findings first, what the table talks about,
// the hot wash, and the replay of who knew what when. One part at a time: a table talks of one thing.
import { buildAgenda } from "/assets/agenda.js";
import { isOver, isStaff } from "/assets/finding.js";
import { buildFindings } from "/assets/findings.js";
import { buildHotWash, buildTimer } from "/assets/hotwash.js";
import { say } from "/assets/i18n.js";
import { buildOutcome } from "/assets/outcome.js";
import { buildReplay } from "/assets/replay.js";
import { button, h } from "/assets/ui.js";

function buildChoice(parts) {
  const nameOf = (part) => part.dataset.name;
  const buttons = parts.map((part) => button(`after.${nameOf(part)}`, () => choose(part)));
  function choose(chosen) {
    parts.forEach((part, i) => {
      part.hidden = part !== chosen;
      buttons[i].setAttribute("aria-pressed", String(part === chosen));
    });
  }
  choose(parts[0]);
  return h("nav", { class: "jumps row", label: say("after.parts") }, buttons);
}

// Players are told what the facilitator has opened or begun; where they read they stay.
function tellWhatBegins(page) {
  let { shared, hotWash } = page.store.state;
  page.store.subscribe((state) => {
    const isBegun = state.hotWash !== hotWash && state.hotWash.length_ms > 0;
    const isShared = state.shared && !shared;
    ({ shared, hotWash } = state);
    if (!page.live || page.me.facilitator) return;
    if (isShared) page.shell.notice(say("after.nowShared"));
    if (isBegun) page.shell.notice(say("hotwash.begins"));
  });
}

export function buildAfter(page, findings) {
  const parts = [
    ...(isStaff(page) ? [] : [buildFindings(page, findings)]),
    buildAgenda(page, findings),
    buildHotWash(page),
    buildReplay(page),
    ...(isStaff(page) ? [buildOutcome(page)] : []),
  ];
  const element = h(
    "div",
    { class: "after", "data-name": "after" },
    buildChoice(parts),
    buildTimer(page),
    parts,
  );
  element.hidden = true;
  tellWhatBegins(page);
  page.store.subscribe(() => {
    element.hidden = !isOver(page);
    page.shell.main.classList.toggle("over", !element.hidden);
  });
  return element;
}
