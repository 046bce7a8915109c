// Hostile texts in every place that a person or a scenario's author can write into, on every page, in
// both languages: nothing of them runs, loads, leads away or becomes an element.
//
// The same exercise is played twice, with harmless words and with payloads; a page of the second play
// may hold no kind of element, and no script, frame, form or picture, that the first one does not.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkWords, expect, fail, finish, launch, person, serve, showSettings } from "./lib.mjs";
import { payloads } from "./payload_list.mjs";

const VIEWERS = ["facilitator", "evaluator", "poc", "commander", "handler", "legal", "board"];
const folder = mkdtempSync(join(tmpdir(), "tocsin-payloads-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

// ---- a scenario that is not to be trusted ----

// YAML in quotes takes JSON's escapes; what may not stand in a scenario at all is for inputs only, as
// are the braces that would be a name.
const CONTROLS = /[\u0000-\u0008\u001b\u007f\r]/;
const inScenario = payloads.filter((text) => !/[\u0000-\u0008\r\u001b\u007f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\{\{/.test(text) && text.length < 1000);

// Every text of a file in both languages; the lines of a folded one go with it.
function rewrite(yaml, next) {
  const rows = [];
  let inside = -1;
  for (const line of yaml.split("\n")) {
    const indent = line.search(/\S/);
    if (inside >= 0 && (indent > inside || indent < 0)) continue;
    inside = -1;
    const block = line.match(/^(\s*(?:- )?)(en|ja):/);
    if (block) {
      inside = block[1].length;
      rows.push(`${block[1]}${block[2]}: ${JSON.stringify(next())}`);
    } else
      rows.push(line.replace(/\b(en|ja): "(?:[^"\\]|\\.)*"/g, (_, language) => `${language}: ${JSON.stringify(next())}`));
  }
  return rows.join("\n");
}

const FILES = {
  "page.svg": `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="60"
    onload="pwn()"><script>pwn()</script><style>@import url(http://evil.example/x.css);</style>
    <image href="http://evil.example/pixel.png" width="9" height="9"/><a href="javascript:pwn()"><text y="20">x</text></a>
    <foreignObject width="50" height="50"><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:pwn()"/></foreignObject></svg>`,
  "page.md": "# x\n<script>pwn()</script>\n[x](javascript:pwn())\n![x](http://evil.example/pixel.png)",
  "page.txt": "<!doctype html><script>pwn()</script><img src=x onerror=pwn()>",
  "page.eml": 'Content-Type: text/html\n\n<body onload=pwn()><img src="http://evil.example/x">',
  "page.csv": "=HYPERLINK(\"http://evil.example/\"),<script>pwn()</script>",
};

function writeScenario(name, next) {
  const to = join(folder, name);
  const from = join(process.env.TOCSIN_SOURCE, "scenarios/phone-tree");
  cpSync(from, to, { recursive: true });
  mkdirSync(join(to, "files"));
  for (const [file, bytes] of Object.entries(FILES)) writeFileSync(join(to, "files", file), bytes);
  const list = Object.keys(FILES).map((file) => `    - {file: files/${file}, name: {en: "x", ja: "x"}}`);
  for (const file of ["scenario.yaml", "facts.yaml", "injects.yaml", "rules.yaml"]) {
    let yaml = readFileSync(join(from, file), "utf8");
    if (file === "injects.yaml") yaml = yaml.replace(/^(- id: startex\n)/m, `$1  attachments:\n${list.join("\n")}\n`);
    if (file === "scenario.yaml")
      yaml += '\nhints:\n  - {id: some-hint, to: [poc], rule: escalate-at-once, text: {en: "x", ja: "x"}}\n' +
        'matters: [incident]\nactions:\n  - {id: lock-account, name: {en: "x", ja: "x"}}\n';
    writeFileSync(join(to, file), rewrite(yaml, next));
  }
  const text = () => `{en: ${JSON.stringify(next())}, ja: ${JSON.stringify(next())}}`;
  writeFileSync(join(folder, `${name}.yaml`), `for: phone-tree\ntitle: ${text()}\nscenario:\n  title: ${text()}\n  stakeholders:
    - id: vendor\n      name: ${text()}\n      contact: ${text()}\ninjects:\n  - {id: dead-line, body: ${text()}}\n`);
  return to;
}

// ---- people who are not to be trusted ----

async function switchLanguage(page) {
  await showSettings(page);
  await page.locator("button.language").click();
}

async function join_(program, link) {
  const response = await fetch(`${program.origin}/api/1/join`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ secret: link.split("#")[1] }) });
  const [name, value] = response.headers.get("set-cookie").split(";")[0].split("=");
  return { name, value };
}

async function joinAll(program) {
  const cookies = { facilitator: await join_(program, program.link) };
  const { links } = await (await fetch(`${program.origin}/api/1/links?as=facilitator`, {
    headers: { Cookie: `${cookies.facilitator.name}=${cookies.facilitator.value}` } })).json();
  for (const { as, link } of links) if (as !== "facilitator") cookies[as] = await join_(program, link);
  return cookies;
}

// `taken`: kind of input → how many were taken.
function sender(program, cookies, taken) {
  let number = 0;
  return async (as, input) => {
    const { name, value } = cookies[as];
    const response = await fetch(`${program.origin}/api/1/inputs?as=${as}`, {
      method: "POST", headers: { "Content-Type": "application/json", Cookie: `${name}=${value}` },
      body: JSON.stringify({ id: `p${number++}`, ...input }) });
    taken[input.do] = (taken[input.do] || 0) + response.ok;
    if (response.status >= 500) fail(`${input.do} of ${as}: ${response.status}`);
    return response.ok ? input.id ?? `p${number - 1}` : null;
  };
}

const opposite = { poc: "commander", commander: "handler", handler: "legal", legal: "poc" };

// One text in every field of what people read first, and in every second one of the others, in turn.
async function writeEverywhere(send, text, i) {
  const seat = Object.keys(opposite)[i % 4], other = opposite[seat];
  const message = await send(seat, { do: "message", type: "order", to: [other], via: "chat", readback: true, text });
  await send(other, { do: "open", message });
  if (i % 4 === 0) await send(seat, { do: "message", type: "approval-request", to: [other, "it-duty"], via: "mail", text });
  const inject = await send("facilitator", { do: "improvise", from: text.slice(0, 60), to: [seat], via: "mail",
    title: text.slice(0, 400), body: text, facts: [] });
  if (i % 3 !== 0) await send(seat, { do: "open", inject });
  const rest = [
    [seat, { do: "note", text }],
    [seat, { do: "said", to: [other], facts: [], text }],
    [seat, { do: "heard", from: other, facts: [], text }],
    [other, { do: "readback", message, text }],
    ["facilitator", { do: "reply_as", as: "it-duty", to: [seat], type: "answer", via: "mail", text }],
    [seat, { do: "answer", inject, text }],
    ["facilitator", { do: "hint", to: [seat], text }],
    ["facilitator", { do: "note", text }],
    ["evaluator", { do: "observe", text }],
    ["evaluator", { do: "rate", capability: "communication", rating: "M", text }],
    [seat, { do: "declare", status: "aware", of: "incident", reason: text }],
    [seat, { do: "act", action: "lock-account", reason: text }],
    [seat, { do: "handoff", to: other, facts: [], text }],
  ];
  for (const [n, [as, input]] of rest.entries()) if ((n + (i >> 2)) % 2 === 0) await send(as, input);
}

// Names that a client gives are ids; those that JavaScript's objects have by themselves are, too.
const IDS = ["constructor", "prototype", "valueof", "length", "main"];

async function theFirstHalf(program, send, texts) {
  await send("facilitator", { do: "start" });
  await program.setClock(60000);
  for (const seat of Object.keys(opposite)) await send(seat, { do: "open", inject: "startex" });
  await send("poc", { do: "open", inject: "night-report" });
  await send("poc", { do: "message", type: "request", to: ["vendor"], via: "phone", facts: ["password-entered"], text: texts[0] });
  await send("facilitator", { do: "edit", inject: "status-request", title: texts[1], body: texts[2] });
  await send("facilitator", { do: "edit", inject: "corrections", title: texts[3], body: texts[4] });
  await send("facilitator", { do: "hint", to: ["poc"], hint: "some-hint" });
  for (const id of IDS)
    await send("poc", { do: "message", id, type: "info", to: ["commander"], via: "chat", text: "A name of JavaScript's" });
  for (const [i, text] of texts.entries()) await writeEverywhere(send, text, i);
  for (let i = 0; i < 5; i++) await send("facilitator", { do: "annul", event: 20 + i, reason: texts[i] });
  await program.setClock(8 * 60000 + 1000);
  for (const inject of ["status-request", "corrections"]) await send("poc", { do: "open", inject });
  await send("poc", { do: "decide", question: "first-correction", option: "what-failed", reason: texts[5] });
}

async function theFindings(program, cookies, send, texts) {
  await send("facilitator", { do: "end" });
  const { name, value } = cookies.facilitator;
  const { findings } = await (await fetch(`${program.origin}/api/1/findings?as=facilitator`,
    { headers: { Cookie: `${name}=${value}` } })).json();
  const own = findings.filter((one) => opposite[one.actor] && ["violated", "satisfied"].includes(one.verdict));
  for (const [i, one] of own.slice(0, 40).entries()) {
    const text = texts[i % texts.length];
    await send(one.actor, { do: "dispute", finding: one.name, text });
    await send("facilitator", { do: "cause", finding: one.name, cause: "tool", text });
    if (i % 2 === 0) await send("facilitator", { do: "ruling", finding: one.name, verdict: "excused", text });
  }
}

// ---- the pages ----

// In the page, before anything of it runs.
function watch() {
  window.pwned = [];
  window.pwn = () => window.pwned.push("pwn() was called");
  document.addEventListener("securitypolicyviolation", (event) =>
    window.pwned.push(`the policy stopped ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
}

const PAGE = "main section:visible, main p:visible, body > section:visible";

async function openPage(browser, program, cookies, as, language, path = `/?as=${as}`, sign = PAGE) {
  const page = await person(browser, { language, theme: "light", width: 1200, height: 900 });
  await page.addInitScript(watch);
  await page.context().addCookies([{ ...cookies[as], url: program.origin }]);
  page.strange = [];
  page.on("dialog", (dialog) => {
    page.strange.push(`a dialog of the browser: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("popup", () => page.strange.push("a window was opened"));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== program.origin) page.strange.push(`a request to ${request.url().slice(0, 100)}`);
  });
  page.stopped = []; // what the policy kept from being sent
  page.on("requestfailed", (request) => {
    if (/csp/i.test(request.failure().errorText)) page.stopped.push(`a request to ${request.url().slice(0, 100)}`);
  });
  page.on("frameattached", () => page.strange.push("a frame"));
  const address = `${program.origin}${path}`;
  await page.goto(address);
  page.on("framenavigated", (frame) => {
    if (!frame.url().startsWith(address)) page.strange.push(`the page went to ${frame.url().slice(0, 100)}`);
  });
  await page.locator(sign).first().waitFor({ timeout: 30000 }).catch(async () => {
    const said = [...page.strange, ...page.faults, ...(await page.evaluate(() => window.pwned || []).catch(() => []))];
    fail(`${as}: the page of ${path} shows nothing; it is at ${page.url()}: ${said.slice(0, 8).join("; ")}`);
    finish();
    process.exit(1);
  });
  return page;
}

// What the page is made of: how often each element stands there, and whatever could act.
function census() {
  const counts = {};
  const acting = [];
  for (const element of document.querySelectorAll("*")) {
    const tag = element.namespaceURI.endsWith("xhtml") ? element.localName : `${element.namespaceURI} ${element.localName}`;
    counts[tag] = (counts[tag] || 0) + 1;
    for (const { name, value } of element.attributes) {
      const leads = ["href", "src", "action", "formaction", "srcset", "data", "poster", "background", "xlink:href", "ping"];
      if (name.startsWith("on") || ["srcdoc", "style", "http-equiv", "target"].includes(name) && element.localName !== "meta"
        && !(name === "style" && element.style.length > 0 && element.closest("[data-measured]")))
        acting.push(`<${tag} ${name}="${value.slice(0, 80)}">`);
      if (leads.includes(name) && new URL(value, location.href).origin !== location.origin)
        acting.push(`<${tag} ${name}="${value.slice(0, 80)}">`);
    }
  }
  if (/[\u202a-\u202e\u2066-\u2069]/.test(document.body.textContent)) acting.push("a sign that turns the writing");
  return { counts, acting, title: document.title, width: document.documentElement.scrollWidth - innerWidth };
}

// Shows what is folded away: cards, details, tabs stay as they are at this width.
async function unfold(page) {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll("details")) one.open = true;
    for (const one of document.querySelectorAll(".card .head[aria-expanded=false], .card .head"))
      if (!one.parentElement.querySelector(".body")) one.click();
  });
  await page.waitForTimeout(60);
}

