/** What is said of announcements. No page, no clock, no network. */

import { local, MINUTE, moment } from "../catalog/dates.js";
import { dayWords } from "./opening-words.js";

/** Younger ones are as good as new. */
const OLD = 10 * MINUTE;
/** Kinds of announcements that home tells by itself, or that the hours say. */
const QUIET = ["noon"];

/**
 * Those that stand at `now` and are worth a banner. That the hours of a day have changed is told by
 * the sentence that a clerk wrote, where there is one, and not a second time by ours.
 * @param {import("./announced.js").Announced|null} answer
 * @returns {import("./announced.js").Announcement[]}
 */
export function standing(answer, now) {
  if (!answer) return [];
  const held = answer.announcements.filter(({ kind, until }) => !QUIET.includes(kind) && !(Date.parse(until) <= now));
  const written = held.some(({ id, kind }) => id.startsWith("news:") && kind === "closure");
  const dates = answer.days.map(({ date }) => date);
  return held.filter(({ id }) => id.startsWith("news:") || !written || !dates.includes(id.slice(id.indexOf(":") + 1)));
}

/** By which one that was closed is known again: corrected, it is another. */
export const mark = ({ id, title, body }) => `${id}\n${title}\n${body}`;

/** 09:12, 11月23日周一 09:12 */
function momentWords(at, now) {
  const then = local(at);
  return then.date === local(now).date ? then.time : `${dayWords(at)} ${then.time}`;
}

/** 公告 · 09:12 */
export const sinceWords = ({ since }, now) => `公告 · ${momentWords(Date.parse(since), now)}`;

/**
 * 这是 09:12 时的公告，现在连不上网络: empty while they are new, or where nobody has ever told any.
 * @param {import("./live.js").News} news
 */
export function asOfWords({ answer, heard, failing }, now) {
  if (!answer || !failing || now - heard < OLD) return "";
  return `临时公告是 ${momentWords(heard, now)} 时的，现在连不上网络。`;
}

/**
 * A day with announced hours in the calendar: `served` where its cell is one of those on which
 * somebody is there at noon (or, without noon service, at all).
 * @param {import("../catalog/overlay.js").Changed} day
 * @param {boolean} offered  the centre has a noon service
 */
export function cellWords({ spans }, offered) {
  if (!spans.length) return { served: false, text: "不开" };
  if (!offered) return { served: true, text: "开门" };
  return spans.some(({ service }) => service === "noon") ? { served: true, text: "午间" } : { served: false, text: "午休" };
}

/** 11月24日周二：08:30–13:00 开门（停电检修） */
export function changedWords({ date, spans, reason }) {
  const joined = [];
  for (const { opens, closes } of spans) {
    const before = joined[joined.length - 1];
    if (before && before[1] === opens) before[1] = closes;
    else joined.push([opens, closes]);
  }
  const hours = joined.length ? `${joined.map((pair) => pair.join("–")).join("、")} 开门` : "不开门";
  return `${dayWords(moment(date))}：${hours}${reason ? `（${reason.replace(/。$/, "")}）` : ""}`;
}
