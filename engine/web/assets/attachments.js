// What comes with an inject: a mail, a log, a picture. Shown on a page that says EXERCISE, so that
// nobody takes it for real when it lies open on a screen.
import { currentLanguage, say, text } from "/assets/i18n.js";
import { button, h } from "/assets/ui.js";

const PICTURES = [".png", ".jpg", ".svg"];
const PAPERS = [".pdf"];
const ends = (path, suffixes) => suffixes.some((suffix) => path.endsWith(suffix));

// The file of the language that is being read.
const pathOf = (attachment) => attachment.file[currentLanguage()] || attachment.file.en;

function content(page, attachment) {
  const path = pathOf(attachment);
  const address = page.api.fileAddress(path);
  if (ends(path, PICTURES)) return h("img", { src: address, alt: text(attachment.name), class: "attached" });
  if (ends(path, PAPERS))
    return h("a", { href: address, target: "_blank", rel: "noopener", say: say("attached.open") });
  const words = h("pre", { class: "attached", tabindex: "0" }, "…");
  page.api.file(path).then((answer) => {
    words.textContent = answer.ok ? answer.data : "";
    if (!answer.ok) page.shell.notice(answer.problem, true);
  });
  return words;
}

function show(page, attachment) {
  const close = button("close", () => dialog.close(), { class: "primary" });
  const dialog = h(
    "dialog",
    { "aria-labelledby": "attached-title", class: "wide" },
    h(
      "h2",
      { id: "attached-title" },
      h("span", { class: "exercise tag", say: say("exercise") }),
      " ",
      h("span", { say: attachment.name }),
    ),
    content(page, attachment),
    h("div", { class: "row end" }, close),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}

export function attachments(page, list) {
  if (!list || list.length === 0) return null;
  return h(
    "div",
    { class: "learned" },
    h("h3", { say: say("attached.title") }),
    h(
      "ul",
      { class: "plainlist" },
      list.map((attachment) =>
        h(
          "li",
          {},
          h("button", {
            type: "button",
            say: attachment.name,
            on: { click: () => show(page, attachment) },
          }),
        ),
      ),
    ),
  );
}
