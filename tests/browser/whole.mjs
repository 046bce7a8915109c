// Whole drills as five people play them, in five browsers, by pressing and typing only: the first
// phase of the flagship in Japanese and the phone tree in English, from the lobby to the replay.
// The inputs stand in whole/*.jsonl; but for wall times the record must be that of `tocsin play` of
// the same file. The test sets the time of the exercise.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHands } from "./hands.mjs";
import { check, checkWords, expect, finish, joinBy, launch, person, serve } from "./lib.mjs";
import { compareRecords, playGolden, readRecord } from "./record.mjs";

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1440, height: 900 };

// pictures: what is looked at once a line is done; dialogs: what is looked at before it is sent.
const DRILLS = [
  {
    name: "whole-ja",
    scenario: "ransomware",
    language: "ja",
    themes: { players: "light", facilitator: "light" },
    dialogs: ["message m1", "message m5", "message m11", "reply_as r1", "improvise i1"],
    pictures: {
      "check_in legal": ["facilitator", "legal"],
      "open poc printers": ["poc"],
      "open handler spreading": ["handler"],
      "pause facilitator": ["facilitator", "poc"],
      "readback handler m7": ["handler"],
      "message poc m11": ["poc"],
      "decide commander emergencies": ["commander", "facilitator"],
      "end facilitator": ["facilitator", "poc"],
      "ruling facilitator": ["facilitator", "poc"],
      "reflect legal w3": ["legal", "facilitator"],
    },
  },
  {
    name: "whole-en",
    scenario: "phone-tree",
    language: "en",
    themes: { players: "dark", facilitator: "dark" },
    dialogs: ["message m1", "message m4", "message m11", "message m13", "dispute"],
    pictures: {
      "check_in poc": ["poc"],
      "said commander": ["commander"],
      "message poc m4": ["handler"],
      "open poc operations-report": ["poc"],
      "open commander i1": ["commander"],
      "message poc m12": ["poc"],
      "answer poc corrections": ["poc", "facilitator"],
      "share_findings facilitator": ["facilitator", "legal"],
      "dispute poc": ["poc"],
      "reflect legal w5": ["commander", "facilitator"],
    },
  },
];

const MOST_TAPS = { escalation: 3, said: 2 };

let browser, drill, words, seatNames;

const button = (place, key) => place.getByRole("button", { name: words(key), exact: true });

// From the top: what the bar of tabs half covers is no small target.
async function look(page, name) {
  await page.evaluate(() => window.scrollTo(0, 0));
  await check(page, `${drill.name}-${name}`);
}
const newPerson = (who) =>
  person(browser, {
    ...(who === "facilitator" ? DESK : PHONE),
    language: drill.language,
    theme: drill.themes[who === "facilitator" ? who : "players"],
  });

// ---- the lobby ----

async function choosesTheMode(facilitator) {
  await facilitator.locator("[data-name=plan] dd").first().waitFor();
  await look(facilitator, "00-lobby");
  await button(facilitator, "lobby.change").click();
  const form = facilitator.locator("dialog");
  await form.getByLabel(words("lobby.mode"), { exact: true }).selectOption("live");
  const reloaded = facilitator.waitForEvent("load");
  await form.locator("button[type=submit]").click();
  await reloaded;
  await facilitator.locator("[data-name=plan] dd").first().waitFor();
  const plan = await facilitator.locator("[data-name=plan]").textContent();
  expect(plan.includes(words("mode.live")), "the mode is not what was chosen");
}

// What the seats are called on the pages.
async function readSeatNames(facilitator) {
  const { setting } = await facilitator.evaluate(
    async (query) => (await fetch(`/api/1/setting${query}`)).json(),
    new URL(facilitator.url()).search,
  );
  return Object.fromEntries(setting.roles.map((role) => [role.id, role.name[drill.language]]));
}

