/**
 * What is said of urgent changes. No page, no clock, no network.
 *
 * @typedef {{entry: string, date: string, matter: string|null, name: string|null, text: string}} Urgent
 *   as api/v1/urgent.json tells it, the newest first
 */

/** Sorts entries by their names: 2026-11-24, 2026-11-24-2, 2026-11-24-10. */
export const inOrder = (entry) => entry.slice(0, 10) + entry.slice(11).padStart(6, "0");

/**
 * Those that were recorded after the entry `recorded`.
 * @param {Urgent[]} changes
 */
export const newer = (changes, recorded) => changes.filter(({ entry }) => inOrder(entry) > inOrder(recorded));

/** 要紧的更正 · 11月24日, what it is about, the words. */
export function urgentWords({ date, name, text }) {
  const [, month, day] = date.split("-").map(Number);
  return [`要紧的更正 · ${month}月${day}日`, name || "", text];
}
