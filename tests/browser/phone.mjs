// The flagship's first minutes on the smallest phone: what matters for a message stands in one line,
// any of thirty contacts is found by a few letters, tabs keep to one row, and long texts are folded.
import { check, checkWords, expect, finish, joinBy, launch, person, serve } from "./lib.mjs";

const LOOKS = [
  { name: "phone-ja", language: "ja", theme: "light", width: 360, height: 640 },
  { name: "phone-en", language: "en", theme: "dark", width: 360, height: 640 },
];
const TYPED = { ja: ["けいさつ", "警察", "ｊｐｃｅｒｔ", "広報"], en: ["police", "JPCERT", "press", "Nagase"] };

let browser, words, looks;

const button = (place, key) => place.getByRole("button", { name: words(key), exact: true });
const quick = (page, key) => button(page.locator(".quick"), key).click();
const tab = (page, name) => page.locator(`nav.tabs [data-tab=${name}]`).click();
const dialog = (page) => page.locator("dialog");
const cards = (page) => page.locator("[data-name=inbox] .card");
const shot = (page, name) => check(page, `${looks.name}-${name}`);

const inSight = (place) =>
  place.evaluate((one) => {
    const at = one.getBoundingClientRect();
    const top = document.elementFromPoint((at.left + at.right) / 2, (at.top + at.bottom) / 2);
    return at.top >= 0 && at.bottom <= window.innerHeight && one.contains(top);
  });
const topOf = (place) => place.evaluate((one) => Math.round(one.getBoundingClientRect().top));

async function sentTo(page) {
  const answered = page.waitForRequest((one) => one.url().includes("/api/1/inputs"));
  await dialog(page).locator("button[type=submit]").click();
  const input = JSON.parse((await answered).postData());
  await dialog(page).waitFor({ state: "detached" });
  return input;
}

async function tabsKeepToOneRow(page) {
  // With the fifth, which comes at the end.
  await page.evaluate(() => {
    document.querySelector("[data-tab=after]").hidden = false;
  });
  const tops = await page
    .locator("nav.tabs button")
    .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
  expect(tops.length === 5 && new Set(tops).size === 1, `tabs in several rows: ${tops}`);
  const nav = await page
    .locator("nav.tabs")
    .evaluate((one) => [one.scrollWidth, one.clientWidth]);
  expect(nav[0] <= nav[1], `the tabs need ${nav[0]} px of ${nav[1]}`);
  // Where they do not fit, the keyboard brings each of them into sight.
  await page.setViewportSize({ width: 240, height: 640 });
  await page.locator("nav [data-tab=inbox]").focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press("Tab");
  const last = page.locator("[data-tab=after]");
  expect(await last.evaluate((one) => one === document.activeElement), "Tab skips a tab");
  expect(await inSight(last), "the tab with the focus is out of sight");
  await page.setViewportSize({ width: looks.width, height: looks.height });
  await page.evaluate(() => {
    document.querySelector("[data-tab=after]").hidden = true;
  });
}

async function longTextsAreFolded(program, { facilitator, poc }) {
  await cards(poc).nth(1).locator(".head").click();
  const body = cards(poc).nth(1).locator(".foldable");
  const all = button(cards(poc).nth(1), "fold.all");
  await all.waitFor();
  const low = await body.evaluate((one) => one.clientHeight);
  expect(low < 170, `a folded text is ${low} px high`);
  await shot(poc, "1-folded");
  // What arrives moves nothing.
  const before = await topOf(all);
  const count = await cards(poc).count();
  await program.setClock(410000);
  await cards(poc).nth(count).waitFor({ state: "attached" });
  expect((await topOf(all)) === before, "what arrives moves the page");
  await all.focus();
  await poc.keyboard.press("Enter");
  await button(cards(poc).nth(1), "fold.less").waitFor();
  const high = await body.evaluate((one) => one.clientHeight);
  expect(high > low + 40, "the text is not shown whole");
  // The card is drawn anew when it is acknowledged, and stays as it was wanted.
  await button(cards(poc).nth(1), "inbox.ack").click();
  await cards(poc).nth(1).getByText(words("inbox.acked")).waitFor();
  await button(cards(poc).nth(1), "fold.less").waitFor();
  const opened = facilitator.locator("[data-name=feed] .is-opened");
  expect((await opened.count()) === 1, "opening is recorded once, folding is not");
}

async function aMessageIsSeenAtAGlance(poc) {
  await quick(poc, "escalate");
  const chips = ["compose.type", "compose.via", "compose.tlp"].map((key) =>
    dialog(poc).getByLabel(words(key), { exact: true }),
  );
  const tops = [];
  for (const chip of chips) {
    expect(await inSight(chip), "a chip is out of sight");
    tops.push(await topOf(chip));
  }
  expect(new Set(tops).size === 1, `the chips stand in several lines: ${tops}`);
  expect(await inSight(dialog(poc).locator("button[type=submit]")), "Send is below the fold");
  expect(await inSight(dialog(poc).locator("textarea").first()), "the text is below the fold");
  await shot(poc, "2-escalate");
  await chips[2].selectOption("amber");
  // Escalate, another name, send.
  const other = dialog(poc).locator("[data-instead]").first();
  const name = await other.getAttribute("data-instead");
  await other.click();
  await shot(poc, "3-instead");
  const input = await sentTo(poc);
  expect(String(input.to) === name, `the escalation goes to ${input.to}, not to ${name}`);
  expect(input.tlp === "amber" && input.type === "escalation", "kind or TLP are lost");
}

