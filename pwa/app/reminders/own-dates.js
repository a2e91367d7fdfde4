/**
 * The days on which one's own documents run out, as this phone keeps them: under
 * guide-expiry:<matter> lies {wish: {topic: "renewal", subject: <matter>, on_date}, name, opens, closes}.
 */

import { recall, remember } from "../page/page.js";

const PREFIX = "guide-expiry:";
const ID = /^[A-Za-z0-9-]{1,80}$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** @returns {{name: string, wish: import("./wishes.js").Wish}[]} the next to run out first; what is damaged is none */
export function ownDates() {
  let names = [];
  try {
    names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
  return names
    .map((name) => recall(name))
    .filter((kept) => kept && kept.wish && kept.wish.topic === "renewal" && ID.test(kept.wish.subject) && DATE.test(kept.wish.on_date))
    .map(({ name, wish: { topic, subject, on_date } }) => ({ name: String(name || ""), wish: { topic, subject, on_date } }))
    .sort(({ wish: one }, { wish: other }) => (one.on_date < other.on_date ? -1 : 1));
}

/**
 * The date that came with the address, reminders/#renewal:<matter>:<date>, from a page in another browser; kept
 * like one that was entered here. Whether it was new.
 */
export function takeAlong(fragment) {
  const [, subject, date] = /^#renewal:([^:]+):([^:]+)$/.exec(fragment) || [];
  if (!subject || !ID.test(subject) || !DATE.test(date)) return false;
  const kept = recall(PREFIX + subject);
  if (kept && kept.wish && kept.wish.on_date === date) return false;
  return remember(PREFIX + subject, { ...kept, wish: { topic: "renewal", subject, on_date: date } });
}
