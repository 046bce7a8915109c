// What every page has: the exercise banner, language and colours, the state of the connection, the
// live region, and the one loud thing: a real incident.
import { tellOutage } from "/assets/dialog.js";
import { bind, currentLanguage, say, setLanguage } from "/assets/i18n.js";
import { button, h, select } from "/assets/ui.js";

const THEME = "tocsin.theme";

function applyTheme(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  localStorage.setItem(THEME, theme);
}

function themeSelect() {
  const theme = localStorage.getItem(THEME) || "auto";
  applyTheme(theme);
  const items = ["auto", "light", "dark"].map((name) => ({
    value: name,
    what: say(`theme.${name}`),
  }));
  const element = select(items, theme, { label: say("theme"), class: "theme" });
  element.addEventListener("change", () => applyTheme(element.value));
  return element;
}

function languageButton() {
  const element = button(
    "language",
    () => {
      setLanguage(currentLanguage() === "ja" ? "en" : "ja");
      element.lang = currentLanguage() === "ja" ? "en" : "ja"; // it names the other one in itself
    },
    { class: "language", lang: currentLanguage() === "ja" ? "en" : "ja" },
  );
  return element;
}

// options: title (words); returns places that the page fills.
export function buildShell(titleWords) {
  const connection = h("p", { class: "connection", role: "status", hidden: true });
  const notice = h("div", { class: "notice", role: "status" });
  const live = h("div", { class: "unseen", "aria-live": "polite" });
  const alarm = h("div", { class: "alarm", role: "alert", hidden: true });
  const heading = h("h1", { say: titleWords });
  const bar = h("div", { class: "bar" });
  const main = h("main", { id: "main", tabindex: "-1" });
  const header = h(
    "header",
    {},
    h(
      "div",
      { class: "exercise" },
      h("strong", { say: say("exercise") }),
      " ",
      h("span", { class: "long", say: say("exerciseLong") }),
    ),
    h(
      "div",
      { class: "top" },
      heading,
      h("div", { class: "row settings" }, themeSelect(), languageButton()),
    ),
    bar,
    connection,
  );
  document.body.replaceChildren(
    h("a", { class: "skip", href: "#main", say: say("skip") }),
    header,
    alarm,
    main,
    notice,
    live,
  );
  return {
    header,
    bar,
    main,
    heading,
    rename: (words) => bind(heading, words),
    announce: (words) => live.replaceChildren(h("p", { say: words })),
    notice: (words, wrong = false) => showNotice(notice, words, wrong),
    connection(state, time) {
      const key = { reconnecting: "stream.reconnecting", closed: "stream.closed" }[state];
      connection.hidden = !key;
      if (key) bind(connection, say(key, { time }));
      tellOutage(key ? say(key, { time }) : null);
    },
    alarm(stopped, by) {
      if (!alarm.hidden) return;
      alarm.hidden = false;
      header.querySelector(".long").hidden = true; // it says that nothing is real
      header.querySelector(".exercise").classList.add("real");
      bind(header.querySelector(".exercise strong"), say("stopped.banner"));
      alarm.replaceChildren(
        h("h2", { say: say("stopped.title") }),
        h("p", { say: say("stopped.by", { by }) }),
        h("p", { say: say("stopped.explain") }),
        h("p", { class: "given", say: stopped.text || "" }),
      );
    },
  };
}

const NOTICE_MS = 4000;
const WRONG_MS = 12000; // what could not be done stands in the log as well
let noticeTimer = 0;

function showNotice(place, words, wrong) {
  clearTimeout(noticeTimer);
  const clear = () => place.replaceChildren();
  place.replaceChildren(
    h(
      "div",
      { class: wrong ? "toast wrong" : "toast" },
      h("p", { say: words }),
      button("dismiss", clear),
    ),
  );
  noticeTimer = setTimeout(clear, wrong ? WRONG_MS : NOTICE_MS);
}

// A page of a heading and a few words, in place of everything else.
export function plainPage(shell, titleKey, ...children) {
  shell.rename(say(titleKey));
  shell.bar.replaceChildren();
  shell.connection("live");
  document.querySelectorAll(".quick, .tabs, dialog").forEach((one) => one.remove());
  shell.main.replaceChildren(h("div", { class: "plain" }, ...children));
}
