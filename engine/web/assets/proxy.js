// What the facilitator enters in a seat's place: somebody's page is gone, or they just say it aloud. The
// record knows who entered it.
import { enterSaid } from "/assets/cell.js";
import { say } from "/assets/i18n.js";
import { keySwitch, keyed, listenToKeys } from "/assets/keys.js";
import { SCRIBE } from "/assets/scribe.js";
import { button, h, section } from "/assets/ui.js";

const PLAY = ["running", "paused"];

// more: further keys of the page, letter → what it does
export function buildProxy(page, more) {
  const rows = SCRIBE.filter((row) => row.letter !== "a" || page.setting.actions.length > 0);
  const element = section(
    "proxy",
    "proxy.title",
    h("p", { class: "quiet", say: say("proxy.explain") }),
    h(
      "div",
      { class: "row" },
      rows.map((row) => keyed(row.key, row.letter, () => row.run(page))),
      button("enter.said", () => enterSaid(page)),
    ),
    keySwitch(say("proxy.keys")),
  );
  const isOpen = () => PLAY.includes(page.store.state.status);
  element.hidden = true;
  page.store.subscribe(() => {
    element.hidden = !isOpen() || page.setting.seats.length === 0;
  });
  const runs = new Map(rows.map((row) => [row.letter, () => row.run(page)]));
  listenToKeys(new Map([...runs, ...more]), isOpen);
  return element;
}
