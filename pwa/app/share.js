/**
 * Forward this page. The root is a button, or holds one; slot: share (what happened).
 * Without it people copy the address themselves.
 */

import { say, slot } from "./page.js";

export function enhance(root) {
  const trigger = root.matches("button") ? root : root.querySelector("button");
  if (!trigger) return;
  const status = root.matches("button") ? beside(root) : slot(root, "share", "span");
  status.setAttribute("role", "status");
  trigger.hidden = false;
  trigger.addEventListener("click", async () => {
    // Neither query nor fragment: they may tell where the reader came from.
    const url = location.origin + location.pathname;
    const title = document.title;
    if (navigator.share) {
      // Refused or closed by the reader: nothing to say.
      await navigator.share({ title, url }).catch(() => {});
      return;
    }
    try {
      await navigator.clipboard.writeText(`${title}\n${url}`);
      say(status, "链接已复制，粘贴给对方就行。");
    } catch {
      say(status, `请复制这个地址：${url}`);
    }
  });
}

function beside(element) {
  const made = document.createElement("span");
  made.dataset.slot = "share";
  element.after(made);
  return made;
}
