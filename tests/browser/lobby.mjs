// Before STARTEX: the facilitator fits the flagship to a team, people join with the room's code,
// and everybody reads what good looks like.
import { check, checkWords, expect, finish, joinBy, launch, person, serve } from "./lib.mjs";

const LOOKS = [
  { name: "lobby-ja-360", language: "ja", theme: "dark", width: 360, height: 740 },
  { name: "lobby-en-1440", language: "en", theme: "light", width: 1440, height: 900 },
];

let browser, words, looks;

const button = (place, key) => place.getByRole("button", { name: words(key), exact: true });
const shot = (page, name) => check(page, `${looks.name}-${name}`);
const linkOf = (page, as) =>
  page.evaluate(
    async ([as, query]) => {
      const answer = await (await fetch(`/api/1/links${query}`)).json();
      return answer.links.find((one) => one.as === as).link;
    },
    [as, new URL(page.url()).search],
  );

async function choose(page, key, value) {
  await page.locator("dialog").getByLabel(words(key), { exact: true }).selectOption(value);
}

async function fits(facilitator) {
  await facilitator.locator("[data-name=plan] dd").first().waitFor();
  await shot(facilitator, "facilitator-1-lobby");
  const before = await facilitator.locator("h1, .scenario").allTextContents();
  await button(facilitator, "lobby.change").click();
  const dialog = facilitator.locator("dialog");
  await dialog.locator("details.group > summary").first().waitFor();
  for (const one of await dialog.locator("details.group > summary").all()) await one.click();
  await shot(facilitator, "facilitator-2-form");
  await choose(facilitator, "lobby.mode", "paced");
  const name = dialog.locator("fieldset.fit", { hasText: "{{hospital}}" }).locator("input");
  await name.nth(0).fill("若葉総合病院");
  await name.nth(1).fill("Wakaba General Hospital");
  // Entered once: the name stands in the title that others use, and on the contact list.
  const own = dialog.locator("fieldset.fit", { hasText: "{{director-self}}" }).locator("input").first();
  expect((await own.inputValue()) === "桐谷", "the director is called otherwise");
  await own.fill("田中");
  await own.blur();
  const kept = await dialog.locator("fieldset.fit input[lang=ja]").evaluateAll((all) => all.map((one) => one.value));
  expect(kept.includes("田中院長") && !kept.some((value) => value.includes("桐谷")), "a name entered once is not used everywhere");
  await dialog.locator(".rung input").first().fill("7");
  const management = dialog.locator("fieldset.fit", { hasText: words("lobby.deputy") }).filter({ has: facilitator.locator("option[value=management-deputy]:checked") }).first();
  await management.getByLabel(words("lobby.deputy"), { exact: true }).selectOption("");
  const reloaded = facilitator.waitForEvent("load");
  await dialog.locator("button[type=submit]").click();
  await reloaded;
  await facilitator.locator("[data-name=plan] dd").first().waitFor();
  const plan = await facilitator.locator("[data-name=plan]").textContent();
  expect(plan.includes(words("mode.paced")), "the mode is not what was chosen");
  const setting = await facilitator.evaluate(async (query) => (await fetch(`/api/1/setting${query}`)).json(),
    new URL(facilitator.url()).search);
  expect(setting.setting.ladder[0].within_ms === 7 * 60000, "the ladder is not what was chosen");
  expect(JSON.stringify(setting.setting).includes("Wakaba General Hospital"), "the name is not what was chosen");
  const chief = setting.setting.stakeholders.find((one) => one.id === "management");
  expect(chief.deputy === "", `management still has the deputy ${chief.deputy}`);
  expect(before.length > 0, "the page had no title");
}

