// Takes the pictures of docs/ anew: the phone tree as a facilitator at 1280 px and a PoC on a phone see
// it. Not a test: ./do pictures runs it when pages have changed. What is drawn is the same each time but
// for links, codes and a few pixels at round corners.
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { checkWords, expect, finish, joinBy, launch, person, serve } from "./lib.mjs";
import { withPalette } from "./palette.mjs";

const FOLDER = join(process.env.TOCSIN_SOURCE, "docs/pictures");
const LARGEST_BYTES = 120 * 1024;
const DESK = { width: 1280, height: 800, theme: "light" };
const PHONE = { width: 360, height: 720, theme: "light", scale: 2 };
const PLAY = {
  en: {
    escalates: "Shipping desk: a password was typed into a false sign-in about 21:50. I call operations next.",
    asks: "Please lock the account of the shipping desk.",
    calls: "A password was stolen; shipping may have to stop tonight.",
    reason: "Tonight's gaps are known; Monday's check can find the rest.",
    dispute: "I answered aloud at once. Everybody in the room heard it.",
    decision: "We lock the account now",
    because: "it is shared by the whole desk",
  },
  ja: {
    escalates: "出荷センターで、21時50分ごろに偽のサインイン画面へパスワードを入力。次にシステム運用へ電話します。",
    asks: "出荷センターの共用アカウントを停止してください。",
    calls: "パスワードが盗まれました。今夜の出荷を止める可能性があります。",
    reason: "今夜わかった不備から直す。残りは月曜の点検で確認する。",
    dispute: "口頭ですぐに答えました。部屋の全員が聞いています。",
    decision: "共用アカウントをすぐに停止する",
    because: "センター全員で使っているため",
  },
};

let browser, words, language;

const button = (place, key) => place.getByRole("button", { name: words(key), exact: true });
const desk = () => person(browser, { ...DESK, language });
const phone = () => person(browser, { ...PHONE, language });
const cards = (page) => page.locator("[data-name=inbox] .card");
const says = () => PLAY[language];

// A picture of what stands in the window, from `from` down, which the bar on top must not cover.
async function take(page, name, from) {
  await page.locator(".toast").waitFor({ state: "detached" });
  await page.evaluate(() => {
    document.activeElement.blur();
    window.scrollTo(0, 0);
    for (const one of document.querySelectorAll("dialog, dialog *")) one.scrollTop = 0;
  });
  if (from)
    await from.evaluate((one) => {
      window.scrollTo(0, one.getBoundingClientRect().top);
      window.scrollBy(0, -document.querySelector("nav.tabs").getBoundingClientRect().bottom - 8);
    });
  const size = page.viewportSize();
  const png = withPalette(
    await page.screenshot({
      clip: { x: 0, y: 0, width: size.width, height: size.height },
      animations: "disabled",
    }),
  );
  const path = join(FOLDER, `${name}.${language}.png`);
  writeFileSync(path, png);
  expect(png.length <= LARGEST_BYTES, `${path} has ${png.length} bytes; ${LARGEST_BYTES} are the most`);
}

async function submit(page) {
  await page.locator("dialog button[type=submit]").click();
  await page.locator("dialog").waitFor({ state: "detached" });
}

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

const message = (type, to, facts, text, via = "phone") => ({
  id: `${type}-${to}`,
  do: "message",
  type,
  to: [to],
  via,
  facts,
  text,
});

// ---- before the start ----

const freePort = () =>
  new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });

// Under a public name, so that the page shows its QR code; the browser takes the way it has.
async function picturesTheLobby() {
  const port = await freePort();
  const program = await serve("scenarios/phone-tree", {
    port,
    more: ["--public-url", "http://drill.example.jp"],
  });
  const here = `http://127.0.0.1:${port}`;
  words = await checkWords(here, language);
  const facilitator = await person(browser, { ...DESK, height: 960, language });
  await joinBy(facilitator, `${here}/join${new URL(program.link).hash}`);
  await facilitator.locator("[data-name=plan] dd").first().waitFor();
  await facilitator.locator("[data-name=code] img").evaluate((one) => one.decode());
  await take(facilitator, "lobby");
  await facilitator.context().close();
  await program.stop();
}

// ---- the play ----

async function everybodyJoins(program) {
  const facilitator = await desk();
  await joinBy(facilitator, program.link);
  await facilitator.locator(".seat").nth(4).waitFor();
  const linkOf = (n) => facilitator.locator(".seat").nth(n).locator("input").inputValue();
  const [poc, commander] = [await phone(), await phone()];
  await joinBy(poc, await linkOf(0));
  await joinBy(commander, await linkOf(1));
  return { facilitator, poc, commander };
}

