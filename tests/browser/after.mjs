// What comes after ENDEX, on a slow play of the phone tree: own findings, the table's findings and
// who may read them, a dispute and its ruling, the hot wash with its clock, and the replay.
import { readFileSync } from "node:fs";
import { check, checkWords, expect, finish, joinBy, launch, person, serve, showSettings } from "./lib.mjs";

const LOOKS = [
  { name: "after-ja-360", language: "ja", theme: "light", width: 360, height: 740 },
  { name: "after-en-1440", language: "en", theme: "dark", width: 1440, height: 900 },
];
const OTHER = {
  "after-ja-360": { theme: "dark", width: 1440, height: 900 },
  "after-en-1440": { theme: "light", width: 360, height: 740 },
};
const PLAY = new URL("../story/phone-tree/slow.jsonl", import.meta.url);

let browser, words, looks;

const causeHead = (cause) => words("after.causeIs").replace("{cause}", words(`cause.${cause}`));
const button = (place, key) => place.getByRole("button", { name: words(key), exact: true });
const part = (page, name) => page.locator(`.after [data-name=${name}]`);

// From the top: what the bar of tabs half covers is no small target.
async function shot(page, name) {
  await page.evaluate(() => window.scrollTo(0, 0));
  await check(page, `${looks.name}-${name}`);
}
const starting = (key) => words(key).split("{")[0].trim();

// One part is shown at a time.
const go = (page, name) => button(page.locator(".jumps"), `after.${name}`).click();

async function submit(page) {
  await page.locator("dialog button[type=submit]").click();
  await page.locator("dialog").waitFor({ state: "detached" });
}

// The same page on another screen, in other colours.
async function shotElsewhere(page, name) {
  const other = OTHER[looks.name];
  await page.setViewportSize(other);
  await page.emulateMedia({ colorScheme: other.theme });
  await shot(page, `${name}-elsewhere`);
  await page.setViewportSize(looks);
  await page.emulateMedia({ colorScheme: looks.theme });
}

// ---- the play, over the API ----

const UNIT_MS = { h: 3600000, m: 60000, s: 1000 };
const durationOf = (text) =>
  [...text.matchAll(/(\d+)([hms])/g)].reduce((sum, [, n, unit]) => sum + n * UNIT_MS[unit], 0);

async function send(page, as, input) {
  const status = await page.evaluate(
    async ([address, body]) => {
      const headers = { "Content-Type": "application/json" };
      return (await fetch(address, { method: "POST", headers, body })).status;
    },
    [`/api/1/inputs?as=${as}`, JSON.stringify(input)],
  );
  expect(status === 200, `${as} ${JSON.stringify(input)} is answered ${status}`);
}

async function playsToTheEnd(program, people) {
  const lines = readFileSync(PLAY, "utf8").trim().split("\n").map(JSON.parse);
  for (const [i, { at, actor, ...input }] of lines.entries()) {
    await program.setClock(durationOf(at));
    await send(people[actor], actor, { id: `i${i}`, ...input });
  }
  for (const page of Object.values(people))
    await page.locator(".status[data-status=ended]").waitFor();
}

async function everybodyJoins(program) {
  const people = { facilitator: await person(browser, looks) };
  await joinBy(people.facilitator, program.link);
  const replay = await people.facilitator.evaluate(
    async () => (await fetch("/api/1/replay?as=facilitator")).status,
  );
  expect(replay === 409, `before ENDEX the replay is answered ${replay}`);
  for (const [name, key] of [["poc"], ["commander"], ["board", "board"]]) {
    const seats = people.facilitator.locator(".seat");
    await seats.nth(4).waitFor();
    const at = { poc: 0, commander: 1 }[name];
    const seat = key ? seats.filter({ hasText: words(key) }).first() : seats.nth(at);
    people[name] = await person(browser, looks);
    await joinBy(people[name], await seat.locator("input").inputValue());
  }
  return people;
}

// ---- findings ----

