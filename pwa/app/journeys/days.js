/**
 * How long a journey takes, from api/v1/journeys.json and api/v1/calendar.json. No page,
 * no clock.
 *
 * The twin of generator/catalog/journeys.py. Moments are ticks (sevenths of a working day,
 * five working days being as long as seven days) or dates "YYYY-MM-DD"; null is beyond the
 * calendar.
 *
 * @typedef {"statutory"|"promised"} Reading
 * @typedef {[number, "working_days"|"days"|"months"]} Length
 * @typedef {object} Planned
 * @property {string} id
 * @property {string[]} after  the steps that apply and that it follows
 * @property {Length} length
 * @property {boolean} counted  false where no length is known
 * @property {number|string|null} start
 * @property {number|string|null} finish
 * @property {number|string|null} due  a deadline of the applicant
 * @property {number|null} slack  by how much it can be late; null when the outcome does not wait
 * @property {boolean} critical
 * @property {string[]} together  the acts that run at the same time
 * @typedef {{steps: Planned[], path: string[], lengths: Object<string, number>,
 *   finish: number|string|null}} Plan
 */

import { holds, parse } from "../catalog/when.js";
import { due, isWorkday, nextWorkday, shift, UncoveredDate } from "../catalog/workdays.js";

const TICKS = { working_days: 7, days: 5, months: 150 };
const NOTHING = [0, "days"];

/** The answers that a page starts with. */
export const defaults = (journey) => Object.fromEntries(journey.switches.map((item) => [item.id, item.default]));

const TICKING = {
  add: (moment, [value, unit]) => moment + value * TICKS[unit],
  latestStart: (finish, [value, unit]) => finish - value * TICKS[unit],
  gap: (early, late) => late - early,
};

/** null instead of an exception for what the calendar does not cover. */
function covered(act) {
  try {
    return act();
  } catch (error) {
    if (error instanceof UncoveredDate) return null;
    throw error;
  }
}

/** `date`, or the next working day; null beyond the calendar. */
export function openDay(calendar, date) {
  return covered(() => nextWorkday(calendar, date));
}

/** How many working days lie after `early` up to and including `late`. */
export function workdaysBetween(calendar, early, late) {
  let count = 0;
  for (let day = shift(early, 1); day <= late; day = shift(day, 1)) count += isWorkday(calendar, day);
  return count;
}

function dating(calendar) {
  const add = (moment, [value, unit]) => covered(() => due(calendar, moment, value, unit));
  return {
    add,
    latestStart(finish, length) {
      let start = finish;
      while (!isWorkday(calendar, start) || (add(start, length) || "9999") > finish) start = shift(start, -1);
      return start;
    },
    gap: (early, late) => workdaysBetween(calendar, early, late),
  };
}

/**
 * The steps that apply, in the order of the file. Where one does not, those that follow it
 * follow what it would have followed; what is before a step anyway is left out.
 * @returns {{step: object, after: string[]}[]}
 */
export function active(journey, given) {
  const byId = new Map(journey.steps.map((step) => [step.id, step]));
  const on = new Set(journey.steps.filter((step) => holds(parse(step.when), given)).map((step) => step.id));
  const before = remembered((id) => byId.get(id).after.flatMap((other) => (on.has(other) ? [other] : before(other))));
  const longBefore = remembered((id) => before(id).flatMap((other) => [...before(other), ...longBefore(other)]));
  return journey.steps
    .filter((step) => on.has(step.id))
    .map((step) => {
      const near = new Set(before(step.id));
      const far = new Set(longBefore(step.id));
      return { step, after: journey.steps.map((item) => item.id).filter((id) => near.has(id) && !far.has(id)) };
    });
}

/** `ask`, which is asked only once for each id and gives a list of ids. */
function remembered(ask) {
  const known = new Map();
  return (id) => {
    if (!known.has(id)) known.set(id, [...new Set(ask(id))]);
    return known.get(id);
  };
}

/** How long one waits for a step; null where nobody states it. @returns {Length|null} */
export function lengthOf(step, reading) {
  if (reading === "promised" && step.promised) return [step.promised.value, step.promised.unit];
  if (!step.days) return null;
  if (step.days.kind === "applicant_deadline" || step.days.kind === "milestone") return NOTHING;
  return [step.days.value, step.days.unit];
}

