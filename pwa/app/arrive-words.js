/**
 * Whether one can come now for a matter, and be done. No page, no clock. Nothing is said
 * that no source supports: how long a matter takes is known only over noon, where what is
 * decided on the spot is done within thirty minutes.
 */

import { local, MINUTE, moment } from "./hours.js";
import { assumed, dayFrom, openingWords } from "./opening-words.js";

const ASK = "待中心确认";

/**
 * @param {import("./hours.js").State} current
 * @param {{noon: "done"|"accepted"|"no"|"unknown", spot: boolean}} matter
 * @param {object} centre  api/v1/centre.json
 * @param {object} calendar  api/v1/calendar.json
 * @returns {string} one or two sentences
 */
export function arriveWords(current, matter, centre, calendar, now) {
  if (current.state === "unknown") return openingWords(current, centre, calendar, now).detail;
  if (current.state === "closed") return next(current, centre, calendar, now);
  if (current.state === "noon") return atNoon(current, matter, centre, now);
  return inHours(current, matter, centre, now);
}

function next(current, centre, calendar, now) {
  if (current.nextOpening === null) return openingWords(current, centre, calendar, now).detail;
  const { time } = local(current.nextOpening);
  const unsure = assumed(centre, "opens", time) ? `（${ASK}）` : "";
  const day = dayFrom(now, current.nextOpening) || "今天";
  return `现在去不开门。下次开门：${day}${day.endsWith("）") ? "" : " "}${time}${unsure}。`;
}

function atNoon(current, { noon, spot }, centre, now) {
  const end = local(current.until).time;
  const after = current.nextState === "open" ? `${end} 以后照常受理` : `${end} 以后休息`;
  const minutes = centre.noon_service.on_the_spot_minutes;
  if (noon === "no") return `现在是午间服务，不办这件事；${after}。`;
  if (noon === "unknown") return `现在是午间服务，这件事午间办不办${ASK}；${after}。`;
  if (noon === "accepted" || !spot) {
    return `现在去来得及：午间受理到 ${end}${noon === "done" ? "，也能办完" : `，当场能不能办完${ASK}`}；${after}。`;
  }
  if (now + minutes * MINUTE <= current.until) {
    return `现在去，${end} 前能办完：即办业务轮到以后 ${minutes} 分钟内办完，排队时间另算。`;
  }
  return `现在去能受理，${end} 前不一定办完（即办业务 ${minutes} 分钟内办完）；${after}。`;
}

function inHours(current, { noon }, centre, now) {
  const { time } = local(current.closes);
  const exceptional = current.day.kind === "exception";
  const unsure = !exceptional && assumed(centre, "closes", time) ? `（${ASK}）` : "";
  const ahead = current.spans.find((span) => span.service === "noon" && moment(current.day.date, span.opens) > now);
  const rest = {
    done: "午间不休息，这件事午间也能办完",
    accepted: "午间不休息，这件事午间也受理",
    no: `但 ${ahead && ahead.opens}–${ahead && ahead.closes} 午间不办这件事`,
    unknown: `${ahead && ahead.opens}–${ahead && ahead.closes} 午间办不办这件事${ASK}`,
  }[noon];
  return `现在去来得及：今天办公到 ${time}${unsure}${ahead ? `；${rest}` : ""}。今天能不能办完${ASK}。`;
}
