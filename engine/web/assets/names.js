// What ids are called: seats, roles, stakeholders, injects, messages, from the setting and from
// what has been shown.
import { say } from "/assets/i18n.js";

export function createNames(setting) {
  const parties = new Map();
  for (const stakeholder of setting.stakeholders || [])
    parties.set(stakeholder.id, stakeholder.name);
  const roles = new Map((setting.roles || []).map((role) => [role.id, role.name]));
  for (const seat of setting.seats || []) {
    const own = seat.roles.map((role) => roles.get(role)).filter(Boolean);
    if (own.length > 0) parties.set(seat.id, own.length === 1 ? own[0] : () => own);
  }
  // Somebody who was given a name goes by it, not by the role's.
  const named = new Set((setting.stakeholders || []).map((one) => one.id));
  for (const [id, name] of roles) if (!named.has(id)) parties.set(id, name);
  for (const id of ["facilitator", "evaluator", "story", "clock", "host", "room", "exercise", "board"])
    if (!parties.has(id)) parties.set(id, say(id));
  const injects = new Map((setting.injects || []).map((inject) => [inject.id, inject.title]));
  const facts = new Map((setting.facts || []).map((fact) => [fact.id, fact.text]));
  const actions = new Map((setting.actions || []).map((action) => [action.id, action.name]));
  const phases = new Map((setting.phases || []).map((phase) => [phase.id, phase.name]));
  const matters = new Map((setting.matters || []).map((one) => [one.id, one.name]));
  const world = new Map((setting.world || []).map((thing) => [thing.id, thing.name]));
  const values = new Map(
    (setting.world || []).flatMap((thing) =>
      thing.values.map((value) => [`${thing.id} ${value.id}`, value.name]),
    ),
  );
  const questions = setting.questions || [];
  const prompts = new Map(questions.map((question) => [question.id, question.prompt]));
  const options = new Map(
    questions.flatMap((question) => question.options.map((option) => [option.id, option.text])),
  );
  const messages = new Map();
  const of = (map) => (id) => map.get(id) || id || "";
  const anything = (id) =>
    [parties, injects, facts, actions, phases, prompts, options, world]
      .map((map) => map.get(id))
      .find(Boolean) || id;

  return {
    party: of(parties),
    inject: of(injects),
    fact: of(facts),
    action: of(actions),
    phase: of(phases),
    option: of(options),
    question: of(prompts),
    matter: of(matters),
    world: of(world),
    worldValue: (id, value) => values.get(`${id} ${value}`) || value,
    // Whatever goes by the id.
    anything,
    // What is to be done, and to what.
    deed: ({ action, target }) =>
      target
        ? say("order.at", { name: of(actions)(action), target: anything(target) })
        : of(actions)(action),
    message: (id) => messages.get(id) || say("message"),

    // Things get their names when they are shown for the first time.
    learn({ kind, body, shown, actor }) {
      if (kind === "delivered" && shown.title) injects.set(body.inject, shown.title);
      if (kind === "improvised" && shown.title) injects.set(body.inject, shown.title);
      if (kind === "learned" && shown.text) facts.set(body.fact, shown.text);
      if (kind === "messaged")
        messages.set(
          body.message,
          say("message.title", { from: of(parties)(actor), type: say(`type.${body.type}`) }),
        );
      for (const fact of shown.facts || []) facts.set(fact.id, fact.text);
      for (const question of shown.questions || []) {
        prompts.set(question.id, question.prompt);
        for (const option of question.options) options.set(option.id, option.text);
      }
    },
  };
}
