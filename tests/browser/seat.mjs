// What a seat's own page owes whoever plays on a phone: it spreads no number that it strikes out, offers
// no deed that it cannot do, shows what is ordered and asked, and takes what is done in skipped hours
// with the time at which it was done.
import { check, checkWords, expect, finish, joinBy, launch, person, serve } from "./lib.mjs";

const LOOKS = [
  { name: "seat-ja", language: "ja", theme: "light", width: 360, height: 640 },
  { name: "seat-en", language: "en", theme: "dark", width: 360, height: 640 },
];
const SEATS = { poc: /PoC/, commander: /Commander|コマンダー/, handler: /handler|ハンドラー/ };
const HEAD_PX = 180; // of 640, above what has come

let browser, words, looks;

const button = (place, key) => place.getByRole("button", { name: words(key), exact: true });
const quick = (page, key) => button(page.locator(".quick"), key).click();
const tab = (page, name) => page.locator(`nav.tabs [data-tab=${name}]`).click();
const dialog = (page) => page.locator("dialog");
const shot = (page, name) => check(page, `${looks.name}-${name}`);
const filled = (key, values) => words(key).replace(/\{(\w+)\}/g, (_, name) => values[name]);

// By hand only what is to be seen; the rest comes by the same way in, without the page.
async function enter(page, input) {
  const answer = await page.evaluate(async (sent) => {
    const id = `t${Math.random().toString(16).slice(2)}`;
    const response = await fetch(`/api/1/inputs${window.location.search}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id, ...sent }),
    });
    return { ok: response.ok, text: await response.text() };
  }, input);
  expect(answer.ok, `${input.do}: ${answer.text}`);
}

const isInput = (one) => one.url().includes("/api/1/inputs");

// What goes out when something is pressed.
async function sentBy(page, press) {
  const asked = page.waitForRequest(isInput);
  await press();
  return JSON.parse((await asked).postData());
}

async function submit(page) {
  const input = await sentBy(page, () => dialog(page).locator("button[type=submit]").click());
  await dialog(page).waitFor({ state: "detached" });
  return input;
}

const newest = (page) => page.locator("[data-name=inbox] .card").last();

async function openNewest(page, count) {
  await page.locator("[data-name=inbox] .card").nth(count - 1).waitFor({ state: "attached" });
  await tab(page, "inbox");
  await newest(page).locator(".head").click();
  await newest(page).locator(".body").waitFor();
}

async function learns(facilitator, poc, fact, { title = "The count", body = "See below." } = {}) {
  const count = await poc.locator("[data-name=inbox] .card").count();
  await enter(facilitator, {
    do: "improvise",
    title,
    from: "it-duty",
    to: ["poc"],
    via: "chat",
    body,
    facts: fact ? [fact] : [],
  });
  await openNewest(poc, count + 1);
}

// What was put right is struck out on the page, and told to nobody by three taps.
async function onlyWhatIsCurrent({ facilitator, poc }) {
  await learns(facilitator, poc, "scope-first");
  await learns(facilitator, poc, "scope-revised");
  await tab(poc, "known");
  await poc.locator(".fact.replaced[data-fact=scope-first]").waitFor();
  expect((await button(newest(poc), "inbox.answer").count()) === 0, "an answer is wanted where nothing is asked");
  await learns(facilitator, poc, null, { title: "A greeting", body: "Who is there?" });
  expect((await button(newest(poc), "inbox.answer").count()) === 1, "a question cannot be answered");
  await quick(poc, "escalate");
  const text = await dialog(poc).locator("textarea").inputValue();
  expect(text.includes("The count"), `the facts are of another event than the words: ${text}`);
  const box = (fact) => dialog(poc).locator(`input[value="${fact}"]`);
  expect(await box("scope-revised").isChecked(), "the current number is not ticked");
  expect(!(await box("scope-first").isChecked()), "a number that was put right is ticked");
  await shot(poc, "1-escalate");
  const input = await submit(poc);
  expect(String(input.facts).includes("scope-revised"), "the escalation carries no fact");
  // Told once, it is not ticked for the same receiver again; who tells a thing knows it.
  await quick(poc, "escalate");
  expect(!(await box("scope-revised").isChecked()), "what was told is ticked again");
  const plain = await dialog(poc).locator("textarea").inputValue();
  expect(!/count|greeting/.test(plain), `with no fact to tell an event is named: ${plain}`);
  await poc.keyboard.press("Escape");
}

const sentRow = (page, n) => page.locator("[data-name=log] .sent").nth(n);

// What became of a message, by what its sender can know; a colleague who has read it is not a mail that
// got lost.
async function senderIsToldTheTruth({ poc, commander }) {
  await tab(poc, "log");
  const row = sentRow(poc, 0).locator("[data-party]");
  const name = (await row.textContent()).split(/[:：]/)[0];
  const is = (key) => filled(key, { name });
  expect((await row.textContent()) === is("outcome.waiting"), `before: ${await row.textContent()}`);
  await openNewest(commander, await commander.locator("[data-name=inbox] .card").count());
  await poc.waitForTimeout(300);
  expect((await row.textContent()) === is("outcome.waiting"), "opening is told to the sender");
  await button(newest(commander), "inbox.reply").click();
  await dialog(commander).locator("textarea").fill("Understood. / 了解。");
  await submit(commander);
  await sentRow(poc, 0).locator(".answered").waitFor();
  // An acknowledgement after the answer says less than the answer.
  await button(newest(commander), "inbox.ack").click();
  await newest(commander).getByText(words("inbox.acked")).waitFor();
  await poc.waitForTimeout(300);
  expect((await sentRow(poc, 0).locator(".answered").count()) === 1, "an answer is forgotten");
  await shot(poc, "2-log");
}

// The card is drawn, not shown as it was typed.
async function theCardIsRead(poc) {
  await tab(poc, "contacts");
  const card = poc.locator(".rolecard").first();
  await card.locator("summary").click();
  await card.locator(".prose").waitFor();
  expect(!/\*\*|^- /m.test(await card.locator(".prose").innerText()), "the card is raw Markdown");
  await shot(poc, "3-card");
}

// What one's own hands can do is offered; for the rest the one who can is one tap away.
async function onlyDeedsOfOnesOwn(handler) {
  await quick(handler, "act");
  await handler.keyboard.press("Enter");
  await dialog(handler).getByText(words("act.missing")).waitFor();
  await dialog(handler).getByText(words("act.hands")).waitFor();
  const offered = dialog(handler).locator("select").first().locator("option");
  const own = await offered.evaluateAll((all) => all.map((one) => one.value));
  expect(own.includes("take-image"), `the handler cannot take an image: ${own}`);
  expect(!own.includes("postpone-surgery"), "what only the ward can do is offered");
  await dialog(handler).locator(".orders summary").click();
  await shot(handler, "4-act");
  await dialog(handler).locator("[data-action=postpone-surgery] button").click();
  const input = await submit(handler);
  expect(
    input.type === "order" && input.action === "postpone-surgery" && input.to.length === 1,
    `the order is ${JSON.stringify(input)}`,
  );
  // From the contact: order, which, send.
  await tab(handler, "contacts");
  const row = handler.locator(".contact[data-party=it-duty]");
  await row.getByRole("button", { name: words("order") }).click();
  await dialog(handler).getByLabel(words("act.action"), { exact: true }).selectOption("cut-backup-link");
  expect((await submit(handler)).action === "cut-backup-link", "the order names no deed");
  // What was refused is named in the log.
  await handler.evaluate(() =>
    fetch(`/api/1/inputs${window.location.search}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ id: "t0", do: "act", action: "postpone-surgery" }),
    }),
  );
  await tab(handler, "log");
  const refused = handler.locator("[data-name=log] .line.is-refused");
  await refused.waitFor();
  expect(/手術|operations/.test(await refused.textContent()), "the log does not say which deed");
}

