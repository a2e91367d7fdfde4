/**
 * The words of a cited article, shown in place. Each citation is a link to the page of its law; pressed,
 * it unfolds what stands there, and folds it again. Fetched when opened: offline from the phone's store.
 * Where that fails, it says so, and the next press tries again.
 */

import { within } from "../page/page.js";

/** Milliseconds after which a bad line counts as none. */
const PATIENCE = 8000;
const BUSY = "正在取条文…";
const OFFLINE = "现在连不上网络，手机里也没有存这一条。连上网络再点一次。";
const GONE = "这一条取不到。点“整部”看这部规定的页面。";

/** Links that lead to an article: laws/JZF/#8. */
export const CITATION = 'a[href*="laws/"][href*="#"]';

export function enhance(root) {
  styled();
  for (const link of root.querySelectorAll(CITATION)) link.setAttribute("aria-expanded", "false");
  root.addEventListener("click", (event) => {
    const link = event.target.closest(CITATION);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    toggle(link);
  });
}

/** Folds by the link that opened them. */
const open = new Map();
/** Those that say that nothing came: the next press asks again. */
const failed = new Set();

function toggle(link) {
  const shown = open.get(link);
  if (shown) {
    shown.remove();
    open.delete(link);
    link.setAttribute("aria-expanded", "false");
    if (!failed.delete(shown)) return Promise.resolve();
  }
  const box = document.createElement("div");
  box.className = "in-place";
  box.setAttribute("role", "status");
  box.textContent = BUSY;
  place(link, box);
  open.set(link, box);
  link.setAttribute("aria-expanded", "true");
  return words(link).then(
    (nodes) => fill(box, nodes),
    (error) => {
      const gone = error instanceof Missing;
      if (!gone) failed.add(box);
      fill(box, [paragraph(gone ? GONE : OFFLINE), whole(link)]);
    },
  );
}

/** Below the line that holds the link: the lines of the papers are rows of their own. */
function place(link, box) {
  const row = link.closest(".papers > li, details.mark, li, dd, p");
  if (row && row.nodeName !== "P") row.append(box);
  else (row || link).after(box);
}

class Missing extends Error {}

/** The article as its law's page has it: name of law and article, its words, what is to be known of them. */
async function words(link) {
  const address = new URL(link.href);
  const answer = await within(PATIENCE, fetch(address.pathname));
  if (!answer.ok) throw new Missing(`${address.pathname}: ${answer.status}`);
  const page = new DOMParser().parseFromString(await within(PATIENCE, answer.text()), "text/html");
  const article = page.getElementById(decodeURIComponent(address.hash.slice(1)));
  // A worker that has no such page answers with one of its own.
  if (!article || !page.querySelector("h1")) throw new Missing(address.href);
  const title = document.createElement("b");
  title.textContent = page.querySelector("h1").textContent + article.querySelector("h2").textContent;
  const said = [...article.children].filter((part) => part.nodeName !== "H2").map((part) => document.importNode(part, true));
  const old = page.querySelector("#replaced");
  return [title, ...(old ? [paragraph(old.textContent)] : []), ...said, whole(link)];
}

function fill(box, nodes) {
  box.textContent = "";
  box.append(...nodes);
}

function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

function whole(link) {
  const made = document.createElement("a");
  made.href = link.href.split("#")[0];
  made.textContent = "整部";
  return made;
}

/** Only pages with scripts unfold anything, so the style lies beside this module. */
function styled() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("./in-place.css", import.meta.url).href;
  document.head.append(link);
}
