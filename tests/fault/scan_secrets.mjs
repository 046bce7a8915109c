// What a scenario has to hide, read off its files line by line, and who may know it, followed on the
// facilitator's stream. Nothing here knows a scenario by heart: whatever is written into one is secret
// until the play has told it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const LEAST = { en: 14, ja: 8 }; // shorter lines stand in other places, too

// ---- the lines of a YAML file ----

// {item, section, language, text} for each piece of text; `item` is the entry of a list at the file's
// left edge, `section` its key. Folded lines are pieces of the text as it is sent.
function* textsOf(yaml, itemPattern, sectionPattern) {
  let item = null, section = null, language = "en";
  for (const line of yaml.split("\n")) {
    if (/^\s*#/.test(line)) continue;
    const name = line.match(itemPattern)?.[1];
    item = name ?? item;
    section = name ? "id" : (line.match(sectionPattern)?.[1] ?? section);
    if (name) yield { item, section, language, text: name };
    const flow = [...line.matchAll(/\b(en|ja): ("(?:[^"\\]|\\.)*"|[^"{},]+?)(?=\s*[,}])/g)];
    if (flow.length > 0) {
      for (const [, lang, text] of flow) yield { item, section, language: lang, text: text.replace(/^"|"$/g, "") };
      continue;
    }
    const key = line.match(/^\s*(?:- )?(en|ja):(.*)$/);
    if (key) language = key[1];
    const text = (key ? key[2] : line).trim().replace(/^[|>]-?$/, "").replace(/^"(.*)"$/, "$1");
    if (/^(?:- )?[a-z_]+:/.test(text)) continue; // a key of the file's own, not a text
    yield { item, section, language, text };
  }
}

function namesOf(folder) {
  const names = new Map();
  for (const [, name, en, ja] of readFileSync(join(folder, "scenario.yaml"), "utf8")
    .matchAll(/^  ([a-z-]+): \{en: "(.*?)", ja: "(.*?)"\}/gm)) names.set(name, { en, ja });
  return names;
}

const INJECT = [/^- id: (\S+)/, /^  ([a-z_]+):/];
const HINT = [/^  - id: (\S+)/, /^    ([a-z_]+):/];

// What an inject shows with its envelope, and what once it is opened; the rest is never a player's.
const ENVELOPE = ["title", "from_name"];
const OPENED = ["body", "question", "questions", "attachments"];

// ---- secrets ----

export class Secrets {
  constructor(folder) {
    this.folder = folder;
    this.names = namesOf(folder);
    this.all = new Map(); // text and kind → {kind, key, text, isName, known}
    this.files = new Map(); // path → the injects that bring it
    this.questions = new Map(); // a question or an option → the inject that asks
    this.open = []; // what lies on the table from the start
    this.injects();
    this.facts();
    this.rules();
    this.hints();
    this.stories();
    this.phases();
    this.publicWords();
  }

  read(path) { return readFileSync(join(this.folder, path), "utf8"); }

  add(kind, key, text, isName = false) {
    const id = `${kind}\n${key}\n${text}`;
    if (!this.all.has(id)) this.all.set(id, { kind, key, text, isName, known: new Set() });
  }

  addText(kind, key, piece) {
    const words = this.fill(piece);
    if ([...words].length >= LEAST[piece.language]) this.add(kind, key, words);
  }

  injects() {
    const yaml = this.read("injects.yaml");
    for (const piece of textsOf(yaml, ...INJECT)) {
      if (piece.item === null) continue;
      if (piece.section === "id") {
        this.add("envelope", piece.item, piece.item, true);
        continue;
      }
      const kind = ENVELOPE.includes(piece.section) ? "envelope" : OPENED.includes(piece.section) ? "inside" : "staff";
      this.addText(kind, piece.item, piece);
    }
    let item = null, asks = false;
    for (const line of yaml.split("\n")) {
      item = line.match(INJECT[0])?.[1] ?? item;
      const key = line.match(INJECT[1])?.[1];
      if (key) asks = key === "question" || key === "questions";
      const name = line.match(/^ {4,}(?:- )?id: (\S+)/)?.[1];
      if (asks && name) this.add("inside", item, name, true);
      if (asks && name) this.questions.set(name, item);
      for (const [path] of line.matchAll(/files\/[\w.-]+/g)) {
        this.files.set(path, [...(this.files.get(path) ?? []), item]);
        this.add("inside", item, path, true);
      }
    }
    for (const path of this.files.keys())
      for (const line of this.read(path).split("\n"))
        if ([...line.trim()].length >= 24) this.add("file", path, line.trim());
  }

