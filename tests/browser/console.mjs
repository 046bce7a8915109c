// The facilitator's console as somebody runs a drill with it: what a key sets off, and what it does not.
import { check, checkWords, expect, finish, joinBy, launch, person, serve } from "./lib.mjs";

const looks = { language: "en", theme: "light", width: 1440, height: 900 };

const browser = await launch();
const words = {};
let program, page;

const button = (place, key) => place.getByRole("button", { name: words.en(key), exact: true });
const quick = (key) => button(page.locator(".quick"), key);
const card = (title) => page.locator("[data-name=next] .card", { hasText: title });
const status = (name) => page.locator(`.status[data-status=${name}]`).waitFor();
const feed = (text) => page.locator("[data-name=feed] .line", { hasText: text });
const focused = () =>
  page.evaluate(() => {
    const { tagName, className, innerText } = document.activeElement;
    return `${tagName} ${className} ${(innerText || "").split("\n")[0]}`;
  });

async function begin(scenario, options = {}) {
  program = await serve(scenario, options);
  words.en = await checkWords(program.origin, "en");
  words.ja = await checkWords(program.origin, "ja");
  page = await person(browser, looks);
  await joinBy(page, program.link);
  await quick("control.start").click();
  await status("running");
}

async function end() {
  expect(page.faults.length === 0, `the page complains: ${page.faults}`);
  await page.context().close();
  await program.stop();
}

// ---- Space never fires what nobody chose ----

async function spaceIsHarmless() {
  const first = card("Where do we stand?");
  const came = () => feed("“Where do we stand?” came").count();
  await first.locator("[data-focus='inject.hold']").focus();
  await page.keyboard.press("Space");
  await first.filter({ hasText: words.en("inject.held") }).waitFor();
  expect((await focused()).startsWith("LI card held"), `after Hold the focus is on ${await focused()}`);
  await page.keyboard.press("Space");
  await status("paused");
  await page.keyboard.press("Space");
  await status("running");
  expect((await came()) === 0, "Space after Hold has fired the inject");

  // What was left out goes from the list, and the keyboard stands on the next card.
  await card("A call from the shipping desk").locator("[data-focus='inject.skip']").focus();
  await page.keyboard.press("Enter");
  await feed("will not come").waitFor();
  expect((await focused()).startsWith("LI card"), `after Skip the focus is on ${await focused()}`);
  await page.keyboard.press("Space");
  await status("paused");
  await page.keyboard.press("Space");
  await status("running");

  // Whoever chooses Fire means it.
  await card("Corrections to the contact list").locator("[data-focus='inject.fire']").focus();
  await page.keyboard.press("Enter");
  await feed("Corrections to the contact list” came").waitFor();
  await page.keyboard.press("Space");
  await status("paused");
  await page.keyboard.press("Space");
  await status("running");
  expect((await came()) === 0, "Space after Fire has fired another inject");
}

await begin("scenarios/phone-tree");
await spaceIsHarmless();
await check(page, "console-played");
await end();
await browser.close();
finish();