// Contacts, Escalate, Send: three taps; and then that contact stands first.
async function contactsAreFound(poc) {
  await tab(poc, "contacts");
  const list = poc.locator("[data-name=contacts]");
  const rows = list.locator(".contact");
  const shown = list.locator(".contact:not([hidden])");
  const everyone = await rows.count();
  const field = list.getByLabel(words("finder.label"), { exact: true });
  const found = [];
  for (const typed of TYPED[looks.language]) {
    await field.fill(typed);
    found.push([typed, await shown.count()]);
  }
  const wrong = found.filter(([typed, count]) =>
    typed === "けいさつ" ? count !== 0 : count < 1 || count > 6,
  );
  expect(wrong.length === 0, `found: ${JSON.stringify(wrong)}`);
  await shot(poc, "4-found");
  // Enter goes to the first that is left, Escape shows all again.
  await field.press("Enter");
  expect(
    await shown.first().locator("button").first().evaluate((one) => one === document.activeElement),
    "Enter does not lead to the first that was found",
  );
  await field.press("Escape");
  expect((await shown.count()) === everyone, "Escape does not show all again");
  // By role and by id, however it is written.
  await field.fill("ＬＥＧＡＬ");
  expect((await shown.getAttribute("data-party")) === "legal", "a role is not found by its id");
  await field.press("Escape");
  const outside = list.locator("ul").last().locator(".contact");
  const last = await outside.last().getAttribute("data-party");
  await outside.last().locator("button").first().click();
  await sentTo(poc);
  await list.locator(`ul:last-of-type .contact:first-child[data-party="${last}"]`).waitFor();
}

// The receivers of a message are found in the same way, with the keyboard only.
async function receiversAreTyped(poc) {
  await quick(poc, "message");
  const field = dialog(poc).getByLabel(words("finder.label"), { exact: true });
  await field.fill("jpcert");
  await field.press("Enter");
  expect(await dialog(poc).isVisible(), "Enter in the field sends the message");
  expect((await field.inputValue()) === "", "the field is not ready for the next name");
  await shot(poc, "5-receivers");
  const input = await sentTo(poc);
  expect(input.to.length === 1 && /jpcert/.test(input.to[0]), `it goes to ${input.to}`);
}

// One Enter too many does nothing to a system; what is declared has a name; what is said has its facts
// in sight, and when hours are skipped everybody reads what is asked of them.
async function nothingHappensByAccident(poc) {
  await quick(poc, "act");
  await poc.keyboard.press("Enter");
  await dialog(poc).getByText(words("act.missing")).waitFor();
  await poc.keyboard.press("Escape");
  await quick(poc, "declare");
  const of = dialog(poc).getByLabel(words("declare.of"), { exact: true });
  const idOf = (text) => text === text.toLowerCase() && text.includes("-");
  expect(!(await of.locator("option").allTextContents()).some(idOf), "declare shows an id");
  await shot(poc, "6-declare");
  await poc.keyboard.press("Escape");
  await quick(poc, "said");
  expect(await inSight(dialog(poc).locator("fieldset .tick:visible").first()), "no fact in sight");
  await shot(poc, "7-said");
  await poc.keyboard.press("Escape");
}

async function theGapIsTold(program, poc) {
  expect(!(await poc.locator(".gap").isVisible()), "hours are skipped too early");
  for (let minute = 20; minute <= 32; minute++) await program.setClock(minute * 60000);
  await poc.locator(".gap").waitFor();
  await shot(poc, "8-gap");
}

// What the story keeps in mind, and questions that nobody was shown, have names in the feed.
async function theFeedHasNames(program, facilitator) {
  await program.setClock(1140000);
  const feed = facilitator.locator("[data-name=feed]");
  const set = feed.locator(".is-world-set .what");
  await set.first().waitFor();
  const expired = feed.locator(".is-expired .what");
  await expired.first().waitFor();
  const { setting } = await facilitator.evaluate(async () =>
    (await fetch(`/api/1/setting${location.search}`)).json(),
  );
  const named = (text, names) => names.some((name) => text.includes(name[looks.language]));
  for (const text of await set.allTextContents()) {
    const thing = setting.world.find((one) => named(text, [one.name]));
    expect(thing && named(text, thing.values.map((one) => one.name)), `the feed shows ids: ${text}`);
  }
  for (const text of await expired.allTextContents())
    expect(named(text, setting.questions.map((one) => one.prompt)), `the feed shows an id: ${text}`);
}

async function play(which) {
  looks = which;
  const program = await serve("scenarios/ransomware");
  words = await checkWords(program.origin, looks.language);
  const desk = { ...looks, width: 1440, height: 900 };
  const people = { facilitator: await person(browser, desk), poc: await person(browser, looks) };
  await joinBy(people.facilitator, program.link);
  const seat = people.facilitator.locator(".seat", { hasText: /PoC/ });
  await joinBy(people.poc, await seat.locator("input").inputValue());
  await button(people.facilitator, "control.start").click();
  await program.setClock(46000);
  await cards(people.poc).nth(1).waitFor();
  await tabsKeepToOneRow(people.poc);
  await longTextsAreFolded(program, people);
  await aMessageIsSeenAtAGlance(people.poc);
  await contactsAreFound(people.poc);
  await receiversAreTyped(people.poc);
  await nothingHappensByAccident(people.poc);
  await theFeedHasNames(program, people.facilitator);
  await theGapIsTold(program, people.poc);
  await people.facilitator.context().close();
  await people.poc.context().close();
  await program.stop();
}

browser = await launch();
for (const which of LOOKS) await play(which);
await browser.close();
finish();
