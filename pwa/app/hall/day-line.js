/** How many waited in the course of the day, drawn as a line, and in words. */

import { local } from "../catalog/dates.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 320;
const HEIGHT = 72;
const FOOT = 14;

const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/**
 * The points of the line and what to say of it. No page.
 * @param {Array<[string, number]>} past  ("HH:MM", how many waited), in order
 * @param {string|null} closes  the last closing of the day, a moment
 * @returns {{points: string, from: string, to: string, most: number, words: string}|null}  null with less than two points
 */
export function dayLine(past, closes) {
  if (!past || past.length < 2) return null;
  const from = past[0][0];
  const last = past[past.length - 1][0];
  const to = closes && minutes(local(Date.parse(closes)).time) > minutes(last) ? local(Date.parse(closes)).time : last;
  const [peak, most] = past.reduce((highest, one) => (one[1] > highest[1] ? one : highest));
  const x = (time) => Math.round(((minutes(time) - minutes(from)) / (minutes(to) - minutes(from))) * WIDTH * 10) / 10;
  const y = (waiting) => Math.round((HEIGHT - FOOT - (waiting / Math.max(most, 5)) * (HEIGHT - FOOT - 4)) * 10) / 10;
  const points = past.map(([time, waiting]) => `${x(time)},${y(waiting)}`).join(" ");
  const words = most ? `今天最多 ${most} 人在等（${peak}），${last} 有 ${past[past.length - 1][1]} 人` : "今天到现在没有人等";
  return { points, from, to, most, words };
}

/** The line as a figure; its caption says what it shows. @param {ReturnType<typeof dayLine>} line */
export function drawn(line) {
  const figure = document.createElement("figure");
  figure.className = "day-line";
  const drawing = part("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": line.words });
  const foot = HEIGHT - FOOT;
  drawing.append(
    part("path", { d: `M0 ${foot}H${WIDTH}`, class: "foot-line" }),
    part("polyline", { points: line.points }),
    label(line.from, 0, "start"),
    label(line.to, WIDTH, "end"),
  );
  const caption = document.createElement("figcaption");
  caption.textContent = line.words;
  figure.append(drawing, caption);
  return figure;
}

function part(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const key of Object.keys(attributes)) element.setAttribute(key, String(attributes[key]));
  return element;
}

function label(time, x, anchor) {
  const text = part("text", { x, y: HEIGHT - 2, "text-anchor": anchor });
  text.textContent = time;
  return text;
}