/** The plan in ticks from 0. @returns {Plan} */
export function drawn(journey, given, reading) {
  return plan(journey, active(journey, given), reading, TICKING, 0);
}

/**
 * The plan from `start`, or from the next working day. When the outcome lies beyond the
 * calendar, the critical path is that of `drawn`, and no slack is told.
 * @returns {Plan}
 */
export function dated(journey, given, reading, start, calendar) {
  const steps = active(journey, given);
  const told = plan(journey, steps, reading, dating(calendar), openDay(calendar, start));
  if (told.finish !== null) return told;
  const sketch = plan(journey, steps, reading, TICKING, 0);
  const known = told.steps.map((item, index) => ({ ...item, slack: null, critical: sketch.steps[index].critical }));
  return { steps: known, path: sketch.path, lengths: sketch.lengths, finish: null };
}

function plan(journey, steps, reading, clock, origin) {
  const lengths = new Map(steps.map(({ step }) => [step.id, lengthOf(step, reading)]));
  const wait = (id) => lengths.get(id) || NOTHING;
  const starts = new Map();
  const ends = new Map();
  const order = sorted(steps);
  for (const { step, after } of order) {
    const befores = after.map((id) => ends.get(id));
    const start = !befores.length ? origin : befores.includes(null) ? null : greatest(befores);
    starts.set(step.id, start);
    ends.set(step.id, start === null ? null : clock.add(start, wait(step.id)));
  }
  const target = journey.outcome.step;
  const finish = ends.has(target) ? ends.get(target) : null;
  const slacks = finish === null ? new Map() : slack(order, starts, ends, wait, target, clock);
  const path = finish === null ? [] : chain(steps, starts, ends, target);
  const totals = {};
  for (const id of path) {
    const [value, unit] = wait(id);
    if (value) totals[unit] = (totals[unit] || 0) + value;
  }
  const acts = steps
    .filter(({ step }) => !step.days || step.days.kind !== "milestone")
    .map(({ step }) => step.id)
    .filter((id) => starts.get(id) !== null && ends.get(id) !== null);
  const planned = steps.map(({ step, after }) => ({
    id: step.id,
    after,
    length: wait(step.id),
    counted: lengths.get(step.id) !== null,
    start: starts.get(step.id),
    finish: ends.get(step.id),
    due: deadline(step, starts, ends, clock),
    slack: slacks.has(step.id) ? slacks.get(step.id) : null,
    critical: slacks.get(step.id) === 0,
    together: acts.includes(step.id)
      ? acts.filter(
          (id) => id !== step.id && starts.get(id) < ends.get(step.id) && starts.get(step.id) < ends.get(id),
        )
      : [],
  }));
  return { steps: planned, path, lengths: totals, finish };
}

const greatest = (moments) => moments.reduce((a, b) => (b > a ? b : a));

function sorted(steps) {
  const byId = new Map(steps.map((item) => [item.step.id, item]));
  const done = new Map();
  const visit = (item) => {
    if (done.has(item.step.id)) return;
    item.after.forEach((id) => visit(byId.get(id)));
    done.set(item.step.id, item);
  };
  steps.forEach(visit);
  return [...done.values()];
}

function slack(order, starts, ends, wait, target, clock) {
  const latest = new Map([[target, ends.get(target)]]);
  const slacks = new Map();
  for (const { step, after } of [...order].reverse()) {
    if (!latest.has(step.id)) continue;
    const begin = clock.latestStart(latest.get(step.id), wait(step.id));
    slacks.set(step.id, clock.gap(starts.get(step.id), begin));
    for (const id of after) {
      if (!latest.has(id) || begin < latest.get(id)) latest.set(id, begin);
    }
  }
  return slacks;
}

function chain(steps, starts, ends, target) {
  const after = new Map(steps.map((item) => [item.step.id, item.after]));
  const path = [target];
  while (after.get(path[0]).length) {
    path.unshift(after.get(path[0]).find((id) => ends.get(id) === starts.get(path[0])));
  }
  return path;
}

function deadline(step, starts, ends, clock) {
  const { days } = step;
  if (!days || days.kind !== "applicant_deadline") return null;
  const from = ends.has(days.counts_from) ? ends.get(days.counts_from) : starts.get(step.id);
  return from === null ? null : clock.add(from, [days.value, days.unit]);
}
