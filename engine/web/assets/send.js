// Sending an input from a page: what goes wrong is told calmly, never thrown.
import { gapProblem, storyAt } from "/assets/gap.js";

// Null when it was kept and done; otherwise words, those of a refusal included.
export async function sendInput(page, input) {
  const outside = gapProblem(page, input);
  if (outside) return outside;
  const answer = await page.api.send({ ...input, ...storyAt(page, input) });
  return answer.ok ? null : answer.problem;
}

// The same from a button: the words go to the notice. The button waits without being disabled, since
// that would take the keyboard's focus from it.
export async function sendFrom(page, event, input) {
  const pressed = event.currentTarget;
  if (pressed.getAttribute("aria-busy") === "true") return false;
  pressed.setAttribute("aria-busy", "true");
  try {
    const problem = await sendInput(page, input);
    if (problem) page.shell.notice(problem, true);
    return !problem;
  } finally {
    pressed.removeAttribute("aria-busy");
  }
}
