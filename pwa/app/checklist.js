/**
 * Ticks on the papers of a matter, kept on this phone. Without it the boxes can still be
 * ticked on the page and on print.
 *
 * The root carries data-matter="<id>"; a box is <input type="checkbox" data-paper="<n>">
 * in the <label> whose first text names the paper. Slots, made when missing: count
 * (已备 3/9), verdict, changed. Buttons, made when missing: data-action="print" and
 * data-action="clear". Slots checklist-count anywhere on the page get the bare 3/9.
 */

import { button, recall, remember, say, slot } from "./page.js";

const key = (matter) => `guide-checklist:${matter}`;

/** 还差 2 件 / 材料齐了…; empty while nothing is ticked. */
export function verdict(ticked, all) {
  if (!ticked) return "";
  return ticked < all ? `还差 ${all - ticked} 件` : "材料齐了，可以去咨询区预审，通过后取号";
}

export function enhance(root) {
  const { matter } = root.dataset;
  const boxes = () => Array.from(root.querySelectorAll("input[data-paper]"));
  // A paper that does not apply is hidden by its situation and does not count.
  const counted = () => boxes().filter((box) => !box.closest("[hidden]"));

  const show = () => {
    const all = counted();
    const ticked = all.filter((box) => box.checked).length;
    const count = `已备 ${ticked}/${all.length}`;
    say(slot(root, "count", "span"), count);
    say(slot(root, "verdict"), verdict(ticked, all.length));
    for (const element of document.querySelectorAll('[data-slot="checklist-count"]')) say(element, `${ticked}/${all.length}`);
  };
  const restore = () => {
    const ticks = recall(key(matter)) || {};
    let changed = false;
    for (const box of boxes()) {
      const before = ticks[box.dataset.paper];
      box.checked = before === name(box);
      // The list was edited and this number now is another paper: not a tick for it.
      if (before && !box.checked) changed = true;
    }
    for (const number of Object.keys(ticks)) {
      if (!boxes().some((box) => box.dataset.paper === number)) changed = true;
    }
    say(slot(root, "changed"), changed ? "材料清单有改动，勾选过的请重新核对。" : "");
    show();
  };

  root.addEventListener("change", (event) => {
    if (event.target.matches("input[data-paper]")) {
      const ticked = boxes().filter((box) => box.checked);
      const ticks = Object.fromEntries(ticked.map((box) => [box.dataset.paper, name(box)]));
      if (!remember(key(matter), ticked.length ? ticks : null)) {
        say(slot(root, "changed"), "这个浏览器存不下勾选，关掉页面就没有了。");
      }
    }
    show();
  });
  const clear = () => {
    remember(key(matter), null);
    restore();
  };
  if (!boxes().length) return;
  slot(root, "verdict").setAttribute("role", "status");
  offer(root, "print", "打印", () => print());
  offer(root, "clear", "清空勾选", clear);
  addEventListener("storage", (event) => {
    if (event.key === key(matter)) restore();
  });
  restore();
}

/** The page's own button for `action`, shown and at work; one of ours where it has none. */
function offer(root, action, label, act) {
  let found = root.querySelector(`[data-action="${action}"]`);
  if (found) found.addEventListener("click", act);
  else {
    found = button(label, act);
    found.dataset.action = action;
    slot(root, "tools").append(found);
  }
  found.hidden = false;
}

/** The paper's name: the first words of its label. What follows (form, source) may be
 * reworded without becoming another paper. */
function name(box) {
  const texts = document.createTreeWalker(box.closest("label"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data.trim();
    if (text) return text;
  }
  return "";
}
