/** Pieces of the pages of the hall. */

import { DEMO } from "./queue-words.js";

/** An element with a class and a text. */
export function made(tag, name, text = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = text;
  return element;
}

/** The mark that what follows is made up: a list of one element, or of none. */
export const demoMark = (answer) => (answer && answer.demo ? [made("p", "demo", DEMO)] : []);

/** The same within a line. */
export const demoWord = (answer) => (answer && answer.demo ? [" ", made("mark", "demo", DEMO)] : []);

/** A block with a line for each of the texts; the first is the weighty one. */
export function lines(texts) {
  const block = document.createElement("div");
  block.append(...texts.map((text, index) => made(index ? "span" : "b", "", text)));
  return block;
}
