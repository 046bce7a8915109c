// The replay: a moment of the exercise, and who knew what by then. One slides through it, steps from
// change to change, or begins with the largest gaps.
import { clockText, storyText } from "/assets/clock.js";
import { isOver } from "/assets/finding.js";
import { bind, say } from "/assets/i18n.js";
import { createModel } from "/assets/replay_model.js";
import { buildMatrix } from "/assets/replay_table.js";
import { button, field, h, keyed, section } from "/assets/ui.js";

const STEP_MS = 1800; // of play, from change to change
const SETTLE_MS = 800;
const GAPS = 5;
const MORE_GAPS = 15;
const LONG_MS = 20 * 60000;

const sentence = (page, model, fact, t) => {
  const knew = model.knewAt(fact, t).map(page.names.party);
  const lacked = model.lackedAt(fact, t).map(page.names.party);
  return say(lacked.length > 0 ? "replay.knewAndNot" : "replay.knew", {
    time: clockText(t),
    knew,
    lacked,
  });
};

// ---- where one stands ----

// The moment that is shown; whoever shows something of it is told of each other one.
function createPlace() {
  const listeners = [];
  const place = {
    t: 0,
    model: null,
    subscribe: (listener) => listeners.push(listener),
    go(t) {
      place.t = Math.max(0, Math.min(t, place.model.end_ms));
      listeners.forEach((listener) => listener(place.t, place.model));
    },
    // The next moment at which somebody learned something, forward (1) or back (-1).
    step(direction) {
      const times = place.model.changes.map((one) => one.at_ms);
      const next =
        direction > 0
          ? times.find((at_ms) => at_ms > place.t)
          : times.filter((at_ms) => at_ms < place.t).pop();
      if (next === undefined) return false;
      place.go(next);
      return true;
    },
  };
  return place;
}

const clocks = (page, model, t) => {
  const story_ms = model.storyAt(t);
  return say(story_ms === null ? "replay.clock" : "replay.clocks", {
    time: clockText(t),
    story: story_ms === null ? "" : storyText(story_ms, page.setting.story_offset_minutes),
  });
};

// Playing goes from change to change, and ends by itself.
function buildPlay(place) {
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    bind(element, say("replay.play"));
  };
  const element = button("replay.play", () => {
    if (timer) return stop();
    if (!place.step(1)) place.go(0);
    timer = setInterval(() => place.step(1) || stop(), STEP_MS);
    bind(element, say("replay.stop"));
  });
  element.classList.add("primary");
  return element;
}

function buildSlider(page, place) {
  const slider = h("input", { type: "range", min: "0", value: "0" });
  slider.addEventListener("input", () => place.go(Number(slider.value)));
  const now = h("p", { class: "now" });
  const around = h("p", { class: "quiet" });
  place.subscribe((t, model) => {
    slider.max = String(model.end_ms);
    slider.step = model.end_ms > LONG_MS ? "10000" : "1000";
    slider.value = String(t);
    bind(slider, () => clocks(page, model, t), "aria-valuetext");
    bind(now, () => clocks(page, model, t));
    const phase = model.lastMoment(t, "phase-changed");
    const decided = model.lastMoment(t, "decided");
    around.hidden = !phase && !decided;
    bind(around, () =>
      [
        phase && say("replay.phase", { phase: phase.words }),
        decided &&
          say("replay.decided", {
            time: clockText(decided.at_ms),
            name: page.names.party(decided.actor),
            option: decided.words,
          }),
      ].filter(Boolean),
    );
  });
  return h(
    "div",
    { class: "slider" },
    field("replay.moment", slider),
    h(
      "div",
      { class: "row" },
      button("replay.back", () => place.step(-1)),
      buildPlay(place),
      button("replay.forward", () => place.step(1)),
    ),
    now,
    around,
  );
}

// What changed last, in words.
function buildSentences(page, place) {
  const list = h("ol", { class: "plainlist lastly" });
  const empty = h("p", { class: "quiet", say: say("replay.nobodyYet") });
  place.subscribe((t, model) => {
    const last = model.changes.filter((one) => one.at_ms <= t).pop();
    const changes = last ? model.changes.filter((one) => one.at_ms === last.at_ms) : [];
    empty.hidden = changes.length > 0;
    keyed(
      list,
      changes,
      (one) => one.key,
      () => "",
      (one) =>
        h(
          "li",
          {},
          h("p", { class: "what", say: () => sentence(page, model, one.fact, one.at_ms) }),
          h("p", { class: "quiet", say: one.fact.text }),
        ),
    );
  });
  return h("div", { class: "changed" }, empty, list);
}

