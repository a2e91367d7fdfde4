/** What people read about the queue. No page, no clock, no network. */

import { local, MINUTE } from "../catalog/dates.js";

/** Older reports say nothing about now. */
export const STALE = 15 * MINUTE;
/** What is told as the end of something is rounded up to this. */
const STEP = 5 * MINUTE;

/** Stands on every page that shows what a simulation made up. */
export const DEMO = "演示数据";

/**
 * @typedef {{low: number, median: number, high: number}} Wait  minutes
 * @typedef {{median: string, high: string}} Done  moments
 * @typedef {{in: number, waiting: number, wait: Wait|null, done_before_close: "yes"|"maybe"|"no"|null,
 *   without_noon: "yes"|"maybe"|"no"|null, done_at: Done|null}} Arriving
 * @typedef {{kind: string, waiting: number, serving: string|null, reported_at: string, wait?: Wait|null,
 *   arriving?: Arriving[], service?: {median: number, high: number}|null}} Counter
 */

/** 业务受理窗口（综合窗口） → 综合窗口: the name in brackets is the one on the sign. */
export function signName(kind) {
  const found = /（(.+)）/.exec(kind.name);
  return found ? found[1] : kind.name;
}

/** 2 分钟前更新 */
export function ageWords(milliseconds) {
  const minutes = Math.floor(milliseconds / MINUTE);
  return minutes < 1 ? "刚刚更新" : `${minutes} 分钟前更新`;
}

const elapsed = (counter, now) => Math.max(0, now - Date.parse(counter.reported_at));

/** Whether a report says something about now. */
export const isFresh = (counter, now) => now - Date.parse(counter.reported_at) <= STALE;

/** 25–40 分钟, 5 分钟以内; empty for none. @param {Wait} wait */
export function rangeWords({ low, high }) {
  if (high < 1) return "";
  if (low < 1) return `${high} 分钟以内`;
  return low < high ? `约 ${low}–${high} 分钟` : `约 ${high} 分钟`;
}

/** 约等 25–40 分钟, 不用等; empty where too little is known. @param {Wait|null|undefined} wait */
export function waitWords(wait) {
  if (!wait) return "";
  const range = rangeWords(wait);
  if (!range) return "不用等";
  return range.startsWith("约 ") ? `约等 ${range.slice(2)}` : `等 ${range}`;
}

/** 前面 8 人, 没有人等 */
export const aheadWords = (waiting) => (waiting ? `前面 ${waiting} 人` : "没有人等");

/** 12:10, for any moment after 12:05 until then: an end that is promised to nobody to the minute. */
export const clockUp = (moment) => local(Math.ceil(moment / STEP) * STEP).time;

/**
 * What becomes of somebody who takes a number now, or at `entry.in`, and what noon has to do
 * with it: 中午不休息，能办完. Empty while too little is known.
 * @param {{done_before_close: string|null, without_noon: string|null}} entry
 */
export function doneWords({ done_before_close: done, without_noon: alone }) {
  if (!done) return "";
  if (done === "no") return "今天恐怕办不完";
  const ends = done === "yes" ? "能办完" : "大概能办完";
  return alone && alone !== "yes" ? `中午不休息，${ends}` : ends;
}

/**
 * 10:42 以后没有排队数据: what is said instead of an old number.
 * @param {string|null|undefined} closes  today's last closing; null on a day off, undefined where nobody says
 */
export function silenceWords(reported, now, closes) {
  if (closes === null) return "今天不开门";
  const then = local(reported);
  if (then.date !== local(now).date) return "今天还没有排队数据";
  return closes && now >= Date.parse(closes) ? "今天的排队结束了" : `${then.time} 以后没有排队数据`;
}

/**
 * A kind of counter of which something is told, with its report.
 * @param {object} answer  of push/v1/queue
 * @param {object} centre  api/v1/centre.json
 * @returns {Array<{kind: object, name: string, counter: Counter}>} in the order of the catalogue
 */
export function counters(answer, centre) {
  return centre.counter_kinds
    .filter(({ queue }) => queue)
    .map((kind) => ({ kind, name: signName(kind), counter: answer.counters.find((item) => item.kind === kind.id) }))
    .filter(({ counter }) => counter);
}

/**
 * What home says of each kind of counter: the number of people, and below it how long one waits
 * and what noon changes, where it is known.
 * @returns {Array<{kind: string, fresh: boolean, text: string, more: string[]}>}
 */
export function queueLines(answer, centre, now) {
  return counters(answer, centre).map(({ kind, name, counter }) => {
    const line = { kind: kind.id, fresh: isFresh(counter, now), more: [] };
    if (!line.fresh) {
      return { ...line, text: `${name} ${silenceWords(Date.parse(counter.reported_at), now, answer.closes_at)}` };
    }
    const age = ageWords(elapsed(counter, now));
    const wait = waitWords(counter.wait);
    if (!wait) {
      const called = counter.serving ? ` · 正在叫 ${counter.serving}` : "";
      return { ...line, text: `${name} 前面 ${counter.waiting} 人${called} · ${age}` };
    }
    const entry = (counter.arriving || []).find((one) => one.in === 0);
    const done = entry ? doneWords(entry) : "";
    return { ...line, text: `${name} ${aheadWords(counter.waiting)}`, more: [`${wait} · ${age}`, ...(done ? [done] : [])] };
  });
}

/**
 * @typedef {{name: string, waiting: number, age: number}} Queue  of one counter kind; `name` is
 *   that on its sign, `age` of the report in milliseconds
 */

/**
 * The queue of `kind` at `now`; null where nobody tells, or where the report is too old to say
 * anything about now.
 * @returns {Queue|null}
 */
export function queueOf(reports, kind, now) {
  const report = kind && reports.find((item) => item.kind === kind.id);
  if (!report || !isFresh(report, now)) return null;
  return { name: signName(kind), waiting: report.waiting, age: elapsed(report, now) };
}

/** 综合窗口前面 8 人（2 分钟前更新） */
export function waitingWords(queue) {
  if (!queue) return "有多少人在等不知道";
  return `${queue.name}${aheadWords(queue.waiting)}（${ageWords(queue.age)}）`;
}
