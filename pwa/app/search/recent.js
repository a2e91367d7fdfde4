/** What was looked for last. It stays on this phone and is sent to nobody. */

import { recall, remember } from "../page/page.js";

const KEY = "guide:searches";
const MOST = 6;

export function recent() {
  const kept = recall(KEY);
  return Array.isArray(kept) ? kept.filter((text) => typeof text === "string").slice(0, MOST) : [];
}

export function keepRecent(text) {
  const typed = text.trim().slice(0, 40);
  if (typed) remember(KEY, [typed, ...recent().filter((other) => other !== typed)].slice(0, MOST));
}

export function forgetRecent() {
  remember(KEY, null);
}
