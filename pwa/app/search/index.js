/**
 * The search index in memory: terms, and to which matters they lead.
 * Made from api/v1/search.json; the two other files are added when they are needed. The
 * shape of the files is told in docs/search.md. No DOM.
 *
 * A cheap phone runs all of this for the first time while somebody waits: few objects, and
 * loops over numbers.
 */

import { Occurrences, pieces } from "./occurrences.js";
import { Sounds } from "./sounds.js";

const NOTHING = [];

/** How much a term of each kind says about a matter. */
export const KINDS = { name: 1, also: 1, thing: 0.96, english: 1, result: 0.78, faq: 0.6, paper: 0.6, condition: 0.45, law: 0.75 };
/** What the second, third, … matter of a word gets. */
const PREFERENCE = [1, 0.95, 0.91, 0.88, 0.86, 0.84];

/**
 * Terms by place, in groups that lead to the same owners, each [matter, factor, kind]; a
 * matter below zero is a subject that is handled elsewhere.
 */
export class Index {
  /** `data` is api/v1/search.json. */
  constructor(data) {
    // By number: taking lists apart by pattern goes through iterators, which are slow at first.
    this.matters = data.matters.map((one) => ({
      id: one[0], name: one[1], section: data.sections[one[2]], facts: one[3], applicants: one[4], action: null, offered: NOTHING, kin: NOTHING,
    }));
    this.journeys = data.journeys.map((one) => ({
      id: one[0], name: one[1], summary: one[2], matters: one[3].map((place) => data.matters[place][0]), words: [one[1]].concat(split(one[4])),
    }));
    this.elsewhere = [];
    this.sounds = new Sounds();
    this.sounds.addReadings(data.sounds);
    this.occurrences = new Occurrences();
    /** Of each term what it is, and its group. */
    this.texts = [];
    this.groups = [];
    /** Of each group its owners, or what they are made of once they are asked for: matters, or the number of a family. */
    this.owners = [];
    /** Places of names and words with more than Chinese characters, by what is compared. */
    this.mixed = null;
    /** How telling each token is, once that was asked. */
    this.weights = new Float64Array(0);
    /** Words of asking and of actions, as query.js sorts them. */
    this.sorted = null;
    /** What was asked last, as tokens. */
    this.last = null;
    this.actions = data.actions.map((one) => ({ id: one[0], words: split(one[1]) }));
    this.noise = split(data.noise);
    this.families = data.families.map((one) => one[1]);
    /** Which files are in: more and text are set when they were added. */
    this.more = false;
    this.text = false;
    for (const byAction of this.families) {
      const offered = Object.keys(byAction);
      for (const action of offered) {
        for (const member of byAction[action]) {
          const matter = this.matters[member];
          if (!matter.action) matter.action = action;
          matter.offered = matter.offered.concat(offered);
          if (action === "new") matter.kin = matter.kin.concat(byAction);
        }
      }
    }
    for (let number = 0; number < this.matters.length; number += 1) {
      const { name } = this.matters[number];
      this.add(name, [[number, KINDS.name, "name"]]);
      if (name.includes("（")) {
        this.texts.push(name.replace(/（.*?）/g, ""));
        this.groups.push(this.owners.length - 1);
      }
    }
    this.addWords(data.words);
    for (let family = 0; family < this.families.length; family += 1) this.addAll(data.families[family][0], family);
    /** How many terms are names; those after them are full text. */
    this.named = this.texts.length;
    this.settle();
  }

  /** `data` is api/v1/search-more.json; to be added before the text. */
  addMore(data) {
    this.more = true;
    this.sounds.addReadings(data.sounds);
    this.sounds.addTraditional(data.traditional);
    this.sounds.addLookalikes(split(data.lookalikes));
    data.names.forEach((name, matter) => this.add(name, [[matter, KINDS.english, "english"]]));
    this.addWords(data.words);
    data.families.forEach((things, family) => this.addAll(things, family));
    data.actions.forEach((words, place) => this.actions[place].words.push(...split(words)));
    this.sorted = null;
    this.noise.push(...split(data.noise));
    data.elsewhere.forEach(([about, words, settling], number) => {
      this.elsewhere.push(about);
      this.addAll(words, [[-1 - number, KINDS.also, "also"]]);
      this.addAll(settling, [[-1 - number, KINDS.also, "settles"]]);
    });
    this.named = this.texts.length;
    this.mixed = null;
    this.settle();
  }

