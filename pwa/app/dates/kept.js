/**
 * The dates that somebody has entered, one for each matter, kept on this phone:
 * localStorage `guide-expiry:<matter>` holds
 * `{wish: {topic: "renewal", subject: <matter>, on_date: "YYYY-MM-DD"}, name, opens, closes}`:
 * `wish` is what a subscription takes as it is, `opens` and `closes` are the rule of the matter.
 */

import { recall, remember } from "../page/page.js";
import { daysBetween, KEPT_DAYS, typedDate } from "./words.js";

const PREFIX = "guide-expiry:";

/** What is kept for a matter; null for nothing, or what is no date. */
export function load(matter) {
  const record = recall(PREFIX + matter);
  const wish = record && record.wish;
  return wish && wish.on_date && typedDate(String(wish.on_date)) ? record : null;
}

/** Keep `onDate` for a matter. False when the browser did not keep it. */
export function save(matter, name, rule, onDate) {
  const wish = { topic: "renewal", subject: matter, on_date: onDate };
  return remember(PREFIX + matter, { wish, name, opens: rule.opens, closes: rule.closes });
}

export const forget = (matter) => remember(PREFIX + matter, null);

/** Every date that is kept, the next to run out first: [matter, record]. What has run out long ago is forgotten. */
export function all(today) {
  let names = [];
  try {
    names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
  const found = names.map((name) => [name.slice(PREFIX.length), load(name.slice(PREFIX.length))]);
  const over = ([, record]) => daysBetween(record.wish.on_date, today) > KEPT_DAYS;
  const whole = found.filter(([, record]) => record && record.closes);
  for (const [matter] of whole.filter(over)) forget(matter);
  return whole.filter((one) => !over(one)).sort(([, a], [, b]) => (a.wish.on_date < b.wish.on_date ? -1 : 1));
}
