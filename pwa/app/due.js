/**
 * 今天受理 → 最迟 12月21日周一. Without it the page tells the limits and nothing else.
 *
 * The root carries data-statutory and data-promised, "20 working_days", where such a limit
 * is known. A date input and slots are added to it.
 */

import { correction } from "./clock.js";
import { dueWords, firstDay } from "./due-words.js";
import { local } from "./hours.js";
import { api, refill, say, slot } from "./page.js";

const KINDS = { promised: "承诺", statutory: "法定" };

export async function enhance(root) {
  const limits = Object.keys(KINDS).filter((kind) => root.dataset[kind]).map((kind) => {
    const [value, unit] = root.dataset[kind].split(" ");
    return { word: KINDS[kind], value: Number(value), unit };
  });
  if (!limits.length) return;
  const [calendar, centre] = await Promise.all([api("calendar"), api("centre")]);
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

  let today = local(Date.now()).date;
  // What the page offers until somebody chooses a day.
  let offered = firstDay(calendar, centre, Date.now());
  input.value = offered.date;
  const show = () => {
    if (!input.value) return;
    const why = input.value === offered.date ? offered.why : "";
    const words = dueWords(calendar, limits, input.value, today, centre.hotline, why);
    refill(result, ...words.lines.map((text) => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    }));
    say(note, words.note);
  };
  input.addEventListener("input", show);
  show();
  const ahead = await correction();
  today = local(Date.now() + ahead).date;
  const right = firstDay(calendar, centre, Date.now() + ahead);
  if (input.value === offered.date) input.value = right.date;
  offered = right;
  show();
}