  /** `data` is api/v1/search-text.json. */
  addText(data) {
    this.text = true;
    // What many matters share (a copy of the licence) is one term of all of them.
    const known = new Map();
    const put = (matter, kind, text) => {
      const owner = [matter, KINDS[kind], kind];
      let owners = known.get(text);
      if (!owners) {
        known.set(text, (owners = [owner]));
        this.add(text, owners);
      } else if (owners[owners.length - 1][0] !== matter) owners.push(owner);
    };
    this.matters.forEach(({ id }, matter) => {
      if (!data.matters[id]) return;
      const [results, papers, conditions, questions, laws] = data.matters[id];
      for (const text of results) put(matter, "result", text);
      for (const [law, article] of laws) put(matter, "law", `${data.laws[law] || ""}${article || ""}`);
      for (const text of papers) put(matter, "paper", text);
      for (const text of questions) put(matter, "faq", text);
      for (const text of conditions) put(matter, "condition", text);
    });
    this.settle();
  }

  /** `words`: the matters of each group, best first; how many words each has; all the words. */
  addWords(words) {
    const members = words[0];
    const counts = words[1];
    if (!counts.length) return;
    this.texts = this.texts.concat(words[2].split("|"));
    for (let at = 0; at < counts.length; at += 1) {
      const group = this.owners.push(members[at]) - 1;
      for (let left = counts[at]; left > 0; left -= 1) this.groups.push(group);
    }
  }

  /** Let `text` lead to `owners`, once it is settled. */
  add(text, owners) {
    this.texts.push(text);
    this.groups.push(this.owners.push(owners) - 1);
  }

  /** Let terms lead to `owners`, or to those of the family with that number. */
  addAll(joined, owners) {
    const texts = split(joined);
    const group = this.owners.push(owners) - 1;
    for (let at = 0; at < texts.length; at += 1) {
      this.texts.push(texts[at]);
      this.groups.push(group);
    }
  }

  /** The owners of the term at `place`. */
  ownersOf(place) {
    const group = this.groups[place];
    const known = this.owners[group];
    if (typeof known[0] === "object") return known;
    return (this.owners[group] = typeof known === "number" ? this.ownersOfThings(known) : ownersOfWords(known));
  }

  ownersOfThings(family) {
    const byAction = this.families[family];
    const owners = [];
    for (const action of Object.keys(byAction)) {
      byAction[action].forEach((member, place) => owners.push([member, preference(place) * KINDS.thing, "thing"]));
    }
    return owners;
  }

  /** Note where the tokens of what was added occur. */
  settle() {
    this.occurrences.add(this.texts);
    this.weights = new Float64Array(this.occurrences.tokens.length);
  }

  /** The owners of the names and words that are `text`, as cleaned; null when there are none. */
  exact(text) {
    const { texts, named } = this;
    let found = null;
    for (let place = texts.indexOf(text); place >= 0 && place < named; place = texts.indexOf(text, place + 1)) {
      found = merged(found || [], this.ownersOf(place));
    }
    if (found) return found;
    if (!this.mixed) this.mixed = mixedOf(texts.slice(0, named));
    const place = this.mixed.get(text);
    return place === undefined ? null : this.ownersOf(place);
  }

  /** How telling a token is: about 1 for a rare one, 0.25 for one that most matters share. */
  weight(number) {
    const known = this.weights[number];
    if (known) return known;
    const all = this.matters.length + this.elsewhere.length;
    // What is telling is told by names alone, where they have the token.
    const frequency = this.frequency(number, this.named) || this.frequency(number, this.texts.length);
    const weight = 0.25 + (0.75 * Math.log(1 + all / frequency)) / Math.log(1 + all);
    this.weights[number] = weight;
    return weight;
  }

  /** How many matters a token leads to by the first `end` terms. */
  frequency(number, end) {
    const { heads, places } = this.occurrences;
    const found = new Set();
    for (let at = heads[number]; at < heads[number + 1] && places[at] < end; at += 1) {
      if (at > heads[number] && places[at] === places[at - 1]) continue;
      for (const [matter] of this.ownersOf(places[at])) found.add(matter);
    }
    return found.size;
  }
}

function mixedOf(texts) {
  const places = new Map();
  texts.forEach((text, place) => {
    if (/^[\u3400-\u9fff]*$/.test(text)) return;
    const key = pieces(text).join("");
    if (!places.has(key)) places.set(key, place);
  });
  return places;
}

function ownersOfWords(members) {
  return members.map((member, place) => [member, preference(place) * KINDS.also, "also"]);
}

function merged(known, added) {
  const all = known.slice();
  for (const owner of added) {
    const at = all.findIndex(([matter]) => matter === owner[0]);
    if (at < 0) all.push(owner);
    else if (owner[1] > all[at][1]) all[at] = owner;
  }
  return all;
}

const split = (joined) => (joined ? joined.split("|") : []);
const preference = (place) => PREFERENCE[Math.min(place, PREFERENCE.length - 1)];