// The dialogs that pages open before anything is sent; none of them is sent here.
const DIALOGS = {
  poc: ["escalate", "call", "message", "said", "heard", "act", "declare", "note", "incident", "inbox.answer", "inbox.readback",
    "approve", "publish"],
  facilitator: ["control.hint", "enter.said", "control.improvise", "note", "control.end", "cell.answerAny", "annul",
    "receiver"],
};

async function throughDialogs(page, words, keys, note) {
  let opened = 0;
  for (const key of keys) {
    const button = page.getByRole("button", { name: words(key), exact: true }).locator("visible=true").first();
    if ((await button.count()) === 0) continue;
    await button.click({ timeout: 3000 });
    const dialog = page.locator("dialog[open]");
    await dialog.waitFor({ timeout: 3000 });
    await note(key);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached", timeout: 3000 });
    opened++;
  }
  expect(opened > keys.length / 2, `of ${keys.length} dialogs only ${opened} were opened`);
}

// What came with an inject, shown in the page; and by itself, as somebody may open it.
async function throughFiles(browser, program, cookies, page, note) {
  const buttons = page.locator(".card .learned button").locator("visible=true");
  await buttons.first().waitFor();
  const names = Object.keys(FILES);
  expect((await buttons.count()) >= names.length, "the attachments are not offered");
  for (const [i, name] of names.entries()) {
    await buttons.nth(i).click();
    await page.locator("dialog[open] .attached").waitFor();
    await page.waitForTimeout(100);
    await note(name);
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    const alone = await openPage(browser, program, cookies, "poc", "en", `/api/1/files/files/${name}?as=poc`, "html, svg");
    await alone.waitForTimeout(100);
    // A frame may stand there, empty, and a picture be asked for: the policy lets nothing out or in.
    for (const what of alone.strange.filter((one) => one !== "a frame" && !alone.stopped.includes(one))) fail(`${name} by itself: ${what}`);
    if ((await alone.evaluate(() => window.pwned || [])).includes("pwn() was called")) fail(`${name} by itself runs`);
    await alone.context().close();
  }
}

