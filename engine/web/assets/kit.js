// What can be printed before play: a fallback on paper, and sheets for observers. It opens beside
// this page, in the language that is shown.
import { bind, say } from "/assets/i18n.js";
import { h } from "/assets/ui.js";

export function kitLink(page) {
  const link = h("a", { class: "button", target: "_blank", rel: "noopener", say: say("kit.print") });
  bind(link, { en: page.api.kitAddress("en"), ja: page.api.kitAddress("ja") }, "href");
  page.store.subscribe(({ status }) => {
    link.hidden = status !== "ready";
  });
  return link;
}
