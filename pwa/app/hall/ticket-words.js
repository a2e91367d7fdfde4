/** What somebody reads about the own number. No page, no clock, no network. */

import { local } from "../catalog/dates.js";
import { windowName } from "./board-words.js";
import { ageWords, clockUp, doneWords, isFresh, rangeWords } from "./queue-words.js";

/** With at most so many ahead it is time to stand near the counter. */
export const NEAR = 3;

/**
 * @typedef {{tone: "waiting"|"near"|"called"|"missed"|"over"|"silent", head: string, lines: string[],
 *   age: string, title: string, mayLeave: boolean}} Told
 *
 * @param {object} told  the answer of push/v1/tickets/…
 * @param {string} sign  the name on the sign of its counter, 综合窗口
 * @param {boolean} failing  nobody answers just now
 * @returns {Told}
 */
export function ticketWords(told, sign, now, failing) {
  const { age, fresh } = ageOf(told, now, failing);
  const common = { age, mayLeave: false };
  if (told.state === "served") return { ...common, age: "", ...over("办好了", ["这个号已经办完。还有别的事，重新取号。"], told) };
  if (told.state === "left") return { ...common, age: "", ...over("号已经让出去了", ["不会再叫这个号。改主意了，重新取号。"], told) };
  if (told.state === "unserved") {
    return { ...common, age: "", ...over("今天没有轮到", ["已经下班，这个号作废。下次来重新取号；哪天几点开门，首页上有。"], told) };
  }
  if (told.state === "missed") return { ...common, mayLeave: true, ...missed(told) };
  if (told.state === "called") return { ...common, ...called(told) };
  return { ...common, mayLeave: true, ...waiting(told, sign, now, fresh) };
}

function over(head, lines, { ticket }) {
  return { tone: "over", head, lines, title: `${head} · ${ticket}` };
}

function called({ ticket, window, called_at }) {
  const where = window ? `请到 ${windowName(window)}` : "叫到您了，请到窗口";
  const lines = called_at ? [`${local(Date.parse(called_at)).time} 叫的 ${ticket}。`] : [];
  return { tone: "called", head: where, lines: [...lines, "走不开就跟窗口说一声，过号了还会再叫。"], title: `${where} · ${ticket}` };
}

/** Called in vain more often than it comes back by itself. */
function missed({ ticket, missed_after }) {
  return {
    tone: "missed",
    head: "过号了",
    lines: [
      `叫过您的号，没有人应。不用重新取号：到窗口或者咨询台说一声“${ticket} 过号了”，隔 ${missed_after} 人再叫。`,
    ],
    title: `过号了 · ${ticket}`,
  };
}

function waiting(told, sign, now, fresh) {
  const { ticket, ahead, missed_after } = told;
  // Called before, and waiting again: it comes back by itself.
  const again = told.called_at ? [`${local(Date.parse(told.called_at)).time} 叫过，没有人应：过号了，隔 ${missed_after} 人再叫，不用重新取号。`] : [];
  if (!fresh) {
    return { tone: "silent", head: "现在不知道前面几人", lines: [...again, "看大厅的大屏，听窗口叫号；您的号还有效。"], title: `${ticket} 等候中` };
  }
  if (ahead > NEAR) {
    return { tone: "waiting", head: `前面 ${ahead} 人`, lines: [...again, `${scene(told)}。`], title: `前面 ${ahead} 人 · ${ticket}` };
  }
  const head = ahead ? `快到了，前面 ${ahead} 人` : "下一个就是您";
  return {
    tone: "near",
    head,
    lines: [...again, `请到${sign}附近等。${told.wait || told.done_before_close ? `${scene(told)}。` : ""}`],
    title: `${ahead ? "快到了" : "下一个"} · ${ticket}`,
  };
}

/** 前面 8 人，约 25–40 分钟；中午不休息，能办完，大约 12:10 前办好 */
export function scene(told) {
  const range = told.wait ? rangeWords(told.wait) : "";
  const first = [told.ahead ? `前面 ${told.ahead} 人` : "", range].filter(Boolean).join("，");
  const done = doneWords(told);
  const until = told.done_at && told.done_before_close !== "no" ? `大约 ${clockUp(Date.parse(told.done_at.high))} 前办好` : "";
  const second = [done, until].filter(Boolean).join("，");
  return [first, second].filter(Boolean).join("；") || "还要多久，现在说不准";
}

function ageOf(told, now, failing) {
  const reported = told.reported_at ? Date.parse(told.reported_at) : null;
  const fresh = reported !== null && isFresh(told, now);
  if (!fresh) {
    const since = reported === null ? "现在没有排队数据" : `${local(reported).time} 以后没有排队数据`;
    return { fresh, age: failing ? `${since}，现在连不上网络` : since };
  }
  const age = ageWords(Math.max(0, now - reported));
  return { fresh, age: failing ? `${age}，现在连不上网络` : age };
}

/** What is said where the server does not know the number. @param {"ticket-unknown"|"ticket-over"} code */
export function unknownWords(code) {
  if (code === "ticket-over") return { head: "这个号过期了", lines: ["号只在当天有效。今天来办事，重新取号，再扫新号上的二维码。"] };
  return {
    head: "查不到这个号",
    lines: [
      "可能是以前的号，也可能链接不完整。今天取的号，再扫一次号上的二维码；还是查不到，问咨询台，号照样叫。",
    ],
  };
}
