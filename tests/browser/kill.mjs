// The program is killed while somebody writes: the page comes back by itself, as who it was, with
// what was half typed; what is sent meanwhile is kept once.
import { check, checkWords, expect, finish, joinBy, launch, person, serve } from "./lib.mjs";

const KILLS = 5;
const RECOVERY_MS = 3000;
const looks = { name: "kill-ja-360", language: "ja", theme: "light", width: 360, height: 740 };

let browser, words;
let slowest_ms = 0;

const button = (place, key) => place.getByRole("button", { name: words(key), exact: true });
const quick = (page, key) => button(page.locator(".quick"), key).click();
const field = (page) => page.locator("dialog textarea");
const notes = (page, text) => page.locator(".line", { hasText: text });

async function startAgain(program, people) {
  const again = await serve("scenarios/phone-tree", {
    folder: program.folder,
    port: program.port,
    resume: "phone-tree-1",
  });
  const back_ms = performance.now();
  for (const page of Object.values(people))
    await page.locator(".connection[hidden]").waitFor({ state: "attached" });
  const ms = performance.now() - back_ms;
  slowest_ms = Math.max(slowest_ms, ms);
  expect(ms <= RECOVERY_MS, `the pages are back only ${Math.round(ms)} ms after the program`);
  return again;
}

// down_ms: how long nothing is there. Pages ask less often the longer that lasts.
async function killAsTheyWrite(program, people, down_ms) {
  const draft = await field(people.poc).inputValue();
  await program.kill();
  await people.poc.locator("header .connection:not([hidden])").waitFor({ state: "attached" });
  await people.poc.locator("dialog .outage:not([hidden])").waitFor(); // the dialog hides the page's line
  await field(people.poc).press("End");
  await field(people.poc).pressSequentially("・続き");
  await people.poc.waitForTimeout(down_ms);
  const again = await startAgain(program, people);
  const kept = await field(people.poc).inputValue();
  expect(kept === `${draft}・続き`, `the draft is lost: "${kept}", not "${draft}・続き"`);
  return again;
}

async function send(page) {
  await page.locator("dialog button[type=submit]").click();
  await page.locator("dialog").waitFor({ state: "detached" });
}

async function isKeptOnce({ facilitator }, text) {
  await notes(facilitator, text).first().waitFor({ state: "attached" });
  const count = await notes(facilitator, text).count();
  expect(count === 1, `"${text}" is in the facilitator's feed ${count} times`);
}

// The answer never comes, however often the page asks; sent again by hand it is still the same.
async function theAnswerIsLost({ facilitator, poc }) {
  let lost = 0;
  await poc.route("**/api/1/inputs*", async (route) => {
    await route.fetch();
    lost++;
    await route.abort();
  });
  await quick(poc, "note");
  await field(poc).fill("返事のない記録");
  await poc.locator("dialog button[type=submit]").click();
  await poc.locator("dialog .wrong:not(:empty)").waitFor();
  await poc.unroute("**/api/1/inputs*");
  expect(lost > 1, "the page asks only once");
  await send(poc);
  await isKeptOnce({ facilitator }, "返事のない記録");
}

browser = await launch();
let program = await serve("scenarios/phone-tree");
words = await checkWords(program.origin, looks.language);
const people = { facilitator: await person(browser, looks), poc: await person(browser, looks) };
await joinBy(people.facilitator, program.link);
await joinBy(people.poc, await people.facilitator.locator(".seat input").first().inputValue());
await button(people.facilitator, "control.start").click();
await button(people.facilitator, "control.pause").waitFor();

await people.poc.locator(".status[data-status=running]").waitFor();
await quick(people.poc, "note");
await field(people.poc).fill("書きかけ");
for (let kill = 0; kill < KILLS; kill++)
  program = await killAsTheyWrite(program, people, kill === 3 ? 5000 : 150 * kill);
await check(people.poc, `${looks.name}-back`);

// Sent while nothing is there, and kept when it is.
const text = await field(people.poc).inputValue();
await program.kill();
await people.poc.locator("dialog button[type=submit]").click();
program = await startAgain(program, people);
await people.poc.locator("dialog").waitFor({ state: "detached" });
await isKeptOnce(people, text);
await theAnswerIsLost(people);

for (const page of Object.values(people)) {
  expect(page.faults.length === 0, `a page complains: ${page.faults}`);
  await page.context().close();
}
await program.stop();
await browser.close();
console.log(`pages came back within ${Math.round(slowest_ms)} ms after each of ${KILLS + 1} kills`);
finish();
