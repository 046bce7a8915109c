// How each input of a play's file is made by hand: by what is pressed and typed on which page. So a
// play can be played in browsers, line by line, and its record compared with that of `tocsin play`.
import { fail } from "./lib.mjs";

const UNIT_MS = { h: 3600000, m: 60000, s: 1000 };
const REACH = { phone: "call", mail: "mail", chat: "chat" };

export const durationOf = (text) =>
  [...text.matchAll(/(\d+)([hms])/g)].reduce((sum, [, n, unit]) => sum + n * UNIT_MS[unit], 0);

// options: {program, people: {actor: page}, words, beforeSend(line, page)}. Gives perform(line).
export function createHands({ program, people, words, beforeSend = async () => {} }) {
  const ids = new Map(); // the file's id → the one that the page made
  const lines = new Map(); // the file's id → its line
  let taps = 0;

  // ---- fingers ----

  async function tap(place) {
    taps++;
    await place.click();
  }
  const button = (place, key) => place.getByRole("button", { name: words(key), exact: true });
  const dialog = (page) => page.locator("dialog");
  const quick = (page, key) => tap(button(page.locator(".quick"), key));
  const part = (page, name) => page.locator(`.after [data-name=${name}]`);

  // On a wide page everything stands side by side.
  async function tab(page, name) {
    const one = page.locator(`nav.tabs [data-tab=${name}]`);
    if ((await one.isVisible()) && (await one.getAttribute("aria-pressed")) !== "true")
      await tap(one);
  }

  const goTo = (page, name) => tap(button(page.locator(".jumps"), `after.${name}`));

  async function unfold(place) {
    const fold = place.locator("xpath=ancestor::details[1]");
    if ((await fold.count()) > 0 && (await fold.getAttribute("open")) === null)
      await tap(fold.locator("> summary"));
  }

  async function setTicks(page, key, wanted) {
    const group = dialog(page)
      .locator("fieldset")
      .filter({ has: page.locator("legend").getByText(words(key), { exact: true }) });
    if ((await group.count()) === 0 && wanted.length === 0) return;
    const boxes = await group
      .locator("input")
      .evaluateAll((all) => all.map(({ value, checked }) => ({ value, checked })));
    for (const value of wanted)
      if (!boxes.some((box) => box.value === value)) fail(`${key} does not offer ${value}`);
    for (const { value, checked } of boxes) {
      if (checked === wanted.includes(value)) continue;
      const box = group.locator(`input[value="${value}"]`);
      await unfold(box);
      await tap(box);
    }
  }

  async function choose(page, key, value) {
    const control = dialog(page).getByLabel(words(key), { exact: true });
    if ((await control.inputValue()) === value) return;
    await unfold(control);
    taps += 2;
    await control.selectOption(value);
  }

  async function write(page, key, text) {
    const control = dialog(page).getByLabel(words(key), { exact: true });
    if ((await control.inputValue()) === text) return;
    taps++;
    await control.fill(text);
  }

  async function submit(line, page) {
    await beforeSend(line, page);
    await tap(dialog(page).locator("button[type=submit]"));
  }

  // ---- what has come ----

  const cameAs = (line) => {
    if (line.message) return `message ${ids.get(line.message) || line.message}`;
    return `inject ${ids.get(line.inject) || line.inject}`;
  };
  const card = (page, line) => page.locator(`[data-came="${cameAs(line)}"]`);
  const replied = (id) => (ids.has(id) ? { message: id } : { inject: id });

  async function onCard(page, line, key) {
    await tab(page, "inbox");
    await tap(button(card(page, line), key));
  }

  // ---- messages: the way that a player would take ----

  const saidBefore = (line) =>
    [...lines.values()].some(
      (one) =>
        one.do === "message" && one.actor === line.actor && line.text && one.text === line.text,
    );
  const isSeat = (party) => party in people;

  const OPENERS = [
    {
      fits: (line) => line.type === "approval",
      open: (page, line) => onCard(page, replied(line.re), "approve"),
    },
    {
      fits: (line) => line.draft,
      async open(page) {
        await tab(page, "log");
        await tap(button(page.locator("[data-name=log]"), "publish"));
      },
    },
    {
      fits: (line) => line.re,
      open: (page, line) => onCard(page, replied(line.re), "inbox.reply"),
    },
    {
      // Whoever could not be reached has a deputy, one tap away.
      fits: saidBefore,
      async open(page) {
        await tab(page, "log");
        await tap(page.locator(".sent .failed button").first());
      },
    },
    {
      fits: (line) => line.type === "escalation" && isSeat(line.to[0]),
      open: (page) => quick(page, "escalate"),
    },
    {
      fits: (line) => line.to.length === 1 && !isSeat(line.to[0]) && line.via in REACH,
      async open(page, line) {
        await tab(page, "contacts");
        const row = page.locator(`.contact[data-party=${line.to[0]}]`);
        await tap(row.getByRole("button", { name: words(REACH[line.via]) }));
      },
    },
    { fits: () => true, open: (page) => quick(page, "message") },
  ];

  async function message(page, line) {
    await OPENERS.find((one) => one.fits(line)).open(page, line);
    await setTicks(page, "compose.to", line.to);
    await choose(page, "compose.via", line.via);
    await setTicks(page, "compose.facts", line.facts || []);
    await setTicks(page, "compose.unknown", line.unknown || []);
    await choose(page, "compose.type", line.type);
    if (line.action) await choose(page, "act.action", line.action);
    if (line.readback)
      await tap(dialog(page).getByLabel(words("compose.readback"), { exact: true }));
    await write(page, "compose.text", line.text || "");
    await choose(page, "compose.tlp", line.tlp || "");
    await choose(page, "compose.ack", line.ack_within || "none");
    await submit(line, page);
  }

  // A fact for everybody in the room is one tap.
  async function said(page, line) {
    if (String(line.to) === "room" && line.facts.length === 1 && !line.text) {
      await tab(page, "known");
      const fact = page.locator(`[data-name=known] [data-fact="${line.facts}"]`);
      return tap(button(fact, "known.say"));
    }
    await quick(page, "said");
    await setTicks(page, "compose.to", line.to);
    await setTicks(page, "compose.facts", line.facts || []);
    await write(page, "compose.text", line.text || "");
    await submit(line, page);
  }

  // ---- with the keyboard only ----

  const focusIs = (page, selector) =>
    page.evaluate((wanted) => document.activeElement.matches(wanted), selector);

  async function tabTo(page, selector) {
    for (let i = 0; i < 40 && !(await focusIs(page, selector)); i++)
      await page.keyboard.press("Tab");
    if (!(await focusIs(page, selector))) fail(`the keyboard does not come to ${selector}`);
  }

  async function improvise(page, line) {
    await button(page.locator(".quick"), "control.improvise").focus();
    await page.keyboard.press("Enter");
    await dialog(page).waitFor();
    await page.keyboard.insertText(line.title);
    await tabTo(page, "dialog select");
    const from = dialog(page).locator("select").first();
    const isKnown = (await from.locator(`option[value="${line.from}"]`).count()) > 0;
    await from.selectOption(isKnown ? line.from : "");
    if (!isKnown) {
      await page.keyboard.press("Tab");
      await page.keyboard.insertText(line.from);
    }
    const roles = await dialog(page)
      .locator("fieldset")
      .first()
      .locator("input")
      .evaluateAll((all) => all.map((one) => one.value));
    for (const role of roles) {
      if (line.to.includes(role)) continue;
      await tabTo(page, `dialog input[value="${role}"]`);
      await page.keyboard.press("Space");
    }
    await tabTo(page, "dialog textarea");
    await page.keyboard.insertText(line.body);
    await tabTo(page, "dialog button[type=submit]");
    await beforeSend(line, page);
    await page.keyboard.press("Enter");
  }

  // ---- after ENDEX ----

  const finding = (place, line) => place.locator(`[data-finding="${line.finding}"]`);

  async function ruling(page, line) {
    await goTo(page, "agenda");
    const place = finding(part(page, "agenda"), line);
    await unfold(place);
    await tap(button(place, "findings.rule"));
    await choose(page, "findings.ruleVerdict", line.verdict || "");
    await write(page, "findings.ruleText", line.text);
    await submit(line, page);
  }

  async function hotWash(page, line) {
    await goTo(page, "hotwash");
    if (!line.length) return tap(button(part(page, "hotwash"), "hotwash.end"));
    const minutes = part(page, "hotwash").getByLabel(words("hotwash.length"), { exact: true });
    await minutes.selectOption(String(durationOf(line.length) / UNIT_MS.m));
    return tap(button(part(page, "hotwash"), "hotwash.begin"));
  }

  async function reflect(page, line) {
    await goTo(page, "hotwash");
    const field = part(page, "hotwash").locator(`input[data-about=${line.about}]`);
    await field.fill(line.text);
    await field.press("Enter");
    await part(page, "hotwash").locator(".own .what").getByText(line.text).waitFor();
  }

  const HANDS = {
    warm_up: (page) => quick(page, "control.warmUp"),
    start: (page) => quick(page, "control.start"),
    check_in: (page) => quick(page, "checkIn"),
    async pause(page) {
      await page.locator("main").focus();
      await page.keyboard.press("Space");
      for (const one of Object.values(people))
        await one.locator(".status[data-status=paused]").waitFor();
    },
    resume: (page) => quick(page, "control.resume"),
    jump: (page) => quick(page, "control.closeGap"),
    async end(page, line) {
      await quick(page, "control.end");
      await submit(line, page);
    },
    async open(page, line) {
      await tab(page, "inbox");
      await tap(card(page, line).locator(".head"));
      await card(page, line).locator(".body").waitFor();
    },
    ack: (page, line) => onCard(page, line, "inbox.ack"),
    async readback(page, line) {
      await onCard(page, line, "inbox.readback");
      await write(page, "readback.text", line.text);
      await submit(line, page);
    },
    async answer(page, line) {
      await onCard(page, line, "inbox.answer");
      await write(page, "compose.text", line.text);
      await submit(line, page);
    },
    async decide(page, line) {
      await tab(page, "inbox");
      const option = page.locator(`[name="option-${line.question}"][value="${line.option}"]`);
      const question = page.locator(".question").filter({ has: option });
      await tap(option);
      await question.locator("textarea").fill(line.reason);
      await beforeSend(line, page);
      await tap(button(question, "decide.button"));
    },
    async note(page, line) {
      await quick(page, "note");
      await write(page, "compose.text", line.text);
      await submit(line, page);
    },
    async declare(page, line) {
      await quick(page, "declare");
      await choose(page, "declare.status", line.status);
      await choose(page, "declare.of", line.of || "");
      await write(page, "reason", line.reason || "");
      await submit(line, page);
    },
    message,
    said,
    improvise,
    async reply_as(page, line) {
      const asked = page.locator("[data-name=cell] li");
      const newest = asked.filter({ hasText: lines.get(line.re).text }).first();
      await tap(button(newest, "cell.answer"));
      await choose(page, "compose.type", line.type);
      await write(page, "compose.text", line.text);
      await submit(line, page);
    },
    async share_findings(page) {
      await goTo(page, "agenda");
      await tap(button(part(page, "agenda"), "after.share"));
    },
    async dispute(page, line) {
      await goTo(page, "findings");
      await tap(button(finding(part(page, "findings"), line), "findings.dispute"));
      await write(page, "findings.disputeText", line.text);
      await submit(line, page);
    },
    ruling,
    hot_wash: hotWash,
    reflect,
    async withdraw(page, line) {
      const own = part(page, "hotwash").locator(".own li");
      await tap(own.filter({ hasText: lines.get(line.reflection).text }).getByRole("button"));
    },
  };

  // Gives how many taps it took.
  return async function perform(line) {
    const page = people[line.actor];
    taps = 0;
    await program.setClock(durationOf(line.at));
    const answered = page.waitForResponse(
      (one) => one.url().includes("/api/1/inputs") && one.request().method() === "POST",
    );
    answered.catch(() => {}); // of what goes wrong, the hand tells first
    await HANDS[line.do](page, line);
    const response = await answered;
    const sent = JSON.parse(response.request().postData());
    if (!response.ok()) fail(`${JSON.stringify(line)} is answered ${await response.text()}`);
    if (line.id) ids.set(line.id, sent.id);
    if (line.id) lines.set(line.id, line);
    await dialog(page).waitFor({ state: "detached" });
    return taps;
  };
}
