// What every browser test needs: the program on a free port with a clock that the test sets, a
// browser, people who join, and what must hold of every page.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const axeSource = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

// Not a failure: this machine has no browser.
export function findChromium() {
  const path = [process.env.CHROMIUM, ...CHROMIUM].find((one) => one && existsSync(one));
  if (path) return path;
  console.log("skipped: there is no Chromium on this machine (apt install chromium)");
  process.exit(77);
}

export const launch = () => chromium.launch({
  executablePath: findChromium(),
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});

// ---- the program ----

export async function serve(scenario, options = {}) {
  const folder = options.folder || mkdtempSync(join(tmpdir(), "tocsin-browser-"));
  const args = ["serve", "--scenario", scenario, "--db", join(folder, "drill.db"), "--listen",
    `127.0.0.1:${options.port || 0}`, "--seed", "7", ...(options.realClock ? [] : ["--test-clock"])];
  const program = spawn(process.env.TOCSIN, args, { cwd: process.env.TOCSIN_SOURCE });
  let said = "";
  let complained = "";
  program.stderr.on("data", (bytes) => { complained += bytes; });
  const link = await new Promise((found, failed) => {
    program.stdout.on("data", (bytes) => {
      said += bytes;
      const match = said.match(/http:\/\/\S+\/join#[0-9a-f]+/);
      if (match) found(match[0]);
    });
    program.on("exit", (code) => failed(new Error(`the program ended with ${code}: ${complained}${said}`)));
  });
  const origin = new URL(link).origin;
  return {
    link, origin, folder, port: Number(new URL(link).port),
    async setClock(at_ms) {
      const response = await fetch(`${origin}/api/1/test/clock`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ at_ms }),
      });
      if (!response.ok) throw new Error(`the clock could not be set: ${await response.text()}`);
    },
    async stop(keepFolder = false) {
      const ended = new Promise((done) => { program.on("exit", (code) => done(code)); });
      program.removeAllListeners("exit");
      const code = await Promise.race([new Promise((done) => { program.on("exit", done); program.kill("SIGTERM"); }), ended]);
      if (!keepFolder) rmSync(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`the program ended with ${code}: ${complained}`);
    },
  };
}

// ---- people ----

// A browser of its own, as a person has one; looks: {language, theme, width, height}.
export async function person(browser, looks) {
  const context = await browser.newContext({
    viewport: { width: looks.width, height: looks.height },
    colorScheme: looks.theme, locale: looks.language === "ja" ? "ja-JP" : "en-GB",
    timezoneId: "Asia/Tokyo", reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => {
    // Refusals and breaks are answers with a status; only those may be complained of.
    if (message.type() === "error" && !/status of 4|ERR_|net::/.test(message.text())) page.faults.push(message.text());
  });
  return page;
}

export async function join_(page, link) {
  await page.goto(link);
  await page.locator("main button.primary").click();
  await page.waitForURL(/\?as=/);
}

// ---- what must hold of every page ----

const shots = process.env.TOCSIN_SHOTS;

export async function check(page, name) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  if (shots) {
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  }
  for (const violation of result.violations)
    fail(`${name}: ${violation.id}: ${violation.help}: ${violation.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) fail(`${name}: the page is ${wide} px wider than the window`);
  const banner = await page.locator(".exercise").first().isVisible();
  if (!banner) fail(`${name}: the banner that says EXERCISE is not in sight`);
  for (const fault of page.faults.splice(0)) fail(`${name}: ${fault}`);
}

let failures = 0;

export function fail(sentence) {
  failures++;
  console.log(`FAILED ${sentence}`);
}

export function expect(condition, sentence) {
  if (!condition) fail(sentence);
}

export function finish() {
  console.log(failures === 0 ? "ok" : `${failures} failed`);
  process.exitCode = failures === 0 ? 0 : 1;
}
