/**
 * The search index in memory: terms as tokens, who owns them, where each token occurs.
 * Made from api/v1/search.json; the two other files are added when they are needed. The shape of the files is told in docs/search.md. No DOM.
 */

import { Sounds } from "./search-sounds.js";

const FIRST_HAN = 0x3400;
const LAST_HAN = 0x9fff;
/** No matter and no subject has this number. */
const NONE = 1 << 30;
const PIECES = /[\u3400-\u9fff]|[a-z]+|[0-9]+/g;

/** How much a term of each kind says about a matter. */
export const KINDS = { name: 1, also: 1, thing: 0.96, english: 1, result: 0.78, faq: 0.6, paper: 0.6, condition: 0.45, law: 0.75 };
/** What the second, third, … matter of a word gets. */
const PREFERENCE = [1, 0.95, 0.91, 0.88, 0.86, 0.84];

/** Full-width to plain, lower case, separators to blanks. */
export function normalise(text) {
  // Normalising makes browsers load their tables, which takes a while on a phone.
  const plain = /^[\u0020-\u007e\u3400-\u9fff]*$/.test(text) ? text : text.normalize("NFKC");
  return plain.toLowerCase().replace(/[^\u3400-\u9fffa-z0-9]+/g, " ").trim();
}

/** A text of the index as tokens: characters, Latin words, numbers. */
export const pieces = (text) => text.toLowerCase().match(PIECES) || [];

/**
 * @typedef {{text: string, tokens: Int32Array, owners: Array<[number, number, string]>}} Term
 * owners are [matter, factor, kind]; a matter below zero is a subject that is handled
 * elsewhere. Terms share their owners: a list of them is never changed.
 */
export class Index {
  /** `data` is api/v1/search.json. */
  constructor(data) {
    this.matters = data.matters.map(([id, name, section, facts, applicants, aliases]) => ({
      id, name, section: data.sections[section], facts, applicants, aliases, action: null,
    }));
    this.elsewhere = [];
    this.sounds = new Sounds();
    this.sounds.addReadings(data.sounds);
    /** Token → its number; a token is a character, a Latin word or a number. */
    this.ofCode = new Int32Array(LAST_HAN - FIRST_HAN + 1).fill(-1);
    this.ofWord = new Map();
    this.tokens = [];
    this.postings = [];
    this.frequency = [];
    this.last = [];
    this.weights = null;
    this.sorted = null;
    /** @type {Term[]} */
    this.terms = [];
    this.byText = new Map();
    this.actions = data.actions.map(([id, words]) => ({ id, words: split(words).map(pieces) }));
    this.noise = split(data.noise).map(pieces);
    this.families = data.families.map(([, byAction]) => byAction);
    /** Which files are in: more and text are set when they were added. */
    this.more = false;
    this.text = false;
    /** How many terms are names; those after them are full text. */
    this.named = 0;
    for (const byAction of this.families) {
      for (const action of Object.keys(byAction)) {
        for (const member of byAction[action]) if (!this.matters[member].action) this.matters[member].action = action;
      }
    }
    for (let number = 0; number < this.matters.length; number += 1) {
      const { name, aliases } = this.matters[number];
      this.add(name, [[number, KINDS.name, "name"]]);
      const short = name.includes("（") ? name.replace(/（.*?）/g, "") : name;
      if (short !== name) this.add(short, [[number, KINDS.name, "name"]]);
      for (const alias of split(aliases)) this.add(alias, [[number, KINDS.also, "also"]]);
    }
    this.addWords(data.words);
    data.families.forEach(([things], family) => this.addThings(things, family));
    this.named = this.terms.length;
  }

  /** `data` is api/v1/search-more.json; to be added before the text. */
  addMore(data) {
    this.more = true;
    this.sounds.addReadings(data.sounds);
    this.sounds.addTraditional(data.traditional);
    this.sounds.addLookalikes(split(data.lookalikes));
    data.names.forEach((name, matter) => this.add(name, [[matter, KINDS.english, "english"]]));
    this.addWords(data.words);
    data.families.forEach((things, family) => this.addThings(things, family));
    data.actions.forEach((words, place) => this.actions[place].words.push(...split(words).map(pieces)));
    this.sorted = null;
    this.noise.push(...split(data.noise).map(pieces));
    data.elsewhere.forEach(([about, words], number) => {
      this.elsewhere.push(about);
      for (const word of split(words)) this.add(word, [[-1 - number, KINDS.also, "also"]]);
    });
    this.named = this.terms.length;
  }

