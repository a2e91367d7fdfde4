/**
 * What somebody typed, as tokens with their weight: characters, syllables, initials,
 * Latin words; which of them are mere asking, and which name an action. No DOM.
 */

import { pieces } from "./occurrences.js";
import { splitLetters } from "./sounds.js";

/** Full-width to plain, lower case, separators to blanks. */
function normalise(text) {
  // Normalising makes browsers load their tables, which takes a while on a phone.
  const plain = /^[\u0020-\u007e\u3400-\u9fff]*$/.test(text) ? text : text.normalize("NFKC");
  return plain.toLowerCase().replace(/[^\u3400-\u9fffa-z0-9]+/g, " ").trim();
}

const NUMERALS = "零一二三四五六七八九";

/** 35 → 三十五, as articles of laws are written; up to 999. */
export function hanNumber(value) {
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  let text = hundreds ? `${NUMERALS[hundreds]}百` : "";
  if (tens) text += (tens === 1 && !hundreds ? "" : NUMERALS[tens]) + "十";
  else if (hundreds && ones) text += "零";
  return text + (ones ? NUMERALS[ones] : "") || "零";
}

/** As typed, in the form in which it is compared; `plain` maps traditional characters. */
export function clean(text, plain) {
  const simple = Array.from(normalise(text), (character) => plain.get(character) || character).join("");
  const written = simple.replace(/(\d{1,3})(?= ?[条类级])/g, (digits) => hanNumber(Number(digits)));
  return written.replace(/(^|[^第零一二三四五六七八九十百])([零一二三四五六七八九十百]+) ?条/g, "$1第$2条");
}

/**
 * @typedef {{kind: "han"|"syllable"|"initial"|"word", text: string, sounds: string[],
 *   noise: boolean, action: string|null, last: boolean}} Token
 */

/** @returns {Token[]} */
export function tokens(text, index) {
  const made = [];
  const push = (kind, value, sounds) => made.push({ kind, text: value, sounds, noise: false, action: null, last: false });
  const parts = text.match(/[\u3400-\u9fff]|[a-z]+|[0-9]+/g) || [];
  // Beside a word of English only what is nothing but syllables is pinyin; "snacks" is none.
  const inEnglish = parts.some((part) => /^[a-z]{4}/.test(part) && (index.occurrences.numberOf(part) !== undefined || namesAction(part, index)));
  parts.forEach((part, place) => {
    if (/[\u3400-\u9fff]/.test(part)) push("han", part, index.sounds.of(part));
    else if (index.occurrences.numberOf(part) !== undefined || /[0-9]/.test(part) || isNoise(part, index) || namesAction(part, index)) push("word", part, []);
    else {
      const split = splitLetters(part, index.sounds.syllables());
      const initials = split ? split.filter((piece) => piece.initial).length : 0;
      const startsWord = place === parts.length - 1 && part.length > 2 && index.occurrences.tokens.some((token) => token.startsWith(part));
      if (!split || (initials && (inEnglish || startsWord)) || (initials > 1 && part.length > 12)) push("word", part, []);
      // 备案 among initials is no "ba".
      else if (initials > 1 && initials + 2 * (split.length - initials) >= part.length) {
        for (const letter of part) push("initial", letter, []);
      } else for (const piece of split) {
        if (piece.syllable) push("syllable", piece.syllable, [piece.syllable]);
        else push("initial", piece.initial, []);
      }
    }
  });
  if (made.length) made[made.length - 1].last = true;
  markNoise(made, index);
  markActions(made, index);
  return made;
}

/**
 * Words of asking and of actions by their first token, and actions by its sound too: what
 * is typed is held against a few of them only.
 */
function sorted(index) {
  if (!index.sorted) {
    const noise = new Map();
    const actions = new Map();
    const put = (map, key, value) => {
      const known = map.get(key);
      if (known) known.push(value);
      else map.set(key, [value]);
    };
    for (const words of index.noise.map(pieces)) put(noise, words[0], words);
    for (const { id, words } of index.actions) {
      for (const word of words.map(pieces)) {
        put(actions, word[0], [id, word]);
        if (word.length > 1) for (const sound of index.sounds.of(word[0])) put(actions, `~${sound}`, [id, word]);
      }
    }
    index.sorted = { noise, actions };
  }
  return index.sorted;
}

const isNoise = (part, index) => (sorted(index).noise.get(part) || []).some((words) => words.length === 1);

const namesAction = (part, index) => (sorted(index).actions.get(part) || []).some(([, words]) => words.length === 1);

function markNoise(made, index) {
  const { noise } = sorted(index);
  for (let at = 0; at < made.length; ) {
    let longest = 0;
    for (const words of noise.get(made[at].text) || []) {
      if (words.length > longest && words.every((word, k) => made[at + k] && made[at + k].text === word)) longest = words.length;
    }
    for (let k = 0; k < longest; k += 1) made[at + k].noise = true;
    at += longest || 1;
  }
}

/** The longest action word at each place; slips of the pen in longer ones are forgiven. */
function markActions(made, index) {
  const { actions } = sorted(index);
  for (let at = 0; at < made.length; ) {
    let longest = 0;
    let action = null;
    for (const key of [made[at].text, ...made[at].sounds.map((sound) => `~${sound}`)]) {
      for (const [id, word] of actions.get(key) || []) {
        if (word.length > longest && names(made, at, word, index)) [longest, action] = [word.length, id];
      }
    }
    // Those of "none" only look like an action: 加 in 加工.
    if (action !== "none") for (let k = 0; k < longest; k += 1) made[at + k].action = action;
    at += longest || 1;
  }
}

function names(made, at, word, index) {
  let exact = 0;
  for (let k = 0; k < word.length; k += 1) {
    const token = made[at + k];
    if (!token || (token.noise && word.length === 1)) return false;
    if (token.text === word[k]) exact += 1;
    else if (word.length < 2 || word.includes("了") || !confusable(token, word[k], index)) return false;
    else if (token.kind === "syllable") exact += 1;
  }
  return exact * 2 >= word.length;
}

function confusable(token, character, index) {
  const sounds = index.sounds.of(character);
  return token.sounds.some((sound) => sounds.includes(sound)) || (index.sounds.alike.get(token.text) || []).includes(character);
}
