// Sending an input from a page: what goes wrong is told calmly, never thrown.

// Null when it was kept and done; otherwise words, those of a refusal included.
export async function sendInput(page, input) {
  const answer = await page.api.send(input);
  return answer.ok ? null : answer.problem;
}

// The same from a button: the words go to the notice, and the button waits.
export async function sendFrom(page, event, input) {
  const pressed = event.currentTarget;
  pressed.disabled = true;
  const problem = await sendInput(page, input);
  pressed.disabled = false;
  if (problem) page.shell.notice(problem, true);
  return !problem;
}
