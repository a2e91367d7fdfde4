/**
 * Personal lists of papers as this phone keeps them, one for each matter.
 *
 * Under guide-checklist:<matter> lies
 *
 *   {v: 3, name, at, release, ticks: {n: name}, deferred: {n: name}, answers: {question: [option]},
 *    papers: [[name, detail]], limits: [text], count: [ticked, all], elsewhere, missing, questions}
 *
 * `at` is when it was changed last (epoch milliseconds), `release` the guide's release then
 * (null while unknown); `papers` and `limits` are what the page said then, so that a later
 * page can tell what has changed. `elsewhere`: it is not done at a window of the centre. The last four are for the home page. Ticks go with the
 * paper's name: a number that now is another paper is not ticked. Until v: 2 a question had one answer,
 * {question: option}.
 *
 * @typedef {import("./on-page.js").Paper} Paper
 */

import { keepStorage, recall, remember } from "../page/page.js";

const PREFIX = "guide-checklist:";

export const key = (matter) => PREFIX + matter;

/** The list of a matter; one without anything in it when there is none. */
export function load(matter) {
  const found = recall(key(matter));
  const empty = { v: 3, name: "", at: 0, release: null, ticks: {}, deferred: {}, answers: {}, papers: null, limits: null };
  if (!found || typeof found !== "object") return empty;
  // Before there were answers, the ticks stood alone.
  if (!found.v) return { ...empty, ticks: found };
  return sound(found) ? { ...empty, ...found, v: 3, answers: several(found.answers) } : empty;
}

/** Answers as lists, whether they were kept so or one by one. */
function several(answers) {
  const lists = Object.entries(answers).map(([question, given]) => [question, Array.isArray(given) ? given : [given]]);
  return Object.fromEntries(lists);
}

/** Whether a record has the shape told above: a spoiled one is none. */
function sound({ name, at, release, ticks, deferred, answers, papers, limits, count }) {
  const texts = (list) => Array.isArray(list) && list.every((text) => typeof text === "string");
  const text = (value) => typeof value === "string";
  return (
    text(name) && Number.isFinite(at) && (release === null || text(release)) &&
    [ticks, deferred, answers].every((part) => part && typeof part === "object") &&
    Array.isArray(papers) && papers.every((paper) => texts(paper) && paper.length === 2) && texts(limits) &&
    Array.isArray(count) && count.every(Number.isInteger)
  );
}

/** False when the browser did not keep it. A list with nothing in it is forgotten. */
export function save(matter, record) {
  const used = [record.ticks, record.deferred, record.answers].some((part) => Object.keys(part).length);
  // Its first tick is the moment at which somebody has something to lose.
  if (used && !recall(key(matter))) keepStorage();
  return remember(key(matter), used ? record : null);
}

/** Every list with something in it, the one used last first: [matter, record]. */
export function all() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    const lists = names.map((name) => [name.slice(PREFIX.length), load(name.slice(PREFIX.length))]);
    return lists.filter(([, record]) => record.at).sort(([, a], [, b]) => b.at - a.at);
  } catch {
    return [];
  }
}

/** The numbers of the papers that are kept in `part` (ticks or deferred) by the same name. */
export const kept = (part, papers) => new Set(papers.filter(({ n, name }) => part[n] === name).map(({ n }) => n));

/** For each paper of `numbers` its name. */
export function named(numbers, papers) {
  return Object.fromEntries(papers.filter(({ n }) => numbers.has(n)).map(({ n, name }) => [n, name]));
}

/**
 * What the page says otherwise than when the list was made.
 * @param {Paper[]} papers
 * @param {string[]} limits
 * @returns {{lost: boolean, added: string[], removed: string[], changed: string[], limits: string[]}}
 *   `lost`: something that was ticked is not on the list any more under its number
 */
export function compare(record, papers, limits) {
  const marks = Object.entries({ ...record.ticks, ...record.deferred });
  const lost = marks.some(([n, name]) => !papers.some((paper) => paper.n === n && paper.name === name));
  const told = { lost, added: [], removed: [], changed: [], limits: [] };
  if (!record.papers) return told;
  const before = new Map(record.papers);
  const now = new Map(papers.map(({ name, detail }) => [name, detail]));
  for (const [name, detail] of now) {
    if (!before.has(name)) told.added.push(name);
    else if (before.get(name) !== detail) told.changed.push(name);
  }
  told.removed = [...before.keys()].filter((name) => !now.has(name));
  told.limits = record.limits ? limits.filter((text) => !record.limits.includes(text)) : [];
  return told;
}