// Whoever gets an order sees what is ordered, and asks for its authority with one tap.
async function anOrderShowsItsDeed({ poc, handler }) {
  const count = await handler.locator("[data-name=inbox] .card").count();
  await enter(poc, {
    do: "message",
    id: "o1",
    type: "order",
    to: ["handler"],
    via: "phone",
    action: "take-image",
    target: "file-server",
    text: "Please.",
  });
  await openNewest(handler, count + 1);
  const deed = newest(handler).locator(".ordered");
  expect(/イメージ|image/.test(await deed.textContent()), "the card does not show the deed");
  expect(/file-server/.test(await deed.textContent()), "nor at what it aims");
  await deed.evaluate((one) => one.scrollIntoView({ block: "center" }));
  await shot(handler, "5-order");
  const asked = await sentBy(handler, () => button(deed, "order.authority").click());
  expect(String(asked.to) === "poc" && asked.re && asked.text, "nobody is asked for authority");
  await button(deed, "order.do").click();
  const done = await submit(handler);
  expect(done.action === "take-image" && done.target === "file-server", "another deed is done");
}

// A draft stands in the dialog in which it is approved.
async function whatIsApprovedIsInSight({ poc, commander }) {
  const count = await commander.locator("[data-name=inbox] .card").count();
  const text = "The hospital cares for all who are here.";
  await enter(poc, { do: "message", id: "d1", type: "approval-request", to: ["commander"], via: "mail", text });
  await openNewest(commander, count + 1);
  await button(newest(commander), "approve").click();
  await dialog(commander).locator(".quote").getByText(text).waitFor();
  await shot(commander, "6-approve");
  await submit(commander);
  await tab(poc, "log");
  await poc.locator("[data-name=log] .sent .approved").waitFor();
}

