/** What a journey says with dates. No page, no clock. */

import { openDay, workdaysBetween } from "./days.js";

const UNITS = { working_days: "个工作日", days: "日", months: "个月" };
const DAY = 86400000;

/** 12月21日周一; with the year where it is not that of `beside`. */
export function dayWords(date, beside = null) {
  const [year, month, day] = date.split("-").map(Number);
  const weekday = "日一二三四五六"[new Date(`${date}T00:00Z`).getUTCDay()];
  const inYear = beside && beside.slice(0, 4) !== date.slice(0, 4) ? `${year}年` : "";
  return `${inYear}${month}月${day}日周${weekday}`;
}

/** Why there is no date. */
const beyondWords = (calendar) => `放假安排只公布到 ${lastDay(calendar)}，再往后还不能算出日期`;

function lastDay(calendar) {
  const [year, month, day] = calendar.last.split("-").map(Number);
  return `${year}年${month}月${day}日`;
}

/** The days of a step; why there are none, the result says for all of them. */
export function stepWords(item) {
  if (item.start === null) return "日期还算不出";
  if (item.finish === null) return `${dayWords(item.start)}起，哪天办完还算不出`;
  const days = item.finish === item.start ? dayWords(item.start) : `${dayWords(item.start)} 到 ${dayWords(item.finish)}`;
  const due = item.due ? `，最晚 ${dayWords(item.due)}` : "";
  const spare = item.slack ? `，可以晚 ${item.slack} 个工作日` : "";
  return `${days}${due}${spare}`;
}

/** 47 个工作日 + 20 日; empty when there is nothing to wait for. */
export function totalWords(lengths) {
  return Object.keys(UNITS)
    .filter((unit) => lengths[unit])
    .map((unit) => `${lengths[unit]} ${UNITS[unit]}`)
    .join(" + ");
}

export const joined = (word, names) => (names.length ? `${word}：${names.join("；")}。` : "");

/** A step's line on the chart. `item.length` is that of the reading. */
export function labelWords(step, item) {
  const { days } = step;
  const [value, unit] = item.length;
  if (days && days.kind === "milestone") return step.name;
  if (days && days.kind === "applicant_deadline") return `${step.name} · 最晚 ${days.value} ${UNITS[days.unit]}`;
  if (!item.counted) return `${step.name} · 没有法定天数`;
  if (!value) return `${step.name} · 当场`;
  return `${step.name} · ${days && days.kind === "statutory_min" ? "最短 " : ""}${value} ${UNITS[unit]}`;
}

/**
 * The sentences at the top: when it is done with every legal limit used up, when as
 * promised, what is left out. `words`, `plans` and `sketches` are by reading; `reading` is the chosen one.
 */
export function resultWords(journey, words, plans, sketches, calendar, from, reading) {
  const start = openDay(calendar, from);
  if (start === null) return [`${beyondWords(calendar)}。请选 ${lastDay(calendar)} 以前的日子。`];
  const said = [one(journey, words.statutory, plans.statutory, sketches.statutory, calendar, start)];
  const differs = ["working_days", "days"].some((unit) => plans.statutory.lengths[unit] !== plans.promised.lengths[unit]);
  if (differs) said.push(one(journey, words.promised, plans.promised, sketches.promised, calendar, start));
  else if (reading === "promised") said.push("这几步按承诺算和按法定时限算一样长。");
  const names = new Map(journey.steps.map((step) => [step.id, step.name]));
  const left = sketches.statutory.steps.filter((item) => item.slack !== null && !item.counted);
  if (left.length) said.push(`没有算进去的（没有法定天数）：${left.map((item) => names.get(item.id)).join("；")}。`);
  return said;
}

function one(journey, word, plan, sketch, calendar, start) {
  const begin = `${dayWords(start)}开始，${word}：`;
  const outcome = plan.steps.find((item) => item.id === journey.outcome.step);
  const total = totalWords(sketch.lengths);
  if (plan.finish === null) {
    const about = Math.ceil(sketch.finish / 7);
    return `${begin}${beyondWords(calendar)}；要 ${total}，约 ${about} 个工作日。`;
  }
  if (!total) {
    const due = outcome.due ? `，最晚 ${dayWords(outcome.due, start)}报` : "";
    return `${begin}${journey.outcome.text}，没有要等的法定时限${due}。`;
  }
  const days = (Date.parse(plan.finish) - Date.parse(start)) / DAY;
  const work = workdaysBetween(calendar, start, plan.finish);
  return `${begin}${dayWords(plan.finish, start)}${journey.outcome.text}（${total}，一共 ${days} 天，其中 ${work} 个工作日）。`;
}