// ---- both plays ----

const LANGUAGES = ["ja", "en"];

async function play(browser, name, next, texts) {
  const found = new Map(); // "poc en history" → census
  const taken = {};
  const program = await serve(writeScenario(name, next), { folder: mkdtempSync(join(folder, "db-")),
    more: ["--overlay", join(folder, `${name}.yaml`)] });
  const words = await checkWords(program.origin, "en");
  const cookies = await joinAll(program);
  const send = sender(program, cookies, taken);
  await theFirstHalf(program, send, texts);
  const pages = {};
  for (const as of VIEWERS) pages[as] = await openPage(browser, program, cookies, as, "ja");
  const look = async (when, languages = LANGUAGES) => {
    for (const as of when === "history" ? VIEWERS : VIEWERS.filter((one) => !["handler", "legal"].includes(one)))
      for (const language of languages) {
        const page = pages[as];
        if ((await page.evaluate(() => document.documentElement.lang)) !== language)
          await switchLanguage(page);
        await unfold(page);
        found.set(`${as} ${language} ${when}`, await page.evaluate(census));
      }
  };
  await look("history");
  for (const text of texts.slice(2, 5)) await writeEverywhere(send, text, 3);
  for (const [as, keys] of Object.entries(DIALOGS))
    await throughDialogs(pages[as], words, keys, async (key) => found.set(`${as} dialog ${key}`, await pages[as].evaluate(census)));
  await throughFiles(browser, program, cookies, pages.poc, async (file) =>
    found.set(`poc file ${file}`, await pages.poc.evaluate(census)));
  await look("live", ["en"]);
  await theFindings(program, cookies, send, texts);
  await look("findings", ["ja"]);
  await leave(name, pages);
  await program.stop();
  await theAlarm(browser, name, texts, found, taken);
  return { found, taken };
}