// Two tabs, one escalation: the second asks first.
async function nothingGoesOutTwice(program, { poc }) {
  const second = await poc.context().newPage();
  second.faults = [];
  await second.goto(poc.url());
  await second.locator("[data-name=inbox] .card").nth(1).waitFor({ state: "attached" });
  for (const one of [poc, second]) {
    await quick(one, "escalate");
    await dialog(one).locator("textarea").fill("Two of us type.");
  }
  await submit(poc);
  await second.waitForTimeout(300);
  await dialog(second).locator("button[type=submit]").click();
  const asked = dialog(second).locator(".wrong:not(:empty)");
  await asked.waitFor();
  expect(!/00:\d\d/.test(await asked.textContent()), `just now is told as ${await asked.textContent()}`);
  await shot(second, "7-twice");
  await submit(second);
  await second.close();
}

// The room is one tap, and the last voice on the telephone another.
async function whatIsSaidIsQuick({ commander }) {
  await quick(commander, "said");
  await shot(commander, "8-said");
  const offered = await dialog(commander).locator("[data-instead]").count();
  expect(offered >= 3 && offered <= 6, `${offered} names are offered at once`);
  expect(!(await dialog(commander).locator("fieldset").first().isVisible()), "all names are shown");
  await commander.keyboard.press("Escape");
  await quick(commander, "heard");
  await dialog(commander).locator("[data-instead=handler]").click();
  await dialog(commander).locator("textarea").fill("It is out.");
  await shot(commander, "9-heard");
  const input = await submit(commander);
  expect(input.from === "handler", `heard from ${input.from}`);
}

async function declarationsHaveNames(commander) {
  await quick(commander, "declare");
  const names = await dialog(commander)
    .getByLabel(words("declare.of"), { exact: true })
    .locator("option")
    .allTextContents();
  expect(!names.some((name) => /-/.test(name)), `raw ids are offered: ${names}`);
  await commander.keyboard.press("Escape");
}

