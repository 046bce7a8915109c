// What stands in the way: the program dies and comes back, and the disk refuses. Pages say so, their
// clocks stand, and nobody needs to read what the program prints. With the machine's clock, for that
// is what must stop.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { check, checkWords, expect, finish, joinBy, launch, person, serve } from "./lib.mjs";

const LOOKS = {
  facilitator: { language: "en", theme: "light", width: 1440, height: 900 },
  evaluator: { language: "ja", theme: "dark", width: 360, height: 740 },
  poc: { language: "en", theme: "light", width: 360, height: 740 },
  board: { language: "en", theme: "dark", width: 1440, height: 900 },
};
const all = Object.keys(LOOKS);

const browser = await launch();
let program = await serve("scenarios/phone-tree", { realClock: true });
const words = {
  ja: await checkWords(program.origin, "ja"),
  en: await checkWords(program.origin, "en"),
};
const wordsOf = (as, key) => words[LOOKS[as].language](key);
// What stands before the first parameter.
const beginning = (as, key) => wordsOf(as, key).split("{")[0];

const people = {};
for (const as of all) people[as] = await person(browser, LOOKS[as]);
await joinBy(people.facilitator, program.link);
for (const as of all.slice(1)) {
  const { language } = LOOKS.facilitator;
  const name = as === "poc" ? "PoC" : words[language](as);
  const link = await people.facilitator
    .locator(".seat", { has: people.facilitator.locator(".name", { hasText: name }) })
    .locator("input")
    .inputValue();
  await joinBy(people[as], link);
}

const quick = (key) =>
  people.facilitator.locator(".quick").getByRole("button", { name: words.en(key), exact: true });
const status = (as) => people[as].locator(".status");
const clock = (as) => people[as].locator(".clocks .time").first().textContent();
const trouble = (as) => people[as].locator(".trouble");
const run = async (key) => {
  await quick(key).click();
  for (const as of all) await people[as].locator(".status[data-status=running]").waitFor();
};

// ---- the program dies ----

await run("control.start");
await people.poc.waitForTimeout(1500);
await people.poc.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
await program.kill();
for (const as of all) {
  await people[as].locator(".status[data-status=lost]").waitFor();
  expect(
    (await status(as).textContent()).replace(/\d\d:\d\d:\d\d/, "{time}") === wordsOf(as, "status.lost"),
    `${as}: the state does not say that nobody is heard: "${await status(as).textContent()}"`,
  );
}
expect(
  await people.poc.locator(".connection").evaluate((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  }),
  "a scrolled phone does not show that the connection is lost",
);
const stood = {};
for (const as of all) stood[as] = await clock(as);
await people.poc.waitForTimeout(2500);
for (const as of all)
  expect((await clock(as)) === stood[as], `${as}: the clock goes on without the program`);
await check(people.poc, "trouble-lost-poc");
await check(people.facilitator, "trouble-lost-facilitator");

program = await serve("scenarios/phone-tree", {
  realClock: true,
  folder: program.folder,
  port: program.port,
  resume: "phone-tree-1",
});
for (const as of all) {
  await people[as].locator(".status[data-status=paused]").waitFor();
  await trouble(as).waitFor();
  const key = as === "facilitator" ? "trouble.awayStaff" : "trouble.away";
  const said = await trouble(as).textContent();
  expect(
    said.includes(beginning(as, key).trim()) && /[1-9]\d* ?(s|秒)/.test(said),
    `${as}: does not say what has happened: "${said}"`,
  );
  await check(people[as], `trouble-away-${as}`);
}
await run("control.resume");
for (const as of all) expect(!(await trouble(as).isVisible()), `${as}: the notice stays after all is well`);

// ---- the disk refuses ----

function limitFiles(bytes) {
  const ran = spawnSync("prlimit", ["--pid", String(program.pid), `--fsize=${bytes}:`], { encoding: "utf8" });
  if (ran.status !== 0) throw new Error(`prlimit: ${ran.stderr}`);
}

limitFiles(statSync(join(program.folder, "drill.db-wal")).size);
const full_ms = performance.now();
// Nobody does anything: the program finds out by itself, and the facilitator sees it.
for (const as of all) await people[as].locator(".status[data-status=unkept]").waitFor();
expect(performance.now() - full_ms < 7000, "pages learn too late that nothing is kept");
for (const as of all) {
  const key = as === "facilitator" ? "trouble.diskStaff" : "trouble.disk";
  expect(
    (await trouble(as).textContent()).includes(wordsOf(as, key)),
    `${as}: does not say that nothing can be kept: "${await trouble(as).textContent()}"`,
  );
}
for (const as of all) stood[as] = await clock(as);
await quick("control.pause").click();
expect(
  (await quick("control.pause").getAttribute("aria-busy")) === "true",
  "who presses Pause on a full disk sees nothing happen",
);
await people.facilitator.locator(".toast.wrong").waitFor();
for (const as of all)
  expect((await clock(as)) === stood[as], `${as}: the clock goes on though nothing is kept`);
people.facilitator.faults.length = 0; // the browser complains of the answers, as it should
for (const as of all) await check(people[as], `trouble-disk-${as}`);
limitFiles("unlimited");
for (const as of all) await people[as].locator(".status[data-status=paused]").waitFor();
await run("control.resume");
for (const as of all) expect(!(await trouble(as).isVisible()), `${as}: the notice stays after the disk is well`);

for (const as of all) {
  expect(people[as].faults.length === 0, `${as}: the page complains: ${people[as].faults}`);
  await people[as].context().close();
}
await program.stop();
await browser.close();
finish();