// The alarm ends an exercise, so that there is one text for all.
async function theAlarm(browser, name, texts, found, taken) {
  const program = await serve(join(folder, name), { folder: mkdtempSync(join(folder, "db-")) });
  const cookies = await joinAll(program);
  const send = sender(program, cookies, taken);
  const text = texts.filter((one) => one.length < 400 && !CONTROLS.test(one)).join("\n");
  const pages = {};
  for (const language of LANGUAGES) {
    const kit = await openPage(browser, program, cookies, "facilitator", language, `/api/1/kit?as=facilitator&lang=${language}`);
    found.set(`kit ${language}`, await kit.evaluate(census));
    pages[`kit ${language}`] = kit;
  }
  pages.lobby = await openPage(browser, program, cookies, "facilitator", "ja");
  await pages.lobby.locator("main input:visible").first().waitFor();
  await pages.lobby.waitForTimeout(300);
  await unfold(pages.lobby);
  found.set("lobby", await pages.lobby.evaluate(census));
  await send("facilitator", { do: "start" });
  await send("poc", { do: "stop_real_incident", text });
  for (const as of ["facilitator", "poc", "board"]) {
    pages[as] = await openPage(browser, program, cookies, as, "ja");
    await pages[as].getByText(text.slice(10, 30)).first().waitFor();
    found.set(`${as} stopped`, await pages[as].evaluate(census));
  }
  await leave(name, pages);
  await program.stop();
}

