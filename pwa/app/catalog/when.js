/**
 * Who needs a paper: expressions over the questions of a matter. No page.
 *
 * The twin of generator/catalog/when.py: `premises=rent & kind=new | kind=change`, where
 * ` & ` binds tighter than ` | `. A missing expression always holds. Answers are an object
 * question → option, or question → all the options chosen: never an empty list.
 */

const TERM = /^([a-z0-9][a-z0-9_-]*)=([a-z0-9][a-z0-9_-]*)$/;

/**
 * The alternatives, each a list of [question, option] that must all hold. Throws where
 * `text` does not follow the grammar.
 * @returns {[string, string][][]}
 */
export function parse(text) {
  if (!text) return [[]];
  return text.split(" | ").map((alternative) => alternative.split(" & ").map(term));
}

function term(text) {
  const found = TERM.exec(text);
  if (!found) throw new Error(`not a condition: ${text}`);
  return [found[1], found[2]];
}

/** true, false, or null while it depends on a question without an answer. */
export function holds(alternatives, answers) {
  let undecided = false;
  for (const terms of alternatives) {
    const met = every(terms, answers);
    if (met) return true;
    if (met === null) undecided = true;
  }
  return undecided ? null : false;
}

function every(terms, answers) {
  let undecided = false;
  for (const [question, option] of terms) {
    const answer = answers[question];
    if (answer === undefined) undecided = true;
    else if (typeof answer === "string" ? answer !== option : !answer.includes(option)) return false;
  }
  return undecided ? null : true;
}

/**
 * Which of some conditions may be the first that holds, by position: as soon as enough is answered it is
 * one, or none. The twin of generator/catalog/limits.py.
 * @returns {number[]}
 */
export function firstOf(conditions, answers) {
  const found = [];
  for (const [at, alternatives] of conditions.entries()) {
    const met = holds(alternatives, answers);
    if (met !== false) found.push(at);
    if (met) break;
  }
  return found;
}

/** The questions without an answer on which an undecided expression still depends. */
export function openQuestions(alternatives, answers) {
  if (holds(alternatives, answers) !== null) return [];
  const possible = alternatives.filter((terms) => every(terms, answers) === null);
  return possible.flat().map(([question]) => question).filter((question) => answers[question] === undefined);
}

/**
 * The questions, of `ids` in this order, that decide something: an answered one unless the
 * answers before it have settled all that it is about, an open one while a condition still
 * depends on it. One that no condition names is always asked.
 */
export function decisive(ids, conditions, answers) {
  const named = new Set(conditions.flat(2).map(([question]) => question));
  const open = new Set(conditions.flatMap((alternatives) => openQuestions(alternatives, answers)));
  const before = {};
  return ids.filter((id) => {
    const settled = named.has(id) && !conditions.some((alternatives) => openQuestions(alternatives, before).includes(id));
    if (answers[id] === undefined) return !settled && (open.has(id) || !named.has(id));
    if (!settled) before[id] = answers[id];
    return !settled;
  });
}
