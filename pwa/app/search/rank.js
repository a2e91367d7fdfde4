/**
 * From a query to the matters it means, best first, or to an honest "not here". No DOM.
 */

import { Matcher, fits } from "./match.js";
import { clean, tokens } from "./query.js";

/** Terms looked at closely; the rest share too little with the query. */
const CLOSELY = 180;
/** Below the first a match is shown as weak, below the second not at all. */
export const WEAK = 0.42;
export const NOTHING = 0.3;
/** Up to so many tokens have to fit better not to be weak: nothing of them is filler. */
const FEW = 5;
const WEAK_FEW = 0.52;
/** Above it names answer the query alone. */
export const SURE = 0.62;

/** What must have been typed for a matter although something elsewhere fits better: so much
 * of one of its terms, and so many characters that it explains clearly better. */
const WHOLE = 0.89;
const LONG = 3;
const CLEARLY = 0.3;

const RIGHT_ACTION = 1.14;
const OTHER_ACTION = 0.72;
const OTHER_THAN_NEW = 0.86;
const RIGHT_NEW = 1.06;
const NO_ACTION = 0.95;
const NONE_WHERE_NEW = 1.03;
const UNASKED_ACTION = 0.94;
/** What a word for a new licence says about another matter of its family. */
const OF_KIN = 0.88;

/**
 * @typedef {{matter: object, score: number, why: string, kind: string, weak: boolean}} Hit
 * @typedef {{hits: Hit[], elsewhere: string|null, weak: boolean,
 *   sure: boolean, exact: boolean,
 *   meant: Set<string>, text: string}} Found
 * meant: the characters and words of the index that what was typed may mean
 */

/**
 * `withText` also looks into the full text, when the index has it.
 * @returns {Found}
 */
export function search(typed, index, withText = false) {
  const { text, query, table, weights, actions } = asked(typed, index);
  const none = { hits: [], elsewhere: null, weak: false, sure: false, exact: false, meant: new Set(), text };
  if (!query.length) return none;
  const scored = score(query, table, weights, actions, index, withText);
  const exact = index.exact(text.replace(/ /g, ""));
  if (exact) preferExact(exact, scored);
  const sorted = Array.from(scored.values()).sort((a, b) => b.score - a.score || a.matter - b.matter);
  const best = sorted.find(({ matter }) => matter >= 0);
  const away = sorted.find(({ matter }) => matter < 0);
  // A complaint about a pharmacy is none of the matters of pharmacies.
  const settled = !exact && sorted.find(({ settles }) => settles);
  if (settled) return { ...none, elsewhere: index.elsewhere[-1 - settled.matter], sure: true };
  const refused = away && away.score > NOTHING && (!best || away.score > best.score);
  if (refused && !(best && best.score >= NOTHING && saysMore(best, away, query))) {
    return { ...none, elsewhere: index.elsewhere[-1 - away.matter], sure: away.score >= SURE };
  }
  if (!best || best.score < NOTHING) return none;
  // Initials fit much by accident: only what fits about as well as the best stays.
  const near = query.every(({ kind }) => kind === "initial") ? 0.82 : 0.58;
  const floor = Math.max(NOTHING, Math.min(best.score, 1) * near);
  const hits = sorted.filter((one) => one.matter >= 0 && one.score >= floor).slice(0, 20);
  return {
    ...none,
    weak: best.score < (query.length > FEW ? WEAK : WEAK_FEW) || byAccident(query, best),
    sure: best.score >= SURE,
    exact: Boolean(exact),
    meant: meant(table, index),
    hits: hits.map((one) => ({
      matter: index.matters[one.matter], score: one.score, why: index.texts[one.place], kind: one.kind, weak: one.score < WEAK,
    })),
  };
}

/** Whether letters that stand for something each were met by others only: asdf has 设点 in it. */
function byAccident(query, { credit }) {
  const letters = query.every(({ kind }) => kind === "initial" || kind === "syllable");
  return letters && query.some(({ kind }) => kind === "initial") && credit.some((own) => own === 0);
}

