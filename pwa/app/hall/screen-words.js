/** What stands on the screen in the hall. No page, no clock, no network. */

import { local, MINUTE, moment } from "../catalog/dates.js";
import { windowName } from "./board-words.js";
import { counterWords } from "./opening-words.js";
import { counters, isFresh, rangeWords, silenceWords } from "./queue-words.js";

/** So many numbers are large. */
export const LARGE = 4;
/** From so long before noon on it is told that nobody has to go. */
const BEFORE_NOON = 15 * MINUTE;

/**
 * @typedef {{ticket: string, where: string, at: number}} Call
 * @returns {Call[]} of all counters, newest first; those of silent counters are no news
 */
export function calls(answer, centre, now) {
  return counters(answer, centre)
    .filter(({ counter }) => isFresh(counter, now))
    .map(({ counter }) => (counter.called || alone(counter)).map(({ ticket, window, at }) => ({ ticket, where: window ? windowName(window) : "", at: Date.parse(at) })))
    .reduce((all, some) => all.concat(some), [])
    .sort((one, other) => other.at - one.at || (one.ticket < other.ticket ? 1 : -1));
}

/** An older server tells the number alone, and not when it was called. */
const alone = ({ serving, reported_at }) => (serving ? [{ ticket: serving, window: null, at: reported_at }] : []);

/**
 * @returns {Array<{kind: string, name: string, count: string, wait: string, next: string, windows: string}>}
 */
export function kindWords(answer, centre, now) {
  return counters(answer, centre).map(({ kind, name, counter }) => {
    if (!isFresh(counter, now)) return { kind: kind.id, name, count: "", wait: "", next: "", windows: "" };
    const range = counter.wait ? rangeWords(counter.wait) || "不用等" : "";
    return {
      kind: kind.id,
      name,
      count: counter.waiting ? `${counter.waiting} 人在等` : "没有人等",
      wait: range && range !== "不用等" ? `现在取号 ${range}` : range,
      next: counter.next && counter.next.length ? counter.next.join(" ") : "",
      windows: windowLines(counter.windows || [], now),
    };
  });
}

/** Two lines: 开着 2、3 号, 暂停 1 号（到 11:45）. */
function windowLines(windows, now) {
  const of = (wanted) => windows.filter(({ state }) => state === wanted);
  const open = of("open").map(({ window }) => window);
  const paused = of("paused").map(({ window, until }) => `${window} 号${pauseWords(until, now)}`);
  return [open.length ? `开着 ${open.join("、")} 号` : "", paused.length ? `暂停 ${paused.join("、")}` : ""].filter(Boolean).join("\n");
}

const pauseWords = (until, now) => (until && Date.parse(until) > now ? `（到 ${local(Date.parse(until)).time}）` : "");

/** 排队数据断了 · 10:42; empty while it is not, or while the doors are shut. @param {number|null} closes */
export function brokenWords(answer, centre, now, open) {
  if (!open) return "";
  if (!answer) return "没有排队数据";
  const told = counters(answer, centre);
  if (told.some(({ counter }) => isFresh(counter, now))) return "";
  const newest = Math.max(0, ...told.map(({ counter }) => Date.parse(counter.reported_at)));
  const silent = silenceWords(newest, now);
  return newest && silent !== "今天还没有排队数据" ? `排队数据断了 · ${local(newest).time}` : silent;
}

/** 中午不休息：11:30–13:00 …; empty but for the time around noon. @param {import("../catalog/hours.js").State} current */
export function noonWords(current, centre, now) {
  const span = current.spans.find(({ service }) => service === "noon");
  if (!span || current.state === "unknown") return "";
  const date = current.day.date;
  if (now < moment(date, span.opens) - BEFORE_NOON || now >= moment(date, span.closes)) return "";
  const windows = counterWords(centre, span.counters);
  return `中午不休息：${span.opens}–${span.closes}${windows ? `，${windows.replace(/在岗$/, "照常办")}` : ""}`;
}

/** 11月23日 周一 */
export function dateWords(now) {
  const { month, day, weekday } = local(now);
  return `${month}月${day}日 周${"日一二三四五六"[weekday]}`;
}