// What was missed is headed by what good looks like, never by words that say it was done.
async function saysWhatWasWanted(page) {
  const rules = await page.evaluate(async () => {
    const as = new URL(location.href).searchParams.get("as");
    return (await (await fetch(`/api/1/findings?as=${as}`)).json()).rules;
  });
  const head = await part(page, "findings").locator(".finding.is-violated h3").first().textContent();
  const language = looks.language;
  expect(rules.some((rule) => head.includes(rule.before[language])), `a miss is headed "${head}"`);
  expect(!rules.some((rule) => head.includes(rule.title[language])), `a miss is told as if done: "${head}"`);
}

async function oneReadsOnesOwnFirst({ facilitator, poc, commander }) {
  await part(poc, "findings").locator(".finding").first().waitFor();
  await part(commander, "findings").waitFor();
  for (const page of [poc, commander]) {
    await go(page, "agenda");
    await part(page, "agenda").getByText(words("after.wait")).waitFor();
    expect((await part(page, "agenda").locator(".finding").count()) === 0, "not shared, yet read");
  }
  const agenda = part(facilitator, "agenda");
  await agenda.locator(".bycause .finding").first().waitFor();
  const count = await agenda.locator(".bycause .finding").count();
  expect(count > 0 && count <= 7, `${count} findings on the agenda`);
  await agenda.locator(".rest > summary").click();
  expect((await agenda.locator(".rest .finding").count()) > 0, "the rest is not one tap away");
  await agenda.locator(".rest > summary").click();
  await go(poc, "findings");
  await saysWhatWasWanted(poc);
  await shot(poc, "poc-1-own");
}

async function aRulingShowsBothVerdicts({ facilitator, poc }) {
  const missed = part(poc, "findings").locator(".finding.is-violated").first();
  const sentence = await missed.locator("p").first().textContent();
  await button(missed, "findings.dispute").click();
  await poc.locator("dialog textarea").fill("Our plan says so.");
  await submit(poc);
  const disputed = part(facilitator, "agenda").locator(".bycause .finding", { hasText: sentence });
  await disputed.getByText("Our plan says so.").waitFor();
  await shot(facilitator, "facilitator-1-disputed");
  await button(disputed, "findings.rule").click();
  await facilitator.locator("dialog select").selectOption("satisfied");
  await facilitator.locator("dialog textarea").fill("The plan says one hour.");
  await submit(facilitator);
  const was = starting("findings.was");
  await part(facilitator, "agenda").locator(".is-satisfied .ruled", { hasText: was }).waitFor();
  await part(poc, "findings").locator(".ruled", { hasText: was }).waitFor({ state: "attached" });
}

async function causesMakeGroups({ facilitator }) {
  const agenda = part(facilitator, "agenda");
  const first = agenda.locator(".finding.is-violated").first();
  await first.locator("select").selectOption("contact-data");
  await button(first, "keep").click();
  const group = agenda.locator(".bycause", { hasText: causeHead("contact-data") });
  await group.locator("h3").getByText(causeHead("contact-data")).waitFor();
  expect((await group.locator(".finding").count()) === 1, "the group holds something else");
}

async function theFacilitatorSharesThem({ facilitator, poc, commander, board }) {
  await button(facilitator, "after.share").click();
  await commander.locator(".toast").getByText(words("after.nowShared")).waitFor();
  await part(commander, "agenda").locator(".finding").first().waitFor();
  await go(poc, "agenda");
  await part(poc, "agenda").locator(".finding").first().waitFor();
  const seen = await part(commander, "agenda").locator(".finding").count();
  const opened = await part(facilitator, "agenda").locator(".bycause .finding").count();
  expect(seen === opened, `${opened} findings are shared, ${seen} are read`);
  expect(await button(facilitator, "after.share").isHidden(), "what is shared is shared");
  expect((await board.locator(".finding").count()) === 0, "the board shows findings");
  await shot(commander, "commander-1-shared");
}

// ---- the hot wash ----

async function says(page, about, text) {
  const form = part(page, "hotwash").locator(".adding").filter({
    has: page.locator(`[data-about=${about}]`),
  });
  await form.locator("input").fill(text);
  await form.locator("input").press("Enter");
  await part(page, "hotwash").locator(".own .what").getByText(text).waitFor();
}