  /** `data` is api/v1/search-text.json. */
  addText(data) {
    this.text = true;
    // Terms of their own, and what is telling is told by names alone: a query that names
    // answer must be answered alike before and after the text has come.
    const names = this.byText;
    this.byText = new Map();
    const known = this.frequency.slice();
    this.matters.forEach(({ id }, matter) => {
      if (!data.matters[id]) return;
      const [results, papers, conditions, questions, laws] = data.matters[id];
      const put = (kind, text) => this.add(text, [[matter, KINDS[kind], kind]]);
      for (const text of results) put("result", text);
      for (const text of papers) put("paper", text);
      for (const text of conditions) put("condition", text);
      for (const text of questions) put("faq", text);
      for (const [law, article] of laws) put("law", `${data.laws[law] || ""}${article || ""}`);
    });
    known.forEach((frequency, token) => (this.frequency[token] = frequency));
    this.weights = null;
    this.byText = names;
  }

  addWords(groups) {
    for (const [members, words] of groups) {
      const owners = members.map((member, place) => [member, preference(place) * KINDS.also, "also"]);
      for (const word of split(words)) this.add(word, owners, true);
    }
  }

  addThings(things, family) {
    const byAction = this.families[family];
    const owners = [];
    for (const action of Object.keys(byAction)) {
      byAction[action].forEach((member, place) => owners.push([member, preference(place) * KINDS.thing, "thing"]));
    }
    for (const thing of split(things)) this.add(thing, owners);
  }

  /**
   * Let `text` lead to `owners`, each [matter, factor, kind]. With `ranked` the order of a
   * word stands above that of an alias.
   */
  add(text, owners, ranked = false) {
    let term = this.byText.get(text);
    if (!term) {
      const tokens = this.number(text);
      if (!tokens.length) return;
      const key = tokens.length === text.length ? text : Array.from(tokens, (token) => this.tokens[token]).join("");
      term = this.byText.get(key);
      if (!term) {
        term = { text, tokens, owners };
        this.byText.set(key, term);
        const place = this.terms.push(term) - 1;
        for (let at = 0; at < tokens.length; at += 1) {
          const places = this.postings[tokens[at]];
          if (places[places.length - 1] !== place) places.push(place);
        }
        count(this, tokens, owners);
        return;
      }
    }
    term.owners = merged(term.owners, owners, ranked);
    count(this, term.tokens, owners);
  }

  /** The tokens of a text by number; new ones get one. */
  number(text) {
    const found = new Int32Array(text.length);
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      // Nearly all texts are Chinese through and through; the others take the longer way.
      if (code < FIRST_HAN || code > LAST_HAN) return Int32Array.from(pieces(text), (token) => numberOf(this, token));
      const known = this.ofCode[code - FIRST_HAN];
      found[at] = known < 0 ? numberOf(this, text[at]) : known;
    }
    return found;
  }

  /** The number of a token; undefined when no term has it. */
  numberOf(token) {
    const code = token.charCodeAt(0);
    if (code < FIRST_HAN) return this.ofWord.get(token);
    const known = this.ofCode[code - FIRST_HAN];
    return known < 0 ? undefined : known;
  }

  /** How telling a token is: about 1 for a rare one, 0.25 for one that most matters share. */
  weight(number) {
    if (!this.weights) {
      const all = this.matters.length + this.elsewhere.length;
      const most = Math.log(1 + all);
      this.weights = Float64Array.from(this.frequency, (frequency) => 0.25 + (0.75 * Math.log(1 + all / frequency)) / most);
    }
    return this.weights[number];
  }
}

/** How many matters each token leads to, about: repetitions one after the other count once. */
function count(index, tokens, owners) {
  const { last, frequency } = index;
  index.weights = null;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    for (let number = 0; number < owners.length; number += 1) {
      if (last[token] === owners[number][0]) continue;
      last[token] = owners[number][0];
      frequency[token] += 1;
    }
  }
}

function merged(known, added, ranked) {
  const all = known.slice();
  for (const owner of added) {
    const at = all.findIndex(([matter]) => matter === owner[0]);
    if (at < 0) all.push(owner);
    else if (ranked || owner[1] > all[at][1]) all[at] = owner;
  }
  return all;
}

const split = (joined) => (joined ? joined.split("|") : []);
const preference = (place) => PREFERENCE[Math.min(place, PREFERENCE.length - 1)];

function numberOf(index, token) {
  let number = index.numberOf(token);
  if (number === undefined) {
    number = index.tokens.push(token) - 1;
    const code = token.charCodeAt(0);
    if (code < FIRST_HAN) index.ofWord.set(token, number);
    else index.ofCode[code - FIRST_HAN] = number;
    index.postings.push([]);
    index.frequency.push(0);
    index.last.push(NONE);
  }
  return number;
}
