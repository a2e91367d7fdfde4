/**
 * 大字: larger text and targets on every page, remembered on this phone. The root is the
 * button; style hangs on the class `elder` of <html>. Without it the phone's own text
 * size works.
 */

import { recall, remember } from "./page.js";

const KEY = "guide-elder";

export function enhance(root) {
  const show = (on) => {
    document.documentElement.classList.toggle("elder", on);
    root.setAttribute("aria-pressed", String(on));
  };
  let keeps = true;
  root.addEventListener("click", () => {
    const on = !document.documentElement.classList.contains("elder");
    keeps = remember(KEY, on || null);
    show(on);
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && keeps) show(recall(KEY) === true);
  });
  addEventListener("storage", (event) => {
    if (event.key === KEY) show(recall(KEY) === true);
  });
  show(recall(KEY) === true);
}
