/**
 * The search box. Without it the element stays a link to the A–Z page of all matters.
 *
 * The root is that link; the box takes its place. Results appear while one types, but not
 * while an input method composes. ↑ ↓ choose, Enter opens the chosen or the first, Escape
 * closes; "/" anywhere leads here. #q=… in the address is typed at once.
 * Pattern: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ (list autocomplete).
 */

import { at, ROOT } from "../page/page.js";
import { find, prepare } from "./data.js";
import { ownLink, shared } from "./given.js";
import { forgetRecent, keepRecent, recent } from "./recent.js";
import { finderView } from "./view.js";

/** So long nothing need be said of a search that is under way (ms). */
const SLOW = 600;

export async function enhance(root) {
  const view = finderView(root.dataset.finder || root.textContent.trim());
  const { input } = view;
  let composing = false;
  let asked = 0;
  let answered = "";
  /** The last of the queries under way. */
  let under = Promise.resolve();

  const look = async () => {
    const typed = input.value.trim();
    const turn = (asked += 1);
    if (!typed) {
      answered = "";
      view.offer(recent(), choose, clear);
      return;
    }
    const link = ownLink(typed, ROOT.href);
    if (link) {
      input.value = "";
      location.assign(link);
      return;
    }
    const slow = setTimeout(() => turn === asked && view.wait(), SLOW);
    try {
      const found = await find(typed);
      if (turn !== asked) return;
      answered = typed;
      view.show(typed, found);
    } catch {
      if (turn === asked) view.apologise(start);
    } finally {
      clearTimeout(slow);
    }
  };
  const start = () => (under = look());
  const choose = (text) => {
    input.value = text;
    input.focus();
    start();
  };
  const clear = () => {
    forgetRecent();
    view.offer([], choose, clear);
    input.focus();
  };

  input.addEventListener("compositionstart", () => (composing = true));
  input.addEventListener("compositionend", () => {
    composing = false;
    start();
  });
  input.addEventListener("input", (event) => {
    if (!composing && !event.isComposing) start();
  });
  input.addEventListener("focus", () => {
    prepare();
    // Above the keyboard of a phone there is room for the box and a few results.
    if (view.element.getBoundingClientRect().top > innerHeight / 3) view.element.scrollIntoView({ block: "start" });
    if (!view.opened()) start();
  });
  input.addEventListener("keydown", async (event) => {
    // 229: the key belongs to the input method.
    if (composing || event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!view.opened()) start();
      else view.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      // A search field empties itself: what was typed would be lost with the list.
      event.preventDefault();
      if (view.opened()) view.close();
      else input.value = "";
    } else if (event.key === "Enter") {
      event.preventDefault();
      const chosen = view.active();
      // Faster than the answer: the first is that of what stands in the box.
      if (!chosen && input.value.trim() && answered !== input.value.trim()) {
        start();
        await under;
      }
      const target = chosen || view.first();
      if (target) target.click();
    }
  });
  view.onOpen(() => keepRecent(input.value));
  // Whoever comes back finds what was looked for: loaded anew, and where the browser keeps the page but empties the box.
  view.element.addEventListener("click", ({ target }) => {
    if (target.closest("a")) history.replaceState({ ...history.state, looked: input.value }, "");
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && !input.value) input.value = answered;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  document.addEventListener("click", (event) => {
    // The path and not the target: a chosen row may be gone from the page by now. A tap into
    // the box may end beside it, since the page moves meanwhile; then the box has the focus.
    if (document.activeElement !== input && !event.composedPath().includes(view.element)) view.close();
  });

  // A box without its style would jump: until then the link stays.
  await styled();
  const focused = document.activeElement === root;
  root.replaceWith(view.element);
  if (focused) input.focus();
  const given = /[#&]q=([^&]*)/.exec(location.hash);
  if (looked()) {
    // Not with the focus: nobody asked for a keyboard.
    input.value = looked();
    await start();
  } else if (given) {
    try {
      choose(decodeURIComponent(given[1]));
    } catch {
      // A damaged address is no query.
    }
    await under;
  }
  document.documentElement.classList.remove("asked");
  take(choose);
}

/** What was looked for when this page was left through the box. */
const looked = () => (history.state && history.state.looked) || "";

/** On the first page: what another app has shared with this one. */
function take(choose) {
  const words = location.href.split(/[?#]/)[0] === at("") ? shared(location.search, ROOT.href) : null;
  if (words === null) return;
  if (words.startsWith(ROOT.href)) location.replace(words);
  else {
    // Not again when the page is loaded anew, and not in what is forwarded.
    history.replaceState(history.state, "", location.pathname);
    if (words) choose(words);
  }
}

/** The style of the box lies beside this module: pages without scripts do not fetch it. */
async function styled() {
  if (document.querySelector("link[data-finder]")) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("./finder.css", import.meta.url).href;
  link.dataset.finder = "";
  await new Promise((settled) => {
    link.onload = link.onerror = settled;
    document.head.append(link);
  });
}

