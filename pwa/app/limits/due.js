/**
 * 今天受理 → 最迟 12月21日周一. Without it the page tells the limits and nothing else.
 *
 * The root carries data-statutory and data-promised, "20 working_days", where such a limit
 * is known, and data-elsewhere where it is not done at a window of the centre; limits by case stand on
 * their lines (page/cases.js). A date input and slots are added to it.
 */

import { local } from "../catalog/dates.js";
import { state } from "../catalog/hours.js";
import { openHours } from "../hall/announced.js";
import { onCases } from "../page/cases.js";
import { api, refill, say, slot } from "../page/page.js";
import { asTimePasses, midnight } from "../page/passing.js";
import { dueWords, firstDay } from "./words.js";

/** What the page calls each kind of limit; it leaves out those that it does not know. */
const KINDS = { promised: ["承诺"], statutory: ["法定", "一般期限"] };

/** The limits that the answers leave; where that is not yet one, each with its case. */
function readLimits(root) {
  const words = Array.from(root.querySelectorAll("dt"), (term) => term.textContent);
  const fixed = Object.entries(KINDS)
    .filter(([kind]) => root.dataset[kind])
    .map(([kind, names]) => `${words.find((word) => names.includes(word))} ${root.dataset[kind]}`);
  const cases = Array.from(root.querySelectorAll("[data-limit]")).filter((line) => !line.hidden);
  return [
    ...fixed.map((text) => limit(text, "")),
    ...cases.map((line) => limit(line.dataset.limit, cases.length > 1 ? `，${line.querySelector("em").textContent}` : "")),
  ];
}

function limit(text, condition) {
  const [word, value, unit] = text.split(" ");
  return { word: `${word}${condition}`, value: Number(value), unit };
}

export async function enhance(root) {
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

  const elsewhere = "elsewhere" in root.dataset;
  let today = "";
  // What the page offers until somebody chooses a day.
  let offered = { date: "", why: "" };
  let chosen = false;
  const show = () => {
    const accepted = input.value || offered.date;
    const why = accepted === offered.date ? offered.why : "";
    const words = dueWords(hours.calendar(), readLimits(root), accepted, today, centre.hotline, why, elsewhere);
    refill(result, ...words.lines.map((text) => {
      const line = document.createElement("li");
      line.textContent = text;
      return line;
    }));
    say(note, words.note);
  };
  onCases(() => today && show());
  input.addEventListener("input", () => {
    chosen = Boolean(input.value);
    show();
  });
  await asTimePasses((now) => {
    today = local(now).date;
    const calendar = hours.calendar();
    // When the doors of others open, nobody has told us.
    offered = elsewhere ? { date: today, why: "" } : firstDay(calendar, centre, now);
    if (!chosen) input.value = offered.date;
    show();
    const { until } = state(calendar, now);
    return until === null ? midnight(now) : Math.min(until, midnight(now));
  });
}
