// What every browser test needs: the program on a free port with a clock that the test sets, a
// browser, people who join, and what must hold of every page.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const axeSource = readFileSync(
  new URL("node_modules/axe-core/axe.min.js", import.meta.url),
  "utf8",
);

// Not a failure: this machine has no browser.
export function findChromium() {
  const path = [process.env.CHROMIUM, ...CHROMIUM].find((one) => one && existsSync(one));
  if (path) return path;
  console.log("skipped: there is no Chromium on this machine (apt install chromium)");
  process.exit(77);
}

export const launch = () =>
  chromium.launch({
    executablePath: findChromium(),
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

// ---- the program ----

export async function serve(scenario, options = {}) {
  const folder = options.folder || mkdtempSync(join(tmpdir(), "tocsin-browser-"));
  const args = [
    "serve",
    ...(options.resume ? ["--resume", options.resume] : ["--scenario", scenario]),
    "--db",
    join(folder, "drill.db"),
    "--listen",
    `127.0.0.1:${options.port || 0}`,
    "--seed",
    "7",
    ...(options.mode ? ["--mode", options.mode] : []),
    ...(options.realClock ? [] : ["--test-clock"]),
    ...(options.more || []),
  ];
  const program = spawn(process.env.TOCSIN, args, { cwd: process.env.TOCSIN_SOURCE });
  // A test that throws leaves nothing behind.
  const end = () => program.kill("SIGKILL");
  process.on("exit", end);
  program.on("exit", () => process.off("exit", end));
  let said = "";
  let complained = "";
  program.stderr.on("data", (bytes) => {
    complained += bytes;
  });
  const link = await new Promise((found, failed) => {
    program.stdout.on("data", (bytes) => {
      said += bytes;
      const match = said.match(/http:\/\/\S+\/join#[0-9a-f]+/);
      if (match) found(match[0]);
    });
    program.on("exit", (code) =>
      failed(new Error(`the program ended with ${code}: ${complained}${said}`)),
    );
  });
  const origin = new URL(link).origin;
  return {
    link,
    origin,
    folder,
    port: Number(new URL(link).port),
    pid: program.pid,
    complaints: () => complained,
    async setClock(at_ms) {
      const response = await fetch(`${origin}/api/1/test/clock`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ at_ms }),
      });
      if (!response.ok) throw new Error(`the clock could not be set: ${await response.text()}`);
    },
    // Without a word to anybody; the folder stays.
    async kill() {
      program.removeAllListeners("exit");
      await new Promise((done) => {
        program.on("exit", done);
        program.kill("SIGKILL");
      });
      process.off("exit", end);
    },
    async stop(keepFolder = false) {
      program.removeAllListeners("exit");
      const code = await new Promise((done) => {
        program.on("exit", done);
        program.kill("SIGTERM");
      });
      process.off("exit", end);
      if (!keepFolder) rmSync(folder, { recursive: true, force: true });
      if (code !== 0) throw new Error(`the program ended with ${code}: ${complained}`);
    },
  };
}

// ---- people ----

// A browser of its own, as a person has one; looks: {language, theme, width, height}, and {scale} of
// its pictures.
export async function person(browser, looks) {
  const context = await browser.newContext({
    viewport: { width: looks.width, height: looks.height },
    deviceScaleFactor: looks.scale || 1,
    colorScheme: looks.theme,
    locale: looks.language === "ja" ? "ja-JP" : "en-GB",
    timezoneId: "Asia/Tokyo",
    reducedMotion: "reduce",
  });
  await context.addInitScript(makeBreakable);
  await context.addInitScript(makeInsecure);
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (message) => {
    // Refusals and breaks are answers with a status; only those may be complained of.
    if (message.type() === "error" && !/status of 4|ERR_|net::/.test(message.text()))
      page.faults.push(message.text());
  });
  return page;
}

// Chromium's offline mode leaves open streams alone; this gives the test a way to cut them.
function makeBreakable() {
  const plainFetch = window.fetch;
  window.fetch = (address, options = {}) => {
    if (!String(address).includes("/stream")) return plainFetch(address, options);
    const cut = new AbortController();
    if (options.signal) options.signal.addEventListener("abort", () => cut.abort());
    window.cutStream = () => cut.abort();
    return plainFetch(address, { ...options, signal: cut.signal });
  };
}

// Over plain HTTP, as in a room, browsers keep some things from a page; to a page from this very
// machine they would give them.
function makeInsecure() {
  delete Crypto.prototype.randomUUID;
  delete Navigator.prototype.clipboard;
}

export async function joinBy(page, link) {
  await page.goto(link);
  await page.locator("main button.primary").click();
  await page.waitForURL(/[?&]as=/);
}

// On a phone a seat's settings stand behind a button.
export async function showSettings(page) {
  const more = page.locator("button.more[aria-expanded=false]");
  if ((await more.count()) > 0 && (await more.isVisible())) await more.click();
}

// ---- the pages' words ----

// Every key that a module asks for stands in the table, as a pair of two texts. Gives a function
// from key to words, so that tests need not repeat them.
export async function checkWords(origin, language) {
  const get = async (path) => (await fetch(`${origin}/assets/${path}`)).text();
  const seen = new Set();
  const keys = new Set();
  let table = {};
  async function read(path) {
    if (seen.has(path)) return;
    seen.add(path);
    const source = await get(path);
    for (const [, next] of source.matchAll(/from "\/assets\/([\w.]+)"/g)) await read(next);
    for (const [, key] of source.matchAll(
      /(?:\bsay|\bt|\bbutton|\bfield|Key:) ?\(?"([a-z][\w.-]*)"/g,
    ))
      keys.add(key);
    if (path.startsWith("strings")) {
      const more = (await import(dataModule(source))).default;
      for (const key of Object.keys(more)) if (table[key]) fail(`"${key}" stands in two tables of words`);
      table = { ...table, ...more };
    }
  }
  await read("main.js");
  await read("join.js");
  await read("lead.js");
  for (const key of keys) if (!table[key]) fail(`no words for "${key}"`);
  for (const [key, pair] of Object.entries(table))
    if (pair.length !== 2 || !pair[0] || !pair[1]) fail(`"${key}" lacks a language`);
  return (key) => table[key][language === "ja" ? 1 : 0];
}

// A table of strings as a module of its own, without what it imports.
function dataModule(source) {
  const plain = source
    .replace(/^import .*$/gm, "")
    .replace(/^ +\.\.\.\w+,$/gm, "")
    .replace(/export const \w+ =/, "export default");
  return `data:text/javascript;base64,${Buffer.from(plain).toString("base64")}`;
}

// ---- what must hold of every page ----

const shots = process.env.TOCSIN_SHOTS;

export async function check(page, name) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  if (shots) {
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  }
  for (const violation of result.violations)
    fail(
      `${name}: ${violation.id}: ${violation.help}: ${violation.nodes
        .slice(0, 3)
        .map((node) => node.html)
        .join(" | ")}`,
    );
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) fail(`${name}: the page is ${wide} px wider than the window`);
  // On a phone everything stands in one column.
  const columns = await page.evaluate(() => {
    if (window.innerWidth >= 600) return 1;
    const parts = [...document.querySelectorAll("main > *")].map((one) => one.getBoundingClientRect());
    return new Set(parts.filter((at) => at.width > 0).map((at) => Math.round(at.left / 4))).size;
  });
  if (columns > 1) fail(`${name}: ${columns} columns on a phone`);
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
