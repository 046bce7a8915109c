// The facilitator's console as somebody runs a drill with it: what a key sets off, and what it does not.
import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

// A closed dialog gives the keyboard back to its button: Space pauses there too, and only once.
async function spaceAfterADialog() {
  for (const key of ["note", "control.hint"]) {
    await button(page.locator(".quick"), key).focus();
    await page.keyboard.press("Enter");
    await dialog().waitFor();
    await page.keyboard.press("Escape");
    await dialog().waitFor({ state: "detached" });
    const before = await feed(words.en("line.paused")).count();
    await page.keyboard.press("Space");
    await page.keyboard.press("Space");
    await status("paused");
    await page.waitForTimeout(300);
    expect((await dialog().count()) === 0, `Space has opened the dialog of ${key} again`);
    const count = (await feed(words.en("line.paused")).count()) - before;
    expect(count === 1, `two quick Spaces have paused ${count} times`);
    await page.keyboard.press("Space");
    await status("running");
  }
}

// ---- in a seat's place, from the keyboard ----

const dialog = () => page.locator("dialog");
const submit = async () => {
  await dialog().locator("button[type=submit]").click();
  await dialog().waitFor({ state: "detached" });
};
const field = (key) => dialog().getByLabel(words.en(key), { exact: true });

async function inASeatsPlace() {
  for (let minute = 1; minute <= 12; minute++) await program.setClock(minute * 60000);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("n");
  await field("scribe.words").fill("The handler says: no backups seen yet");
  await field("scribe.who").selectOption("handler");
  await page.keyboard.press("Control+Enter");
  await dialog().waitFor({ state: "detached" });
  const noted = feed("no backups seen yet");
  await noted.waitFor();
  expect(
    (await noted.textContent()).includes(words.en("line.byProxy")),
    `the feed does not say who entered it: ${await noted.textContent()}`,
  );

  // Said, with nobody's page open: a key, the words, Enter.
  await page.keyboard.press("t");
  await dialog().locator("fieldset input").first().check();
  await field("scribe.words").fill("Leave everything plugged in");
  await field("scribe.words").press("Enter");
  await feed("Leave everything plugged in").waitFor();

  // Switched off, a letter is a letter.
  await page.locator("[data-name=proxy] input[type=checkbox]").uncheck();
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("n");
  expect((await dialog().count()) === 0, "single keys work though they are switched off");
  await page.locator("[data-name=proxy] input[type=checkbox]").check();
}

// ---- improvising in ten seconds ----

async function improviseAgain() {
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("i");
  await dialog().waitFor();
  const from = field("improvise.from");
  const names = await from.locator("option").allTextContents();
  expect(!names.some((name) => /^[a-z-]+$/.test(name)), `senders go by their ids: ${names}`);
  await from.selectOption({ index: 2 });
  const sender = await from.inputValue();
  await dialog().locator("fieldset input:checked").first().uncheck();
  const to = () => dialog().locator("fieldset").first().locator("input:checked").count();
  const count = await to();
  await field("improvise.subject").fill("Fire alarm in the server room");
  await page.keyboard.press("Control+Enter");
  await dialog().getByText(words.en("improvise.noBody")).waitFor(); // without a text it asks once
  await page.keyboard.press("Control+Enter");
  await dialog().waitFor({ state: "detached" });
  await feed("Fire alarm").first().waitFor();
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("i");
  expect((await from.inputValue()) === sender, "the last sender is not chosen again");
  expect((await to()) === count, "the last recipients are not chosen again");
  await page.keyboard.press("Escape");
  await dialog().waitFor({ state: "detached" });
}

// ---- who plays whom ----

async function whoPlaysWhom() {
  const other = await person(browser, { ...looks, language: "ja", theme: "dark", width: 360, height: 740 });
  await joinBy(other, await page.locator(".seat").last().locator("input").inputValue());
  const cell = page.locator("[data-name=cell]");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("t");
  await dialog().locator("fieldset.compact").nth(1).locator("input").last().check();
  await field("scribe.words").fill("Hello, this is the hospital");
  await field("scribe.words").press("Enter");
  await cell.locator("[data-focus=claim]").first().click();
  await field("self.name").fill("Sato");
  await submit();
  await cell.locator(".played").getByText(words.en("cell.claimedByYou")).waitFor();
  const theirs = other.locator("[data-name=cell]");
  await theirs.locator(".played").getByText("Satoが担当").waitFor();
  await check(other, "console-claimed-ja-360-dark");

  // Both answer; the second is told, and may still send.
  await theirs.locator("[data-focus=answer]").first().click();
  await other.locator("dialog textarea").fill("はい、承知しました");
  await cell.locator("[data-focus=answer]").first().click();
  await dialog().locator("textarea").fill("No, certainly not");
  await submit();
  await other.locator("dialog button[type=submit]").click();
  await other.locator("dialog .wrong:not(:empty)").waitFor();
  expect(
    (await other.locator("dialog .wrong").textContent()).includes("No, certainly not"),
    "the warning does not say what was answered",
  );
  await check(other, "console-another-ja-360-dark");
  await other.locator("dialog button[type=submit]").click();
  await other.locator("dialog").waitFor({ state: "detached" });

  await cell.locator("[data-focus=release]").click();
  await theirs.locator(".played[hidden]").waitFor({ state: "attached" });
  expect(other.faults.length === 0, `the other page complains: ${other.faults}`);
  await other.context().close();
}

