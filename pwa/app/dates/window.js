/**
 * Between which days a document can be renewed, counted back from the day on which it runs out.
 * No page, no clock. Dates are "YYYY-MM-DD".
 *
 * The twin of push_server/voice/renewals.py: both are held against one table of cases.
 *
 * @typedef {{value: number, unit: import("../catalog/workdays.js").Unit}} Before
 * @typedef {{opens: Before|null, closes: Before}} Rule  deadlines[].expiry of a matter
 * @typedef {{date: string, legal: string, counted: boolean, sure: boolean}} Edge
 *   `date` on which one can come, `legal` as the law has it. `counted` whether every day of the count
 *   is in the calendar, `sure` whether it is known that people work on `date`.
 */

import { dayOf } from "../catalog/dates.js";
import { addMonths, isWorkday, shift } from "../catalog/workdays.js";

/** @param {Rule} rule @returns {{opens: Edge|null, closes: Edge}} */
export function windowOf(calendar, rule, onDate) {
  return {
    opens: rule.opens && edge(calendar, onDate, rule.opens, 1),
    closes: edge(calendar, onDate, rule.closes, -1),
  };
}

/** Where nobody works on the day itself, the window is narrower: nothing is handed in then. */
function edge(calendar, onDate, { value, unit }, inwards) {
  let legal = onDate;
  let counted = true;
  if (unit === "working_days") {
    for (let left = value; left; ) {
      legal = shift(legal, -1);
      counted = counted && Boolean(dayOf(calendar, legal));
      if (works(calendar, legal)) left -= 1;
    }
  } else {
    legal = unit === "months" ? addMonths(onDate, -value) : shift(onDate, -value);
  }
  let date = legal;
  let sure = Boolean(dayOf(calendar, date));
  while (!works(calendar, date)) {
    date = shift(date, inwards);
    sure = sure && Boolean(dayOf(calendar, date));
  }
  return { date, legal, counted, sure };
}

/** Whether people work on `date`; outside the calendar, whether it is one of the days from Monday to Friday. */
function works(calendar, date) {
  if (dayOf(calendar, date)) return isWorkday(calendar, date);
  return ![0, 6].includes(new Date(date).getUTCDay());
}