async function theHotWash({ facilitator, poc, commander, board }) {
  await go(facilitator, "hotwash");
  await button(facilitator, "hotwash.begin").click();
  for (const page of [facilitator, poc, board])
    await page.locator(".digits").getByText(/^(10:00|09:5\d)$/).waitFor();
  await shot(board, "board-1-clock");
  await board.reload();
  await board.locator(".digits").getByText(/^09:\d\d$/).waitFor();

  await go(poc, "hotwash");
  await go(commander, "hotwash");
  await says(poc, "strength", "落ち着いて電話した / calm on the phone");
  await says(poc, "improvement", "a slip");
  await part(poc, "hotwash").locator(".own li", { hasText: "a slip" }).getByRole("button").click();
  await part(poc, "hotwash").getByText("a slip").first().waitFor({ state: "detached" });
  await says(poc, "improvement", "名簿の更新 / the list was a year old");
  await says(commander, "surprise", "誰も出なかった / nobody answered");
  const whole = part(facilitator, "hotwash");
  await whole.getByText("nobody answered").waitFor();
  await part(poc, "hotwash").getByText("nobody answered").waitFor();
  const row = whole.locator(".who tbody tr").first();
  expect((await row.locator("td").allTextContents()).join() === "1,1,0", "the counts are wrong");
  expect(await whole.locator(".who tr").nth(2).getByText("✓ 1").isVisible(), "no tick for all");
  expect((await board.getByText("nobody answered").count()) === 0, "the board shows who said it");
  await shot(poc, "poc-2-hotwash");
  await shot(facilitator, "facilitator-2-hotwash");
  await button(facilitator, "hotwash.end").click();
  await poc.locator(".digits").waitFor({ state: "hidden" });
}

// ---- what is taken home ----

