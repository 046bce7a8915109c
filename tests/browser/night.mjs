// The first half hour of the flagship, as three people play it: who is there, attachments, orders
// with and without authority, a draft, what is not known, and the jump to the next morning.
import { check, checkWords, expect, finish, joinBy, launch, person, serve } from "./lib.mjs";

const LOOKS = [
  { name: "night-ja-360", language: "ja", theme: "light", width: 360, height: 740 },
  { name: "night-en-1440", language: "en", theme: "dark", width: 1440, height: 900 },
];

let browser, words, looks;

const button = (place, key) => place.getByRole("button", { name: words(key), exact: true });
const quick = (page, key) => button(page.locator(".quick"), key).click();
const shot = (page, name) => check(page, `${looks.name}-${name}`);
const dialog = (page) => page.locator("dialog");
const cards = (page) => page.locator("[data-name=inbox] .card");

async function tab(page, key) {
  if (looks.width < 800) await button(page.locator("nav.tabs"), key).click();
}

async function submit(page) {
  await page.locator("dialog button[type=submit]").click();
  await dialog(page).waitFor({ state: "detached" });
}

async function open(page, n) {
  await cards(page).nth(n).locator(".head").click();
  await cards(page).nth(n).locator(".body").waitFor();
}

// Ticks a choice of a group in a dialog, by its value.
async function tick(page, value, on = true) {
  const box = page.locator(`dialog input[type=checkbox][value="${value}"]`);
  await box.evaluate((one) => one.closest("details")?.setAttribute("open", ""));
  await box.setChecked(on);
}

async function setFolded(page, key, value) {
  const label = dialog(page).getByLabel(words(key), { exact: true });
  await label.evaluate((one) => one.closest("details")?.setAttribute("open", ""));
  await label.selectOption(value);
}

async function everybodyChecksIn(people) {
  await quick(people.facilitator, "control.warmUp");
  await quick(people.poc, "checkIn");
  await button(people.poc.locator(".quick"), "checkIn").waitFor({ state: "hidden" });
  await people.facilitator.locator("[data-name=feed] .is-checked-in").waitFor();
  await shot(people.facilitator, "facilitator-1-who-is-there");
  await quick(people.facilitator, "control.start");
  await button(people.facilitator, "control.pause").waitFor();
}

async function theNoteIsLookedAt(program, { poc }) {
  await program.setClock(45000);
  await cards(poc).nth(1).waitFor();
  await open(poc, 1);
  await cards(poc).nth(1).locator(".learned button").first().click();
  await dialog(poc).locator("img.attached").waitFor();
  const drawn = await dialog(poc).locator("img").evaluate(async (image) => {
    await image.decode();
    return image.naturalWidth;
  });
  expect(drawn > 0, "the picture is not drawn");
  await shot(poc, "poc-1-picture");
  await button(dialog(poc), "close").click();
  await dialog(poc).waitFor({ state: "detached" });
}

async function theLogIsRead(program, { handler }) {
  await program.setClock(155000);
  await cards(handler).nth(1).waitFor();
  await open(handler, 1);
  await cards(handler).nth(1).locator(".learned button").first().click();
  const text = dialog(handler).locator("pre.attached");
  await text.getByText("EXERCISE").first().waitFor();
  await shot(handler, "handler-1-log");
  await handler.keyboard.press("Escape");
  await dialog(handler).waitFor({ state: "detached" });
}

// The handler may have the backup cut, and nothing else.
async function order(page, action, to) {
  await quick(page, "message");
  await tick(page, to);
  await setFolded(page, "compose.type", "order");
  await dialog(page).getByLabel(words("act.action"), { exact: true }).selectOption(action);
}

async function ordersAreFollowedOrQuestioned(program, { handler }) {
  await order(handler, "cut-backup-link", "it-duty");
  await shot(handler, "handler-2-order");
  await submit(handler);
  await order(handler, "cut-outside-lines", "it-duty");
  await submit(handler);
  await program.setClock(420000);
  await tab(handler, "tab.log");
  const outcomes = handler.locator("[data-name=log] .sent [data-party=it-duty]");
  await handler.locator("[data-name=log] .sent .done").waitFor();
  await handler.locator("[data-name=log] .sent .challenged").waitFor();
  expect((await outcomes.count()) === 2, "two orders, two outcomes");
  await shot(handler, "handler-3-outcomes");
  await tab(handler, "tab.inbox");
}

async function whatIsUnknownIsSaid({ poc, handler }) {
  await quick(poc, "message");
  await tick(poc, "handler");
  await tick(poc, "scope");
  await tick(poc, "personal-data");
  await shot(poc, "poc-2-unknown");
  await submit(poc);
  const card = cards(handler).filter({ hasText: words("type.report") }).last();
  await card.locator(".head").click();
  await card.getByText(words("inbox.unknown").split("{")[0].trim()).waitFor();
}

async function aDraftIsApprovedAndMadePublic({ poc, handler }) {
  await quick(poc, "message");
  await tick(poc, "handler");
  await setFolded(poc, "compose.type", "approval-request");
  await dialog(poc).locator("textarea").fill("We are looking into a fault of our systems.");
  await submit(poc);
  const draft = cards(handler).filter({ hasText: words("type.approval-request") });
  await draft.locator(".head").click();
  await button(draft, "approve").click();
  await submit(handler);
  await tab(poc, "tab.log");
  await button(poc.locator("[data-name=log]"), "publish").click();
  await tick(poc, "press");
  await shot(poc, "poc-3-publish");
  await submit(poc);
  await tab(poc, "tab.inbox");
}

async function theMorningComes(program, { facilitator, poc }) {
  await program.setClock(31 * 60000 + 30000);
  await button(facilitator, "control.closeGap").waitFor();
  expect(!(await button(facilitator, "control.resume").isVisible()), "resume waits for the sheet");
  await shot(facilitator, "facilitator-2-gap");
  await shot(poc, "poc-4-gap");
  await quick(facilitator, "control.closeGap");
  await button(facilitator, "control.resume").waitFor();
  await quick(facilitator, "control.hint");
  await shot(facilitator, "facilitator-3-hint");
  await submit(facilitator);
  await quick(facilitator, "control.resume");
  await button(facilitator, "control.pause").waitFor();
  await shot(facilitator, "facilitator-4-morning");
}

async function play() {
  const program = await serve("scenarios/ransomware");
  words = await checkWords(program.origin, looks.language);
  const people = { facilitator: await person(browser, looks) };
  await joinBy(people.facilitator, program.link);
  await people.facilitator.locator(".seat input").nth(3).waitFor();
  for (const name of ["handler", "poc"]) {
    const links = await people.facilitator.locator(".seat input").evaluateAll((all) =>
      all.map((one) => one.value),
    );
    people[name] = await person(browser, looks);
    await joinBy(people[name], links[{ handler: 1, poc: 2 }[name]]);
    await button(people.facilitator.locator("[data-name=links]"), "links.refresh").click();
  }
  await everybodyChecksIn(people);
  await theNoteIsLookedAt(program, people);
  await theLogIsRead(program, people);
  await ordersAreFollowedOrQuestioned(program, people);
  await whatIsUnknownIsSaid(people);
  await aDraftIsApprovedAndMadePublic(people);
  await theMorningComes(program, people);
  for (const page of Object.values(people)) await page.context().close();
  await program.stop();
}

browser = await launch();
for (looks of LOOKS) await play();
await browser.close();
finish();
