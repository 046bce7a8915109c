// Finds out whose page this is, and starts it.
import { createApi, pageAddress, sessions } from "/assets/api.js";
import { startBoard } from "/assets/board.js";
import { holdClock, tellClock, wallText } from "/assets/clock.js";
import { startDiscuss } from "/assets/discuss.js";
import { startEvaluator } from "/assets/evaluator.js";
import { startFacilitator } from "/assets/facilitator.js";
import { say } from "/assets/i18n.js";
import { createNames } from "/assets/names.js";
import { startPlayer } from "/assets/player.js";
import { buildShell, plainPage } from "/assets/shell.js";
import { createStore } from "/assets/store.js";
import { openStream } from "/assets/stream.js";
import { watchTrouble } from "/assets/trouble.js";
import { button, h } from "/assets/ui.js";

const STARTS = new Map([
  ["facilitator", startFacilitator],
  ["evaluator", startEvaluator],
  ["board", startBoard],
]);
// Where a room talks, its staff has one page in common.
const DISCUSS = new Map([
  ["facilitator", startDiscuss],
  ["evaluator", startDiscuss],
]);
const shell = buildShell("Tocsin");

function away(problem) {
  plainPage(
    shell,
    "away.title",
    h("p", { say: problem || say("away.explain") }),
    button("reload", () => location.reload(), { class: "primary" }),
  );
}

function failed(problem) {
  plainPage(
    shell,
    "problem.title",
    h("p", { class: "wrong", role: "alert", say: problem }),
    button("reload", () => location.reload(), { class: "primary" }),
  );
}

async function choose() {
  const answer = await sessions();
  if (!answer.ok) return failed(answer.problem);
  const mine = answer.data.sessions;
  if (mine.length === 0) return away();
  if (mine.length === 1) return location.replace(pageAddress(mine[0]));
  plainPage(
    shell,
    "choose.title",
    h(
      "ul",
      { class: "choices" },
      mine.map((one) => h("li", {}, h("a", { href: pageAddress(one) }, one.as, " · ", h("span", { say: one.title || say("lead.title") })))),
    ),
  );
}

async function start({ as, at }) {
  const api = createApi({ as, at });
  const answer = await api.setting();
  if (answer.status === 401) return away(answer.problem);
  if (!answer.ok) return failed(answer.problem);
  const setting = answer.data.setting;
  const names = createNames(setting);
  const me = { as, facilitator: as === "facilitator", evaluator: as === "evaluator" };
  const store = createStore(me);
  // What is half written is of this exercise and this seat, and of no other.
  const drafts = `tocsin.draft.${at}.${answer.data.table}.${as}`;
  const page = { api, drafts, me, names, setting, shell, store, live: false };

  ((setting.mode === "discuss" && DISCUSS.get(as)) || STARTS.get(as) || startPlayer)(page);
  store.subscribe(({ stopped }) => stopped && shell.alarm(stopped, names.party(stopped.by)));
  watchTrouble(page);

  openStream(api.streamAddress, {
    line(line) {
      names.learn(line);
      store.apply(line);
      if (page.live && page.onLine) page.onLine(line);
    },
    clock(clock) {
      if (clock.table !== answer.data.table) return location.reload();
      tellClock(clock);
      store.hear({ keeps: clock.kept !== false });
    },
    state(state, { problem, silent_ms } = {}) {
      if (state === "away") return away(problem);
      if (state === "live") store.hear({ lost_at: 0 });
      else if (!store.state.lost_at) {
        holdClock(silent_ms);
        store.hear({ lost_at: Date.now() - silent_ms });
      }
      shell.connection(state, wallText(store.state.lost_at));
      if (state === "live" && page.onConnected) page.onConnected();
      if (state === "live")
        setTimeout(() => {
          page.live = true;
        }, 700);
    },
  });
}

const asked = new URLSearchParams(location.search);
const [as, at] = [asked.get("as"), asked.get("at")];
if (as) start({ as, at: at || "" });
else choose();
