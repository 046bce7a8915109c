// The two clocks and the state of the exercise, as both pages show them. In a discussion seconds count
// for nothing, and only the calendar is shown.
import { clockText, exerciseNow, storyNow, storyText, watch } from "/assets/clock.js";
import { bind, say } from "/assets/i18n.js";
import { h } from "/assets/ui.js";

export function buildClocks(page) {
  const exercise = h("span", { class: "time" });
  const story = h("span", { class: "time" });
  const status = h("span", { class: "status" });
  watch(exercise, () => clockText(exerciseNow()));
  watch(story, () =>
    storyNow() === null ? "–" : storyText(storyNow(), page.setting.story_offset_minutes || 0),
  );
  page.store.subscribe((state) => {
    bind(status, say(`status.${state.status}`));
    status.dataset.status = state.status;
  });
  bind(status, say("status.ready"));
  return h(
    "div",
    { class: "clocks" },
    page.setting.mode === "discuss"
      ? []
      : h("p", {}, h("span", { class: "label", say: say("clock.exercise") }), exercise),
    h("p", {}, h("span", { class: "label", say: say("clock.story") }), story),
    h("p", {}, status),
  );
}