// ---- who is asked, who is there, who observed ----

async function ownersAndPresence(poc) {
  await poc.locator("nav.tabs [data-tab=inbox]").click();
  await poc.locator(".card .head").first().waitFor();
  for (const head of await poc.locator(".card .head").all()) await head.click();
  const now = page.locator("[data-name=now]");
  await check(page, "console-now");
  await now.getByText(/ left$/).first().waitFor();
  expect(/decides/.test(await now.textContent()), `nobody is named who decides: ${await now.textContent()}`);
  const evaluator = await person(browser, { ...looks, theme: "dark" });
  await joinBy(
    evaluator,
    await page.locator(".seat", { has: page.locator(".name", { hasText: words.en("evaluator") }) }).locator("input").inputValue(),
  );
  await button(evaluator, "observe").click();
  await evaluator.locator("dialog textarea").fill("The desk wrote times down");
  await evaluator.getByLabel(words.en("self.name"), { exact: true }).fill("Mori");
  await evaluator.keyboard.press("Control+Enter");
  await feed("The desk wrote times down").waitFor();
  expect(
    (await feed("The desk wrote times down").textContent()).includes("Observation by Mori"),
    "an observation is not signed",
  );
  await check(evaluator, "console-evaluator");
  await evaluator.context().close();
}

async function startWithPresence(scenario) {
  program = await serve(scenario);
  words.en = await checkWords(program.origin, "en");
  words.ja = await checkWords(program.origin, "ja");
  page = await person(browser, looks);
  await joinBy(page, program.link);
  const poc = await person(browser, { ...looks, language: "ja", width: 360, height: 740 });
  const seat = page.locator(".seat", { hasText: "Commander" });
  await joinBy(poc, await seat.locator("input").inputValue());
  await quick("control.warmUp").click();
  await seat.getByText(words.en("links.notYet")).waitFor();
  await poc.locator(".quick").getByRole("button", { name: words.ja("checkIn"), exact: true }).click();
  await seat.getByText(words.en("links.there")).waitFor();
  await quick("control.start").click();
  await status("running");
  return poc;
}

// ---- a scenario's mistake, said calmly ----

async function aFault() {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-fault-"));
  cpSync(join(process.env.TOCSIN_SOURCE, "scenarios/phone-tree"), folder, { recursive: true });
  appendFileSync(
    join(folder, "story.lua"),
    'story("broken", function()\n  wait "1m"\n  local nobody\n  inject(nobody.id)\nend)\n',
  );
  await begin(folder, { more: ["--home", process.env.TOCSIN_SOURCE] });
  expect(/attempt to index.*calls .* unplayable/s.test(program.complaints()), "serve opens what check refuses without a word");
  await program.setClock(61000);
  const faults = page.locator("[data-name=faults]");
  await faults.waitFor();
  const seen = await faults.innerText();
  expect(!/attempt to/.test(seen), `a fault is shown as a programmer's words: ${seen}`);
  expect(seen.includes("The exercise goes on"), `a fault does not say what goes on: ${seen}`);
  await faults.locator("summary").click();
  expect(/attempt to/.test(await faults.innerText()), "the author's details are nowhere");
  await check(page, "console-fault");
  rmSync(folder, { recursive: true, force: true });
}

// ---- how it ends ----

// Nobody did anything: that is no praise.
async function nothingJudged() {
  program = await serve("scenarios/phone-tree", { mode: "discuss" });
  page = await person(browser, looks);
  await joinBy(page, program.link);
  await quick("discuss.start").click();
  await status("running");
  await button(page, "discuss.toFacilitator").click();
  await quick("control.end").click();
  await submit();
  await page.locator("[data-name=agenda]").getByText(words.en("after.nothingJudged")).waitFor();
}

async function aRealIncident() {
  await quick("incident").click();
  await submit();
  await page.locator(".exercise.real").first().waitFor();
  const banner = await page.locator(".exercise").first().innerText();
  expect(banner.includes(words.en("stopped.banner")), `the banner says only "${banner}"`);
  const alarm = await page.locator(".alarm").innerText();
  expect(alarm.includes("Stopped by: Facilitator"), `nobody says who pressed it: ${alarm}`);
  await check(page, "console-real");
}

await begin("scenarios/phone-tree");
await spaceIsHarmless();
await check(page, "console-played");
await end();

const poc = await startWithPresence("scenarios/ransomware");
await inASeatsPlace();
await improviseAgain();
await whoPlaysWhom();
await ownersAndPresence(poc);
await check(page, "console-night");
await button(page, "language").or(page.locator("button.language")).first().click();
await check(page, "console-night-ja");
await poc.context().close();
await end();

await aFault();
await aRealIncident();
await end();

await nothingJudged();
await end();
await browser.close();
finish();
