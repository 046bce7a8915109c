// A discussion on one screen: a facilitator and a scribe play the first phase of the flagship in
// Japanese and the whole phone tree in English, with the keys, from STARTEX on. Then the record must
// say who decided what and who was told, under the seats whose deeds these were; that of the phone
// tree is, but for wall times, the one that `tocsin play` makes of whole/phone-tree.discuss.jsonl.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, checkWords, expect, fail, finish, joinBy, launch, person, serve } from "./lib.mjs";
import { compareRecords, playGolden, readRecord } from "./record.mjs";

const JAPANESE = {
  facilitator: { language: "ja", theme: "light", width: 1440, height: 900 },
  scribe: { language: "ja", theme: "dark", width: 360, height: 740 },
  board: { language: "ja", theme: "light", width: 1920, height: 1080 },
};
const ENGLISH = {
  facilitator: { language: "en", theme: "dark", width: 1440, height: 900 },
  evaluator: { language: "en", theme: "light", width: 360, height: 740 },
};

let browser, words;

const button = (place, key) => place.getByRole("button", { name: words(key) });
const dialog = (page) => page.locator("dialog");
const stage = (page) => page.locator("[data-name=stage]");
const newest = (page) => stage(page).locator(".arrivals .newest h3");
const records = (page) => page.locator("[data-name=record] .line");

// A time with seconds, anywhere but in what somebody in the story says or sends.
async function noSeconds(page, name) {
  const found = await page.evaluate(() => {
    const copy = document.body.cloneNode(true);
    for (const one of copy.querySelectorAll(".prose, .tick, .said, .told, script")) one.remove();
    return (copy.textContent.match(/\d\d:\d\d:\d\d/) || [])[0];
  });
  if (found) fail(`${name}: a time with seconds: ${found}`);
}

async function look(page, name) {
  await check(page, `discuss-${name}`);
  await noSeconds(page, name);
}

// Whatever is on the page, shown or not behind a fold, but not hidden from the room.
const shown = (page) => page.evaluate(() => document.body.innerText);

