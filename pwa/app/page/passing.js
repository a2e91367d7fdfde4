/**
 * What is said about "now" follows the clock: a page may lie open, or come back from the
 * memory of the browser, days after it was loaded.
 */

import { DAY, local, MINUTE, moment } from "../catalog/dates.js";
import { correction, isKnown, knownAhead } from "./clock.js";
import { onReturn } from "./page.js";

/** Timers of a sleeping phone come late; looking again now and then costs nothing. */
const LONGEST = 15 * MINUTE;
const SHORTEST = 1000;

const looks = [];

/** Say everything anew now: something else than the time has changed. */
export function lookAgain() {
  for (const look of looks) look();
}

/** The end of the day, at the centre, in which `now` lies. */
export const midnight = (now) => moment(local(now).date) + DAY;

/**
 * Call `show(now, ahead)` at once, and again when the page is looked at anew, when the server
 * has told the right time, and at the moment that `show` gave back (null: none is known).
 * `now` is epoch milliseconds, put right by `ahead`.
 * @param {(now: number, ahead: number) => number|null} show
 * @returns {Promise<void>} settled when the phone's clock has been checked once
 */
export function asTimePasses(show) {
  let ahead = knownAhead();
  let timer = 0;
  const look = () => {
    clearTimeout(timer);
    const now = Date.now() + ahead;
    const until = show(now, ahead);
    const wait = until === null ? LONGEST : Math.max(until + 50 - now, SHORTEST);
    timer = setTimeout(look, Math.min(wait, LONGEST));
  };
  looks.push(look);
  let trusted = false;
  const check = async () => {
    look();
    // A clock that was right keeps its time; a wrong one may have been set meanwhile.
    if (trusted) return;
    const right = await correction();
    trusted = right === 0 && isKnown();
    if (right === ahead) return;
    ahead = right;
    look();
  };
  onReturn(check);
  return check();
}