/** What was typed, against the tokens of the index; the full text is asked with the same. */
function asked(typed, index) {
  const { last, occurrences } = index;
  if (last && last.typed === typed && last.starts === occurrences.starts) return last;
  const text = clean(typed, index.sounds.plain);
  const query = tokens(text, index);
  const table = query.map((token) => fits(token, index));
  const weights = query.map((token, i) => weigh(token, table[i], index));
  index.last = { typed, starts: occurrences.starts, text, query, table, weights, actions: actionsOf(query) };
  return index.last;
}

/**
 * Whether a whole term of ours was typed beside what is elsewhere: 身份证过期 in a question
 * about 营业执照 is not about the identity card, but 注册 in 公司注册商标 is about the brand.
 */
function saysMore(best, away, query) {
  if (best.share < WHOLE) return false;
  let beyond = 0;
  for (let i = 0; i < query.length; i += 1) {
    if (!query[i].noise && best.credit[i] > away.credit[i] + CLEARLY) beyond += 1;
  }
  return beyond >= LONG;
}

function meant(table, index) {
  const found = new Set();
  for (const { numbers, quality } of table) {
    for (const number of numbers) if (quality[number] > 0.75) found.add(index.occurrences.tokens[number]);
  }
  return found;
}

function weigh(token, { numbers, quality }, index) {
  if (token.kind === "initial") return 0.6;
  let best = 0;
  for (const number of numbers) if (quality[number] > 0.92) best = Math.max(best, index.weight(number));
  return best || 0.9;
}

/**
 * "办延期" is about the extension: asking for something new yields to any other action, and
 * 换 to 到期.
 */
function actionsOf(query) {
  const named = new Set(query.map((token) => token.action).filter(Boolean));
  if (named.size > 1) named.delete("new");
  if (named.has("renew")) named.delete("change");
  return named;
}

/**
 * What was typed is a term: its matters stand first, a word's in the order that words.yml
 * gives (generator/catalog/checks/finding.py counts on it), those of a family as usual.
 */
function preferExact(owners, scored) {
  for (const [matter, factor, kind] of owners) {
    const known = scored.get(matter);
    if (known) known.score = kind === "thing" ? 2 + known.score / 2 : 3 + factor;
  }
}

function score(query, table, weights, actions, index, withText) {
  const matcher = new Matcher(query, table);
  const known = new Map();
  // Initials name no action, and may mean any.
  const initials = query.every(({ kind }) => kind === "initial");
  for (const place of candidates(table, weights, index, withText ? index.texts.length : index.named)) {
    const share = matcher.cover(index, place);
    if (!share) continue;
    const { credit } = matcher;
    const fitting = [-1, -1];
    const owners = withKin(index.ownersOf(place), actions, index);
    for (let number = 0; number < owners.length; number += 1) {
      const matter = owners[number][0];
      const factor = owners[number][1];
      const kind = owners[number][2];
      let one = known.get(matter);
      if (!one) known.set(matter, (one = { matter, score: 0, best: 0, share: 0, acted: false, settles: false, place, kind, credit: new Float64Array(query.length) }));
      if (kind === "settles" && share >= WHOLE && !suffered(query, credit)) one.settles = true;
      const right = acts(index.matters[matter], actions);
      if (fitting[Number(right)] < 0) fitting[Number(right)] = explained(query, weights, credit, right) ** 0.6 * share ** 0.4;
      const fit = fitting[Number(right)] * factor;
      if (fit > one.best) {
        one.best = fit;
        one.acted = actions.size > 0 && kind !== "thing" && share >= WHOLE && tellsAction(query, credit);
        one.share = share;
        one.place = place;
        one.kind = kind;
      }
      for (let i = 0; i < credit.length; i += 1) if (credit[i] * factor > one.credit[i]) one.credit[i] = credit[i] * factor;
    }
  }
  for (const one of known.values()) {
    const matter = index.matters[one.matter];
    const covered = explained(query, weights, one.credit, acts(matter, actions));
    one.score = (0.65 * one.best + 0.35 * covered) * (one.acted ? RIGHT_ACTION : actionFactor(matter, actions, initials));
  }
  return known;
}

