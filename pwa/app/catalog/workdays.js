/**
 * By when an authority must decide, from api/v1/calendar.json. No page, no clock.
 *
 * The twin of Workdays.due in generator/catalog/workdays.py. Dates are "YYYY-MM-DD". A date
 * outside the calendar throws UncoveredDate: whether the country works then is not known.
 *
 * @typedef {"working_days"|"days"|"months"} Unit
 */

import { DAY, dayOf } from "./dates.js";

export class UncoveredDate extends Error {
  constructor(date) {
    super(`no public holidays are known for ${date}`);
    this.date = date;
  }
}

/** Whether the country works on `date`: an exception of the centre's hours changes nothing. */
export function isWorkday(calendar, date) {
  const day = dayOf(calendar, date);
  if (!day) throw new UncoveredDate(date);
  return ["workday", "make_up_workday"].includes(day.civil || day.kind);
}

/** `date`, or the first working day after it. */
export function nextWorkday(calendar, date) {
  let day = date;
  while (!isWorkday(calendar, day)) day = shift(day, 1);
  return day;
}

/**
 * The last day of a period of `value` units that starts with acceptance on `accepted`.
 *
 * The day of acceptance does not count (民法典第二百零一条). Working days are those of the
 * State Council's calendar (行政许可法第八十二条). Calendar days and months that end on a
 * day off end on the day after it (民法典第二百零三条); a month ends on the same day of the
 * month, or on its last day where there is none (第二百零二条).
 * @param {Unit} unit
 */
export function due(calendar, accepted, value, unit) {
  if (!dayOf(calendar, accepted)) throw new UncoveredDate(accepted);
  if (unit === "working_days") return add(calendar, accepted, value);
  let last = unit === "months" ? addMonths(accepted, value) : shift(accepted, value);
  while (value && !isWorkday(calendar, last)) last = shift(last, 1);
  return last;
}

function add(calendar, accepted, count) {
  let date = accepted;
  for (let left = count; left; ) {
    date = shift(date, 1);
    if (isWorkday(calendar, date)) left -= 1;
  }
  return date;
}

const iso = (at) => new Date(at).toISOString().slice(0, 10);

export const shift = (date, days) => iso(Date.parse(date) + days * DAY);

export function addMonths(date, count) {
  const [year, month, day] = date.split("-").map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 1 + count, Math.min(day, lastOfMonth)));
}
