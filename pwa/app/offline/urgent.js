/**
 * Corrections that cannot wait: the urgent changes of a release that this page is not of. They come
 * from the server, since the worker at work has the old release, and a full phone may not take the new one.
 */

import { newer } from "../catalog/changes.js";
import { at, button, refill } from "../page/page.js";
import { notice } from "../page/notice.js";
import { keepVisit, recallVisit } from "../page/visit.js";
import { urgentWords } from "./urgent-words.js";

const CLOSED = "guide-urgent-closed";
const SETTLED = 2000;
/** So many stand in the banner; the rest is counted. */
const MOST = 3;

let know;
/** The newest entry of the record of changes in the release of this page; "" when it has none. */
const recorded = new Promise((resolve) => (know = resolve));
/** What the banner says. */
let said = "";

/** The first status that the worker at work tells counts: later it may be that of another release. */
export function read(status) {
  if (status.recorded !== undefined) know(status.recorded || "");
}

/**
 * Show what is urgent in the release that is published now.
 * @param {((event: Event) => void)|null} act  takes up the new release; null where the phone could not store it
 */
export async function correct(act) {
  const since = await recorded;
  // Chromium may leave a worker waiting that does not mean to, when one asks while it takes over.
  await new Promise((resolve) => setTimeout(resolve, SETTLED));
  const answer = await fetch(at("api/v1/urgent.json"), { cache: "no-store" });
  if (!answer.ok) return;
  const found = newer(await answer.json(), since);
  const next = JSON.stringify([found, Boolean(act)]);
  if (!found.length || found[0].entry === recallVisit(CLOSED) || next === said) return;
  said = next;
  show(found, act);
}

function show(found, act) {
  const box = document.querySelector("body > .urgent") || document.createElement("div");
  box.className = "notice update urgent";
  box.setAttribute("role", "status");
  document.body.append(box);
  const blocks = found.slice(0, MOST).map((one) => notice(...urgentWords(one)));
  if (found.length > MOST) blocks.push(notice("", "", `另外还有 ${found.length - MOST} 处要紧的更正。`));
  const close = button("知道了", () => {
    keepVisit(CLOSED, found[0].entry);
    box.remove();
  });
  refill(box, ...blocks, ...(act ? [button("换成新版", act)] : []), close);
}
