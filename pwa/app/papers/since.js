/** On the page of a matter of which one keeps a list: what has changed since one last looked. */

import { refill, slot } from "../page/page.js";
import { all } from "./record.js";
import { badge, changed, look, readChanges } from "./seen.js";

/** In the slot `since` of `root`; then it has been seen. */
export async function tellSince(root, matter) {
  if (!all().some(([id]) => id === matter)) return;
  const known = await readChanges();
  if (!known) return;
  const told = known.unseen(matter);
  look(matter, known.newest);
  badge(changed(known).length);
  if (!told.length) return;
  const list = document.createElement("ul");
  for (const text of told.flatMap(({ texts }) => texts)) {
    const item = document.createElement("li");
    item.textContent = text;
    list.append(item);
  }
  const words = document.createElement("p");
  words.textContent = "自您上次看以后改了：";
  refill(slot(root, "since", "div"), words, list);
}
