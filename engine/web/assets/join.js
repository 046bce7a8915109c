// What a link opens. The secret stands behind the "#", which browsers send to nobody; it is
// exchanged for a cookie when the person says so, not when some program looks at the link.
import { join, pageAddress } from "/assets/api.js";
import { say } from "/assets/i18n.js";
import { button, h } from "/assets/ui.js";
import { buildShell, plainPage } from "/assets/shell.js";

const shell = buildShell(say("join.title"));
const secret = location.hash.slice(1);
const wrong = h("p", { class: "wrong", role: "alert" });

async function go(event) {
  event.target.disabled = true;
  const answer = await join(secret);
  if (answer.ok) {
    // In place of this page, so that the secret does not stay in the tab's history.
    location.replace(pageAddress(answer.data));
    return;
  }
  event.target.disabled = false;
  wrong.replaceChildren(h("span", { say: answer.problem }));
}

if (/^[0-9a-f]{32}$/.test(secret)) {
  const start = button("join.button", go, { class: "primary large" });
  plainPage(shell, "join.title", h("p", { say: say("join.explain") }), start, wrong);
  start.focus();
} else {
  plainPage(shell, "join.title", h("p", { class: "wrong", say: say("join.missing") }));
}
