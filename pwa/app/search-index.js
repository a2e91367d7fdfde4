/**
 * The search index in memory: terms as tokens, who owns them, where each token occurs.
 * Made from api/v1/search.json; the two other files are added when they are needed. The shape of the files is told in docs/search.md. No DOM.
 */

import { Sounds } from "./search-sounds.js";

const PIECES = /[\u3400-\u9fff]|[a-z]+|[0-9]+/g;

/** How much a term of each kind says about a matter. */
export const KINDS = { name: 1, also: 1, thing: 0.96, english: 1, result: 0.78, faq: 0.6, paper: 0.6, condition: 0.45, law: 0.75 };
/** What the second, third, … matter of a word gets. */
const PREFERENCE = [1, 0.95, 0.91, 0.88, 0.86, 0.84];

/** Full-width to plain, lower case, separators to blanks. */
export function normalise(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[^\u3400-\u9fffa-z0-9]+/g, " ").trim();
}

export const pieces = (text) => normalise(text).match(PIECES) || [];

/**
 * @typedef {{text: string, kind: string, tokens: Int32Array, owners: Array<[number, number]>}} Term
 * owners are [matter, factor]; a matter below zero is a subject that is handled elsewhere.
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
    this.numbers = new Map();
    this.tokens = [];
    this.postings = [];
    this.frequency = [];
    this.last = [];
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
    this.matters.forEach((matter, number) => {
      this.add(matter.name, "name", number);
      const short = matter.name.replace(/[（(].*?[）)]/g, "");
      if (short !== matter.name) this.add(short, "name", number);
      for (const alias of split(matter.aliases)) this.add(alias, "also", number);
    });
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
    data.names.forEach((name, matter) => this.add(name, "english", matter));
    this.addWords(data.words);
    data.families.forEach((things, family) => this.addThings(things, family));
    data.actions.forEach((words, place) => this.actions[place].words.push(...split(words).map(pieces)));
    this.noise.push(...split(data.noise).map(pieces));
    data.elsewhere.forEach(([about, words], number) => {
      this.elsewhere.push(about);
      for (const word of split(words)) this.add(word, "also", -1 - number);
    });
    this.named = this.terms.length;
  }

  /** `data` is api/v1/search-text.json. */
  addText(data) {
    this.text = true;
    // Terms of their own, and what is telling is told by names alone: a query that names
    // answer must be answered alike before and after the text has come.
    this.names = this.byText;
    this.byText = new Map();
    const known = this.frequency.slice();
    const places = new Map(this.matters.map(({ id }, number) => [id, number]));
    for (const id of Object.keys(data.matters)) {
      const matter = places.get(id);
      if (matter === undefined) continue;
      const [results, papers, conditions, questions, laws] = data.matters[id];
      for (const text of results) this.add(text, "result", matter);
      for (const text of papers) this.add(text, "paper", matter);
      for (const text of conditions) this.add(text, "condition", matter);
      for (const text of questions) this.add(text, "faq", matter);
      for (const [law, article] of laws) this.add(`${data.laws[law] || ""}${article || ""}`, "law", matter);
    }
    known.forEach((frequency, token) => (this.frequency[token] = frequency));
    [this.byText, this.names] = [this.names, null];
  }

  addWords(groups) {
    for (const [members, words] of groups) {
      for (const word of split(words)) {
        members.forEach((member, place) => this.add(word, "also", member, preference(place), true));
      }
    }
  }

  addThings(things, family) {
    const byAction = this.families[family];
    for (const thing of split(things)) {
      for (const action of Object.keys(byAction)) {
        byAction[action].forEach((member, place) => this.add(thing, "thing", member, preference(place)));
      }
    }
  }

  /** Let `text` lead to a matter. With `ranked` a word's order stands above that of aliases. */
  add(text, kind, matter, factor = 1, ranked = false) {
    const found = pieces(text);
    if (!found.length) return;
    const key = found.join("");
    let term = this.byText.get(key);
    if (!term) {
      term = { text, kind, tokens: Int32Array.from(found, (token) => numberOf(this, token)), owners: [] };
      this.byText.set(key, term);
      const place = this.terms.push(term) - 1;
      for (const token of new Set(term.tokens)) this.postings[token].push(place);
    }
    const weight = factor * KINDS[kind];
    const owner = term.owners.find(([other]) => other === matter);
    if (!owner) term.owners.push([matter, weight, kind]);
    else if (ranked || weight > owner[1]) [owner[1], owner[2]] = [weight, kind];
    for (const token of new Set(term.tokens)) {
      if (this.last[token] === matter) continue;
      this.last[token] = matter;
      this.frequency[token] += 1;
    }
  }

  /** How telling a token is: about 1 for a rare one, 0.25 for one that most matters share. */
  weight(number) {
    const all = this.matters.length + this.elsewhere.length;
    return 0.25 + (0.75 * Math.log(1 + all / this.frequency[number])) / Math.log(1 + all);
  }
}

const split = (joined) => (joined ? joined.split("|") : []);
const preference = (place) => PREFERENCE[Math.min(place, PREFERENCE.length - 1)];

function numberOf(index, token) {
  let number = index.numbers.get(token);
  if (number === undefined) {
    number = index.tokens.push(token) - 1;
    index.numbers.set(token, number);
    index.postings.push([]);
    index.frequency.push(0);
    index.last.push(NaN);
  }
  return number;
}
