// The board: what everybody in the room may see, large, and nothing to press. In a discussion that is
// what is read out, without a clock.
import { buildClocks } from "/assets/clocks.js";
import { buildCode } from "/assets/code.js";
import { buildTimer } from "/assets/hotwash.js";
import { say } from "/assets/i18n.js";
import { phaseName } from "/assets/lines.js";
import { lineRow } from "/assets/log.js";
import { buildStage } from "/assets/stage.js";
import { h, keyed, section } from "/assets/ui.js";

export function startBoard(page) {
  if (page.setting.mode === "discuss") return startStage(page);
  const phase = h("p", { class: "phase" });
  const list = h("ol", { class: "lines", reversed: true });
  const empty = h("p", { class: "quiet", say: say("feed.empty") });
  page.shell.rename(page.setting.title);
  page.shell.bar.append(buildClocks(page));
  page.shell.main.classList.add("board");
  const code = buildCode(page);
  page.shell.main.append(
    code,
    buildTimer(page),
    section("public", "board.public", phase, empty, list),
  );
  page.store.subscribe((state) => {
    code.hidden = !["ready", "running", "paused"].includes(state.status);
    phase.hidden = !state.phaseLine;
    if (state.phaseLine) phase.replaceChildren(h("strong", { say: phaseName(state.phaseLine) }));
    empty.hidden = state.lines.length > 0;
    keyed(
      list,
      [...state.lines].reverse(),
      (line) => line.n,
      () => "",
      (line) => lineRow(page, line),
    );
  });
  page.store.touch();
}

function startStage(page) {
  const code = buildCode(page);
  page.shell.rename(page.setting.title);
  page.shell.main.classList.add("board");
  page.shell.main.append(code, buildStage(page));
  page.store.subscribe((state) => {
    code.hidden = state.status !== "ready"; // then the wall is for what is read out
  });
  page.store.touch();
}
