/**
 * Hours that were announced at short notice, laid over api/v1/calendar.json. No page, no clock.
 *
 * @typedef {{date: string, spans: {opens: string, closes: string, service: "regular"|"noon"}[], reason: string}} Changed
 *   a day of push/v1/announcements; no spans mean that the doors stay shut
 */

import { DAY, moment } from "./dates.js";

/** A longer reason is told where the announcement stands whole. */
const LONGEST = 30;

/**
 * The calendar as it holds with the days of `changed`. What the country does on a day stays as it
 * is: periods are counted by that (workdays.js). Days outside the calendar are left out.
 * @param {import("./dates.js").Calendar} calendar
 * @param {Changed[]} changed
 */
export function overlaid(calendar, changed) {
  const days = calendar.days.slice();
  const patterns = { ...calendar.patterns };
  for (const { date, spans, reason } of changed) {
    const index = (moment(date) - moment(calendar.first)) / DAY;
    const day = days[index];
    if (!day) continue;
    const pattern = `announced ${date}`;
    const before = calendar.patterns[day.pattern];
    patterns[pattern] = spans.map((span) => ({ ...span, counters: countersOf(span, before) }));
    const name = reason && reason.length <= LONGEST ? reason.replace(/[。．.]$/, "") : null;
    days[index] = { ...day, kind: "exception", name, civil: day.civil || day.kind, pattern };
  }
  return { ...calendar, days, patterns };
}

/** How many windows are open is known only of a time that has stayed as it was. */
function countersOf({ opens, closes, service }, before) {
  const same = before.find((span) => span.opens === opens && span.closes === closes && span.service === service);
  return same ? same.counters : {};
}
