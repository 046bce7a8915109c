// What a seat did, and what became of its calls and messages.
import { nameAuthority } from "/assets/authority.js";
import { clockText, storyText } from "/assets/clock.js";
import { composeMessage, publish } from "/assets/compose.js";
import { current } from "/assets/facts.js";
import { say } from "/assets/i18n.js";
import { describe, words } from "/assets/lines.js";
import { button, h, keyed, section } from "/assets/ui.js";

const FAILED = ["no-answer", "stale", "no-channel"];

// When something was done: in skipped hours the story's time says it, at other times the clock's.
function whenRow(page, { at_ms, story_ms, inGap }) {
  const time = inGap ? storyText(story_ms, page.setting.story_offset_minutes || 0) : clockText(at_ms);
  return h("span", { class: "when" }, time);
}

export function lineRow(page, line, actor) {
  const said = words(line);
  return h(
    "li",
    { class: `line is-${line.kind}` },
    whenRow(page, line),
    h(
      "span",
      { class: "what" },
      h("span", { say: describe(page.names, line, actor) }),
      line.proxy ? [" ", h("span", { class: "quiet proxy", say: say("line.byProxy") })] : null,
      said ? h("span", { class: "said", say: said }) : null,
    ),
  );
}

function outcomeRow(page, sent, party) {
  const { result } = sent.outcomes.get(party) || { result: "waiting" };
  const find = (id) => page.setting.stakeholders.find((one) => one.id === id) || {};
  const { deputy } = find(party);
  const { channels = [] } = find(deputy);
  const failed = FAILED.includes(result);
  return h(
    "li",
    { class: failed ? "failed" : result, "data-party": party },
    h("span", { say: say(`outcome.${result}`, { name: page.names.party(party) }) }),
    result === "challenged"
      ? button("challenge.answer", () =>
          nameAuthority(page, { from: party, via: sent.body.via, ...sent.body }),
        )
      : null,
    failed && deputy
      ? h("button", {
          type: "button",
          say: say("outcome.deputy", { name: page.names.party(deputy) }),
          on: {
            click: () =>
              composeMessage(page, {
                title: say("message"),
                type: sent.body.type,
                to: [deputy],
                via: channels.includes("phone") ? "phone" : channels[0],
                facts: current(page, sent.body.facts || []),
                text: sent.text,
              }),
          },
        })
      : null,
  );
}

function seatAnswered(page, sent, role) {
  const seat = page.setting.seats.find((one) => one.roles.includes(role));
  return Boolean(seat && seat.id !== role && sent.outcomes.has(seat.id));
}

export function buildLog(page) {
  const sentList = h("ol", { class: "plainlist" });
  const sentEmpty = h("p", { class: "quiet", say: say("outcome.empty") });
  const list = h("ol", { class: "lines" });
  const empty = h("p", { class: "quiet", say: say("log.empty") });
  page.store.subscribe((state) => {
    const sent = [...state.sent.values()].reverse();
    sentEmpty.hidden = sent.length > 0;
    keyed(
      sentList,
      sent,
      (one) => one.id,
      (one) => JSON.stringify([...one.outcomes]),
      (one) => {
        const parties = [...new Set([...one.body.to, ...one.outcomes.keys()])];
        // A seat answers for the role that the message was sent to.
        const shown = parties.filter(
          (party) => one.outcomes.has(party) || !seatAnswered(page, one, party),
        );
        return h(
          "li",
          { class: "sent" },
          h(
            "p",
            {},
            whenRow(page, one),
            " ",
            h("span", { say: say(`type.${one.body.type}`) }),
            " · ",
            h("span", { say: say(`via.${one.body.via || ""}`) }),
          ),
          one.body.action ? h("p", { class: "deed", say: page.names.deed(one.body) }) : null,
          h(
            "ul",
            { class: "outcomes" },
            shown.map((party) => outcomeRow(page, one, party)),
          ),
          one.body.type === "approval-request"
            ? button("publish", () => publish(page, one), { "data-focus": "publish" })
            : null,
        );
      },
    );
    const mine = state.lines.filter(
      (line) => line.actor === page.api.as && line.kind !== "learned",
    );
    empty.hidden = mine.length > 0;
    keyed(
      list,
      mine,
      (line) => line.n,
      () => "",
      (line) => lineRow(page, line, say("me")),
    );
  });
  return section(
    "log",
    "log.title",
    h("h3", { say: say("outcome.title") }),
    sentEmpty,
    sentList,
    h("h3", { say: say("tab.log") }),
    empty,
    list,
  );
}
