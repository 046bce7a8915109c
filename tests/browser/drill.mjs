// The start of the phone tree as two people play it: a facilitator and the PoC, in Japanese on a
// narrow phone and in English on a wide screen, light and dark.
import { check, expect, finish, join_ as join, launch, person, serve } from "./lib.mjs";

const LOOKS = [
  { name: "ja-360-light", language: "ja", theme: "light", width: 360, height: 740 },
  { name: "en-1440-dark", language: "en", theme: "dark", width: 1440, height: 900 },
];
const WORDS = {
  ja: { start: "開始（STARTEX）", escalate: "エスカレーション", send: "送る", open: "未開封", pause: "一時停止", paused: "一時停止中", inbox: "受信", known: "把握", log: "記録", contacts: "連絡先", ack: "受領を伝える", acked: "受領済み", note: "メモ", other: "English", reconnecting: "再接続中", away: "席がありません" },
  en: { start: "Start (STARTEX)", escalate: "Escalate", send: "Send", open: "not opened", pause: "Pause", paused: "Paused", inbox: "Inbox", known: "Known", log: "Log", contacts: "Contacts", ack: "Acknowledge", acked: "Acknowledged", note: "Note", other: "日本語", reconnecting: "Reconnecting", away: "no seat here" },
};

const button = (place, name) => place.getByRole("button", { name, exact: true });

async function tab(page, looks, name) {
  if (looks.width < 800) await button(page.locator("nav.tabs"), name).click();
}

async function play(browser, looks) {
  const words = WORDS[looks.language];
  const program = await serve("scenarios/phone-tree");
  const facilitator = await person(browser, looks);
  const poc = await person(browser, looks);
  const at = (who, what) => `${looks.name}-${who}-${what}`;

  await join(facilitator, program.link);
  const seatLink = await facilitator.locator(".seat input").first().inputValue();
  await check(facilitator, at("facilitator", "1-ready"));

  // Somebody's program looks at the link first: that must not use it up.
  expect((await fetch(seatLink)).ok, "a preview of the link fails");
  await poc.goto(seatLink);
  await check(poc, at("poc", "0-join"));
  await join(poc, seatLink);
  await check(poc, at("poc", "1-ready"));
  const late = await person(browser, looks);
  await late.goto(seatLink);
  await late.locator("main button.primary").click();
  await late.locator("main .wrong span").waitFor();
  expect(late.url().includes("/join"), "a used link lets a second browser in");
  await late.context().close();

  await button(facilitator, words.start).click();
  await program.setClock(31000);
  const cards = poc.locator("[data-name=inbox] .card");
  await cards.nth(1).waitFor();
  await check(poc, at("poc", "2-arrived"));
  await cards.nth(0).locator(".head").click();
  await cards.nth(1).locator(".head").click();
  await cards.nth(1).locator(".body").waitFor();
  await check(poc, at("poc", "3-opened"));
  await button(cards.nth(1), words.ack).click();
  await cards.nth(1).getByText(words.acked).waitFor();

  await program.setClock(45000);
  await button(poc.locator(".quick"), words.escalate).click();
  await check(poc, at("poc", "4-escalate"));
  expect(await button(poc.locator("dialog"), words.send).evaluate((one) => one === document.activeElement),
    "the escalation comes filled in, with the focus on Send");
  await poc.keyboard.press("Enter");
  await poc.locator("dialog").waitFor({ state: "detached" });
  await tab(poc, looks, words.log);
  await poc.locator(".sent").first().waitFor();
  await program.setClock(170000);
  await check(poc, at("poc", "5-log"));
  await tab(poc, looks, words.known);
  await poc.locator("[data-name=known] .fact").first().waitFor();
  await check(poc, at("poc", "6-known"));
  await tab(poc, looks, words.contacts);
  await check(poc, at("poc", "7-contacts"));
  await check(facilitator, at("facilitator", "2-running"));

  // A draft survives the page being loaded again.
  await button(poc.locator(".quick"), words.note).click();
  await poc.locator("dialog textarea").fill("下書き draft");
  await poc.reload();
  await button(poc.locator(".quick"), words.note).click();
  expect(await poc.locator("dialog textarea").inputValue() === "下書き draft", "the draft is lost on reload");
  await poc.keyboard.press("Escape");

  // Another language, nothing lost.
  const before = await poc.locator("[data-name=inbox] .card").count();
  await button(poc, words.other).click();
  await poc.locator(`html[lang=${looks.language === "ja" ? "en" : "ja"}]`).waitFor();
  expect(await poc.locator("[data-name=inbox] .card").count() === before, "cards vanish with the language");
  await check(poc, at("poc", "8-other-language"));
  await button(poc, WORDS[looks.language === "ja" ? "en" : "ja"].other).click();

  // Space pauses and resumes.
  await facilitator.locator("main").focus();
  await facilitator.keyboard.press("Space");
  await poc.getByText(words.paused, { exact: true }).waitFor();
  await facilitator.keyboard.press("Space");
  await poc.getByText(words.paused, { exact: true }).waitFor({ state: "detached" });

  await program.stop(true);
  await poc.locator(".connection:not([hidden])").waitFor();
  await check(poc, at("poc", "9-closed"));
  const again = await serve("scenarios/phone-tree", { folder: program.folder, port: program.port });
  await poc.getByText(words.away).first().waitFor();
  await check(poc, at("poc", "10-away"));
  await again.stop();
  await facilitator.context().close();
  await poc.context().close();
}

const browser = await launch();
for (const looks of LOOKS) await play(browser, looks);
await browser.close();
finish();
