/** By when an authority decides, in words. No page, no clock. */

import { dayOf as entryOf, local, moment } from "../catalog/dates.js";
import { pastEnd, spansOf, state } from "../catalog/hours.js";
import { due, isWorkday, nextWorkday, shift, UncoveredDate } from "../catalog/workdays.js";
import { assumed, dayWords } from "../hall/opening-words.js";

const COUNTED = {
  working_days: "按工作日算，不含周末和节假日，调休上班日算在内（行政许可法第八十二条）；受理当天不算。",
  days: "按自然日算，受理当天不算；最后一天遇上放假的，顺延到放完假的第一天（民法典第二百零一条、第二百零三条）。",
  months: "到期月的同一天到期，没有这一天的是月末；遇上放假的，顺延到放完假的第一天（民法典第二百零二条、第二百零三条）。",
};

/**
 * The first day on which something can still be accepted: today; once the windows have
 * closed, or where they stay shut on a working day, the day when they open next, and why. Past the end of the
 * calendar it is a day that the calendar lacks.
 * @returns {{date: string, why: string}}
 */
export function firstDay(calendar, centre, now) {
  const past = pastEnd(calendar, now);
  if (past) return { date: past, why: "" };
  const { day, spans, nextOpening } = state(calendar, now);
  const today = local(now).date;
  const last = spans[spans.length - 1];
  const shut = day && !last && isWorkday(calendar, today);
  if (nextOpening === null || (last ? moment(today, last.closes) > now : !shut)) return { date: today, why: "" };
  if (shut) return { date: local(nextOpening).date, why: "今天不开门，从下次开门算" };
  const unsure = day.kind !== "exception" && assumed(centre, "closes", last.closes) ? "（待中心确认）" : "";
  return { date: local(nextOpening).date, why: `今天 ${last.closes} 关门${unsure}，从下次开门算` };
}

/**
 * On a day off nobody accepts anything: then it is counted from the next working day.
 * @param {{word: string, value: number, unit: import("../catalog/workdays.js").Unit}[]} limits
 * @param {string} accepted  date of acceptance
 * @param {string} today
 * @param {string} reason  why `accepted` is not today, if the page has chosen it
 * @param {boolean} elsewhere  whether it is not done at a window of the centre: its hours tell nothing then
 * @returns {{lines: string[], note: string}} one line per limit, and how it was counted
 */
export function dueWords(calendar, limits, accepted, today, hotline, reason = "", elsewhere = false) {
  try {
    const open = elsewhere ? nextWorkday(calendar, accepted) : acceptance(calendar, accepted);
    const start = `${open === today ? "今天" : dayOf(open, today)}受理`;
    const ends = limits.map((limit) => end(calendar, open, limit));
    const off = elsewhere ? "不是工作日" : "不是工作日，窗口不受理";
    const rests = isWorkday(calendar, accepted) ? "不开门" : off;
    const why = reason || (open !== accepted && `${accepted === today ? "今天" : dayOf(accepted, today)}${rests}`);
    const beyond = ends.find(({ missing }) => missing);
    return {
      lines: [...(why ? [why] : []), ...limits.map(({ word }, at) => `${start} → ${ends[at].text}（${word}）`)],
      note: `${beyond ? unknown(beyond.missing, hotline) : ""}${[...new Set(limits.map(({ unit }) => COUNTED[unit]))].join("")}补正、听证、检验的时间另算。`,
    };
  } catch (error) {
    if (!(error instanceof UncoveredDate)) throw error;
    return { lines: [], note: unknown(error.date, hotline) };
  }
}

/** `date`, or the first day after it on which the country works and the windows open. */
function acceptance(calendar, date) {
  let open = nextWorkday(calendar, date);
  while (!spansOf(calendar, entryOf(calendar, open)).length) open = nextWorkday(calendar, shift(open, 1));
  return open;
}

const dayOf = (date, from) => `${date.slice(0, 4) === from.slice(0, 4) ? "" : `${Number(date.slice(0, 4))}年`}${dayWords(moment(date))}`;

/** The end in words, and the date that the calendar lacks for it. */
function end(calendar, accepted, { value, unit }) {
  if (!value) return { text: "当天办结" };
  try {
    return { text: `最迟 ${dayOf(due(calendar, accepted, value, unit), accepted)}` };
  } catch (error) {
    if (!(error instanceof UncoveredDate)) throw error;
    return { text: "最迟哪天还算不出", missing: error.date };
  }
}

const unknown = (date, hotline) => `${date.slice(0, 4)} 年的放假安排还没有录入，请打 ${hotline} 问。`;
