// A lead looks at a record: every view in both languages and themes, on a phone and on a wide screen;
// keeps the plan with keys alone; and sees an item verified by an exercise that is played meanwhile.
// Names of roles, rules and items are hostile, and must do nothing.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, checkWords, expect, fail, finish, joinBy, launch, person } from "./lib.mjs";

const LOOKS = [
  { name: "ja-360-light", language: "ja", theme: "light", width: 360, height: 740 },
  { name: "en-1440-dark", language: "en", theme: "dark", width: 1440, height: 900 },
  { name: "en-360-dark", language: "en", theme: "dark", width: 360, height: 740 },
  { name: "ja-1440-light", language: "ja", theme: "light", width: 1440, height: 900 },
];
const VIEWS = ["skills", "causes", "plan", "readiness", "exercises"];
const EVIL = "</script><img src=x onerror=pwn()><b id=evil>";
const RULE = "escalate-at-once"; // missed when they are slow, met when they are good

const source = process.env.TOCSIN_SOURCE;
const work = mkdtempSync(join(tmpdir(), "tocsin-lead-"));
const db = join(work, "drills.db");
const tocsin = (...args) =>
  execFileSync(process.env.TOCSIN, [...args, "--db", db], { cwd: source, stdio: ["ignore", "pipe", "pipe"] }).toString();

// ---- a record ----

// A house whose names would do something on a page that took them for markup.
function makeHouse() {
  for (const folder of ["roles", "scoring", "scenarios"]) cpSync(join(source, folder), join(work, folder), { recursive: true });
  const spoil = (path, from, to) => {
    const text = readFileSync(join(work, path), "utf8");
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
    writeFileSync(join(work, path), text.replace(from, to));
  };
  spoil("roles/catalogue.yaml", 'en: "Commander"', `en: ${JSON.stringify(`Commander ${EVIL}`)}`);
  spoil("roles/organisations/default.yaml", 'en: "Public relations"', `en: ${JSON.stringify(`PR ${EVIL}`)}`);
  spoil(
    "scenarios/phone-tree/rules.yaml",
    "en: The stolen password was escalated to the commander within 3 minutes.",
    `en: ${JSON.stringify(`Escalated ${EVIL}`)}`,
  );
}

const play = (inputs) => tocsin("play", join(work, "scenarios/phone-tree"), "--home", work, "--inputs", inputs);
const golden = (name) => join(source, `tests/story/phone-tree/${name}.jsonl`);

// Three exercises with causes, so that there are gaps of skill and one of procedure; a fourth goes on.
function makeRecord() {
  makeHouse();
  play(golden("slow"));
  const findings = JSON.parse(tocsin("score", "--json")).findings.filter((one) => one.verdict === "violated");
  const causes = findings.map((one, i) =>
    JSON.stringify({
      at: "2h", actor: "evaluator", do: "cause", finding: one.name,
      cause: i === 0 || one.name.startsWith(RULE) ? "procedure" : "skill",
    }),
  );
  const caused = join(work, "caused.jsonl");
  writeFileSync(caused, [readFileSync(golden("slow"), "utf8").trimEnd(), ...causes].join("\n"));
  play(caused);
  play(caused);
  const begun = join(work, "begun.jsonl");
  writeFileSync(begun, readFileSync(golden("slow"), "utf8").split("\n").filter((line) => !line.includes('"end"')).slice(0, 6).join("\n"));
  play(begun);
}

// ---- the program ----

