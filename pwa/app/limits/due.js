/**
 * 今天受理 → 最迟 12月21日周一. Without it the page tells the limits and nothing else.
 *
 * The root carries data-statutory and data-promised, "20 working_days", where such a limit
 * is known. A date input and slots are added to it.
 */

import { local } from "../catalog/dates.js";
import { state } from "../catalog/hours.js";
import { openHours } from "../hall/announced.js";
import { api, refill, say, slot } from "../page/page.js";
import { asTimePasses, midnight } from "../page/passing.js";
import { dueWords, firstDay } from "./words.js";

const KINDS = { promised: "承诺", statutory: "法定" };

export async function enhance(root) {
  const limits = Object.keys(KINDS).filter((kind) => root.dataset[kind]).map((kind) => {
    const [value, unit] = root.dataset[kind].split(" ");
    return { word: KINDS[kind], value: Number(value), unit };
  });
  if (!limits.length) return;
  const [hours, centre] = await Promise.all([openHours(), api("centre")]);
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "date";
  label.append("哪天受理？ ", input);
  const box = document.createElement("div");
  box.className = "due";
  box.append(label);
  root.querySelector("dl").after(box);
  const told = slot(box, "due", "div");
  const result = document.createElement("ul");
  const note = slot(box, "due-note");
  told.setAttribute("role", "status");
  told.append(result);

  let today = "";
  // What the page offers until somebody chooses a day.
  let offered = { date: "", why: "" };
  let chosen = false;
  const show = () => {
    const accepted = input.value || offered.date;
    const why = accepted === offered.date ? offered.why : "";
    const words = dueWords(hours.calendar(), limits, accepted, today, centre.hotline, why);
    refill(result, ...words.lines.map((text) => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    }));
    say(note, words.note);
  };
  input.addEventListener("input", () => {
    chosen = Boolean(input.value);
    show();
  });
  await asTimePasses((now) => {
    today = local(now).date;
    const calendar = hours.calendar();
    offered = firstDay(calendar, centre, now);
    if (!chosen) input.value = offered.date;
    show();
    const { until } = state(calendar, now);
    return until === null ? midnight(now) : Math.min(until, midnight(now));
  });
}
