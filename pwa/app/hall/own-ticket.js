/** The number that this phone looked at today, kept until the day ends. */

import { local } from "../catalog/dates.js";
import { correction, isKnown, rightNow } from "../page/clock.js";
import { at, recall, remember } from "../page/page.js";

const KEY = "guide-ticket";
/** Where the last answer about it is kept (live.js). */
export const TICKET_KEPT = "guide-ticket-told";

/** Number and key from the fragment of ticket/#A023.<key>; null where it holds none. */
export function ticketOf(fragment) {
  const found = /^#([A-Za-z0-9-]{1,16})\.([A-Za-z0-9_-]{8,64})$/.exec(fragment);
  return found && { ticket: found[1], key: found[2] };
}

/**
 * The number kept for today; what is of another day is forgotten, once the server has told which day it is.
 * @typedef {{day: string, ticket: string, key: string, leave?: string}} Kept  `leave`: the id of the
 *   event by which it is given up, until the server has it
 * @returns {Kept|null}
 */
export function kept(now) {
  const found = recall(KEY);
  if (found && found.day === local(now).date) return found;
  if (found && isKnown()) forget();
  return null;
}

/** What is kept of this number, whatever the phone takes for today. @returns {Kept|null} */
export function noted({ ticket, key }) {
  const found = recall(KEY);
  return found && found.ticket === ticket && found.key === key ? found : null;
}

export function keep(own, now) {
  remember(KEY, { ...own, day: local(now).date });
}

/** Keep it for the day that it is by the server's clock, which may be told later. */
export async function keepToday(own) {
  keep(own, rightNow());
  const ahead = await correction();
  const still = noted(own);
  if (still) keep(still, Date.now() + ahead);
}

export function forget() {
  remember(KEY, null);
  remember(TICKET_KEPT, null);
}

/**
 * A message names the number alone, ticket/#A023: its key is on this phone. Null where it is not, or
 * no longer.
 */
export function keyOf(fragment, now) {
  const found = /^#([A-Za-z0-9-]{1,16})$/.exec(fragment);
  const own = found && kept(now);
  return own && own.ticket === found[1] ? own : null;
}

/** Where its page is. */
export const pageOf = ({ ticket, key }) => `${at("ticket/")}#${ticket}.${key}`;
