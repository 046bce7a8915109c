// Doing things: what this seat can do itself, and whom to order what it cannot. Whether an order has
// authority behind it is for people to ask, and no page gives it away.
import { order } from "/assets/compose.js";
import { canDo, deedPicker } from "/assets/deed.js";
import { openDialog } from "/assets/dialog.js";
import { likelyFirst } from "/assets/finder.js";
import { gapField } from "/assets/gap.js";
import { say } from "/assets/i18n.js";
import { sendInput } from "/assets/send.js";
import { field, h } from "/assets/ui.js";

// Who can do it and can be written to, the likeliest first.
function doers(page, { done_by = [] }) {
  const { seats, stakeholders } = page.setting;
  const there = [...seats.flatMap((seat) => seat.roles), ...stakeholders.map((one) => one.id)];
  return likelyFirst(page, done_by.filter((party) => there.includes(party)));
}

const viaOf = (page, party) => {
  const { channels = ["phone"] } = page.setting.stakeholders.find((one) => one.id === party) || {};
  return channels.includes("phone") ? "phone" : channels[0];
};

function orderRow(page, action, dialog) {
  const to = doers(page, action);
  if (to.length === 0) return null;
  const open = () => {
    dialog().close();
    order(page, { to, action: action.id, via: viaOf(page, to[0]) });
  };
  return h(
    "li",
    { "data-action": action.id },
    h("p", { say: action.name }),
    h("button", {
      type: "button",
      say: say("act.order", { name: page.names.party(to[0]) }),
      on: { click: open },
    }),
  );
}

// `wish`: {action, target}: a deed that was ordered, to be done now.
export function act(page, wish = {}) {
  const { actions } = page.setting;
  const own = actions.filter((action) => canDo(page, action));
  const others = actions.filter((action) => !canDo(page, action));
  let dialog = null;
  const rows = others.map((action) => orderRow(page, action, () => dialog)).filter(Boolean);
  // Nothing is chosen beforehand but what was ordered: one Enter too many must stop no system.
  const choice = { none: say("act.choose"), chosen: wish.action, at: wish.target, actions: own };
  const deed = own.length > 0 ? deedPicker(page, choice) : null;
  const reason = h("textarea", { rows: "2", maxlength: "2000" });
  const orders = h(
    "details",
    { class: "folded orders", open: !deed },
    h("summary", { say: say("act.others", { count: rows.length }) }),
    h("ul", { class: "plainlist" }, rows),
  );
  const doIt = async () => {
    const what = deed.read();
    if (!what.action) return say("act.missing");
    const problem = await sendInput(page, {
      do: "act",
      ...what,
      ...(reason.value ? { reason: reason.value } : {}),
    });
    const name = page.names.action(what.action);
    return problem ? say("act.refused", { action: name, why: problem }) : null;
  };
  dialog = openDialog({
    title: say("act.title"),
    onlyShows: !deed,
    submitKey: deed ? "act.do" : "close",
    fields: [
      deed || h("p", { say: say("act.noneOwn") }),
      deed ? h("p", { class: "quiet hands", say: say("act.hands") }) : null,
      deed ? field("reason", reason) : null,
      gapField(page),
      rows.length > 0 && !wish.action ? orders : null,
    ],
    submit: deed ? doIt : async () => null,
  });
}
