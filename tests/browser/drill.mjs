// The phone tree as two people play it: a facilitator and the PoC, on a narrow phone and on a wide
// screen, in both languages, light and dark. The test sets the clock.
import { check, checkWords, expect, finish, joinBy, launch, person, serve, showSettings } from "./lib.mjs";

const LOOKS = [
  { name: "ja-360-light", language: "ja", theme: "light", width: 360, height: 740 },
  { name: "en-1440-dark", language: "en", theme: "dark", width: 1440, height: 900 },
  { name: "en-360-dark", language: "en", theme: "dark", width: 360, height: 740 },
  { name: "ja-1440-light", language: "ja", theme: "light", width: 1440, height: 900 },
];

let browser, words, looks; // of the play that is on

const button = (place, key) => place.getByRole("button", { name: words(key), exact: true });
const quick = (page, key) => button(page.locator(".quick"), key).click();
const shot = (page, name) => check(page, `${looks.name}-${name}`);
const cards = (page) => page.locator("[data-name=inbox] .card");
const card = (page, n) => cards(page).nth(n);

async function tab(page, key) {
  if (looks.width < 800) await button(page.locator("nav.tabs"), key).click();
}

async function submit(page) {
  await page.locator("dialog button[type=submit]").click();
  await page.locator("dialog").waitFor({ state: "detached" });
}

async function open(page, n) {
  await card(page, n).locator(".head").click();
  await card(page, n).locator(".body").waitFor();
}

async function joinBoth(program) {
  const facilitator = await person(browser, looks);
  const poc = await person(browser, looks);
  await joinBy(facilitator, program.link);
  const link = await facilitator.locator(".seat input").first().inputValue();
  await shot(facilitator, "facilitator-1-ready");

  await facilitator.locator(".seat [data-focus=qr]").first().click();
  await facilitator.locator("img.qr").evaluate((one) => one.decode());
  await shot(facilitator, "facilitator-0-qr");
  await submit(facilitator);

  // Somebody's program looks at the link first: that must not use it up.
  expect((await fetch(link)).ok, "a preview of the link fails");
  await poc.goto(link);
  await shot(poc, "poc-00-join");
  await joinBy(poc, link);
  await shot(poc, "poc-01-ready");

  const late = await person(browser, looks);
  await late.goto(link);
  await late.locator("main button.primary").click();
  await late.locator("main .wrong span").waitFor();
  expect(late.url().includes("/join"), "a used link lets a second browser in");
  await shot(late, "late-used-link");
  await late.context().close();
  return { facilitator, poc };
}

async function reportArrives(program, { facilitator, poc }) {
  await button(facilitator, "control.start").focus();
  await facilitator.keyboard.press("Enter");
  await button(facilitator, "control.pause").waitFor();
  const focused = await facilitator.evaluate(() => document.activeElement.textContent);
  expect(focused === words("control.pause"), `the keyboard's focus is lost: ${focused}`);
  await program.setClock(31000);
  await card(poc, 1).waitFor();
  await poc.waitForFunction(() => document.title.startsWith("(2) "));
  await showSettings(poc);
  await button(poc, "sound.on").click();
  await button(poc, "sound.off").waitFor();
  await shot(poc, "poc-02-arrived");
  await open(poc, 0);
  await open(poc, 1);
  await shot(poc, "poc-03-opened");
  await button(card(poc, 1), "inbox.ack").click();
  await card(poc, 1).getByText(words("inbox.acked")).waitFor();
}

async function escalates(program, { poc }) {
  await program.setClock(45000);
  await quick(poc, "escalate");
  await shot(poc, "poc-04-escalate");
  const focused = await poc.evaluate(() => document.activeElement.type);
  expect(focused === "submit", "the escalation comes filled in, with the focus on Send");
  await poc.keyboard.press("Enter");
  await poc.locator("dialog").waitFor({ state: "detached" });
}

async function call(poc, party, channel) {
  await tab(poc, "tab.contacts");
  const row = poc.locator(`.contact[data-party=${party}]`);
  await row.getByRole("button", { name: words(channel) }).click();
  await submit(poc);
}