// What cannot be is said in the dialog, and nothing is lost.
async function isRefused(facilitator) {
  await button(facilitator, "lobby.change").click();
  const dialog = facilitator.locator("dialog");
  await dialog.locator("details.group > summary").first().click();
  await dialog.locator("fieldset.fit input").first().fill("{{hospital}}");
  await facilitator.waitForTimeout(2500); // what was made anew a moment ago is not made again at once
  await dialog.locator("button[type=submit]").click();
  await dialog.locator(".wrong:not(:empty)").last().waitFor();
  expect(
    (await dialog.locator(".words:has(input[aria-invalid=true]) + .wrong").count()) === 1,
    "what is wrong is not said beside the field",
  );
  await shot(facilitator, "facilitator-3-refused");
  // An unseen sign is found before anything is sent.
  const name = dialog.locator("fieldset.fit input").first();
  await name.fill("県立\u202e病院");
  await dialog.locator("button[type=submit]").click();
  await dialog.locator(".words:has(input[aria-invalid=true]) + .wrong", { hasText: "U+202E" }).waitFor();
  // What only the server knows to be too long is said in the page's language, too.
  await name.fill("名".repeat(100));
  await facilitator.waitForTimeout(2500);
  await dialog.locator("button[type=submit]").click();
  await dialog.locator(".wrong", { hasText: words("lobby.tooLong") }).waitFor();
  await button(dialog, "cancel").click();
}

async function joinsWithCode(origin, facilitator, board) {
  const code = (await board.locator(".code").textContent()).trim();
  expect(/^[a-z2-9]{4}-[a-z2-9]{4}$/.test(code), `"${code}" is no code`);
  await shot(board, "board-1-code");
  const poc = await person(browser, looks);
  await poc.goto(`${origin}/join`);
  await poc.getByLabel(words("code.field")).fill("wrong");
  await button(poc, "code.next").click();
  await poc.locator(".wrong:not(:empty)").waitFor();
  await shot(poc, "poc-1-join");
  await poc.getByLabel(words("code.field")).fill(code.toUpperCase());
  await button(poc, "code.next").click();
  await poc.locator(".choices button").first().waitFor();
  await shot(poc, "poc-2-seats");
  const free = await poc.locator(".choices button").count();
  await poc.locator(".choices button").first().click();
  await poc.waitForURL(/[?&]as=/);
  await poc.locator("[data-name=before]").waitFor();
  await poc.locator("[data-name=sentences] summary").click();
  await shot(poc, "poc-3-before");

  const second = await person(browser, looks);
  await second.goto(`${origin}/join#${code}`);
  await second.locator(".choices button").first().waitFor();
  expect((await second.locator(".choices button").count()) === free - 1, "a taken seat is offered again");
  await second.context().close();
  await facilitator.reload();
  await facilitator.locator("[data-name=plan] dd").first().waitFor();
  return poc;
}

// What the scenario has ready in somebody's name comes with one choice.
async function answersAsPrepared(facilitator) {
  await button(facilitator.locator("[data-name=cell]"), "cell.answerAny").click();
  const dialog = facilitator.locator("dialog");
  await dialog.getByLabel(words("cell.as"), { exact: true }).selectOption("it-duty");
  const ready = dialog.getByLabel(words("cell.prepared"), { exact: true });
  const title = await ready.locator("option").nth(1).textContent();
  await ready.selectOption({ index: 1 });
  await dialog.locator(".said").first().waitFor();
  await shot(facilitator, "facilitator-4-prepared");
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "detached" });
  await facilitator.locator("[data-name=feed] .line", { hasText: title }).first().waitFor();
}

async function play(which) {
  looks = which;
  const program = await serve("scenarios/ransomware");
  words = await checkWords(program.origin, looks.language);
  const facilitator = await person(browser, looks);
  const board = await person(browser, looks);
  await joinBy(facilitator, program.link);
  await fits(facilitator);
  await isRefused(facilitator);
  await joinBy(board, await linkOf(facilitator, "board"));
  await board.locator(".code").waitFor();
  const poc = await joinsWithCode(program.origin, facilitator, board);
  await button(facilitator.locator(".quick"), "control.start").click();
  await button(facilitator, "control.pause").waitFor();
  await facilitator.locator("[data-name=plan]").waitFor({ state: "hidden" });
  await poc.locator("[data-name=before]").waitFor({ state: "hidden" });
  await shot(poc, "poc-4-started");
  await answersAsPrepared(facilitator);
  await program.stop();
  for (const page of [facilitator, board, poc]) await page.context().close();
}

browser = await launch();
for (const one of LOOKS) await play(one);
await browser.close();
finish();
