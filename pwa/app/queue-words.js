/** What people read about the queue. No page, no clock, no network. */

import { local, MINUTE } from "./hours.js";

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

function dated(reported, now) {
  const then = local(reported);
  return then.date === local(now).date ? silence(reported) : "今天还没有排队数据";
}