// Everybody sees what was ordered, whoever answers reads it, and a question about its authority reaches
// the one who ordered, with the answer one tap away.
async function anOrderIsSeenAndQuestioned(program, { facilitator, poc }) {
  const deed = /バックアップ|backup/;
  await quick(poc, "act");
  await dialog(poc).locator(".orders summary").click();
  await dialog(poc).locator("[data-action=cut-backup-link] button").click();
  await submit(poc);
  await tab(poc, "log");
  const row = sentRow(poc, 0);
  expect(deed.test(await row.locator(".deed").textContent()), "the sender does not see what was ordered");
  const feed = facilitator.locator("[data-name=feed] .line.is-messaged").first();
  expect(deed.test(await feed.textContent()), `the feed says only ${await feed.textContent()}`);
  const waiting = facilitator.locator("[data-name=cell] .waiting").first();
  expect(deed.test(await waiting.textContent()), "the cell does not see what was ordered");
  await waiting.locator("[data-focus=answer]").click();
  const quote = dialog(facilitator).locator(".quote");
  expect(deed.test(await quote.textContent()), "whoever answers does not see what was ordered");
  await check(facilitator, `${looks.name}-12-answer-as`);
  await facilitator.keyboard.press("Escape");

  const badge = poc.locator("nav.tabs .badge");
  const before = Number(await badge.textContent());
  // He takes one call after the other.
  await program.setClock(170000);
  await row.locator(".challenged").waitFor();
  await shot(poc, "13-challenged-log");
  expect(Number(await badge.textContent()) > before, "the badge does not count the question");
  await tab(poc, "inbox");
  const card = poc.locator("[data-name=inbox] [data-came^=challenge]");
  expect(deed.test(await card.textContent()), "the question does not say about which order");
  await shot(poc, "14-challenged");
  await button(card, "challenge.answer").click();
  await dialog(poc).locator("button[type=submit]").click();
  await dialog(poc).getByText(words("challenge.missing")).waitFor();
  await dialog(poc).locator("select").selectOption("commander");
  await shot(poc, "15-authority");
  const input = await submit(poc);
  expect(
    String(input.to) === "it-duty" && SEATS.commander.test(input.text),
    `the answer is ${JSON.stringify(input)}`,
  );
  await card.getByText(words("challenge.answered")).waitFor();
  expect(await card.evaluate((one) => !one.classList.contains("unopened")), "the question still waits");
  await tab(poc, "log");
  await poc.locator("[data-name=log] .sent .named").waitFor();
}

// The row of deeds is longer than the window: that it goes on is seen, and all are some taps away.
async function everyDeedIsNear(page) {
  const more = button(page.locator(".deeds"), "quick.further");
  await page.locator(".quick").evaluate((row) => row.scrollTo({ left: 0 }));
  await more.waitFor();
  const at = await more.boundingBox();
  expect(at && at.x + at.width <= looks.width, "nothing says that the row of deeds goes on");
  const row_px = await page.locator(".quick").evaluate((row) => row.clientWidth);
  for (let taps = 0; taps < 4 && (await more.isVisible()); taps++) {
    await more.click();
    await page.waitForTimeout(300);
  }
  const last = await button(page.locator(".quick"), "note").boundingBox();
  expect(last.x + last.width <= looks.width, `the last deed is out of sight: ${JSON.stringify(last)}`);
  expect(!(await more.isVisible()), "the row says that it goes on where it ends");
  const end_px = await page.locator(".quick").evaluate((row) => row.clientWidth);
  expect(end_px === row_px, `at its end the row grows from ${row_px} to ${end_px} px under the finger`);
}

// Three quarters of the window are for what has come; where one is in time stays in sight.
async function theHeadIsLow(page) {
  await tab(page, "inbox");
  await page.evaluate(() => window.scrollTo(0, 0));
  const top = await page.locator("main").evaluate((one) => one.getBoundingClientRect().top);
  expect(top <= HEAD_PX, `the head takes ${Math.round(top)} px`);
  await page.evaluate(() => window.scrollTo(0, 900));
  for (const name of [".exercise strong", ".exercise .time >> nth=0", ".exercise .status"]) {
    const at = await page.locator(name).boundingBox();
    expect(at && at.y >= 0 && at.y < 60, `${name} scrolls away`);
    expect(at && at.x >= 0 && at.x + at.width <= looks.width, `${name} stands out of the window`);
  }
  await everyDeedIsNear(page);
  await page.locator(".jump").click();
  const first = page.locator("[data-name=inbox] .unopened").first();
  const at = await first.boundingBox();
  expect(at.y >= 0 && at.y < looks.height, "what is new is not brought into sight");
  await shot(page, "10-head");
}