async function byTheirOwnLink(facilitator, name) {
  const seat = facilitator
    .locator("[data-name=links] .seat")
    .filter({ has: facilitator.getByText(seatNames[name], { exact: true }) });
  const page = await newPerson(name);
  await joinBy(page, await seat.locator("input").inputValue());
  return page;
}

async function byTheRoomsCode(program, facilitator, name) {
  const code = (await facilitator.locator(".code").textContent()).trim();
  const page = await newPerson(name);
  await page.goto(`${program.origin}/join`);
  await page.getByLabel(words("code.field")).fill(code);
  await button(page, "code.next").click();
  await page.locator(".choices button").first().waitFor();
  await look(page, `01-${name}-seats`);
  await page.getByRole("button", { name: seatNames[name], exact: true }).click();
  await page.waitForURL(/[?&]as=/);
  return page;
}

async function everybodyJoins(program, facilitator) {
  seatNames = await readSeatNames(facilitator);
  return {
    facilitator,
    poc: await byTheirOwnLink(facilitator, "poc"),
    commander: await byTheirOwnLink(facilitator, "commander"),
    handler: await byTheRoomsCode(program, facilitator, "handler"),
    legal: await byTheRoomsCode(program, facilitator, "legal"),
  };
}

// ---- the play ----

const nameOf = (line) =>
  [line.do, line.actor, line.inject || line.question || line.message || line.id]
    .filter(Boolean)
    .join(" ");

async function plays(lines, perform, people) {
  let n = 10;
  for (const line of lines) {
    const taps = await perform(line);
    const most = line.id === "m1" ? MOST_TAPS.escalation : MOST_TAPS[line.do];
    if (most) expect(taps <= most, `${nameOf(line)} takes ${taps} taps`);
    for (const who of drill.pictures[nameOf(line)] || [])
      await look(people[who], `${++n}-${nameOf(line).replaceAll(" ", "-")}-${who}`);
  }
}

async function seesTheReplay(page, name) {
  await button(page.locator(".jumps"), "after.replay").click();
  await page.locator("[data-name=replay] .now").waitFor();
  await page.locator("[data-name=replay] tbody tr").first().waitFor();
  await look(page, `90-replay-${name}`);
}

async function play() {
  const scenario = `scenarios/${drill.scenario}`;
  const file = new URL(`whole/${drill.scenario}.jsonl`, import.meta.url).pathname;
  const lines = readFileSync(file, "utf8").trim().split("\n").map(JSON.parse);
  const began = Date.now();
  const program = await serve(scenario);
  words = await checkWords(program.origin, drill.language);
  const facilitator = await newPerson("facilitator");
  await joinBy(facilitator, program.link);
  await choosesTheMode(facilitator);
  const people = await everybodyJoins(program, facilitator);
  const beforeSend = async (line, page) => {
    const name = `${line.do} ${line.id || ""}`.trim();
    if (drill.dialogs.includes(name)) await look(page, `05-dialog-${name.replace(" ", "-")}`);
  };
  await plays(lines, createHands({ program, people, words, beforeSend }), people);
  await seesTheReplay(facilitator, "facilitator");
  await seesTheReplay(people.poc, "poc");
  for (const page of Object.values(people)) await page.context().close();
  await program.stop(true);
  isTheGoldenRecord(program, scenario, file, lines);
  console.log(`${drill.name}: ${Math.round((Date.now() - began) / 1000)} s`);
}

function isTheGoldenRecord(program, scenario, file, lines) {
  const folder = mkdtempSync(join(tmpdir(), "tocsin-golden-"));
  const golden = playGolden(folder, scenario, file, "live");
  const ids = lines.map((line) => line.id).filter(Boolean);
  compareRecords(drill.name, readRecord(program.folder), golden, ids);
  for (const one of [folder, program.folder]) rmSync(one, { recursive: true, force: true });
}

browser = await launch();
for (drill of DRILLS) await play();
await browser.close();
finish();
