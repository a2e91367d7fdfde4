/**
 * Dates and moments at the centre, and the days of api/v1/calendar.json. No page, no clock.
 *
 * A date is "YYYY-MM-DD", a moment epoch milliseconds. The centre's time is UTC+8 without
 * summer time, whatever the phone's zone.
 *
 * @typedef {{opens: string, closes: string, service: "regular"|"noon",
 *   counters: Object<string, number|null>}} Span
 * @typedef {{date: string, kind: string, name: string|null, pattern: string,
 *   duty?: {counters: Object<string, number>, people: number}}} Day
 * @typedef {{timezone: string, first: string, last: string,
 *   patterns: Object<string, Span[]>, days: Day[]}} Calendar
 */

export const MINUTE = 60000;
export const DAY = 86400000;
const OFFSET = 8 * 60 * MINUTE;

/** A moment in the centre's time. `weekday` 0 is Sunday. */
export function local(at) {
  const shifted = new Date(at + OFFSET);
  const iso = shifted.toISOString();
  return {
    date: iso.slice(0, 10),
    time: iso.slice(11, 16),
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
  };
}

/** The moment at which `date` ("YYYY-MM-DD") reads `time` ("HH:MM") at the centre. */
export function moment(date, time = "00:00") {
  return Date.parse(`${date}T${time}:00Z`) - OFFSET;
}

/** The calendar's entry for `date`; null outside the covered years. */
export function dayOf(calendar, date) {
  const index = (moment(date) - moment(calendar.first)) / DAY;
  return calendar.days[index] || null;
}
