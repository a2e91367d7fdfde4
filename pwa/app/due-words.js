/** By when an authority decides, in words. No page, no clock. */

import { moment } from "./hours.js";
import { dayWords } from "./opening-words.js";
import { due, isWorkday, UncoveredDate } from "./workdays.js";

const COUNTED = {
  working_days: "按工作日算，不含周末和节假日，调休上班日算在内（行政许可法第八十二条）；受理当天不算。",
  days: "按自然日算，受理当天不算；最后一天遇上放假的，顺延到放完假的第一天（民法典第二百零一条、第二百零三条）。",
  months: "到期月的同一天到期，没有这一天的是月末；遇上放假的，顺延到放完假的第一天（民法典第二百零二条、第二百零三条）。",
};

/**
 * @param {{word: string, value: number, unit: import("./workdays.js").Unit}[]} limits
 * @param {string} accepted  date of acceptance
 * @returns {{lines: string[], note: string}} one line per limit, and how it was counted
 */
export function dueWords(calendar, limits, accepted, today, hotline) {
  try {
    const start = `${accepted === today ? "今天" : dayOf(accepted, today)}受理`;
    const rest = isWorkday(calendar, accepted) ? "" : "这天不是工作日，窗口不受理。";
    return {
      lines: limits.map((limit) => `${start} → ${limit.value ? `最迟 ${end(calendar, accepted, limit, hotline)}` : "当天办结"}（${limit.word}）`),
      note: rest + [...new Set(limits.map(({ unit }) => COUNTED[unit]))].join("") + "补正、听证、检验的时间另算。",
    };
  } catch (error) {
    if (!(error instanceof UncoveredDate)) throw error;
    return { lines: [], note: unknown(error, hotline) };
  }
}

const dayOf = (date, from) => `${date.slice(0, 4) === from.slice(0, 4) ? "" : `${Number(date.slice(0, 4))}年`}${dayWords(moment(date))}`;

function end(calendar, accepted, { value, unit }, hotline) {
  try {
    return dayOf(due(calendar, accepted, value, unit), accepted);
  } catch (error) {
    if (!(error instanceof UncoveredDate)) throw error;
    return `哪天还算不出：${unknown(error, hotline)}`;
  }
}

const unknown = (error, hotline) => `${error.date.slice(0, 4)} 年的放假安排还没有录入，请打 ${hotline} 问。`;
