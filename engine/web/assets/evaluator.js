// The evaluator's page: everything that happens, what the rules find of it, ratings, and what no
// rule can see.
import { buildAfter } from "/assets/after.js";
import { buildClocks } from "/assets/clocks.js";
import { incidentButton } from "/assets/compose.js";
import { openDialog } from "/assets/dialog.js";
import { buildFeed } from "/assets/feed.js";
import { buildRatings, buildSoon, watchFindings } from "/assets/findings.js";
import { say } from "/assets/i18n.js";
import { nameField } from "/assets/self.js";
import { sendInput } from "/assets/send.js";
import { button, field, h } from "/assets/ui.js";

// Signed, for there may be several evaluators and one page of theirs.
function observe(page) {
  const words = h("textarea", { rows: "4", maxlength: "4000", required: true });
  const name = nameField();
  openDialog({
    title: say("observe.title"),
    focus: words,
    fields: [field("compose.text", words), name],
    draft: {
      key: `${page.drafts}.observe`,
      read: () => words.value,
      write: (kept) => {
        words.value = kept;
      },
    },
    submit: () => sendInput(page, { do: "observe", text: words.value, ...name.read() }),
  });
}

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
        () => observe(page),
        { class: "primary" },
      ),
      incidentButton(page, "danger"),
    ),
  );
  page.store.touch();
}