// The CISO does not answer, the deputy does; the vendor's number is out of date.
async function worksThroughTheList(program, { facilitator, poc }) {
  await program.setClock(60000);
  await call(poc, "management", "call");
  await call(poc, "vendor", "call");
  await poc.evaluate(() => window.scrollTo(0, 0));
  await shot(poc, "poc-05-contacts");
  await poc.locator(".ladder summary").click();
  await poc.locator(".ladder li").nth(1).waitFor();
  await shot(poc, "poc-05-ladder");
  await program.setClock(110000);
  await tab(poc, "tab.log");
  const missed = poc.locator(".sent .failed[data-party=management]");
  await missed.waitFor();
  await poc.locator(".sent .failed[data-party=vendor]").waitFor();
  await poc.locator(".toast").waitFor();
  await shot(poc, "poc-06-log");
  await missed.getByRole("button").click();
  await submit(poc);
  await program.setClock(170000);
  await poc.locator(".sent .reached[data-party=management-deputy]").waitFor();
  await tab(poc, "tab.known");
  await poc.locator("[data-name=known] .fact").first().waitFor();
  await shot(poc, "poc-07-known");
  await shot(facilitator, "facilitator-2-running");
}

async function decides(program, { poc }) {
  await program.setClock(485000);
  await tab(poc, "tab.inbox");
  const asked = cards(poc).filter({ hasText: /Corrections to|訂正について/ });
  await asked.locator(".head").click();
  const question = asked.locator(".question");
  await question.waitFor();
  await shot(poc, "poc-08-decision");
  await button(question, "decide.button").click();
  await question.getByText(words("decide.choose")).waitFor();
  await question.locator("input[type=radio]").first().check();
  await question.locator("textarea").fill("訂正 first");
  await button(question, "decide.button").click();
  await asked.locator(".question .done").waitFor();
}

async function draftsSurvive(poc) {
  await quick(poc, "note");
  await poc.locator("dialog textarea").fill("下書き draft");
  await poc.reload();
  await card(poc, 1).waitFor();
  await quick(poc, "note");
  const kept = await poc.locator("dialog textarea").inputValue();
  expect(kept === "下書き draft", "the draft is lost on reload");
  await submit(poc);
  await quick(poc, "note");
  expect((await poc.locator("dialog textarea").inputValue()) === "", "a sent draft comes back");
  await poc.keyboard.press("Escape");
}

async function theLanguageChanges(poc) {
  const before = await cards(poc).count();
  await showSettings(poc);
  await poc.locator("button.language").click();
  await poc.locator(`html[lang=${looks.language === "ja" ? "en" : "ja"}]`).waitFor();
  expect((await cards(poc).count()) === before, "cards vanish with the language");
  await shot(poc, "poc-09-other-language");
  await poc.locator("button.language").click();
}

async function spacePauses({ facilitator, poc }) {
  for (const status of ["paused", "running"]) {
    await facilitator.locator("main").focus();
    await facilitator.keyboard.press("Space");
    for (const page of [facilitator, poc])
      await page.locator(`.status[data-status=${status}]`).waitFor();
  }
}

// What happens meanwhile is told when the network is back, within three seconds.
async function theNetworkBreaks(program, { facilitator, poc }) {
  const before = await cards(poc).count();
  await poc.context().setOffline(true);
  await poc.evaluate(() => window.cutStream());
  await poc.locator(".connection:not([hidden])").waitFor();
  await facilitator
    .locator("[data-name=next] > .cards .card")
    .first()
    .getByRole("button")
    .first()
    .click();
  const broken_at = Date.now();
  await poc.context().setOffline(false);
  await poc.locator(".connection").waitFor({ state: "hidden" });
  await card(poc, before).waitFor();
  expect(Date.now() - broken_at < 3000, "the page needs more than 3 s to come back");
}