// The sheet says which hours are skipped, and what is done in them bears its time.
async function theGapSheetIsSeen({ facilitator, poc }) {
  await enter(facilitator, { do: "jump", by: "8h", sheet: true });
  const sheet = poc.locator("[data-name=gap]");
  await sheet.waitFor();
  await poc.evaluate(() => window.scrollTo(0, 0));
  const times = (await sheet.textContent()).match(/\d\d:\d\d/g) || [];
  expect(times.length >= 2 && times[0] !== times[1], "the sheet does not say from when to when");
  await shot(poc, "11-gap");
  await quick(poc, "call");
  const at = dialog(poc).getByLabel(words("gap.when"), { exact: true });
  const day = (await at.inputValue()).slice(0, 11);
  // What is not of these hours is said in the page's words, and not sent.
  await at.fill(`${day}23:59`);
  await dialog(poc).locator("button[type=submit]").click();
  const outside = dialog(poc).locator(".wrong:not(:empty)");
  await outside.waitFor();
  expect(
    (await outside.textContent()).startsWith(words("gap.outside").split(/[:：。]/)[0]),
    `of a time outside: ${await outside.textContent()}`,
  );
  await at.fill(`${day}03:00`);
  const input = await submit(poc);
  expect(input.story_at === `${day}03:00:00+09:00`, `the call bears ${input.story_at}`);
  await tab(poc, "log");
  for (const when of [
    sentRow(poc, 0).locator(".when"),
    poc.locator("[data-name=log] .line.is-messaged .when").last(),
    facilitator.locator("[data-name=feed] .line.is-messaged .when").first(),
  ])
    expect(/ 03:00$/.test(await when.textContent()), `the call stands as of ${await when.textContent()}`);
  await shot(poc, "12-gap-log");
  await enter(facilitator, { do: "jump" });
  await sheet.waitFor({ state: "hidden" });
  await quick(poc, "note");
  await dialog(poc).locator("textarea").fill("Later.");
  expect((await submit(poc)).story_at === undefined, "what is done later bears a time of the gap");
  await enter(facilitator, { do: "resume" });
}

// A code is read off a screen: with or without its dash, in whatever letters; and what is wrong is said.
async function codesAreRead(program, facilitator) {
  const { code } = await facilitator.evaluate(async () =>
    (await fetch(`/api/1/code${window.location.search}`)).json(),
  );
  const guest = await person(browser, looks);
  await guest.goto(`${program.origin}/join`);
  const type = async (typed) => {
    await guest.locator("main input").fill(typed);
    await guest.locator("main button[type=submit]").click();
  };
  const said = async () => (await guest.locator("main .wrong").textContent()).trim();
  await type("abcd-1234");
  expect((await said()) === filled("code.signs", { signs: "1" }), `of a wrong sign: ${await said()}`);
  await type("abcd-23");
  expect((await said()) === filled("code.length", { count: 6 }), `of a short code: ${await said()}`);
  const plain = code.replace("-", "");
  const wide = [...plain].map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join("");
  await type(`${wide.slice(0, 4)}－${wide.slice(4)}`);
  await guest.locator(".choices").waitFor();
  await guest.context().close();
}

async function play(which) {
  looks = which;
  const program = await serve("scenarios/ransomware");
  words = await checkWords(program.origin, looks.language);
  const people = { facilitator: await person(browser, { ...looks, width: 1440, height: 900 }) };
  await joinBy(people.facilitator, program.link);
  for (const [name, is] of Object.entries(SEATS)) {
    people[name] = await person(browser, looks);
    const seat = people.facilitator.locator(".seat", { hasText: is }).first();
    await joinBy(people[name], await seat.locator("input").inputValue());
  }
  await codesAreRead(program, people.facilitator);
  await button(people.facilitator, "control.start").click();
  await program.setClock(46000);
  await people.poc.locator("[data-name=inbox] .card").nth(1).waitFor();
  await onlyWhatIsCurrent(people);
  await senderIsToldTheTruth(people);
  await theCardIsRead(people.commander);
  await onlyDeedsOfOnesOwn(people.handler);
  await anOrderShowsItsDeed(people);
  await whatIsApprovedIsInSight(people);
  await nothingGoesOutTwice(program, people);
  await whatIsSaidIsQuick(people);
  await declarationsHaveNames(people.commander);
  await anOrderIsSeenAndQuestioned(program, people);
  await theHeadIsLow(people.poc);
  await theGapSheetIsSeen(people);
  for (const one of Object.values(people)) await one.context().close();
  await program.stop();
}

browser = await launch();
for (const which of LOOKS) await play(which);
await browser.close();
finish();