// The pages allow no code that is not their own, so that the waiting is done here.
async function until(what, sentence) {
  for (let i = 0; i < 200; i++) {
    if (await what()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  fail(sentence);
}

async function goOn(page) {
  const items = stage(page).locator(".arrivals > li");
  await page.locator(".quick .primary:not([aria-busy])").waitFor();
  const before = await items.count();
  await page.keyboard.press("ArrowRight");
  const closeGap = button(page.locator(".quick"), "discuss.closeGap");
  await until(
    async () => (await items.count()) > before || (await closeGap.isVisible()),
    "going on brings nothing",
  );
}

async function comesTo(page, title) {
  await newest(page).filter({ hasText: title }).first().waitFor();
}

// One line, by keys; what is picked by value is what a hand would pick. Gives how long it took.
async function takeDown(page, key, fill) {
  const before = await records(page).count();
  await page.keyboard.press(key);
  await dialog(page).waitFor();
  await fill(dialog(page));
  await page.keyboard.press("Enter");
  await dialog(page).waitFor({ state: "detached" });
  await until(async () => (await records(page).count()) > before, `"${key}" takes nothing down`);
}

const choose = (place, key, value) =>
  place.getByLabel(words(key), { exact: true }).selectOption(value);
const write = (place, key, text) => place.getByLabel(words(key), { exact: true }).fill(text);
const tick = (place, value) => place.locator(`input[type=checkbox][value="${value}"]`).check();

async function joinAs(program, facilitator, as, looks) {
  const links = facilitator.locator(".links");
  await links.evaluate((one) => one.setAttribute("open", ""));
  const named = links.locator(".seat").filter({ hasText: words(as) }).locator("input");
  await button(links, "links.refresh").click();
  const page = await person(browser, looks);
  await joinBy(page, await named.inputValue());
  await links.evaluate((one) => one.removeAttribute("open"));
  return page;
}

async function begin(scenario, looks) {
  const program = await serve(scenario, { mode: "discuss" });
  words = await checkWords(program.origin, looks.facilitator.language);
  const facilitator = await person(browser, looks.facilitator);
  await joinBy(facilitator, program.link);
  await stage(facilitator).waitFor();
  return { program, facilitator };
}

async function turnView(page, to) {
  await page.keyboard.press("v");
  await page.locator(`body[data-view=${to}]`).waitFor();
}

// The record as a reader has it: one event a line.
async function end(program, page) {
  await page.locator(".quick").getByRole("button", { name: words("control.end") }).click();
  await dialog(page).locator("button[type=submit]").click();
  await stage(page).getByText(words("stage.ended")).waitFor();
  const first = await page.locator("main > :first-child").getAttribute("class");
  expect(first === "side after", `after the end the page begins with ${first}, not with the findings`);
  await look(page, `${words("stage.title") === "Situation" ? "en" : "ja"}-9-ended`);
  await program.stop(true);
  const record = readRecord(program.folder);
  rmSync(program.folder, { recursive: true, force: true });
  return record;
}

// That of the same inputs, played without a browser.
function isTheGoldenRecord(record) {
  const file = new URL("whole/phone-tree.discuss.jsonl", import.meta.url).pathname;
  const lines = readFileSync(file, "utf8").trim().split("\n").map(JSON.parse);
  const folder = mkdtempSync(join(tmpdir(), "tocsin-golden-"));
  const golden = playGolden(folder, "scenarios/phone-tree", file, "discuss");
  rmSync(folder, { recursive: true, force: true });
  const ids = lines.map((line) => line.id).filter(Boolean);
  compareRecords("discuss-en", record, golden, ids);
}

function has(record, what, actor, kind, body) {
  const found = record.events.map(JSON.parse).some(
    (event) =>
      event.actor === actor &&
      event.kind === kind &&
      Object.entries(body).every(([key, value]) =>
        Array.isArray(value)
          ? value.every((one) => (event.body[key] || []).includes(one))
          : event.body[key] === value,
      ),
  );
  expect(found, `the record does not say that ${what}`);
}

// ---- the flagship's night, in Japanese ----

async function theNight() {
  const { program, facilitator } = await begin("scenarios/ransomware", JAPANESE);
  await look(facilitator, "ja-0-ready");
  await turnView(facilitator, "facilitator");
  const scribe = await joinAs(program, facilitator, "facilitator", JAPANESE.scribe);
  const board = await joinAs(program, facilitator, "board", JAPANESE.board);
  await turnView(facilitator, "room");

  await button(facilitator, "discuss.start").click();
  await comesTo(facilitator, "皆さんの状況");
  await goOn(facilitator);
  await comesTo(facilitator, "管理当直師長からの電話");

  // What is hoped for is nowhere while the room looks, nor on its screen.
  const hoped = "コマンダーとハンドラーに上げる";
  expect(!(await shown(facilitator)).includes(hoped), "the room reads what it should do");
  await turnView(facilitator, "facilitator");
  await facilitator.locator("[data-name=talk]").getByText(hoped).waitFor();
  await look(facilitator, "ja-1-facilitator");
  await button(facilitator.locator("[data-name=talk]"), "desk.seen").first().click();
  await facilitator.locator("[data-name=talk] .done").waitFor();
  await turnView(facilitator, "room");
  await stage(board).getByText("管理当直の森田です", { exact: false }).waitFor();
  expect(!(await board.content()).includes(hoped), "the board is told what the room should do");
  await look(board, "ja-2-board");
  await stage(board).locator(".learned button").first().click();
  const drawn = await dialog(board).locator("img").evaluate(async (image) => {
    await image.decode();
    return image.naturalWidth;
  });
  expect(drawn > 0, "the board may not show what came with the call");
  await board.keyboard.press("Escape");

  // Told in time, the supervisor need not call again.
  await takeDown(scribe, "t", async (form) => {
    await choose(form, "scribe.who", "poc");
    await tick(form, "commander");
    await tick(form, "printers-notes");
    expect(
      (await form.getByLabel(words("scribe.way"), { exact: true }).inputValue()) === "escalation",
      "telling the commander is an escalation",
    );
    await look(scribe, "ja-3-told");
    await write(form, "scribe.words", "病棟の印刷の件、対応をお願いします");
  });
  await goOn(facilitator);
  await comesTo(facilitator, "運用当直からの電話");
  await facilitator.locator(".openquestions").getByText("サーバー室の人手は一人です").waitFor();
  await takeDown(scribe, "d", async (form) => {
    const what = form.getByLabel(words("scribe.what"), { exact: true });
    expect((await what.inputValue()) === "", "an answer is chosen before anybody has decided");
    await choose(form, "scribe.what", "containment-order backup-first");
    // It is not legal's to decide: that is said, and its owner is one press away.
    await choose(form, "scribe.who", "legal");
    await form.locator(".remark:not([hidden])").waitFor();
    await look(scribe, "ja-4-not-theirs");
    await form.locator(".remark button").click();
    expect(
      (await form.getByLabel(words("scribe.who"), { exact: true }).inputValue()) === "handler",
      "the decision is not offered to its owner",
    );
    await look(scribe, "ja-4-decided");
    await write(form, "scribe.why", "取り返しがつかないから");
  });
  await takeDown(scribe, "a", async (form) => {
    await choose(form, "scribe.hands", "it-duty");
    await choose(form, "act.action", "cut-backup-link");
    await write(form, "scribe.why", "今すぐ抜いてください");
  });
  await stage(facilitator).locator(".chosen").waitFor();
  await look(scribe, "ja-5-record");
  await theRestOfTheNight(facilitator, scribe);

  const record = await end(program, facilitator);
  has(record, "the PoC escalated", "poc", "messaged", {
    type: "escalation",
    to: ["commander"],
    facts: ["printers-notes"],
  });
  has(record, "the commander knows it from the PoC", "commander", "learned", {
    fact: "printers-notes",
    source: "message",
  });
  has(record, "the handler decided", "handler", "decided", {
    question: "containment-order",
    option: "backup-first",
  });
  has(record, "the handler gave the order", "handler", "messaged", {
    type: "order",
    to: ["it-duty"],
    action: "cut-backup-link",
  });
  has(record, "the operator did it", "it-duty", "acted", { action: "cut-backup-link" });
  const titles = record.events
    .map(JSON.parse)
    .filter((one) => one.kind === "delivered")
    .map((one) => one.body.inject);
  expect(!titles.includes("printers-again"), "the contingency came although it was averted");
  expect(titles.includes("backup-cut"), "the story did not answer the deed");
  for (const page of [facilitator, scribe, board]) await page.context().close();
}

// On to the gap, over whatever is left undecided, and into the morning.
async function theRestOfTheNight(facilitator, scribe) {
  const closeGap = button(facilitator.locator(".quick"), "discuss.closeGap");
  for (let i = 0; i < 40 && !(await closeGap.isVisible()); i++) await goOn(facilitator);
  await stage(facilitator).getByText(words("stage.gap")).waitFor();
  await look(facilitator, "ja-6-gap");
  await takeDown(scribe, "n", async (form) => {
    await write(form, "scribe.words", "夜勤から日勤へ引き継ぐ");
    await choose(form, "scribe.who", "commander");
  });
  await closeGap.click();
  await stage(facilitator).locator("h2").getByText("翌朝").waitFor();
  await goOn(facilitator);
  await look(facilitator, "ja-7-morning");
  await facilitator.keyboard.press("p");
  await look(facilitator, "ja-8-phase");
  await dialog(facilitator).locator("input[type=checkbox]").first().uncheck();
  await dialog(facilitator).locator("button[type=submit]").click();
  await stage(facilitator).locator("h2").getByText("4日目").waitFor();
  await goOn(facilitator);
  await comesTo(facilitator, "12通の紹介状と残り時間");
}

// ---- the phone tree, in English ----

// A program that ends and begins again finds the room where it was: nothing ran, so nothing is paused.
async function theProgramBeginsAnew(program, facilitator) {
  await program.stop(true);
  const again = await serve(null, {
    resume: "phone-tree-1",
    folder: program.folder,
    port: program.port,
  });
  await facilitator.reload();
  await stage(facilitator).waitFor();
  await comesTo(facilitator, "A call from the shipping desk");
  expect((await records(facilitator).count()) === 2, "what was taken down is lost");
  return again;
}

async function thePhoneTree() {
  const begun = await begin("scenarios/phone-tree", ENGLISH);
  const { facilitator } = begun;
  let { program } = begun;
  await turnView(facilitator, "facilitator");
  const evaluator = await joinAs(program, facilitator, "evaluator", ENGLISH.evaluator);
  await turnView(facilitator, "room");
  await button(facilitator, "discuss.start").click();
  await comesTo(facilitator, "how this drill works");
  await goOn(facilitator);
  await comesTo(facilitator, "A call from the shipping desk");
  // The contact list, which this drill is about, is one press away on the wall as well.
  const reference = facilitator.locator("[data-name=reference]");
  await reference.locator("summary").first().click();
  expect((await reference.locator(".contact:visible").count()) > 3, "the contact list is on no view");
  const card = reference.locator("details details").first();
  await reference.locator("> details > summary").last().click();
  await card.locator("summary").click();
  expect(!(await card.innerText()).includes("#"), "a role card shows its raw signs");
  expect((await card.locator(".prose p:visible").count()) > 0, "a role card is not drawn");
  await look(facilitator, "en-1-room");
  await takeDown(facilitator, "t", async (form) => {
    await choose(form, "scribe.who", "poc");
    await tick(form, "room");
    await tick(form, "password-entered");
  });
  await takeDown(facilitator, "t", async (form) => {
    await choose(form, "scribe.who", "poc");
    await tick(form, "it-duty");
    await tick(form, "password-entered");
  });
  program = await theProgramBeginsAnew(program, facilitator);
  await goOn(facilitator); // nobody has escalated: the desk calls again, or operations call back
  await takeDown(facilitator, "d", async (form) => {
    await choose(form, "scribe.what", "own");
    await write(form, "scribe.decision", "We lock the account");
    await write(form, "scribe.why", "it is shared");
  });
  await facilitator.keyboard.press("u");
  await takeDown(facilitator, "t", async (form) => {
    await choose(form, "scribe.who", "poc");
    await tick(form, "vendor");
    await write(form, "scribe.words", "We call your night line");
  });
  await theCallIsNotAnswered(facilitator);
  await theEvaluatorTakesDown(evaluator);
  await theListIsCorrected(facilitator);
  const record = await end(program, facilitator);
  has(record, "the PoC told the room", "poc", "said", { to: ["room"], facts: ["password-entered"] });
  has(record, "legal heard it", "legal", "learned", { fact: "password-entered", source: "said" });
  has(record, "operations were called", "poc", "messaged", { type: "report", to: ["it-duty"] });
  has(record, "operations were reached", "it-duty", "reached", {});
  has(record, "the room decided in its own words", "poc", "noted", {});
  has(record, "that was taken back", "facilitator", "annulled", {});
  has(record, "the PoC decided about the list", "poc", "decided", {
    question: "first-correction",
    option: "what-failed",
  });
  has(record, "an evaluator's line stands under the seat", "handler", "said", { to: ["room"] });
  isTheGoldenRecord(record);
  for (const page of [facilitator, evaluator]) await page.context().close();
}

// The vendor's dead line says so when the room goes on.
async function theCallIsNotAnswered(facilitator) {
  const announcement = stage(facilitator).getByText("The vendor's night line");
  for (let i = 0; i < 6 && (await announcement.count()) === 0; i++) await goOn(facilitator);
  await announcement.first().waitFor();
  await stage(facilitator).locator(".news").first().waitFor();
}

async function theEvaluatorTakesDown(evaluator) {
  expect((await evaluator.locator(".quick").count()) === 0, "an evaluator steers");
  await takeDown(evaluator, "t", async (form) => {
    await choose(form, "scribe.who", "handler");
    await tick(form, "room");
    await write(form, "scribe.words", "I look at the mail log");
  });
  await turnView(evaluator, "facilitator");
  await look(evaluator, "en-3-evaluator");
}

async function theListIsCorrected(facilitator) {
  const question = stage(facilitator).getByText("Corrections to the contact list");
  for (let i = 0; i < 12 && (await question.count()) === 0; i++) await goOn(facilitator);
  await takeDown(facilitator, "d", async (form) => {
    await choose(form, "scribe.what", "first-correction what-failed");
    await write(form, "scribe.why", "We dialled a dead line");
  });
  await facilitator.locator(".quick .primary:not([aria-busy])").waitFor();
  await facilitator.keyboard.press("ArrowRight");
  await facilitator.getByText(words("discuss.nothing")).waitFor();
  // Without the keys a letter does nothing.
  await facilitator.locator("[data-name=scribe] input[type=checkbox]").uncheck();
  await facilitator.keyboard.press("n");
  await facilitator.waitForTimeout(150);
  expect((await dialog(facilitator).count()) === 0, "keys that are switched off do something");
  await turnByButton(facilitator);
}

// Since the keys are off.
async function turnByButton(facilitator) {
  await facilitator.locator("button.view").click();
  await facilitator.locator("body[data-view=facilitator]").waitFor();
  await look(facilitator, "en-4-facilitator");
}

browser = await launch();
await theNight();
await thePhoneTree();
await browser.close();
finish();