async function leave(name, pages) {
  for (const [as, page] of Object.entries(pages)) {
    const said = [...page.strange, ...page.faults, ...(await page.evaluate(() => window.pwned))];
    for (const what of said) fail(`${name}, ${as}: ${what}`);
    await page.context().close();
  }
}

// What Markdown may make of words, and what a page has more of when more is told.
const MARKDOWN = ["p", "ul", "ol", "li", "strong", "em"];
const ACTING = ["script", "iframe", "frame", "object", "embed", "form", "base", "meta", "link", "style", "img", "a", "video",
  "audio", "source", "template", "noscript", "marquee", "input", "textarea", "dialog", "main", "h1", "body", "title"];

function compare(clean, hostile) {
  for (const [place, { counts, acting, title }] of hostile) {
    for (const one of acting) if (!clean.get(place)?.acting.includes(one)) fail(`${place}: ${one}`);
    expect(!/^\s*$/.test(title), `${place}: no title`);
    const before = clean.get(place)?.counts;
    if (!before) continue;
    for (const tag of Object.keys(counts))
      if (!before[tag] && !MARKDOWN.includes(tag)) fail(`${place}: an element <${tag}> that was not there`);
    for (const tag of ACTING)
      if ((counts[tag] || 0) !== (before[tag] || 0))
        fail(`${place}: ${counts[tag] || 0} × <${tag}>, with harmless words ${before[tag] || 0}`);
  }
}

const browser = await launch();
let plain = 0, next = 0;
const [clean, hostile] = await Promise.all([
  play(browser, "clean", () => `Plain words ${++plain}`, payloads.map((_, i) => `Harmless words ${i}`)),
  play(browser, "hostile", () => inScenario[next++ % inScenario.length], payloads),
]);
await browser.close();
compare(clean.found, hostile.found);
for (const [input, count] of Object.entries(clean.taken)) {
  expect(count > 0, `no ${input} was taken`);
  expect(hostile.taken[input] >= count * 0.8, `${input}: ${count} harmless ones were taken, ${hostile.taken[input]} hostile ones`);
}
expect(hostile.found.size > 50, `only ${hostile.found.size} looks`);
finish();
