/**
 * Subscribe to a calendar by a tap. The root is a link to an .ics file; behind it comes one
 * to the same file as webcal:, which phones hand to their calendar, so that the guide's
 * later changes arrive there too. Most do nothing with such a link, and say nothing: then the address is
 * told, to be pasted. Without it people add the file, or paste its address.
 */

import { button, refill, slot } from "../page/page.js";
import { copied } from "../page/share.js";

/** So long a calendar may take to come up (ms). */
const COMES = 1500;

/** The address of a calendar as programs that subscribe want it. */
export const webcal = (address) => address.replace(/^https?:/, "webcal:");

export function enhance(root) {
  const link = document.createElement("a");
  link.dataset.slot = "subscribe";
  link.href = webcal(root.href);
  link.textContent = `订阅${root.textContent}`;
  link.className = "go second";
  root.after(" ", link);
  const told = slot(root.closest("section"), "subscribe-told");
  root.parentElement.after(told);
  told.setAttribute("role", "status");
  const copy = button("复制地址", async () => {
    copy.textContent = (await copied(root.href)) ? "已复制" : "复制不了，请长按地址复制";
  });
  link.addEventListener("click", () => {
    refill(told);
    copy.textContent = "复制地址";
    // One that came up lies over the page, which is then not looked at.
    setTimeout(() => {
      if (document.hasFocus()) refill(told, `没有反应的话，在日历应用里选“添加订阅日历”，粘贴地址 ${root.href} `, copy);
    }, COMES);
  });
}