// ---- lists of places to go to ----

function gapRow(page, place, model, gap) {
  const fact = model.facts.get(gap.fact);
  const isOpen = gap.until_ms === undefined;
  return h(
    "li",
    { class: isOpen ? "gap open" : "gap" },
    h("p", { say: fact.text }),
    h("button", {
      type: "button",
      say: say(isOpen ? "replay.gapOpen" : "replay.gap", {
        names: gap.parties.map(page.names.party),
        since: clockText(gap.since_ms),
        until: clockText(gap.until_ms || 0),
        length: clockText((gap.until_ms || model.end_ms) - gap.since_ms),
      }),
      on: { click: () => place.go(gap.since_ms) },
    }),
  );
}

function buildGaps(page, place) {
  const list = h("ol", { class: "plainlist" });
  const empty = h("p", { class: "quiet", say: say("replay.noGaps"), hidden: true });
  const more = h("ol", { class: "plainlist" });
  const moreTitle = h("summary");
  const fold = h("details", { hidden: true }, moreTitle, more);
  const show = (model) => {
    const row = (gap) => gapRow(page, place, model, gap);
    list.replaceChildren(...model.gaps.slice(0, GAPS).map(row));
    const others = model.gaps.slice(GAPS, GAPS + MORE_GAPS);
    more.replaceChildren(...others.map(row));
    bind(moreTitle, say("replay.moreGaps", { count: others.length }));
    fold.hidden = others.length === 0;
    empty.hidden = model.gaps.length > 0;
  };
  const element = h(
    "div",
    { class: "gaps" },
    h("h3", { say: say("replay.gaps") }),
    h("p", { class: "quiet", say: say("replay.gapsExplain") }),
    empty,
    list,
    fold,
  );
  return { element, show };
}

function changeRow(page, place, model, change) {
  return h(
    "li",
    {},
    h("button", {
      type: "button",
      class: "plainbutton when",
      say: clockText(change.at_ms),
      label: () => [say("replay.goTo"), clockText(change.at_ms)],
      on: { click: () => place.go(change.at_ms) },
    }),
    h("span", { class: "what", say: () => sentence(page, model, change.fact, change.at_ms) }),
    h("span", { class: "quiet", say: change.fact.text }),
  );
}

function buildMoments(page, place) {
  const list = h("ol", { class: "plainlist moments" });
  const title = h("summary");
  const show = (model) => {
    bind(title, say("replay.moments", { count: model.changes.length }));
    list.replaceChildren(...model.changes.map((one) => changeRow(page, place, model, one)));
  };
  return { element: h("details", {}, title, list), show };
}

// ---- the part of the page ----

// Read when the exercise is over, and again when entries came in late or were taken out.
function watchReplay(page, show) {
  let seen = 0;
  let timer = 0;
  async function read() {
    timer = 0;
    const answer = await page.api.replay();
    if (answer.ok) show(createModel(answer.data));
    else timer = setTimeout(read, 10 * SETTLE_MS);
  }
  page.store.subscribe(({ lines }) => {
    if (!isOver(page)) return;
    const about = lines.filter((line) => ["learned", "annulled", "ended"].includes(line.kind)).length;
    if (about === seen) return;
    seen = about;
    timer = timer || setTimeout(read, SETTLE_MS);
  });
}

export function buildReplay(page) {
  const place = createPlace();
  const gaps = buildGaps(page, place);
  const moments = buildMoments(page, place);
  const body = h(
    "div",
    { class: "replay", hidden: true },
    h("div", { class: "pane" }, buildSlider(page, place), buildSentences(page, place)),
    gaps.element,
    buildMatrix(page, place),
    moments.element,
  );
  const wait = h("p", { class: "quiet", say: say("replay.wait") });
  watchReplay(page, (model) => {
    const isFirst = place.model === null;
    place.model = model;
    body.hidden = false;
    wait.hidden = true;
    gaps.show(model);
    moments.show(model);
    place.go(isFirst ? (model.gaps.length > 0 ? model.gaps[0].since_ms : model.end_ms) : place.t);
  });
  return section(
    "replay",
    "replay.title",
    h("p", { class: "quiet", say: say("replay.explain") }),
    wait,
    body,
  );
}