  facts() {
    for (const piece of textsOf(this.read("facts.yaml"), ...INJECT)) {
      if (piece.item === null) continue;
      if (piece.section === "id") this.add("fact", piece.item, piece.item, true);
      else this.addText(piece.section === "text" ? "fact" : "staff", piece.item, piece);
    }
  }

  // Those of the scenario and of all packs: what a rule is called, and why it matters. Its `before:`
  // may be read before play.
  rules() {
    const packs = "../../scoring";
    const files = [["rules.yaml", INJECT], ...readdirSync(join(this.folder, packs))
      .filter((name) => name.endsWith(".yaml")).map((name) => [join(packs, name), HINT])];
    for (const [file, patterns] of files)
      for (const piece of textsOf(this.read(file), ...patterns)) {
        if (piece.item === null) continue;
        if (piece.section === "id") this.add("rule", piece.item, piece.item, true);
        if (piece.section === "before") this.open.push(this.fill(piece));
        if (["title", "why"].includes(piece.section)) this.addText("rule", piece.item, piece);
      }
  }

  // A part of the scenario's main file, by its key.
  part(key) { return (this.read("scenario.yaml").split(new RegExp(`^${key}:$`, "m"))[1] ?? "").split(/^[a-z]/m)[0]; }

  hints() {
    for (const piece of textsOf(this.part("hints"), ...HINT))
      if (piece.section === "text") this.addText("hint", piece.item, piece);
    for (const [, name] of this.part("world").matchAll(/^  ([a-z-]+):/gm)) this.add("staff", "world", name, true);
  }

  // Every sentence in a story: reasons for contingencies, mostly.
  stories() {
    for (const [, text] of this.read("story.lua").matchAll(/"([^"\n]* [^"\n]*)"/g))
      this.addText("staff", "story", { language: "en", text });
  }

  // What a phase is called by its file is the staff's; its name is everybody's once it has begun, if it
  // is public. The first has begun before anybody came.
  phases() {
    for (const entry of this.part("phases").split(/^  - /m).slice(1)) {
      const [, id] = entry.match(/^id: ([\w-]+)/);
      const [, en, ja] = entry.match(/name: \{en: "(.*?)", ja: "(.*?)"\}/);
      const isPublic = /^ +public: yes/m.test(entry);
      this.add("staff", "phase", id, true);
      for (const name of [en, ja]) this.add(isPublic ? "phase" : "staff", id, name, true);
      if (this.first === undefined) this.first = isPublic ? [id, en, ja] : [];
    }
    this.open.push(...this.first);
  }

  // Whom one can turn to, what can be done and reported on, and what the scenario is called.
  publicWords() {
    for (const key of ["title", "summary", "seats", "slots", "stakeholders", "actions"]) {
      for (const [, name] of this.part(key).matchAll(/\bid: ([\w-]+)/g)) this.open.push(name);
      for (const piece of textsOf(this.part(key), ...HINT)) this.open.push(this.fill(piece));
    }
  }

  fill({ language, text }) {
    return text.replace(/\{\{([a-z-]+)\}\}/g, (whole, name) => this.names.get(name)?.[language] ?? whole)
      .replace(/\\"/g, '"').replace(/^- /, "");
  }

  tell(who, kind, key) {
    for (const secret of this.all.values())
      if (secret.kind === kind && secret.key === key) secret.known.add(who);
  }

  hiddenFrom(who) { return [...this.all.values()].filter((secret) => !secret.known.has(who)); }

  // Whether the same words are part of what somebody may know.
  isKnownElsewhere(who, { text, isName }) {
    if (this.open.some((one) => (isName ? one === text : one.includes(text)))) return true;
    for (const secret of this.all.values())
      if (secret.known.has(who) && (isName ? secret.text === text : secret.text.includes(text))) return true;
    return false;
  }
}

// ---- who may know it ----

// Where an event names whom its words reach beside who did it; a message's do when it is opened.
const REACHES = { said: "to", "handed-off": "to", hinted: "to", heard: "from" };
const ALL = ["stopped", "ruled"];

export class Knowledge {
  constructor(secrets, seats) {
    this.secrets = secrets;
    this.seats = seats;
    this.messages = new Map(); // id → {actor, facts}
    this.cameTo = new Map(); // inject → seats
  }