// Somebody outside answers by hand, somebody's words are entered a minute late, and one of them is
// taken out of the score.
async function playsTheCell({ facilitator, poc }) {
  const before = await cards(poc).count();
  await button(facilitator.locator("[data-name=cell]"), "cell.answerAny").click();
  await facilitator.locator("dialog fieldset input").first().check();
  await facilitator.locator("dialog textarea").fill("Shindo here: who is on it?");
  await shot(facilitator, "facilitator-7-answers");
  await submit(facilitator);
  await card(poc, before).waitFor({ state: "attached" });
  await button(facilitator.locator("[data-name=proxy]"), "enter.said").click();
  await facilitator.locator("dialog input[type=number]").fill("1");
  await facilitator.locator("dialog textarea").fill("I told them to keep the phone free.");
  await shot(facilitator, "facilitator-8-said");
  await submit(facilitator);
  const said = facilitator.locator("[data-name=feed] .line", { hasText: "keep the phone free" });
  await button(said, "annul").click();
  await facilitator.locator("dialog textarea").fill("The wrong seat.");
  await submit(facilitator);
  const told = facilitator.locator("[data-name=feed] .line.is-messaged").last();
  await button(told, "receiver").click();
  await facilitator.locator("dialog fieldset input").first().check();
  await submit(facilitator);
  await facilitator.locator(".line.is-receiver-tested").waitFor();
  await facilitator.locator(".uncounted", { hasText: "keep the phone free" }).waitFor();
  await shot(facilitator, "facilitator-9-annulled");
}

// After ENDEX: a player reads what was found and disputes it, the evaluator names a cause and rates,
// the facilitator rules, and the board shows it all to nobody in particular.
async function speaksOfTheFindings({ facilitator, poc }) {
  const link = (name) =>
    facilitator.locator(".seat", { hasText: words(name) }).first().locator("input").inputValue();
  const evaluator = await person(browser, looks);
  const board = await person(browser, looks);
  await joinBy(evaluator, await link("evaluator"));
  await joinBy(board, await link("board"));
  const missed = poc.locator(".finding.is-violated");
  await missed.first().waitFor();
  await shot(poc, "poc-12-findings");
  await button(poc.locator(".jumps"), "after.agenda").click();
  await poc.locator(".sharing").waitFor();
  expect(
    (await poc.locator(".bycause:not([hidden])").count()) === 0,
    "headings without findings are shown before anything is shared",
  );
  await button(poc.locator(".jumps"), "after.findings").click();
  const sentence = await missed.first().locator("p").first().textContent();
  await button(missed.first(), "findings.dispute").click();
  await poc.locator("dialog textarea").fill("Our plan says so.");
  await submit(poc);
  await poc.getByText("Our plan says so.").first().waitFor();
  expect(
    (await board.locator("body").textContent()).includes(sentence) === false,
    "the board shows somebody's finding",
  );
  await shot(board, "board-1");

  const theirs = evaluator.locator(".finding.is-violated", { hasText: sentence });
  await theirs.locator("select").selectOption("contact-data");
  await button(theirs, "keep").click();
  const ratings = evaluator.locator("[data-name=ratings]");
  const rated = (key) => words(key).replace("{by}", "B").replace("{rating}", "M");
  await ratings.locator("li select").first().selectOption("M");
  await ratings.locator("li [data-focus=keep]").first().click();
  await evaluator.getByText(rated("ratings.ratedAlone")).waitFor();
  // A second evaluator reads what the first gave only after giving something, and then that they differ.
  await ratings.locator("select").first().selectOption("b");
  await evaluator.getByText(words("ratings.hidden")).waitFor();
  expect((await evaluator.getByText(rated("ratings.ratedAlone")).count()) === 0, "one evaluator reads another's rating");
  await ratings.locator("li select").first().selectOption("S");
  await ratings.locator("li [data-focus=keep]").first().click();
  await evaluator.getByText(words("ratings.rated").replace("{by}", "B").replace("{rating}", "S")).waitFor();
  await evaluator.getByText(rated("ratings.ratedAlone")).waitFor();
  await evaluator.getByText(words("ratings.differ")).waitFor();
  await button(evaluator.locator(".quick"), "observe").click();
  await evaluator.locator("dialog textarea").fill("They spoke calmly.");
  await submit(evaluator);
  await shot(evaluator, "evaluator-1-rated");

  const disputed = facilitator.locator(".finding.is-violated", { hasText: "Our plan says so." });
  await shot(facilitator, "facilitator-5-disputed");
  await button(disputed, "findings.rule").click();
  await facilitator.locator("dialog select").selectOption("satisfied");
  await facilitator.locator("dialog textarea").fill("The plan says one hour.");
  await shot(facilitator, "facilitator-6-ruling");
  await submit(facilitator);
  await poc.locator(".finding.is-satisfied", { hasText: "Our plan says so." }).waitFor();
  await evaluator.context().close();
  await board.context().close();
}

