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
  trigger.addEventListener("click", async () => {
    // Neither query nor fragment: they may tell where the reader came from.
    const url = location.origin + location.pathname;
    say(status, await handOn(document.title, url));
  });
}

/**
 * Give `title` and `url` to the phone's own way of sharing; where it has none, or refuses, to
 * the clipboard; else show the address.
 * @returns {Promise<string>} what to tell the reader, if anything
 */
export async function handOn(title, url) {
  try {
    if (navigator.share) {
      await navigator.share({ title, url });
      return "";
    }
  } catch (error) {
    // Closed by the reader: nothing to say.
    if (error && error.name === "AbortError") return "";
  }
  try {
    await within(PATIENCE, navigator.clipboard.writeText(`${title}\n${url}`));
    return "链接已复制，粘贴给对方就行。";
  } catch {
    return `请复制这个地址：${url}`;
  }
}

function beside(element) {
  const made = document.createElement("span");
  made.dataset.slot = "share";
  element.after(made);
  return made;
}