  seatsOf(parties) {
    const list = [parties ?? []].flat();
    return list.includes("room") ? this.seats : this.seats.filter((seat) => list.includes(seat));
  }

  learn(seat, facts = []) { facts.forEach((fact) => this.secrets.tell(seat, "fact", fact)); }

  // An envelope names what it answers.
  showEnvelope(seat, { message, re, draft }) {
    for (const name of [message, draft]) if (name) this.secrets.tell(seat, "mail", name);
    if (re) this.secrets.all.get(`envelope\n${re}\n${re}`)?.known.add(seat);
    if (re) this.secrets.all.get(`mail\n${re}\n${re}`)?.known.add(seat);
  }

  take({ kind, actor, body: plain, shown, seq }) {
    const body = { ...shown, ...plain };
    const to = this.seatsOf(body.to);
    if (kind === "delivered") this.cameTo.set(body.inject, to);
    if (kind === "delivered") to.forEach((seat) => this.secrets.tell(seat, "envelope", body.inject));
    if (kind === "opened" && body.inject) this.open(actor, body.inject);
    if (kind === "learned") this.learn(actor, [body.fact]);
    if (kind === "phase-changed") [...this.seats, "board"].forEach((who) => this.secrets.tell(who, "phase", body.phase));
    if (kind === "hinted" && body.hint) to.forEach((seat) => this.secrets.tell(seat, "hint", body.hint));
    if (kind === "messaged") this.mail(actor, to, body);
    else if (kind === "opened" && body.message) this.read(actor, body.message);
    else if (kind === "improvised" || kind === "edited") this.write(body);
    else this.words(kind, actor, body, seq);
    if (["said", "handed-off"].includes(kind)) [actor, ...to].forEach((seat) => this.learn(seat, body.facts));
    if (kind === "heard") this.learn(actor, body.facts);
  }

  open(seat, inject) {
    this.secrets.tell(seat, "inside", inject);
    for (const [path, injects] of this.secrets.files)
      if (injects.includes(inject)) this.secrets.tell(seat, "file", path);
  }

  mail(actor, to, body) {
    this.messages.set(body.message, { actor, facts: body.facts });
    this.secrets.add("mail", body.message, body.message, true);
    for (const text of [body.text, body.draft_text])
      for (const line of (text ?? "").split("\n")) this.secrets.add("letter", body.message, line);
    [actor, ...to].forEach((seat) => this.showEnvelope(seat, body));
    this.secrets.tell(actor, "letter", body.message);
    this.learn(actor, body.facts);
  }

  read(actor, message) {
    this.secrets.tell(actor, "letter", message);
    this.learn(actor, this.messages.get(message)?.facts);
  }

  // What the facilitator makes up or changes before it comes.
  write({ inject, title, body, from }) {
    if (title) this.secrets.add("envelope", inject, title);
    if (from) this.secrets.add("envelope", inject, from);
    if (body) this.secrets.add("inside", inject, body);
    this.secrets.add("envelope", inject, inject, true);
  }

  // Those beside the actor whom an event is told to.
  audience(kind, body) {
    if (ALL.includes(kind)) return this.seats;
    if (kind === "decided") return this.cameTo.get(this.secrets.questions.get(body.question)) ?? [];
    if (kind === "acted") return [this.messages.get(body.order)?.actor];
    if (kind === "read-back") return [this.messages.get(body.message)?.actor];
    return this.seatsOf(body[REACHES[kind]]);
  }

  words(kind, actor, body, seq) {
    for (const text of [body.text, body.reason])
      if (typeof text === "string" && [...text].length >= LEAST.en) {
        this.secrets.add("words", `${kind} ${seq}`, text);
        [actor, ...this.audience(kind, body)].forEach((seat) => this.secrets.tell(seat, "words", `${kind} ${seq}`));
      }
  }
}
