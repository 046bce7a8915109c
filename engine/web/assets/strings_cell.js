// The words of the simulation cell and of what the facilitator enters for others; see strings.js.
export const cellStrings = {
  "cell.title": ["People outside", "社外・経営層など"],
  "cell.none": ["Nobody outside waits for an answer.", "回答を待つ連絡はありません。"],
  "cell.from": ["{from} to {to}", "{from}から{to}へ"],
  "cell.answer": ["Answer in this name", "この人として答える"],
  "cell.answerAny": ["Speak as somebody outside", "社外の人として連絡する"],
  "cell.as": ["In whose name", "誰として"],
  "cell.empty": ["Write what is said, or tick what it tells.", "伝える内容を書くか、事実を選んでください。"],
  "cell.claim": ["I play this person", "この人を手動で演じる"],
  "cell.claimed": ["played by hand", "手動で対応中"],
  "enter.said": ["Somebody said", "発言を代わりに入力"],
  "enter.who": ["Who said it", "話した人"],
  "enter.ago": ["Minutes ago", "何分前か"],
  annul: ["Do not count this", "採点から外す"],
  "annul.explain": [
    "It stays in the record, and leaves the score with what followed from it by itself.",
    "記録には残り、自動的に生じた結果とともに採点から外れます。",
  ],
  "annul.reason": ["Why", "理由"],
  "annul.missing": ["Say why: it is on record.", "理由を書いてください。記録に残ります。"],
  "annul.done": ["does not count", "採点対象外"],
};