async function picturesTheInbox(program, { facilitator, poc }) {
  await button(facilitator, "control.start").click();
  await program.setClock(31000);
  await cards(poc).nth(1).waitFor();
  for (const n of [0, 1]) {
    await cards(poc).nth(n).locator(".head").click();
    await cards(poc).nth(n).locator(".body").waitFor();
  }
  await program.setClock(50000);
  await take(poc, "inbox", cards(poc).nth(1));
}

async function picturesTheEscalation(program, { poc }) {
  await program.setClock(70000);
  await button(poc.locator(".quick"), "escalate").click();
  const dialog = poc.locator("dialog");
  await dialog.locator("textarea").first().fill(says().escalates);
  for (const fact of ["password-entered"]) await dialog.locator(`input[value=${fact}]`).check();
  await take(poc, "escalate");
  await submit(poc);
}

// The CISO does not answer; the page offers the deputy.
async function picturesTheOutcome(program, { facilitator, poc }) {
  await program.setClock(95000);
  await send(poc, "poc", message("request", "it-duty", ["password-entered"], says().asks));
  await program.setClock(115000);
  await send(poc, "poc", message("escalation", "management", ["password-entered"], says().calls));
  await program.setClock(160000);
  await button(poc.locator("nav.tabs"), "tab.log").click();
  await poc.locator(".sent .failed[data-party=management]").waitFor();
  await poc.locator(".toast button").first().click();
  await take(poc, "outcome");
  // The deputy's minute has begun: what is due was asked for anew after the last of it.
  await facilitator.locator("[data-name=soon] li").first().getByText(/00:5[1-9]/).waitFor();
  await take(facilitator, "console");
}

async function playsOn(program, { facilitator, poc }) {
  await program.setClock(190000);
  await send(poc, "poc", { id: "o1", do: "open", inject: "operations-report" });
  await send(poc, "poc", message("info", "management-deputy", ["password-entered"], says().calls));
  await program.setClock(490000);
  await send(poc, "poc", { id: "o2", do: "open", inject: "corrections" });
  await send(poc, "poc", {
    id: "d1",
    do: "decide",
    question: "first-correction",
    option: "what-failed",
    reason: says().reason,
  });
  await program.setClock(600000);
  await button(facilitator, "control.end").click();
  await submit(facilitator);
  await poc.locator(".status[data-status=ended]").waitFor();
}

async function picturesWhatComesAfter({ facilitator, poc }) {
  const missed = poc.locator(".finding.is-violated").first();
  await missed.waitFor();
  await button(missed, "findings.dispute").click();
  await poc.locator("dialog textarea").fill(says().dispute);
  await submit(poc);
  const agenda = facilitator.locator(".after [data-name=agenda]");
  await agenda.getByText(says().dispute).first().waitFor();
  await poc.locator(".finding").getByText(says().dispute).first().waitFor();
  await take(poc, "findings", poc.locator(".finding", { hasText: says().dispute }).first());
  await take(facilitator, "agenda");
}

async function picturesThePlay() {
  const program = await serve("scenarios/phone-tree");
  words = await checkWords(program.origin, language);
  const people = await everybodyJoins(program);
  await picturesTheInbox(program, people);
  await picturesTheEscalation(program, people);
  await picturesTheOutcome(program, people);
  await playsOn(program, people);
  await picturesWhatComesAfter(people);
  for (const page of Object.values(people)) await page.context().close();
  await program.stop();
}

// ---- the discussion ----

async function picturesTheDiscussion() {
  const program = await serve("scenarios/phone-tree", { mode: "discuss" });
  words = await checkWords(program.origin, language);
  const facilitator = await desk();
  await joinBy(facilitator, program.link);
  await facilitator.getByRole("button", { name: words("discuss.start") }).click();
  const arrivals = facilitator.locator("[data-name=stage] .arrivals > li");
  await arrivals.first().waitFor();
  await facilitator.locator(".quick .primary:not([aria-busy])").waitFor();
  await facilitator.keyboard.press("ArrowRight");
  await arrivals.nth(1).waitFor();
  await facilitator.keyboard.press("d");
  const form = facilitator.locator("dialog");
  const field = (key) => form.getByLabel(words(key), { exact: true });
  await field("scribe.what").selectOption("own");
  await field("scribe.decision").fill(says().decision);
  await field("scribe.why").fill(says().because);
  await submit(facilitator);
  await facilitator.keyboard.press("v");
  await facilitator.locator("body[data-view=facilitator]").waitFor();
  await take(facilitator, "discuss");
  await facilitator.context().close();
  await program.stop();
}

mkdirSync(FOLDER, { recursive: true });
browser = await launch();
for (language of Object.keys(PLAY)) {
  await picturesTheLobby();
  await picturesThePlay();
  await picturesTheDiscussion();
}
await browser.close();
finish();
