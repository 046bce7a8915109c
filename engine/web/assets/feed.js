// Everything that happens, the newest first.
import { say } from "/assets/i18n.js";
import { lineRow } from "/assets/log.js";
import { h, keyed, section } from "/assets/ui.js";

export function buildFeed(page) {
  const list = h("ol", { class: "lines", reversed: true });
  const empty = h("p", { class: "quiet", say: say("feed.empty") });
  page.store.subscribe((state) => {
    empty.hidden = state.lines.length > 0;
    keyed(
      list,
      [...state.lines].reverse(),
      (line) => line.n,
      () => "",
      (line) => lineRow(page, line),
    );
  });
  return section(
    "feed",
    "feed.title",
    empty,
    h("div", { class: "scroll", tabindex: "0", role: "group", label: say("feed.title") }, list),
  );
}
