/** What people read about the queue. No page, no clock, no network. */

import { local, MINUTE } from "../catalog/dates.js";

/** Older reports say nothing about now. */
export const STALE = 15 * MINUTE;

/** 业务受理窗口（综合窗口） → 综合窗口: the name in brackets is the one on the sign. */
export function signName(kind) {
  const found = /（(.+)）/.exec(kind.name);
  return found ? found[1] : kind.name;
}

function age(milliseconds) {
  const minutes = Math.floor(milliseconds / MINUTE);
  return minutes < 1 ? "刚刚更新" : `${minutes} 分钟前更新`;
}

const silence = (at) => `${local(at).time} 后没有排队数据`;

/**
 * A line per counter kind with a queue, from the answer of push/v1/queue.
 * @param {Array<{kind: string, waiting: number, serving: string|null, reported_at: string}>} counters
 * @param {object} centre  api/v1/centre.json
 * @param {number} now  epoch milliseconds
 * @returns {Array<{kind: string, text: string, fresh: boolean}>}
 */
export function queueLines(counters, centre, now) {
  const lines = [];
  for (const kind of centre.counter_kinds) {
    const report = counters.find((item) => item.kind === kind.id);
    if (!kind.queue || !report) continue;
    const reported = Date.parse(report.reported_at);
    const fresh = now - reported <= STALE;
    const called = report.serving ? ` · 正在叫 ${report.serving}` : "";
    const text = fresh
      ? `${signName(kind)} 前面 ${report.waiting} 人${called} · ${age(Math.max(0, now - reported))}`
      : `${signName(kind)} ${dated(reported, now)}`;
    lines.push({ kind: kind.id, text, fresh });
  }
  return lines;
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
export function queueOf(counters, kind, now) {
  const report = kind && counters.find((item) => item.kind === kind.id);
  if (!report) return null;
  const elapsed = now - Date.parse(report.reported_at);
  return elapsed <= STALE ? { name: signName(kind), waiting: report.waiting, age: Math.max(0, elapsed) } : null;
}

/** 综合窗口前面 8 人（2 分钟前更新） */
export function waitingWords(queue) {
  if (!queue) return "有多少人在等不知道";
  return `${queue.name}${queue.waiting ? `前面 ${queue.waiting} 人` : "没有人等"}（${age(queue.age)}）`;
}

function dated(reported, now) {
  const then = local(reported);
  return then.date === local(now).date ? silence(reported) : "今天还没有排队数据";
}
