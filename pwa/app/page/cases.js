/**
 * The limits and deadlines of a matter by case. Without it all stand there, each with its condition in
 * words; with it, those that the answers leave.
 *
 * A line is [data-case="<expression>"] in a <dd>, its condition an <em>; one with data-limit ("法定 7
 * working_days") is a limit: of these the first that holds counts, of deadlines all that hold.
 *
 * @typedef {{element: HTMLElement, when: [string, string][][]}} Case
 */

import { firstOf, holds, parse } from "../catalog/when.js";

/** @returns {Case[]} */
export function readCases(root) {
  return Array.from(root.querySelectorAll("[data-case]"), (element) => ({ element, when: parse(element.dataset.case) }));
}

const listeners = [];

/** Call `listener` whenever other lines are shown. */
export const onCases = (listener) => listeners.push(listener);

/** Leave the lines that these answers leave. */
export function showCases(cases, answers) {
  if (!cases.length) return;
  const limits = cases.filter(({ element }) => element.dataset.limit);
  const deadlines = cases.filter(({ element }) => !element.dataset.limit);
  const left = firstOf(limits.map(({ when }) => when), answers);
  show(limits, limits.filter((_, at) => left.includes(at)), left.length === 1);
  const due = deadlines.filter(({ when }) => holds(when, answers) !== false);
  // Of several, each has to say for what it is.
  show(deadlines, due, due.length === 1 && holds(due[0].when, answers) === true);
  for (const listener of listeners) listener();
}

function show(all, left, sure) {
  for (const one of all) {
    one.element.hidden = !left.includes(one);
    const condition = one.element.querySelector("em");
    if (condition) condition.hidden = sure;
  }
  for (const { element } of all) {
    const told = element.closest("dd");
    if (!told) continue;
    told.hidden = Array.from(told.children).every((line) => line.hidden);
    if (told.previousElementSibling) told.previousElementSibling.hidden = told.hidden;
  }
}
