/**
 * Whether one can come now for a matter, and be done. No page, no clock. Nothing is said
 * that no source supports: how long a turn takes is known only over noon, where what is
 * decided on the spot is done within thirty minutes of its turn. So nobody is ever promised
 * to come in time: neither the way nor the wait is known.
 */

import { local, MINUTE, moment } from "../catalog/dates.js";
import { state } from "../catalog/hours.js";
import { assumed, dayFrom, openingWords } from "./opening-words.js";
import { waitingWords } from "./queue-words.js";

const ASK = "待中心确认";
/** With less left than this one is told so first. */
const SOON = 60 * MINUTE;

/**
 * @param {import("../catalog/hours.js").State} current
 * @param {{noon: "done"|"accepted"|"no"|"unknown", spot: boolean}} matter
 * @param {object} centre  api/v1/centre.json
 * @param {object} calendar  api/v1/calendar.json
 * @param {import("./queue-words.js").Queue|null} queue  null while nobody tells
 * @returns {string} one to three sentences
 */
export function arriveWords(current, matter, centre, calendar, now, queue) {
  if (current.state === "unknown") return openingWords(current, centre, calendar, now).detail;
  if (current.state === "closed") return `现在去不开门。${next(current, centre, calendar, now)}`;
  if (current.state === "noon") return atNoon(current, matter, centre, now, queue);
  return inHours(current, matter, centre, calendar, now, queue);
}

/**
 * What can be told of coming in time, with `left` milliseconds to go. Even if somebody were
 * called every minute, the last of more people than minutes would not have his turn.
 * @returns {"no"|"doubtful"|"open"}
 */
export function chance(left, queue) {
  if (queue && queue.waiting * MINUTE >= left) return "no";
  return left <= SOON ? "doubtful" : "open";
}

function next(closed, centre, calendar, now) {
  const { nextOpening } = closed;
  if (nextOpening === null) return openingWords(closed, centre, calendar, now).detail;
  const { time } = local(nextOpening);
  const unsure = assumed(centre, "opens", time) ? `（${ASK}）` : "";
  const day = dayFrom(now, nextOpening) || "今天";
  return `下次开门：${day}${day.endsWith("）") ? "" : " "}${time}${unsure}。`;
}

const minutes = (left) => `还有 ${Math.max(1, Math.floor(left / MINUTE))} 分钟`;

function atNoon(current, { noon, spot }, centre, now, queue) {
  const end = local(current.until).time;
  const after = current.nextState === "open" ? `${end} 以后照常受理` : `${end} 以后休息`;
  if (noon === "no") return `现在是午间服务，不办这件事；${after}。`;
  if (noon === "unknown") return `现在是午间服务，这件事午间办不办${ASK}；${after}。`;
  const left = current.until - now;
  const verdict = chance(left, queue);
  const told = verdict === "open" ? "" : verdict === "no" ? "，午间恐怕轮不到" : `，${minutes(left)}，轮不轮得到说不准`;
  const start = `现在是午间服务，受理到 ${end}${told}。${waitingWords(queue)}。`;
  if (noon === "accepted" || !spot) {
    return `${start}${noon === "done" ? "这件事午间也办结" : `当场能不能办完${ASK}`}；${after}。`;
  }
  const long = centre.noon_service.on_the_spot_minutes;
  const last = current.until - long * MINUTE;
  const done =
    now < last
      ? `即办业务轮到以后 ${long} 分钟内办完，${local(last).time} 以前轮到的 ${end} 前办完`
      : `${end} 前不一定办完（即办业务轮到以后 ${long} 分钟内办完）`;
  return `${start}${done}；${after}。`;
}

function inHours(current, { noon }, centre, calendar, now, queue) {
  const { time } = local(current.closes);
  const exceptional = current.day.kind === "exception";
  const unsure = !exceptional && assumed(centre, "closes", time) ? `（${ASK}）` : "";
  const ahead = current.spans.find((span) => span.service === "noon" && moment(current.day.date, span.opens) > now);
  const goesOn = noon === "done" || noon === "accepted";
  // A matter that may rest over noon has to be handed in before.
  const edge = ahead && !goesOn ? moment(current.day.date, ahead.opens) : current.closes;
  const left = edge - now;
  const rest = ahead && {
    done: "午间不休息，这件事午间也办结",
    accepted: "午间不休息，这件事午间也受理",
    no: `${ahead.opens}–${ahead.closes} 午间不办这件事`,
    unknown: `${ahead.opens}–${ahead.closes} 午间办不办这件事${ASK}`,
  }[noon];
  const hours = `今天办公到 ${time}${unsure}${rest ? `；${rest}` : ""}`;
  const waiting = waitingWords(queue);
  const verdict = chance(left, queue);
  if (verdict === "open") return `现在开着：${hours}。${waiting}，今天能不能办完${ASK}。`;
  const until = edge === current.closes ? `离关门${minutes(left)}` : `离午间${minutes(left)}`;
  const later = edge === current.closes ? next(state(calendar, edge), centre, calendar, now) : "";
  if (verdict === "no") return `现在去恐怕来不及：${waiting}，${until}。${hours}。${later}`;
  return `现在去赶不赶得上说不准：${until}，路上和排队都算在内。${waiting}。${hours}。${later}`;
}
