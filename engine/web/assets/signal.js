// What tells somebody who looks elsewhere that something has come: a number in the title, and two
// quiet notes, which can be switched off.
import { bind, say, text } from "/assets/i18n.js";
import { h } from "/assets/ui.js";

const SOUND = "tocsin.sound";
const NOTES_HZ = [660, 880];
const NOTE_S = 0.14;
const LOUDNESS = 0.06;

let audio = null;

const isOn = () => localStorage.getItem(SOUND) !== "off";

// A browser lets a page sound only after somebody has done something there.
function wake() {
  if (!audio && window.AudioContext) audio = new AudioContext();
  if (audio && audio.state === "suspended") audio.resume();
}
["click", "keydown"].forEach((kind) => document.addEventListener(kind, wake));

let silent_until = 0;

export function chime() {
  if (!audio || !isOn() || Date.now() < silent_until) return;
  silent_until = Date.now() + 1000 * NOTE_S * NOTES_HZ.length;
  NOTES_HZ.forEach((frequency, i) => {
    const note = audio.createOscillator();
    const gain = audio.createGain();
    const start = audio.currentTime + i * NOTE_S;
    note.frequency.value = frequency;
    gain.gain.setValueAtTime(LOUDNESS, start);
    gain.gain.exponentialRampToValueAtTime(0.001, start + NOTE_S);
    note.connect(gain).connect(audio.destination);
    note.start(start);
    note.stop(start + NOTE_S);
  });
}

export function soundSwitch() {
  const element = h("button", {
    type: "button",
    class: "sound",
    on: {
      click: () => {
        localStorage.setItem(SOUND, isOn() ? "off" : "on");
        show();
        chime();
      },
    },
  });
  const show = () => {
    bind(element, say(isOn() ? "sound.on" : "sound.off"));
  };
  show();
  return element;
}

// "(2) EXERCISE: PoC"
export function titleBadge(count, name) {
  const badge = count > 0 ? `(${count}) ` : "";
  bind(document.head.querySelector("title"), () => `${badge}${text(say("exercise"))} ${text(name)}`);
}
