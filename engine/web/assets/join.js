// What a link opens. The secret stands behind the "#", which browsers send to nobody; it is
// exchanged for a cookie when the person says so, not when some program looks at the link. The
// room's code, which many have, is exchanged for a seat that is still free.
import { join, pageAddress } from "/assets/api.js";
import { say } from "/assets/i18n.js";
import { button, field, h } from "/assets/ui.js";
import { buildShell, plainPage } from "/assets/shell.js";

const shell = buildShell(say("join.title"));
const given = location.hash.slice(1);
const wrong = h("p", { class: "wrong", role: "alert" });
const LINK = /^[0-9a-f]{32}$/;
const CODE = /^[a-z2-9]{8}$/;

// In place of this page, so that the secret does not stay in the tab's history.
const enter = (answer) => location.replace(pageAddress(answer.data));
const tell = (problem) => wrong.replaceChildren(h("span", { say: problem }));

async function send(event, request, then) {
  event.preventDefault();
  const pressed = event.submitter || event.target;
  pressed.disabled = true;
  wrong.replaceChildren();
  const answer = await join(request);
  pressed.disabled = false;
  if (answer.ok) then(answer);
  else tell(answer.problem);
}

// However it is typed: in capitals, in full-width signs, with or without the dash.
const plain = (typed) =>
  typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\u2010-\u2015\u2212\u30fc-]/g, "");

function codeProblem(code) {
  const signs = [...new Set(code.replace(/[a-z2-9]/g, ""))];
  if (code.length === 0) return say("code.missing");
  if (signs.length > 0) return say("code.signs", { signs: signs.join(" ") });
  return say("code.length", { count: code.length });
}

function askLink(secret) {
  const start = button("join.button", (event) => send(event, { secret }, enter), {
    class: "primary large",
  });
  plainPage(shell, "join.title", h("p", { say: say("join.explain") }), start, wrong);
  start.focus();
}

// Somebody may have been quicker: then the seats are shown as they are now, with what went wrong.
async function take(event, code, seat) {
  event.target.disabled = true;
  const answer = await join({ as: seat.id, secret: code });
  if (answer.ok) return enter(answer);
  const again = await join({ secret: code });
  if (again.ok) askSeat(code, again.data);
  tell(answer.problem);
  event.target.disabled = false;
}

const nameOf = (seat) => seat.roles.map((role) => role.name || role.id);

function askSeat(code, { title, seats }) {
  const rows = seats.map((seat) =>
    h(
      "li",
      {},
      seat.taken
        ? h("p", { class: "quiet" }, h("span", { say: nameOf(seat) }), " – ", h("span", { say: say("code.taken") }))
        : h("button", {
            type: "button",
            class: "primary large",
            say: nameOf(seat),
            on: { click: (event) => take(event, code, seat) },
          }),
    ),
  );
  plainPage(
    shell,
    "code.seats",
    h("p", { say: title }),
    seats.every((seat) => seat.taken) ? h("p", { class: "wrong", say: say("code.none") }) : null,
    h("ul", { class: "choices" }, rows),
    wrong,
  );
}

function askCode(begin) {
  const input = h("input", {
    value: begin,
    maxlength: "12",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
  });
  const form = h(
    "form",
    {
      on: {
        submit(event) {
          const code = plain(input.value);
          if (LINK.test(code)) return event.preventDefault(), askLink(code);
          if (CODE.test(code))
            return send(event, { secret: code }, (answer) => askSeat(code, answer.data));
          event.preventDefault();
          tell(codeProblem(code));
        },
      },
    },
    field("code.field", input),
    h("button", { type: "submit", class: "primary large", say: say("code.next") }),
  );
  plainPage(shell, "join.title", h("p", { say: say("join.missing") }), form, wrong);
  input.focus();
  return form;
}

const code = plain(given);
if (LINK.test(given)) askLink(given);
else if (CODE.test(code)) askCode(given).requestSubmit();
else askCode("");

// Another link in the same tab: browsers take that for a place on this page.
addEventListener("hashchange", () => location.reload());