/** Whether what is explained was done to somebody: who is complained about asks for a matter of his own. */
function suffered(query, credit) {
  const at = credit.findIndex((own) => own > 0);
  return at > 0 && query[at - 1].text === "被";
}

/**
 * What leads to a new licence leads to its change or its end as well, when that is asked
 * for: 饮料厂 and 不干了 to the end of a permit that nobody calls by that word.
 */
function withKin(owners, actions, index) {
  if (!actions.size || actions.has("new")) return owners;
  let all = owners;
  for (const [matter, factor, kind] of owners) {
    // A company's licence is in two families: which one is meant, no word tells.
    if (matter < 0 || kind === "thing" || index.matters[matter].kin.length !== 1) continue;
    for (const action of actions) {
      for (const member of index.matters[matter].kin[0][action] || []) {
        if (all === owners) all = owners.slice();
        all.push([member, factor * OF_KIN, "kin"]);
      }
    }
  }
  return all;
}

/** Whether a matter does what the query's action words name; what is elsewhere does all. */
const acts = (matter, actions) => !matter || actions.has(matter.action);

/** Whether a term has the action in it: then it is known whose it is. */
const tellsAction = (query, credit) => query.every(({ action }, i) => !action || credit[i] >= 0.9);

/** The share of what was typed that is explained; mere asking need not be. */
function explained(query, weights, credit, right) {
  let [sum, all] = [0, 0];
  for (let i = 0; i < query.length; i += 1) {
    const { noise, action } = query[i];
    let own = credit[i];
    if (action && right) own = Math.max(own, 0.9);
    if (noise || action) {
      sum += weights[i] * own * own;
      all += weights[i] * own;
    } else {
      sum += weights[i] * own;
      all += weights[i];
    }
  }
  return all ? sum / all : 0;
}

function actionFactor(matter, actions, initials) {
  if (!matter) return 1;
  if (!actions.size) return matter.action && matter.action !== "new" && !initials ? UNASKED_ACTION : 1;
  const asNew = actions.has("new");
  // There is no matter for a lost building permit: then that for a new one is the nearest.
  if (matter.action === "new" && !asNew && !matter.offered.some((action) => actions.has(action))) return NO_ACTION;
  if (!matter.action) return asNew ? NONE_WHERE_NEW : NO_ACTION;
  if (actions.has(matter.action)) return asNew ? RIGHT_NEW : RIGHT_ACTION;
  return asNew ? OTHER_THAN_NEW : OTHER_ACTION;
}

/** Places of the terms, of the first `end`, that share the most with the query. */
function candidates(table, weights, index, end) {
  const { heads, places: occur, starts } = index.occurrences;
  const { sums, best, seen } = workingMemory(index);
  const places = [];
  for (let i = 0; i < table.length; i += 1) {
    const { numbers, quality } = table[i];
    for (let k = 0; k < numbers.length; k += 1) {
      const number = numbers[k];
      const good = quality[number] * weights[i];
      for (let at = heads[number], to = heads[number + 1]; at < to; at += 1) {
        const place = occur[at];
        if (place >= end) break;
        if (seen[place] === 0) places.push(place);
        if (seen[place] !== i + 1) {
          seen[place] = i + 1;
          best[place] = 0;
        }
        if (good > best[place]) {
          sums[place] += good - best[place];
          best[place] = good;
        }
      }
    }
  }
  const all = new Float32Array(places.length);
  for (let k = 0; k < places.length; k += 1) {
    const place = places[k];
    all[k] = sums[place] / (4 + starts[place + 1] - starts[place]);
    seen[place] = sums[place] = 0;
  }
  if (places.length <= CLOSELY) return places;
  const cut = all.slice().sort()[all.length - CLOSELY];
  return places.filter((_, k) => all[k] >= cut);
}

/** Numbers by place, all zero between queries: clearing them whole would cost more than a query. */
function workingMemory(index) {
  const size = index.texts.length;
  if (!index.memory || index.memory.seen.length !== size) {
    index.memory = { sums: new Float32Array(size), best: new Float32Array(size), seen: new Int32Array(size) };
  }
  return index.memory;
}
