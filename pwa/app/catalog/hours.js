/**
 * When the centre is open, from api/v1/calendar.json. No page, no clock, no network.
 *
 * The twin of generator/catalog/hours.py: spans are half-open, [opens, closes), in the
 * centre's time, UTC+8 without summer time whatever the phone's zone. A date outside
 * first..last is unknown, never open or closed.
 *
 * @typedef {import("./dates.js").Span} Span
 * @typedef {import("./dates.js").Day} Day
 * @typedef {"open"|"noon"|"closed"|"unknown"} Kind
 * @typedef {object} State
 * @property {Kind} state
 * @property {Day|null} day  today; null when unknown
 * @property {Span[]} spans  today's opening spans
 * @property {Span|null} span  the one that covers the moment
 * @property {number|null} since  when it began, epoch milliseconds
 * @property {number|null} until  its next change; null when none is known
 * @property {Kind|null} nextState  what it changes into
 * @property {number|null} closes  when the doors shut, if they are open
 * @property {number|null} nextOpening  when they open next, if they are not
 */

import { DAY, dayOf, local, moment } from "./dates.js";

/** The opening spans of a calendar day, in order; over noon with the counters of its roster, if it has one. */
export function spansOf(calendar, day) {
  const spans = calendar.patterns[day.pattern];
  if (!day.duty) return spans;
  return spans.map((span) => (span.service === "noon" ? { ...span, counters: day.duty.counters } : span));
}

/** What holds at the moment `at` (epoch milliseconds). @returns {State} */
export function state(calendar, at) {
  const day = dayOf(calendar, local(at).date);
  if (!day) return unknown(calendar, at);
  const spans = spansOf(calendar, day);
  const index = spans.findIndex(
    (span) => moment(day.date, span.opens) <= at && at < moment(day.date, span.closes),
  );
  return index < 0 ? shut(calendar, day, spans, at) : serving(day, spans, index);
}

/**
 * The first day of which nothing is known, once the doors have shut for the last time that the calendar
 * knows; null before. From then on nothing is counted from "today": nobody knows when they open.
 */
export function pastEnd(calendar, at) {
  if (at < moment(calendar.first)) return null;
  const { state: now, nextOpening } = state(calendar, at);
  if (now !== "unknown" && (now !== "closed" || nextOpening !== null)) return null;
  return local(Math.max(at, moment(calendar.last) + DAY)).date;
}

const kind = (span) => (span.service === "noon" ? "noon" : "open");

/** Neighbours of the same service are one state; neighbours of any keep the doors open. */
function serving(day, spans, index) {
  const joined = (i) => i > 0 && i < spans.length && spans[i - 1].closes === spans[i].opens;
  const same = (i) => joined(i) && spans[i - 1].service === spans[i].service;
  let first = index;
  let last = index;
  while (same(first)) first -= 1;
  while (same(last + 1)) last += 1;
  let end = last;
  while (joined(end + 1)) end += 1;
  return {
    state: kind(spans[index]),
    day,
    spans,
    span: spans[index],
    since: moment(day.date, spans[first].opens),
    until: moment(day.date, spans[last].closes),
    nextState: end > last ? kind(spans[last + 1]) : "closed",
    closes: moment(day.date, spans[end].closes),
    nextOpening: null,
  };
}

function shut(calendar, day, spans, at) {
  const next = opening(calendar, at);
  return {
    state: "closed",
    day,
    spans,
    span: null,
    since: lastClosing(calendar, at),
    until: next ? next.at : moment(calendar.last) + DAY,
    nextState: next ? kind(next.span) : "unknown",
    closes: null,
    nextOpening: next && next.at,
  };
}

function opening(calendar, at) {
  const from = (moment(local(at).date) - moment(calendar.first)) / DAY;
  for (let i = from; i < calendar.days.length; i += 1) {
    for (const span of spansOf(calendar, calendar.days[i])) {
      const opens = moment(calendar.days[i].date, span.opens);
      if (opens > at) return { at: opens, span };
    }
  }
  return null;
}

function lastClosing(calendar, at) {
  const from = (moment(local(at).date) - moment(calendar.first)) / DAY;
  for (let i = from; i >= 0; i -= 1) {
    const spans = spansOf(calendar, calendar.days[i]);
    for (let j = spans.length - 1; j >= 0; j -= 1) {
      const closes = moment(calendar.days[i].date, spans[j].closes);
      if (closes <= at) return closes;
    }
  }
  return moment(calendar.first);
}

function unknown(calendar, at) {
  const start = moment(calendar.first);
  const none = { state: "unknown", day: null, spans: [], span: null, closes: null };
  if (at >= start) {
    return { ...none, since: moment(calendar.last) + DAY, until: null, nextState: null, nextOpening: null };
  }
  const first = state(calendar, start);
  const nextOpening = first.state === "closed" ? first.nextOpening : start;
  return { ...none, since: null, until: start, nextState: first.state, nextOpening };
}
