/**
 * A journey (一件事) counted for one's own answers and start: the questions appear, the
 * result, the steps and the chart follow them. Without it the page stands as it is, for
 * the answers that it says.
 *
 * The root carries data-journey="<id>", and data-plans where some promises are plans. Slots: result, assumed, questions (a form with
 * radios switch-<id> and reading, and the date start). A step is [data-step] with the slots
 * dates, critical, after, together; a row of the chart is [data-row], its axis [data-axis].
 * sessionStorage guide-journey:<id> holds the answers of this visit.
 */

import { local } from "../catalog/dates.js";
import { pastEnd, state } from "../catalog/hours.js";
import { api, refill, say, slot } from "../page/page.js";
import { asTimePasses, midnight } from "../page/passing.js";
import { keepVisit, recallVisit } from "../page/visit.js";
import { dated, defaults, drawn } from "./days.js";
import { joined, labelWords, resultWords, stepWords } from "./words.js";

// The figures of generator/views/chart.py.
const LEFT = 1.5;
const WIDTH = 95.5;
const AXIS = 2.2;
const ROW = 2.9;
const STEPS = [1, 2, 5, 10, 20, 50, 100];

export async function enhance(root) {
  const [journeys, calendar] = await Promise.all([api("journeys"), api("calendar")]);
  const journey = journeys.find((item) => item.id === root.dataset.journey);
  const form = slot(root, "questions", "form");
  const { start } = form.elements;
  let today = "";
  start.min = calendar.first;
  start.max = calendar.last;
  const key = `guide-journey:${journey.id}`;
  // A look at a matter, or a page loaded anew, takes back none of what was answered on this visit.
  const before = recallVisit(key) || {};
  for (const field of form.elements) {
    if (field.type === "radio" && before[field.name] === field.value) field.checked = true;
  }
  start.value = before.start || "";
  let chosen = Boolean(start.value);
  const show = () => {
    const data = new FormData(form);
    const given = defaults(journey);
    for (const id of Object.keys(given)) given[id] = data.get(`switch-${id}`) || given[id];
    const from = data.get("start") || today;
    const plans = {
      statutory: dated(journey, given, "statutory", from, calendar),
      promised: dated(journey, given, "promised", from, calendar),
    };
    const sketches = {
      statutory: drawn(journey, given, "statutory"),
      promised: drawn(journey, given, "promised"),
    };
    const reading = data.get("reading");
    const words = { statutory: "法定时限全部用满", promised: `各步都按承诺${"plans" in root.dataset ? "（有的承诺还是计划）" : ""}` };
    showResult(root, resultWords(journey, words, plans, sketches, calendar, from, reading));
    showSteps(root, journey, plans[reading]);
    showChart(root, journey, plans[reading], sketches[reading], calendar);
  };
  form.addEventListener("change", ({ target }) => {
    if (target === start) chosen = Boolean(start.value);
    const { start: day, ...answers } = Object.fromEntries(new FormData(form));
    keepVisit(key, chosen ? { ...answers, start: day } : answers);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  asTimePasses((now) => {
    const date = pastEnd(calendar, now) || local(now).date;
    // From the day on which it is looked at, unless somebody has chosen another.
    if (date !== today) {
      today = date;
      if (!chosen) start.value = today;
      show();
    }
    const { until } = state(calendar, now);
    return until === null ? midnight(now) : Math.min(until, midnight(now));
  });
  form.hidden = false;
  slot(root, "assumed").hidden = true;
}

/** In the paragraphs that are there: what is painted already does not come up a second time. */
function showResult(root, sentences) {
  const card = slot(root, "result");
  sentences.forEach((text, index) => {
    const p = card.children[index] || card.appendChild(document.createElement("p"));
    if (p.textContent !== text) p.textContent = text;
  });
  while (card.children.length > sentences.length) card.lastElementChild.remove();
}

function showSteps(root, journey, plan) {
  const names = new Map(journey.steps.map((step) => [step.id, step.name]));
  const planned = new Map(plan.steps.map((item) => [item.id, item]));
  for (const element of root.querySelectorAll("[data-step]")) {
    const item = planned.get(element.dataset.step);
    element.hidden = !item;
    element.classList.remove("off");
    if (!item) continue;
    element.classList.toggle("critical", item.critical);
    slot(element, "critical").hidden = !item.critical;
    say(slot(element, "dates"), stepWords(item));
    say(slot(element, "after"), joined("先办完", item.after.map((id) => names.get(id))));
    say(slot(element, "together"), joined("同时可以办", item.together.map((id) => names.get(id))));
  }
}

/** Moments as working days from the start: on the calendar when all of it is known. */
function scale(plan, sketch, calendar) {
  const ends = plan.steps.flatMap((item) => [item.finish, item.due]);
  const late = plan.steps.some((item) => item.finish === null);
  if (late || plan.finish === null) return { steps: sketch.steps, days: (moment) => moment / 7, dates: null };
  const start = plan.steps.reduce((least, item) => (item.start < least ? item.start : least), plan.finish);
  const last = ends.filter(Boolean).reduce((a, b) => (b > a ? b : a));
  const at = new Map([[start, 0]]);
  let count = 0;
  for (const { date, kind, civil } of calendar.days) {
    if (date <= start || date > last) continue;
    if (["workday", "make_up_workday"].includes(civil || kind)) count += 1;
    at.set(date, count);
  }
  return { steps: plan.steps, days: (moment) => at.get(moment), dates: at };
}

function showChart(root, journey, plan, sketch, calendar) {
  const svg = root.querySelector("svg.chart");
  const { steps, days, dates } = scale(plan, sketch, calendar);
  const byId = new Map(journey.steps.map((step) => [step.id, step]));
  const rows = steps.map((item) => ({
    item,
    start: days(item.start),
    finish: days(item.finish),
    due: item.due === null ? null : days(item.due),
  }));
  rows.sort((a, b) => a.start - b.start || a.finish - b.finish);
  const total = Math.max(1, ...rows.map((row) => Math.max(row.finish, row.due || 0)));
  const at = (value) => `${LEFT + (value / total) * WIDTH}%`;
  const places = new Map(rows.map((row, index) => [row.item.id, { ...row, index }]));
  for (const element of svg.querySelectorAll("[data-row]")) {
    const row = places.get(element.dataset.row);
    reveal(element, row);
    if (row) showRow(element, row, byId.get(row.item.id), at, total);
  }
  svg.setAttribute("height", `${AXIS + ROW * rows.length}em`);
  showAxis(svg.querySelector("[data-axis]"), total, at, dates);
  const critical = rows.filter((row) => row.item.critical).map((row) => byId.get(row.item.id).name);
  svg.querySelector("desc").textContent = `${rows.length} 步。关键的是：${critical.join("；")}。每一步的说明在下面的清单里。`;
}

function showRow(element, { item, start, finish, due, index }, step, at, total) {
  element.setAttribute("y", `${AXIS + ROW * index}em`);
  element.classList.toggle("critical", item.critical);
  element.querySelector("text").textContent = `${item.critical ? "关键 · " : ""}${labelWords(step, item)}`;
  const [wait, bar, dot] = ["line", "rect", "circle"].map((name) => element.querySelector(name));
  reveal(wait, due !== null);
  wait.setAttribute("x1", at(start));
  wait.setAttribute("x2", at(due || start));
  reveal(bar, finish > start);
  bar.setAttribute("x", at(start));
  bar.setAttribute("width", `${((finish - start) / total) * WIDTH}%`);
  reveal(dot, finish <= start);
  dot.setAttribute("cx", at(finish));
  dot.classList.toggle("open", !item.counted);
}

/** A line at every few working days, under its date where there is one. */
function showAxis(group, total, at, dates) {
  const step = STEPS.find((size) => total / size <= 4) || STEPS[STEPS.length - 1];
  const marks = [];
  for (let number = 0; number <= total; number += step) {
    const line = draw("line", { class: "grid", x1: at(number), x2: at(number), y1: "1.5em", y2: "100%" });
    const text = draw("text", { class: number ? "tick" : "tick first", x: at(number), y: "1.1em" });
    const date = dates && [...dates].find(([, count]) => count === number);
    if (date) text.textContent = `${Number(date[0].slice(5, 7))}/${Number(date[0].slice(8))}`;
    else text.textContent = number ? String(number) : "0 个工作日";
    marks.push(line, text);
  }
  refill(group, ...marks);
}

/** `hidden` is an attribute of HTML, not of SVG. */
function reveal(element, shown) {
  if (shown) element.removeAttribute("display");
  else element.setAttribute("display", "none");
}

function draw(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
