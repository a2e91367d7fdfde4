/**
 * The papers of a matter as the page tells them, and what is shown of them. The expected
 * HTML is described in checklist.js.
 *
 * @typedef {object} Paper
 * @property {string} n  its number on the page, "1", "2", …
 * @property {string} name
 * @property {string} detail  everything else that the line says, and where it is due
 * @property {"window"|"on_site"|"deferrable"} needed
 * @property {[string, string][][]} when  see catalog/when.js
 * @property {HTMLInputElement} box
 * @property {HTMLElement} item  the whole line
 *
 * @typedef {{id: string, text: string, many: boolean, options: {id: string, label: string}[]}} Question
 *   `many`: several options may be chosen
 *
 * Answers are an object question → the ids of the options chosen, in the order of the page; never an
 * empty list.
 * @typedef {Object<string, string[]>} Answers
 */

import { decisive, holds, parse } from "../catalog/when.js";

/** The numbers of the papers that were ticked by hand before this module was there; asked for once. */
export function tickedEarly(papers) {
  const changed = window.changedEarly || [];
  window.changedEarly = null;
  return papers.filter(({ box }) => box.checked && changed.includes(box)).map(({ n }) => n);
}

/** @returns {Paper[]} */
export function readPapers(root) {
  return Array.from(root.querySelectorAll("input[data-paper]"), (box) => {
    const item = box.closest("li") || box.parentElement;
    const group = box.closest("[data-needed]");
    const texts = words(box.closest("label"));
    const needed = group ? group.dataset.needed : "window";
    const { when = "" } = item.dataset;
    return {
      n: box.dataset.paper,
      name: texts[0] || "",
      detail: [...texts.slice(1), needed, when].join("\n"),
      needed,
      when: parsed(when),
      box,
      item,
    };
  });
}

/** @returns {Question[]} */
export function readQuestions(root) {
  return Array.from(root.querySelectorAll("[data-situation]"), (set) => ({
    id: set.dataset.situation,
    text: set.querySelector("legend").textContent,
    many: set.dataset.choose === "many",
    options: Array.from(set.querySelectorAll("[data-option]"), (option) => ({
      id: option.dataset.option,
      label: option.textContent,
    })),
  }));
}

/** The questions that these answers leave to decide something: to show, to count, to tell. */
export function askedQuestions({ questions, papers, cases = [] }, answers) {
  const ids = decisive(questions.map(({ id }) => id), [...papers, ...cases].map(({ when }) => when), answers);
  return questions.filter(({ id }) => ids.includes(id));
}

/** The limits that the page states, in words without their sources: 法定 20 个工作日. */
export function readLimits(page) {
  return Array.from(page.querySelectorAll("#time dt"), (term) => {
    const told = term.nextElementSibling.cloneNode(true);
    for (const mark of told.querySelectorAll(".mark")) mark.remove();
    return `${term.textContent} ${told.textContent.trim()}`;
  });
}

/** A condition that cannot be read is left to the reader: the paper stays on the list. */
function parsed(when) {
  try {
    return parse(when);
  } catch {
    return [[]];
  }
}

/** The texts of an element, in order, without empty ones. */
function words(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim();
    if (text) found.push(text);
  }
  return found;
}

/**
 * Leave the papers that these answers ask for. One that is still open stays, marked
 * 看情况. Groups without a paper disappear with their heading.
 */
export function filterPapers(root, papers, answers) {
  for (const { item, when } of papers) {
    const needed = holds(when, answers);
    item.hidden = needed === false;
    item.classList.toggle("maybe", needed === null);
    item.classList.toggle("sure", needed === true && when[0].length > 0);
    const condition = item.querySelector("em");
    if (!condition || !when[0].length) continue;
    const mark = condition.querySelector("b") || condition.insertAdjacentElement("afterbegin", document.createElement("b"));
    mark.textContent = needed === null ? "看情况：" : "";
  }
  for (const group of root.querySelectorAll("[data-needed]")) showGroup(group);
}

function showGroup(group) {
  const shown = group.querySelectorAll(":scope > li:not([hidden])").length;
  const maybe = group.querySelectorAll(":scope > li.maybe").length;
  group.hidden = !shown;
  for (let above = group.previousElementSibling; above && !above.matches("[data-needed]"); above = above.previousElementSibling) {
    if (above.matches(".questions")) break;
    above.hidden = !shown;
    const count = above.matches("h3") && above.querySelector(".count");
    if (count) count.textContent = maybe && maybe < shown ? `${shown - maybe} 件，另有 ${maybe} 件看情况` : `${shown} 件`;
    if (above.matches("h3")) break;
  }
}
