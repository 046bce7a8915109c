// The evaluator's page: everything that happens, what the rules find of it, ratings, and what no
// rule can see.
import { buildAfter } from "/assets/after.js";
import { buildClocks } from "/assets/clocks.js";
import { incidentButton, writeText } from "/assets/compose.js";
import { buildFeed } from "/assets/feed.js";
import { buildRatings, buildSoon, watchFindings } from "/assets/findings.js";
import { say } from "/assets/i18n.js";
import { button, h } from "/assets/ui.js";

export function startEvaluator(page) {
  const findings = watchFindings(page);
  page.shell.rename(say("evaluator"));
  page.shell.bar.append(h("p", { class: "scenario", say: page.setting.title }), buildClocks(page));
  page.shell.main.classList.add("evaluator");
  page.shell.main.append(
    buildSoon(page, findings),
    buildAfter(page, findings),
    buildFeed(page),
    h("div", { class: "side" }, buildRatings(page, findings)),
  );
  page.shell.main.before(
    h(
      "div",
      { class: "quick", role: "region", label: say("control.title") },
      button(
        "observe",
        () => writeText(page, "observe.title", "compose.text", { do: "observe" }, "observe"),
        { class: "primary" },
      ),
      incidentButton(page, "danger"),
    ),
  );
  page.store.touch();
}
