// The two clocks and the state of the exercise, as both pages show them. In a discussion seconds count
// for nothing, and only the calendar is shown.
import { clockText, exerciseNow, storyNow, storyText, wallText, watch } from "/assets/clock.js";
import { bind, say } from "/assets/i18n.js";
import { h } from "/assets/ui.js";

// What the exercise does; or, where nobody says so any more, since when.
export function buildStatus(page) {
  const status = h("span", { class: "status", say: say("status.ready") });
  page.store.subscribe((state) => {
    const { lost_at, keeps } = state;
    const time = wallText(lost_at);
    if (lost_at) bind(status, say("status.lost", { time }));
    else bind(status, say(keeps ? `status.${state.status}` : "status.unkept"));
    status.dataset.status = lost_at ? "lost" : keeps ? state.status : "unkept";
  });
  return status;
}

export function buildClocks(page) {
  const exercise = h("span", { class: "time" });
  const story = h("span", { class: "time" });
  watch(exercise, () => clockText(exerciseNow()));
  watch(story, () =>
    storyNow() === null ? "–" : storyText(storyNow(), page.setting.story_offset_minutes || 0),
  );
  return h(
    "div",
    { class: "clocks" },
    page.setting.mode === "discuss"
      ? []
      : h("p", {}, h("span", { class: "label", say: say("clock.exercise") }), exercise),
    h("p", {}, h("span", { class: "label", say: say("clock.story") }), story),
    h("p", {}, buildStatus(page)),
  );
}
