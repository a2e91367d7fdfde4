/** A document that runs out, in words. No page, no clock. */

import { DAY } from "../catalog/dates.js";
import { windowOf } from "./window.js";

/** How long after it has run out a date is kept: as long as the server does. */
export const KEPT_DAYS = 30;
export const EARLIEST = "1990-01-01";
export const LATEST = "2099-12-31";

/** Days within which a date without its year is clear. */
const NEAR = 300;

const WEEKDAYS = "日一二三四五六";

/** 12月21日（周一）, with the year where it is not that of `from`. */
export function dateWords(date, from) {
  const [year, month, day] = date.split("-").map(Number);
  const named = `${month}月${day}日（周${WEEKDAYS[new Date(date).getUTCDay()]}）`;
  return date.slice(0, 4) === from.slice(0, 4) ? named : `${year}年${named}`;
}

/** 3月1日: for a line, without the day of the week, and without the year where it cannot be another. */
const short = (date, from) => {
  const words = dateWords(date, from).replace(/（.*）/, "");
  return Math.abs(daysBetween(from, date)) < NEAR ? words.replace(/^\d+年/, "") : words;
};

export const daysBetween = (from, until) => Math.round((Date.parse(until) - Date.parse(from)) / DAY);

/**
 * The date in what somebody typed, where the browser has no field for dates; "" for none.
 * 2027-3-1, 2027年3月1日, 2027.3.1 and 20270301 are the same.
 */
export function typedDate(text) {
  const found = /^\s*(\d{4})\D*?(\d{1,2})\D*?(\d{1,2})\D*$/.exec(text);
  if (!found) return "";
  const [, year, month, day] = found;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = new Date(date);
  const real = !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === date;
  return real && date >= EARLIEST && date <= LATEST ? date : "";
}

/**
 * @param {import("./window.js").Rule} rule
 * @param {string} name  of the document
 * @param {boolean} known  whether the calendar still knows when the doors open; if not, nothing is counted from today
 * @returns {{state: "early"|"open"|"late"|"over", span: string, advice: string, note: string,
 *   window: {opens: import("./window.js").Edge|null, closes: import("./window.js").Edge}}}
 */
export function expiryWords(calendar, rule, name, onDate, today, hotline, known = true) {
  const window = windowOf(calendar, rule, onDate);
  const { opens, closes } = window;
  const about = ({ counted, date }) => `${counted ? "" : "大约 "}${dateWords(date, today)}`;
  const span = `${opens ? `最早 ${about(opens)}，` : ""}最晚 ${about(closes)}`;
  const left = daysBetween(today, closes.date);
  const said = { span, note: noteWords(window, today), window };
  if (today > onDate) {
    return { ...said, state: "over", span: "", note: "", advice: `${name} ${dateWords(onDate, today)}已经到期。还能不能延续、要不要重新办，先打 ${hotline} 问。` };
  }
  if (today > closes.date) {
    return { ...said, state: "late", advice: `规定的时间已经过了，${name}到 ${dateWords(onDate, today)}才到期。马上打 ${hotline} 问还能不能办。` };
  }
  if (!known) {
    const early = opens && today < opens.date;
    const ask = `以后的放假安排还没有录入，哪天开门先打 ${hotline} 问。`;
    return { ...said, state: early ? "early" : "open", advice: `${early ? "还没到时候，可以先备材料。" : "最晚那天还没有过。"}${ask}` };
  }
  if (opens && today < opens.date) {
    return { ...said, state: "early", advice: `还没到时候。离最早那天还有 ${daysBetween(today, opens.date)} 天，可以先备材料。` };
  }
  if (!left) return { ...said, state: "open", advice: "今天是最晚的一天，今天就来。" };
  const may = opens ? "现在就可以来办" : "还来得及";
  const unknown = opens ? "" : `多早可以来，条文没有说，打 ${hotline} 问。`;
  return { ...said, state: "open", advice: `${may}，离最晚那天还有 ${left} 天。${unknown}` };
}

function noteWords({ opens, closes }, today) {
  const edges = [opens, closes].filter(Boolean);
  if (edges.some(({ counted }) => !counted)) {
    return "中间有的日子还没有放假安排，按周一到周五估算，遇上节假日会提前几天。待国务院放假安排公布后再算。";
  }
  const told = [];
  if (closes.legal !== closes.date) told.push(`规定的最后一天是 ${dateWords(closes.legal, today)}，那天不上班，提前到上班的日子。`);
  if (edges.some(({ sure }) => !sure)) told.push("那时的放假安排还没有公布，那天要是放假，得提前来。待国务院放假安排公布后再算。");
  return told.join("");
}

/** The line on the home page: 护士执业证书 3月1日到期，1月29日以前办. */
export function lineWords(calendar, rule, name, onDate, today) {
  const { opens, closes } = windowOf(calendar, rule, onDate);
  if (today > onDate) return `${name} ${short(onDate, today)}已经到期`;
  const ends = `${name} ${short(onDate, today)}到期`;
  if (today > closes.date) return `${ends}，规定的时间已经过了`;
  const about = closes.counted ? "" : "大约 ";
  const from = opens && today < opens.date ? `${opens.counted ? "" : "大约 "}${short(opens.date, today)}起可以办，` : "";
  return `${ends}，${from}${about}${short(closes.date, today)}以前办`;
}