// The report opens under a policy of its own; skills come from a process of their own.
async function takesHome(facilitator) {
  await go(facilitator, "outcome");
  const outcome = part(facilitator, "outcome");
  const href = await outcome.locator("a.button").first().getAttribute("href");
  const report = await facilitator.evaluate(async (address) => {
    const answer = await fetch(address);
    return { status: answer.status, policy: answer.headers.get("content-security-policy"), text: await answer.text() };
  }, href);
  expect(report.status === 200, `the report: ${report.status}`);
  expect(/style-src 'sha256-/.test(report.policy) && !/unsafe/.test(report.policy), `the report's policy: ${report.policy}`);
  expect(report.text.includes("<svg") && report.text.includes("【訓練】"), "the report has no picture, or does not say what it is");
  await button(outcome, "skills.show").click();
  await outcome.locator("table.skills tbody tr").first().waitFor();
  await shot(facilitator, "facilitator-4-outcome");
}

// ---- the replay ----

async function theReplay({ facilitator, poc }) {
  await go(poc, "replay");
  const replay = part(poc, "replay");
  const slider = replay.locator("input[type=range]");
  const now = () => replay.locator(".now").textContent();
  await replay.locator(".gaps li").first().waitFor();
  await shot(poc, "poc-3-replay");

  await slider.focus();
  await poc.keyboard.press("Home");
  expect((await now()).includes("00:00"), `Home shows ${await now()}`);
  await button(replay, "replay.forward").click();
  const first = await now();
  expect(first.includes("01:00"), `the first to learn something did at 01:00, not ${first}`);
  expect((await slider.getAttribute("aria-valuetext")) === first, "the slider says another time");
  const fact = replay.locator("tbody tr").first();
  expect((await fact.locator("td.is-knows").count()) === 1, "the PoC alone knew");
  expect((await fact.locator("td.is-lacks").count()) >= 2, "the commander and others did not");
  await replay.locator(".lastly .what").getByText("01:00").first().waitFor();

  await showSettings(poc);
  await poc.locator("button.language").click();
  expect((await now()) !== first, "the clocks stay in the other language");
  await showSettings(poc);
  await poc.locator("button.language").click();

  await replay.locator(".matrix .tick input").check();
  const gaps = await replay.locator("tbody tr").count();
  await slider.focus();
  await poc.keyboard.press("End");
  expect((await replay.locator("tbody tr").count()) !== gaps, "nothing changes until the end");
  await replay.locator(".matrix .tick input").uncheck();
  const gap = replay.locator(".gaps li button").first();
  const since = (await gap.textContent()).match(/\d\d:\d\d/)[0];
  await gap.click();
  expect((await now()).includes(since), `the gap since ${since} shows ${await now()}`);

  const before = await now();
  await button(replay, "replay.play").click();
  await replay.locator(".now").filter({ hasNotText: before }).waitFor();
  await button(replay, "replay.stop").click();
  await shotElsewhere(poc, "poc-4");
  await go(facilitator, "replay");
  await part(facilitator, "replay").locator(".gaps li").first().waitFor();
  await shot(facilitator, "facilitator-3-replay");
  await takesHome(facilitator);
  await shotElsewhere(facilitator, "facilitator-4");
}

async function whatIsSealedStays({ facilitator, poc }) {
  await send(facilitator, "facilitator", { id: "seal", do: "seal" });
  await poc.locator(".status[data-status=sealed]").waitFor();
  await go(poc, "hotwash");
  await part(poc, "hotwash").locator(".signed").waitFor();
  expect(await part(poc, "hotwash").locator(".adding").first().isHidden(), "sealed, yet open");
  await part(poc, "hotwash").getByText("nobody answered").waitFor();
}

// What the phone tree has none of: a card that puts another one right, and one that is not true.
async function newerCardsPutOlderOnesRight() {
  const path = new URL("../../engine/web/assets/replay_model.js", import.meta.url);
  const source = Buffer.from(readFileSync(path)).toString("base64");
  const { createModel } = await import(`data:text/javascript;base64,${source}`);
  const known = (party, at_ms) => ({ party, at_ms, source: "said" });
  const ten = {
    id: "ten",
    came_ms: 1,
    known: [known("a", 1), known("b", 2)],
    needs: [{ party: "c", need: "must" }],
    replaced_by: ["forty"],
    truths: [{ from_ms: 0, true: false }],
  };
  const forty = { id: "forty", came_ms: 3, known: [known("a", 3), known("c", 4)], needs: [], replaced_by: [], truths: [] };
  const gap = (party) => ({ fact: "ten", party, since_ms: 1 });
  const model = createModel({
    facts: [forty, ten],
    parties: ["a", "b", "c"].map((id) => ({ id, seat: true })),
    gaps: [gap("b"), gap("c"), { ...gap("a"), until_ms: 3 }],
    moments: [],
    story: [{ at_ms: 0, story_ms: 100, pace: 1 }, { at_ms: 2, story_ms: 500, pace: 10 }],
    end_ms: 5,
  });
  const states = (t) => ["a", "b", "c"].map((party) => model.stateOf(ten, party, t)).join(" ");
  expect(states(0) === "none none lacks", `at 0: ${states(0)}`);
  expect(states(2) === "knows knows lacks", `untrue is not out of date: ${states(2)}`);
  expect(model.isUntrue(ten, 2) && !model.isOutdated(ten, 2), "what nobody knew was known");
  expect(states(3) === "newer stale lacks", `at 3: ${states(3)}`);
  expect(states(4) === "newer stale newer", `the newer card will do: ${states(4)}`);
  expect(model.factsAt(2).length === 1 && model.factsAt(3)[0].id === "ten", "facts as they came");
  expect(model.changes.map((one) => one.at_ms).join() === "1,2,3,4", "changes out of order");
  expect(model.gaps.length === 2 && model.gaps[0].parties.join() === "b,c", "gaps stand apart");
  expect(model.storyAt(1) === 101 && model.storyAt(3) === 510, "the calendar's pages");
}

async function play() {
  const program = await serve("scenarios/phone-tree");
  words = await checkWords(program.origin, looks.language);
  const people = await everybodyJoins(program);
  await playsToTheEnd(program, people);
  await oneReadsOnesOwnFirst(people);
  await aRulingShowsBothVerdicts(people);
  await causesMakeGroups(people);
  await theFacilitatorSharesThem(people);
  await theHotWash(people);
  await theReplay(people);
  await whatIsSealedStays(people);
  for (const page of Object.values(people)) await page.context().close();
  await program.stop();
}

browser = await launch();
await newerCardsPutOlderOnesRight();
for (looks of LOOKS) await play();
await browser.close();
finish();
