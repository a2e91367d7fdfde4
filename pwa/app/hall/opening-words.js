/**
 * What people read about the opening hours. No page, no clock: everything is passed in.
 *
 * A boundary whose source in centre.json is null is an assumption of ours, and every
 * sentence that names it says 待中心确认.
 */

import { local, moment } from "../catalog/dates.js";
import { state } from "../catalog/hours.js";

const WEEKDAYS = "日一二三四五六";
const UNCONFIRMED = "待中心确认";

/** 11月24日周二 */
export function dayWords(at) {
  const { month, day, weekday } = local(at);
  return `${month}月${day}日周${WEEKDAYS[weekday]}`;
}

/** 明天（11月24日周二）, 11月30日周一; empty for today. `now` tells which day is today. */
export function dayFrom(now, at) {
  const days = (moment(local(at).date) - moment(local(now).date)) / 86400000;
  if (days === 0) return "";
  if (days === 1) return `明天（${dayWords(at)}）`;
  const { year } = local(at);
  return year === local(now).year ? dayWords(at) : `${year}年${dayWords(at)}`;
}

/** Whether the centre's regular hours only assume the boundary `time` ("HH:MM"). */
export function assumed(centre, boundary, time) {
  return centre.hours.some((hours) => hours[boundary].at === time && hours[boundary].source === null);
}

/** 业务咨询窗口 → 咨询; 业务受理窗口（综合窗口） → 受理 */
export function shortName(kind) {
  return kind.name.replace(/（.*）/, "").replace(/^业务/, "").replace(/窗口$/, "");
}

/** 1 个咨询、2 个受理窗口在岗; empty while no number is known. */
export function counterWords(centre, counters) {
  const known = centre.counter_kinds.filter(({ id }) => Number.isInteger(counters[id]) && counters[id] > 0);
  const parts = known.map((kind) => `${counters[kind.id]} 个${shortName(kind)}`);
  return parts.length ? `${parts.join("、")}窗口在岗` : "";
}

function doubt(centre, boundary, at, exceptional) {
  if (exceptional || !assumed(centre, boundary, local(at).time)) return "";
  return `（${boundary === "opens" ? "开" : "关"}门时间${UNCONFIRMED}）`;
}

/** What noon means on a day with noon service still ahead; else empty. */
function noonAhead(current, now) {
  const noon = current.spans.find(
    (span) => span.service === "noon" && moment(current.day.date, span.opens) > now,
  );
  return noon ? `中午不休息：${noon.opens}–${noon.closes} 是午间服务` : "";
}

/** A break that the day has later on; else empty. */
function breakAhead(current, now) {
  const place = current.spans.findIndex(
    (span, i) => i > 0 && span.opens !== current.spans[i - 1].closes && moment(current.day.date, span.opens) > now,
  );
  if (place < 0) return "";
  const { opens } = current.spans[place];
  return `${current.spans[place - 1].closes}–${opens} 休息，${opens} 再开门`;
}

/**
 * The sentences for a state at `now`: what holds, what it means, what to know besides.
 * @param {import("../catalog/hours.js").State} current
 * @param {object} centre  api/v1/centre.json
 * @param {object} calendar  api/v1/calendar.json
 * @returns {{headline: string, detail: string, note: string}}
 */
export function openingWords(current, centre, calendar, now) {
  const exceptional = Boolean(current.day && current.day.kind === "exception");
  const note = noteOf(current.day);
  if (current.state === "unknown") return { ...unknownWords(centre, calendar, now), note: "" };
  if (current.state === "closed") return closedWords(current, centre, calendar, now);
  const shuts = `${local(current.closes).time}${doubt(centre, "closes", current.closes, exceptional)}`;
  const counters = counterWords(centre, current.span.counters);
  if (current.state === "noon") {
    const after = current.nextState === "open" ? `之后照常办公，到 ${shuts}` : "";
    return { headline: `午间服务中 · 到 ${local(current.until).time}`, detail: counters || after, note: (counters && after) || note };
  }
  const detail = noonAhead(current, now) || breakAhead(current, now) || counters || reopening(current, centre, calendar, now);
  return { headline: `现在开门 · 到 ${shuts}`, detail, note };
}

/** For whoever will not be there before the doors shut, which is all that this day has left. */
function reopening(current, centre, calendar, now) {
  const { nextOpening } = state(calendar, current.closes);
  if (nextOpening === null) return "";
  const later = dayFrom(now, nextOpening);
  const { time } = local(nextOpening);
  return `下次开门：${later}${gap(later)}${time}${assumed(centre, "opens", time) ? `（${UNCONFIRMED}）` : ""}`;
}

/** Between a day and a time. */
const gap = (day) => (!day || day.endsWith("）") ? "" : " ");

function noteOf(day) {
  if (day && day.kind === "make_up_workday") return "今天是调休上班日。";
  return day && day.kind === "exception" && day.name ? `今天：${day.name}` : "";
}

function closedWords(current, centre, calendar, now) {
  const { day, nextOpening } = current;
  const holiday = day.kind === "holiday" && day.name ? `今天${day.name}放假` : "";
  const reason = day.kind === "exception" && day.name ? `今天：${day.name}` : holiday;
  if (nextOpening === null) {
    return { headline: "现在休息", detail: notEntered(local(moment(calendar.last) + 86400000).year, centre, "去"), note: reason };
  }
  const { time } = local(nextOpening);
  const exceptional = nextOpening < moment(day.date) + 86400000 && day.kind === "exception";
  const unsure = doubt(centre, "opens", nextOpening, exceptional);
  const later = dayFrom(now, nextOpening);
  if (!later) return { headline: `现在休息 · ${time} 再开${unsure}`, detail: noonAhead(current, now), note: reason };
  return { headline: "现在休息", detail: `${later}${gap(later)}${time} 开门${unsure}`, note: reason };
}

function unknownWords(centre, _calendar, now) {
  return { headline: "开放时间还不知道", detail: notEntered(local(now).year, centre, "来") };
}

function notEntered(year, centre, verb) {
  return `${year} 年的放假安排还没有录入，${verb}之前请打 ${centre.hotline}`;
}
