/**
 * What is said of urgent changes. No page, no clock, no network.
 *
 * @typedef {{entry: string, date: string, matter: string|null, name: string|null, text: string}} Urgent
 *   as api/v1/urgent.json tells it, the newest first
 * @param {Urgent} change
 * @returns {[string, string, string]}  要紧的更正 · 11月24日, what it is about, the words
 */
export function urgentWords({ date, name, text }) {
  const [, month, day] = date.split("-").map(Number);
  return [`要紧的更正 · ${month}月${day}日`, name || "", text];
}