async function serveLead(port = 0) {
  const program = spawn(process.env.TOCSIN, ["lead", "--db", db, "--home", work, "--listen", `127.0.0.1:${port}`], { cwd: source });
  process.on("exit", () => program.kill("SIGKILL"));
  let said = "";
  program.stderr.on("data", (bytes) => fail(`the program complains: ${bytes}`));
  const link = await new Promise((found, failed) => {
    program.stdout.on("data", (bytes) => {
      said += bytes;
      const match = said.match(/http:\/\/\S+\/join#[0-9a-f]+/);
      if (match) found(match[0]);
    });
    program.on("exit", (code) => failed(new Error(`the program ended with ${code}: ${said}`)));
  });
  return {
    link,
    origin: new URL(link).origin,
    stop: () =>
      new Promise((done) => {
        program.removeAllListeners("exit");
        program.on("exit", (code) => done(expect(code === 0, `the program ended with ${code}`)));
        program.kill("SIGTERM");
      }),
  };
}

// ---- looking ----

let browser, cookies, address;

async function open(program, looks) {
  const page = await person(browser, looks);
  await page.addInitScript(() => {
    window.pwned = 0;
    window.pwn = () => window.pwned++;
  });
  if (cookies) {
    await page.context().addCookies(cookies);
    await page.goto(address);
  } else {
    await joinBy(page, program.link);
    cookies = await page.context().cookies();
    address = page.url().replace(/#.*/, "");
    expect(new URL(address).pathname === "/lead", `a lead's link leads to ${address}`);
  }
  await settled(page);
  return page;
}

const settled = (page) => page.locator(".lead:not([aria-busy]) > section").first().waitFor();

async function go(page, view) {
  await page.locator(`.views [data-view=${view}]`).click();
  await page.locator(`.views [data-view=${view}][aria-pressed=true]`).waitFor();
  await settled(page);
}

// A record of years: the newest ten, and the others on demand.
async function foldsWhatIsOld(page, words) {
  await page.route("**/api/1/exercises?*", async (route) => {
    const answer = await route.fetch();
    const [one] = await answer.json();
    const many = Array.from({ length: 70 }, (_, i) => ({ ...one, exercise: `x-${i}`, tables: [{ ...one.tables[0], table: `x-${i}` }] }));
    await route.fulfill({ json: [...many, { ...one, organisation: "another" }] });
  });
  await go(page, "exercises");
  const shown = page.locator(".exercises tbody tr:visible");
  expect((await shown.count()) === 10, `${await shown.count()} rows are shown of 71`);
  await page.locator(".more").click();
  expect((await shown.count()) === 60, `${await shown.count()} rows are shown after one press`);
  expect(await page.locator(".exercises tbody tr").nth(10).evaluate((one) => one === document.activeElement), "the focus is not on the first new row");
  await page.locator(".team select").selectOption("another");
  await page.locator(".more").waitFor({ state: "hidden" });
  await settled(page);
  expect((await shown.count()) === 1, "another organisation's exercises are listed");
  await page.locator(".team select").selectOption("");
  await page.unroute("**/api/1/exercises?*");
  await go(page, "skills");
}

async function unharmed(page, where) {
  expect((await page.evaluate(() => window.pwned)) === 0, `${where}: a name was run`);
  expect((await page.locator("#evil, main img").count()) === 0, `${where}: a name became markup`);
}

async function looksAtEverything(page, looks) {
  for (const view of VIEWS) {
    await go(page, view);
    await check(page, `lead-${view}-${looks.name}`);
    await unharmed(page, `${view} ${looks.name}`);
  }
}

async function readsTheSkills(page, words) {
  await go(page, "skills");
  const cells = page.locator(".matrix .cell");
  expect((await cells.count()) > 5, "the matrix has hardly a cell");
  const few = cells.filter({ hasText: words("word.insufficient-evidence") });
  expect((await few.locator(".interval").count()) === 0, "insufficient evidence has a bar");
  const gap = page.locator(".gapcard.is-gap").first();
  expect((await gap.locator(".interval").count()) === 1, "a gap has no interval");
  await gap.locator("summary").first().click();
  expect(/retest 'phone-tree-\d'|retest phone-tree-\d --rule [a-z-]+ --db /.test(await gap.innerText()), "a gap has no command for a retest");
  const closer = gap.locator("button[data-focus]");
  await closer.focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog .curve .dots").first().waitFor();
  await check(page, `lead-closer-${page.name}`);
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  expect(await closer.evaluate((one) => one === document.activeElement), "the focus is lost behind a dialog");
}

async function nothingOfARunningOne(page, program) {
  await go(page, "exercises");
  const rows = page.locator(".exercises tbody tr");
  expect((await rows.count()) === 4, `${await rows.count()} exercises are listed`);
  expect((await rows.first().locator("a").count()) === 0, "a running exercise has a report");
  const query = new URL(address).search;
  for (const [path, status] of [
    ["exercises/report", 409], ["plan/proposals", 409], ["setting", 403], ["report", 403], ["links", 403],
  ]) {
    const answer = await page.request.get(`${program.origin}/api/1/${path}${query}&exercise=phone-tree-4&format=html`);
    expect(answer.status() === status, `${path} of a running exercise is answered ${answer.status()}`);
  }
  const report = await page.request.get(new URL(await rows.nth(1).locator("a").first().getAttribute("href"), program.origin).href);
  expect(report.ok() && (await report.text()).includes("EXERCISE"), "a report does not come");
}

// ---- the plan ----

const item = (page, number) => page.locator(`.plan [data-item="${number}"]`);
const inDialog = (page, name) => page.locator(`dialog #item-${name}`);

async function said(page, words) {
  await page.locator(".said", { hasText: words }).waitFor();
}

async function takesAProposal(page, words) {
  await go(page, "plan");
  await page.locator("[data-name=proposals] select").selectOption("phone-tree-2");
  const card = page.locator("[data-name=proposals] .gapcard", { hasText: words("cause.procedure") }).filter({ hasText: /Escalated|コマンダー/ }).first();
  await card.getByRole("button").click();
  await said(page, words("lead.plan.added").replace("{item}", "1"));
  await item(page, 1).waitFor();
  expect((await card.locator("h3").innerText()).startsWith(words("lead.missedTitle").split("{")[0]), "a miss is headed by success");
  await unharmed(page, "a proposal");
}

async function edits(page, words) {
  await item(page, 1).getByRole("button", { name: words("lead.plan.edit.of").replace("{item}", "1") }).click();
  await inDialog(page, "owner").fill("Sato Hanako");
  await inDialog(page, "name").fill(`Sato ${EVIL}`);
  await inDialog(page, "document").fill(`Manual 4.2 ${EVIL}`);
  await inDialog(page, "due").fill("2026-01-31");
  await page.keyboard.press("Enter");
  await page.locator("#wrong-owner span").waitFor();
  expect((await inDialog(page, "owner").getAttribute("aria-invalid")) === "true", "what is wrong is not marked");
  await check(page, `lead-wrong-${page.name}`);
  await inDialog(page, "owner").fill("sato");
  await page.keyboard.press("Enter");
  await said(page, words("lead.plan.saved").replace("{item}", "1"));
  await item(page, 1).getByText("Manual 4.2").waitFor();
  await item(page, 1).getByText(/^P-[0-9a-f]{6}$/).waitFor();
  expect(!(await item(page, 1).innerText()).includes("Sato"), "a name is shown that nobody asked for");
  await item(page, 1).locator(".overdue").waitFor();
  await page.locator(".names input").check();
  await item(page, 1).getByText("Sato").waitFor();
  await unharmed(page, "an item");
  await page.locator(".names input").uncheck();
  await item(page, 1).getByText(/^P-[0-9a-f]{6}$/).waitFor();
}

async function takesItBack(page, words) {
  const missed = words("lead.missedTitle").split("{")[0]; // it was taken on a page in English
  expect((await item(page, 1).innerText()).includes(missed), "what was proposed stays in the language of whoever took it");
  await item(page, 1).getByRole("button", { name: words("lead.plan.edit.of").replace("{item}", "1") }).click();
  await inDialog(page, "action").fill("Something rash");
  await inDialog(page, "action").press("Tab");
  await page.locator("dialog [type=submit]").click();
  await item(page, 1).getByText("Something rash").waitFor();
  await page.locator(".said .undo").click();
  await said(page, words("lead.plan.undone").replace("{item}", "1"));
  await item(page, 1).getByText("Something rash").waitFor({ state: "detached" });
  await item(page, 1).getByRole("button", { name: words("lead.plan.history.of").replace("{item}", "1") }).click();
  await page.locator("dialog .history").getByText("Something rash").waitFor();
  expect((await page.locator("dialog .history > li").count()) === 4, "the history is not whole");
  await check(page, `lead-history-${page.name}`);
  await page.keyboard.press("Escape");
}

// With keys alone: from the button to the form and back.
async function addsOneByHand(page, words) {
  await page.locator("[data-focus=add]").focus();
  await page.keyboard.press("Enter");
  await page.locator("dialog[open]").waitFor();
  await page.locator("dialog [type=submit]").click(); // nothing stands there yet
  await page.locator("dialog .wrong span, dialog > form > .wrong:not(:empty)").first().waitFor();
  await inDialog(page, "action").focus();
  await page.keyboard.type(EVIL);
  await inDialog(page, "organisation").focus();
  await page.keyboard.type(EVIL);
  await page.keyboard.press("Enter");
  await said(page, words("lead.plan.added").replace("{item}", "2"));
  await item(page, 2).waitFor();
  await unharmed(page, "an item by hand");
}

const edit = (page, number, words) =>
  item(page, number).getByRole("button", { name: words("lead.plan.edit.of").replace("{item}", String(number)) }).click();

// Both have the item open; the second to save sees what the first has written, and loses nothing.
async function twoAtOnce(first, wordsOfFirst, second, wordsOfSecond) {
  await go(first, "plan");
  await edit(first, 2, wordsOfFirst);
  await edit(second, 2, wordsOfSecond);
  await inDialog(first, "note").fill("A91");
  await inDialog(first, "document").fill("Theirs 9.1");
  await first.locator("dialog [type=submit]").click();
  await first.locator("dialog").waitFor({ state: "detached" });
  await inDialog(second, "note").fill("B91");
  await second.locator("dialog [type=submit]").click();
  await second.locator("dialog .meanwhile", { hasText: "A91" }).waitFor();
  expect((await inDialog(second, "note").inputValue()) === "B91", "what was typed is lost");
  expect((await inDialog(second, "document").inputValue()) === "Theirs 9.1", "what was not typed is not theirs");
  expect((await item(second, 2).innerText()).includes("A91"), "B91 was written over A91 without a word");
  await check(second, `lead-meanwhile-${second.name}`);
  await second.locator("dialog [type=submit]").click();
  await second.locator("dialog").waitFor({ state: "detached" });
  await item(second, 2).getByText("B91").waitFor();
  await item(second, 2).getByText("Theirs 9.1").waitFor();
}

async function asksBeforeItDiscards(page, words) {
  await edit(page, 2, words);
  await inDialog(page, "note").fill("Hardly begun");
  await page.keyboard.press("Escape");
  await page.locator("dialog .discard").waitFor();
  await check(page, `lead-discard-${page.name}`);
  await page.locator("dialog .discard").getByRole("button", { name: words("lead.item.discard") }).click();
  await page.locator("dialog").waitFor({ state: "detached" });
  expect((await page.locator(".drafts p").count()) === 0, "what was discarded is offered again");
  await edit(page, 2, words);
  expect((await inDialog(page, "note").inputValue()) === "B91", "what was discarded is there again");
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
}

// The program is stopped and started again under somebody who writes.
async function outlivesARestart(page, words, program) {
  await go(page, "skills");
  await go(page, "plan");
  await edit(page, 2, words);
  await inDialog(page, "note").fill("Begun before");
  const owner = inDialog(page, "name");
  await owner.fill("Kato Jiro");
  await program.stop();
  const again = await serveLead(new URL(program.origin).port);
  await owner.fill("");
  await page.locator("dialog [type=submit]").click();
  await page.locator("dialog > form > .wrong", { hasText: words("lead.restarted") }).waitFor();
  expect(!(await page.evaluate(() => JSON.stringify(localStorage))).includes("Kato"), "a name is kept in the browser");
  await joinBy(page, again.link);
  await settled(page);
  address = page.url().replace(/#.*/, "");
  await go(page, "plan");
  await page.locator(".drafts button").first().click();
  expect((await inDialog(page, "note").inputValue()) === "Begun before", "the draft is lost");
  await page.locator("dialog [type=submit]").click();
  await item(page, 2).getByText("Begun before").waitFor();
  expect((await page.locator(".drafts p").count()) === 0, "a draft that was saved is offered again");
  return again;
}

async function marksItDone(page, words) {
  await item(page, 1).getByRole("button", { name: words("lead.plan.done.of").replace("{item}", "1") }).click();
  expect((await inDialog(page, "status").locator("option").allTextContents()).length === 4, "verified can be chosen");
  await inDialog(page, "evidence").fill("Minutes of 15 December");
  await page.locator("dialog [type=submit]").click();
  await item(page, 1).locator(".status-done").waitFor();
  const forged = await page.request.post(`${new URL(address).origin}/api/1/plan${new URL(address).search}`, {
    data: '{"changes":1,"item":1,"set":{"status":"verified"}}',
    headers: { "Content-Type": "application/json" },
  });
  expect(forged.status() === 422 && (await forged.json()).field === "status", "verified was set by hand");
}

// Another process plays; the page shows it when the view is opened again.
async function aLaterExerciseVerifies(page, words) {
  play(golden("good"));
  await go(page, "skills");
  await go(page, "plan");
  await item(page, 1).locator(".status-verified").waitFor();
  await item(page, 1).getByText("phone-tree-5").waitFor();
  await item(page, 1).getByText(words("lead.plan.fromFile")).waitFor();
  await check(page, `lead-verified-${page.name}`);
}

async function downloads(page) {
  for (const [format, begin] of [["csv", "\ufeff"], ["ics", "BEGIN:VCALENDAR"]]) {
    const href = await page.locator(`.row a[href*="format=${format}"]`).getAttribute("href");
    const answer = await page.request.get(new URL(href, address).href);
    expect((await answer.text()).startsWith(begin), `the plan as ${format} does not come`);
  }
  await go(page, "exercises");
  const pack = await page.locator("[data-name=evidence] a").first().getAttribute("href");
  const answer = await page.request.get(new URL(pack, address).href);
  expect((await answer.text()).includes("【訓練】"), "the evidence pack does not come");
}

makeRecord();
browser = await launch();
let program = await serveLead();
try {
  const words = { ja: await checkWords(program.origin, "ja"), en: await checkWords(program.origin, "en") };
  const pages = [];
  for (const looks of LOOKS) {
    const page = await open(program, looks);
    page.name = looks.name;
    await looksAtEverything(page, looks);
    await readsTheSkills(page, words[looks.language]);
    pages.push([page, words[looks.language]]);
  }
  await foldsWhatIsOld(pages[3][0], pages[3][1]);
  const [phone, wordsOfPhone] = pages[0];
  const [wide, wordsOfWide] = pages[1];
  await nothingOfARunningOne(wide, program);
  await takesAProposal(wide, wordsOfWide);
  await edits(wide, wordsOfWide);
  await go(phone, "plan");
  await takesItBack(phone, wordsOfPhone);
  await addsOneByHand(phone, wordsOfPhone);
  await twoAtOnce(wide, wordsOfWide, phone, wordsOfPhone);
  await asksBeforeItDiscards(phone, wordsOfPhone);
  await marksItDone(phone, wordsOfPhone);
  await phone.context().close();
  program = await outlivesARestart(wide, wordsOfWide, program);
  await aLaterExerciseVerifies(wide, wordsOfWide);
  await downloads(wide);
  for (const [page] of pages.slice(1)) await page.context().close();
  await program.stop();
} finally {
  await browser.close();
  rmSync(work, { recursive: true, force: true });
}
finish();
