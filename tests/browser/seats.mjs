// The facilitator takes a seat back and closes the code; whoever sat there reads why, wherever they
// are.
import { check, checkWords, expect, finish, joinBy, launch, person, serve } from "./lib.mjs";

const LOOKS = [
  { name: "seats-ja-360", language: "ja", theme: "dark", width: 360, height: 740 },
  { name: "seats-en-1440", language: "en", theme: "light", width: 1440, height: 900 },
];

let browser, words, looks;

const button = (place, key) => place.getByRole("button", { name: words(key), exact: true });
const shot = (page, name) => check(page, `${looks.name}-${name}`);
const seatsOf = (page) => page.locator("[data-name=links]");
const rowOf = (page, at) => seatsOf(page).locator(".seat").nth(at);
const linksOf = (page) =>
  page.evaluate(async (query) => (await (await fetch(`/api/1/links${query}`)).json()).links, new URL(page.url()).search);

// With the keyboard alone: the button, the question, and the answer.
async function frees(facilitator, at) {
  await button(seatsOf(facilitator), "links.refresh").click();
  const free = rowOf(facilitator, at).locator("[data-focus=free]");
  await free.waitFor();
  await free.focus();
  await facilitator.keyboard.press("Enter");
  const dialog = facilitator.locator("dialog");
  await dialog.waitFor();
  return dialog;
}

async function isTold(page) {
  await page.locator(".plain").waitFor();
  const heading = await page.locator("h1").textContent();
  expect(heading === words("away.title"), `the page of a freed seat is called "${heading}"`);
  const sentence = await page.locator(".plain p").first().textContent();
  expect(/facilitator has freed|進行役がこの席の参加を解除/.test(sentence), `it says "${sentence}"`);
}

async function play(which) {
  looks = which;
  const program = await serve("scenarios/phone-tree");
  words = await checkWords(program.origin, looks.language);
  const facilitator = await person(browser, looks);
  const [poc, board, late] = [await person(browser, looks), await person(browser, looks), await person(browser, looks)];
  await joinBy(facilitator, program.link);
  const links = await linksOf(facilitator);
  const at = links.findIndex((one) => one.as === "poc");
  await joinBy(poc, links[at].link);
  await joinBy(board, links.find((one) => one.as === "board").link);
  await board.locator(".code").waitFor();
  const code = (await board.locator(".code").textContent()).trim();

  // Closed, everybody sees it, and opened again.
  await button(seatsOf(facilitator), "code.close").focus();
  await facilitator.keyboard.press("Enter");
  await button(seatsOf(facilitator), "code.reopen").waitFor();
  await facilitator.locator("[data-name=code] .closed").waitFor();
  await board.locator(".closed").waitFor();
  await shot(board, "board-closed");
  await shot(facilitator, "facilitator-1-closed");
  await late.goto(`${program.origin}/join#${code}`);
  await late.locator(".wrong:not(:empty)").waitFor();
  await shot(late, "late-closed");
  await button(seatsOf(facilitator), "code.reopen").click();
  await button(seatsOf(facilitator), "code.close").waitFor();
  await board.locator(".code").waitFor();

  // A slip is asked about and costs nothing.
  await button(facilitator.locator(".quick"), "control.start").click();
  await button(facilitator, "control.pause").waitFor();
  let dialog = await frees(facilitator, at);
  await button(dialog, "cancel").click();
  await dialog.waitFor({ state: "detached" });
  expect((await linksOf(facilitator))[at].joined === 1, "what was cancelled was done");
  dialog = await frees(facilitator, at);
  await shot(facilitator, "facilitator-2-asked");
  await facilitator.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await isTold(poc);
  await shot(poc, "poc-freed");
  const after = (await linksOf(facilitator))[at];
  expect(after.joined === 0 && after.link !== links[at].link, "there is no new link");
  await shot(facilitator, "facilitator-3-freed");
  await poc.reload();
  await isTold(poc);

  // The seat is somebody else's now.
  await joinBy(late, after.link);
  await late.locator("[data-name=inbox]").waitFor();
  await program.stop();
  for (const page of [facilitator, board, poc, late]) {
    expect(page.faults.length === 0, `faults: ${page.faults.join("; ")}`);
    await page.context().close();
  }
}

browser = await launch();
for (const one of LOOKS) await play(one);
await browser.close();
finish();
