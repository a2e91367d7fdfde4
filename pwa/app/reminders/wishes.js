/**
 * What somebody wants to be told, as this phone keeps it and tells it to the server. No page, no
 * clock, no network. The twin of push_server/wish.py; sw.js knows as much of it as it needs.
 *
 * @typedef {object} Wish
 * @property {"noon"|"hours"|"queue"|"ticket"|"matter"|"renewal"|"news"} topic
 * @property {string} [subject]  kind of counter, number of a ticket, id of a matter
 * @property {number} [threshold]  fewer than so many wait; so many are ahead
 * @property {number} [lead]  minutes before noon service begins
 * @property {string} [weekdays]  "135", 1 is Monday
 * @property {string} [on_date]  when a document runs out, YYYY-MM-DD
 * @property {string} [key]  of a ticket
 * @property {string} [day]  on which a ticket counts; the server is not told
 * @typedef {{quiet: {from: string, to: string}|null, paused_until: string|null}} Rest
 */

/** @type {Rest} */
export const NO_REST = { quiet: null, paused_until: null };

/** What 开通午间提醒 turns on; also what phones wished for that knew one topic only. */
export const NOON = [{ topic: "noon", lead: 15 }, { topic: "hours" }];

/** @returns {Wish[]} of what `settings` tells; of older phones, too */
export function wishesOf(kept) {
  if (!kept) return [];
  if (kept.wishes) return kept.wishes;
  return (kept.topics || []).includes("noon") ? [{ topic: "noon" }, { topic: "hours" }] : [];
}

const same = (one, other) => one.topic === other.topic && (one.subject || "") === (other.subject || "");

/** @returns {Wish|undefined} */
export const wished = (wishes, wish) => wishes.find((one) => same(one, wish));

export const without = (wishes, wish) => wishes.filter((one) => !same(one, wish));

/** With `wish`, in place of the one about the same. */
export function put(wishes, wish) {
  return wished(wishes, wish) ? wishes.map((one) => (same(one, wish) ? wish : one)) : [...wishes, wish];
}

/**
 * What still makes sense: a ticket counts on its day; a date that was changed on this phone is
 * told as it is now, and one that was taken away no more.
 * @param {string} today
 * @param {Wish[]} own  the dates kept on this phone
 */
export function current(wishes, today, own) {
  return wishes
    .filter((one) => one.topic !== "ticket" || one.day === today)
    .filter((one) => one.topic !== "renewal" || wished(own, one))
    .map((one) => (one.topic === "renewal" ? { ...wished(own, one) } : one));
}

/** As the server takes it. */
export const told = (wishes) => wishes.map(({ day, ...wish }) => wish);
