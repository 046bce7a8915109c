// The report in a real browser: it works under its own policy and asks the network for nothing, axe finds
// nothing in either language, a phone need not scroll sideways, and it prints on A4 and on Letter.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "./lib.mjs";

const source = process.env.TOCSIN_SOURCE;
const work = mkdtempSync(join(tmpdir(), "tocsin-report-"));
const tocsin = (...args) => execFileSync(process.env.TOCSIN, args, { cwd: source, stdio: ["ignore", "pipe", "ignore"] });
const axe = join(source, "tests/browser/node_modules/axe-core/axe.min.js");
const wrong = [];

async function look(browser, file, lang) {
  const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
  page.on("console", (message) => wrong.push(`${lang}: ${message.text()}`));
  page.on("request", (request) => request.url().startsWith("file:") || wrong.push(`${lang} asks for ${request.url()}`));
  await page.goto(`file://${file}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > 360) wrong.push(`${lang}: ${wide} px wide on a phone`);
  const styled = await page.evaluate(() => getComputedStyle(document.querySelector(".banner")).display);
  if (styled !== "flex") wrong.push(`${lang}: the policy stops the page's own style`);
  for (const format of ["A4", "Letter"]) {
    const pdf = await page.pdf({ format, printBackground: true });
    if (pdf.length < 100000) wrong.push(`${lang}: ${pdf.length} bytes on ${format}`);
  }
  // The page for management is one page: margins are 32 mm up and down, 28 mm across, at 96 dots an inch.
  await page.emulateMedia({ media: "print" });
  for (const [format, width, height] of [["A4", 688, 1001], ["Letter", 710, 934]]) {
    await page.setViewportSize({ width, height });
    const box = await page.locator("#executive").boundingBox();
    if (box.height > height) wrong.push(`${lang}: the page for management is ${box.height} px of ${height} on ${format}`);
  }
  await page.close();
}

// axe is a script, which the report's policy stops; so for it alone the policy is left aside.
async function check(browser, file, lang) {
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  await page.goto(`file://${file}`);
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  for (const one of found.violations) wrong.push(`${lang}: ${one.id} ${one.nodes.length} times: ${one.nodes[0].html}`);
  await context.close();
}

const browser = await launch();
try {
  const db = join(work, "drill.db");
  const inputs = join(source, "tests/story/ransomware/chaotic.jsonl");
  tocsin("play", "scenarios/ransomware", "--home", ".", "--inputs", inputs, "--db", db);
  for (const lang of ["en", "ja"]) {
    const file = join(work, `report.${lang}.html`);
    tocsin("report", "--format", "html", "--lang", lang, "--out", file, "--db", db);
    if (/<script|https?:/.test(readFileSync(file, "utf8").replaceAll("http://www.w3.org/2000/svg", "")))
      wrong.push(`${lang}: a script or an address`);
    await look(browser, file, lang);
    await check(browser, file, lang);
  }
} finally {
  await browser.close();
  rmSync(work, { recursive: true });
}
for (const one of wrong) console.error(one);
console.log(wrong.length === 0 ? "the report in both languages" : `${wrong.length} things are wrong`);
process.exit(wrong.length === 0 ? 0 : 1);
