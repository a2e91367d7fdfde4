/** On the page of a matter of which one keeps a list: what has changed since one last looked. */

import { at, refill, slot } from "../page/page.js";
import { all } from "./record.js";
import { badge, changed, look, readChanges, textsOf } from "./seen.js";

/** In the slot `since` of `root`; then it has been seen. */
export async function tellSince(root, matter) {
  if (!all().some(([id]) => id === matter)) return;
  const known = await readChanges();
  if (!known) return;
  const entries = known.unseen(matter);
  const texts = entries.length ? await textsOf(matter, entries).catch(() => []) : [];
  // What cannot be read now is told once more when it can.
  if (!entries.length || texts.length) {
    look(matter, known.newest);
    badge(changed(known).length);
  }
  if (entries.length) refill(slot(root, "since", "div"), ...(texts.length ? told(texts) : [elsewhere(entries[0])]));
}

function told(texts) {
  const words = document.createElement("p");
  words.textContent = "自您上次看以后改了：";
  const list = document.createElement("ul");
  for (const text of texts) {
    const item = document.createElement("li");
    item.textContent = text;
    list.append(item);
  }
  return [words, list];
}

function elsewhere(entry) {
  const words = document.createElement("p");
  const link = document.createElement("a");
  link.href = `${at("changes/")}#${entry}`;
  link.textContent = "最近改了什么";
  words.append("自您上次看以后有改动，见", link, "。");
  return words;
}