async function theProgramIsStartedAnew(program, { poc }) {
  await program.stop(true);
  await poc.locator(".connection:not([hidden])").waitFor();
  await shot(poc, "poc-10-closed");
  const again = await serve("scenarios/phone-tree", {
    folder: program.folder,
    port: program.port,
    resume: "phone-tree-1",
  });
  await poc.locator(".connection[hidden]").waitFor({ state: "attached" });
  await poc.locator(".status[data-status=ended]").waitFor();
  await shot(poc, "poc-11-back");
  const later = await person(browser, looks);
  await joinBy(later, again.link);
  await later.locator(".lines .line").nth(5).waitFor();
  await later.context().close();
  return again;
}

async function stopsForReal(program, people) {
  const poc = people.poc;
  await button(people.facilitator, "incident").click();
  await shot(people.facilitator, "facilitator-3-incident");
  await submit(people.facilitator);
  await poc.locator(".alarm:not([hidden])").waitFor();
  await shot(poc, "poc-12-real-incident");
}

async function play(which) {
  looks = which;
  let program = await serve("scenarios/phone-tree");
  words = await checkWords(program.origin, looks.language);
  let people = await joinBoth(program);
  await reportArrives(program, people);
  await escalates(program, people);
  await worksThroughTheList(program, people);
  await playsTheCell(people);
  await draftsSurvive(people.poc);
  await theLanguageChanges(people.poc);
  await spacePauses(people);
  await theNetworkBreaks(program, people);
  await decides(program, people);
  await button(people.facilitator, "control.end").click();
  await submit(people.facilitator);
  await people.poc.locator(".status[data-status=ended]").waitFor();
  await shot(people.facilitator, "facilitator-4-ended");
  await speaksOfTheFindings(people);
  program = await theProgramIsStartedAnew(program, people);
  await program.stop();
  await people.facilitator.context().close();
  await people.poc.context().close();

  program = await serve("scenarios/phone-tree");
  people = { facilitator: await person(browser, looks), poc: await person(browser, looks) };
  await joinBy(people.facilitator, program.link);
  await joinBy(people.poc, await people.facilitator.locator(".seat input").first().inputValue());
  await button(people.facilitator, "control.start").click();
  await stopsForReal(program, people);
  await program.stop();
  await people.facilitator.context().close();
  await people.poc.context().close();
}

// A line that the page cannot take is complained of once; the next one still comes, and after a break
// the stream goes on behind it.
async function aMistakeCostsOneLine() {
  const program = await serve("scenarios/phone-tree");
  const page = await (await browser.newContext()).newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`${program.origin}/join`);
  const seen = await page.evaluate(async () => {
    const { openStream } = await import("/assets/stream.js");
    const asked = [];
    const lines = [];
    window.fetch = async (address, { headers }) => {
      asked.push(headers["Last-Event-ID"] || "0");
      return new Response(asked.length === 1 ? "id: 1\ndata: 1\n\nid: 2\ndata: 2\n\n" : "");
    };
    await new Promise((done) => {
      openStream(() => "/stream", {
        line(n) {
          if (n === 1) throw new Error("a fold fails");
          lines.push(n);
        },
        clock() {},
        state() {
          if (asked.length === 2) done();
        },
      });
    });
    return { asked, lines };
  });
  expect(String(seen.lines) === "2", `lines after a mistake: ${seen.lines}`);
  expect(String(seen.asked) === "0,2", `the stream went on behind: ${seen.asked}`);
  expect(complaints.join() === "a fold fails", `complaints of the page: ${complaints}`);
  await page.context().close();
  await program.stop();
}

browser = await launch();
await aMistakeCostsOneLine();
for (const which of LOOKS) await play(which);
await browser.close();
finish();
