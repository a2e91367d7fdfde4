/** What a card of the page 排队, and the screen in the hall, say of a kind of counter. No page, no clock. */

import { local } from "../catalog/dates.js";
import { aheadWords, ageWords, isFresh, silenceWords, waitWords } from "./queue-words.js";

/** 2 号窗口; 咨询台: an id that is no number is the window's name. */
export const windowName = (id) => (/^\d+$/.test(id) ? `${id} 号窗口` : `${id}窗口`);

/** 受理中; 暂停到 12:30. @returns {[string, string][]} (window, what it does) */
export function windowWords(windows, now) {
  return (windows || []).map(({ window, state, until }) => {
    const later = until && Date.parse(until) > now ? `到 ${local(Date.parse(until)).time}` : "";
    return [windowName(window), state === "paused" ? `暂停${later}` : "开着"];
  });
}

/**
 * @param {import("./queue-words.js").Counter} counter
 * @param {object} answer  of push/v1/queue
 * @param {boolean} failing  nobody answers just now
 * @returns {{fresh: boolean, head: string, more: string[], called: [string, string][], next: string, windows: [string, string][]}}
 */
export function boardWords(counter, answer, now, failing) {
  const reported = Date.parse(counter.reported_at);
  const nothing = { fresh: false, more: [], called: [], next: "", windows: [] };
  if (!isFresh(counter, now)) {
    const offline = failing ? ["现在连不上网络，连上以后自动更新。"] : [];
    return { ...nothing, head: silenceWords(reported, now, answer.closes_at), more: offline };
  }
  const age = ageWords(Math.max(0, now - reported));
  const wait = waitWords(counter.wait);
  const more = [wait ? `现在取号${wait}` : "", failing ? `${age}，现在连不上网络` : age].filter(Boolean);
  const waiting = counter.waiting ? `${counter.waiting} 人在等` : aheadWords(0);
  // An older server tells the number alone.
  const alone = counter.serving ? [[counter.serving, ""]] : [];
  const called = (counter.called || []).map(({ ticket, window }) => [ticket, windowName(window)]);
  return {
    fresh: true,
    head: waiting,
    more,
    called: called.length ? called : alone,
    next: counter.next && counter.next.length ? `下面叫 ${counter.next.join("、")}` : "",
    windows: windowWords(counter.windows, now),
  };
}
