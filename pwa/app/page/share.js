/**
 * Forward this page. The root is a button, or holds one; slot: share (what happened).
 * Without it people copy the address themselves.
 */

import { say, slot, within } from "./page.js";

/** A browser that asks the reader about the clipboard may wait for ever. */
const PATIENCE = 5000;

export function enhance(root) {
  const trigger = root.matches("button") ? root : root.querySelector("button");
  if (!trigger) return;
  const status = root.matches("button") ? beside(root) : slot(root, "share", "span");
  status.setAttribute("role", "status");
  trigger.hidden = false;
  trigger.addEventListener("click", () => {
    // Neither query nor fragment: they may tell where the reader came from.
    const url = location.origin + location.pathname;
    handOn(document.title, url, (text) => say(status, text));
  });
}

/**
 * Give `title` and `url` to the phone's own way of sharing; where it has none, or refuses, to
 * the clipboard; else show the address. `tell` gets what the reader is to know, "" for nothing.
 */
export async function handOn(title, url, tell) {
  // Some browsers have it in name only; behind one that came up, this is read by nobody.
  const slow = setTimeout(() => tell(`没有弹出来的话，请复制这个地址：${url}`), PATIENCE);
  tell(await handedOn(title, url));
  clearTimeout(slow);
}

async function handedOn(title, url) {
  try {
    if (navigator.share) {
      await navigator.share({ title, url });
      return "";
    }
  } catch (error) {
    // Closed by the reader: nothing to say.
    if (error && error.name === "AbortError") return "";
  }
  return (await copied(`${title}\n${url}`)) ? "链接已复制，粘贴给对方就行。" : `请复制这个地址：${url}`;
}

/** Whether `text` is in the clipboard now. */
export async function copied(text) {
  try {
    await within(PATIENCE, navigator.clipboard.writeText(text));
    return true;
  } catch {
    return false;
  }
}

function beside(element) {
  const made = document.createElement("span");
  made.dataset.slot = "share";
  element.after(made);
  return made;
}
