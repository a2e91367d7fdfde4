/**
 * What the centre says at short notice. What the phone knows already stands in its place before the
 * page is painted (early.js); what comes while somebody reads lies over the end of the screen, so
 * that nothing moves. 知道了 closes it until the browser is closed; a correction shows again.
 *
 * The root is empty and stays so while nothing is announced, or nobody tells.
 */

import { at, button, refill, ROOT } from "../page/page.js";
import { notice } from "../page/notice.js";
import { keepVisit, recallVisit } from "../page/visit.js";
import { follow } from "./announced.js";
import { made } from "./marks.js";
import { asOfWords, mark, sinceWords, standing } from "./notice-words.js";

const CLOSED = "guide-announcements-closed";

export function enhance(root) {
  notices(root, document.documentElement.classList.contains("announced"));
}

/**
 * Shows in `root` what stands, for as long as the page is open.
 * @param {boolean} inPlace  whether it may stand in its place: nothing is read yet, or nobody looks there
 */
export function notices(root, inPlace) {
  let said = "";
  const show = (news, now) => {
    const closed = recallVisit(CLOSED) || [];
    const open = standing(news.answer, now).filter((one) => !closed.includes(mark(one)));
    const age = open.length ? asOfWords(news, now) : "";
    const next = JSON.stringify([open, age]);
    if (next === said) return;
    said = next;
    root.className = open.length ? `notice ${inPlace ? "card" : "update"}` : "";
    const close = button("知道了", () => {
      keepVisit(CLOSED, (recallVisit(CLOSED) || []).concat(open.map(mark)));
      show(news, now);
    });
    refill(root, ...open.map((one) => written(one, now)), ...(age ? [made("p", "quiet", age)] : []), ...(open.length ? [close] : []));
  };
  root.setAttribute("role", "status");
  follow(show);
}

const written = (one, now) => notice(sinceWords(one, now), one.title, one.body, inside(one.url));

/** An address of this guide; empty for any other, or for none. */
function inside(url) {
  if (!url) return "";
  try {
    const address = at(url);
    return address.startsWith(ROOT.href) ? address : "";
  } catch {
    return "";
  }
}
