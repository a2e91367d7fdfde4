/**
 * 现在去来得及吗: what becomes of somebody who is there in so many minutes, as the push server
 * works it out from today's tickets. No page, no clock. Where it tells too little, nothing is said
 * here, and arrive-words.js tells the hours.
 */

import { local, MINUTE, moment } from "../catalog/dates.js";
import { state } from "../catalog/hours.js";
import { assumed, dayFrom } from "./opening-words.js";
import { aheadWords, clockUp, isFresh, rangeWords } from "./queue-words.js";

/** How long the way may take, in minutes, with what one chooses it by. */
export const WAYS = [
  [0, "现在在大厅"],
  ...[10, 20, 30, 45, 60, 90].map((minutes) => [minutes, `路上 ${minutes} 分钟`]),
];

/**
 * @typedef {{verdict: "yes"|"maybe"|"no"|null, head: string, reason: string}} Coming
 * @param {object} given
 * @param {number} given.now
 * @param {number} given.way  minutes, one of WAYS
 * @param {import("./queue-words.js").Counter} given.counter  of the kind at which it is handled
 * @param {object} given.answer  of push/v1/queue
 * @param {{id: string|null, noon: "done"|"accepted"|"no"|"unknown"}} given.matter
 * @param {object} given.calendar  api/v1/calendar.json
 * @param {object} given.centre  api/v1/centre.json
 * @returns {Coming|null} null where nothing is known that the hours alone do not tell
 */
export function comingWords({ now, way, counter, answer, matter, calendar, centre }) {
  const here = state(calendar, now);
  if (here.closes === null || !counter || !isFresh(counter, now)) return null;
  const arrival = now + way * MINUTE;
  const there = state(calendar, arrival);
  const told = { calendar, centre, now };
  if (there.closes === null) return late(here, arrival, told);
  const entry = (counter.arriving || []).find((one) => one.in === way);
  if (!entry || !entry.wait) return null;
  const start = `${way ? `${local(arrival).time} 到，` : ""}${aheadWords(entry.waiting)}${entry.wait.high < 1 ? "" : `，${rangeWords(entry.wait)}`}`;
  const done = doneAt(entry, counter.service, answer, matter.id, now);
  if (!done) return { verdict: null, head: "", reason: `${start}；轮到以后要办多久，待中心确认。` };
  const noon = atNoon(there, arrival, done, matter);
  if (noon.until) {
    const head = `${noon.until} 以前来不及 · ${noon.until} 以后来`;
    return { verdict: "no", head, reason: `${start}；这件事午间不办。` };
  }
  if (done.verdict === "no") {
    const { head } = late(here, arrival, told);
    return { verdict: "no", head, reason: `${start}；办完要到 ${clockUp(done.median)} 左右，今天办公到 ${closing(there, centre)}。` };
  }
  const until = `大约 ${clockUp(done.high)} 前办好`;
  const shut = closing(there, centre);
  const tight = `快的话 ${clockUp(done.median)} 前办好，慢的话要过 ${shut}${shut.endsWith("）") ? "" : " "}下班`;
  const end = done.verdict === "yes" ? until : tight;
  if (noon.doubt) return { verdict: "maybe", head: "大概能办完", reason: `${start}；${noon.words}，${noon.doubt(end)}。` };
  const words = done.verdict === "yes" ? "能办完" : "大概能办完";
  return { verdict: done.verdict, head: words, reason: `${start}；${noon.words ? `${noon.words}，` : ""}${words}，${end}。` };
}

function late(here, arrival, { calendar, centre, now }) {
  const { nextOpening } = state(calendar, Math.max(arrival, here.closes));
  const day = nextOpening === null ? "" : dayFrom(now, nextOpening);
  const next = nextOpening === null ? `打 ${centre.hotline} 问哪天来` : `${day}${day.endsWith("）") ? "" : " "}${local(nextOpening).time} 来`;
  return { verdict: "no", head: `来不及 · ${next}`, reason: `${local(arrival).time} 到的时候已经下班，今天办公到 ${closing(here, centre)}。` };
}

function closing(current, centre) {
  const { time } = local(current.closes);
  const unsure = current.day.kind !== "exception" && assumed(centre, "closes", time);
  return unsure ? `${time}（待中心确认）` : time;
}

/**
 * When one is done, and whether before the doors close. The server counts with a turn as it is
 * at this counter; where it knows how long this matter takes, the end moves by the difference.
 */
function doneAt(entry, service, answer, id, now) {
  if (!entry.done_at) return null;
  const own = service && answer.matters && answer.matters[id];
  // While nobody answers, the answer grows old, and everything it foretells with it.
  const old = answer.served_at ? Math.max(0, now - Date.parse(answer.served_at) - MINUTE) : 0;
  const moved = (name) => Date.parse(entry.done_at[name]) + old + (own ? (own[name] - service[name]) * MINUTE : 0);
  const median = moved("median");
  const high = Math.max(median, moved("high"));
  const closes = Date.parse(answer.closes_at);
  const counted = high <= closes ? "yes" : median <= closes ? "maybe" : "no";
  return { median, high, verdict: own || old || !entry.done_before_close ? counted : entry.done_before_close };
}

/**
 * What noon has to do with it: words; where it makes the end doubtful, what is said of the end
 * instead (`doubt`); the time `until` which the matter rests.
 */
function atNoon(there, arrival, done, { noon }) {
  const span = there.spans.find(({ service, closes }) => service === "noon" && moment(there.day.date, closes) > arrival);
  if (!span) return { words: "" };
  const opens = moment(there.day.date, span.opens);
  if (done.high <= opens) return { words: "" };
  if (noon === "done") return { words: "中午不休息" };
  if (noon === "accepted") return { words: "中午也受理", doubt: () => "当场能不能办完待中心确认" };
  if (noon === "unknown") return { words: "这件事午间办不办待中心确认", doubt: (end) => `能办就${end}` };
  if (done.median <= opens) return { words: "午间不办这件事", doubt: () => `快的话 ${span.opens} 前办好` };
  return { until: span.closes };
}
