/**
 * Marks today in the noon calendar, unfolds its month and the next one, and folds those that
 * are over into one. Cells carry data-date="YYYY-MM-DD", a month is <details
 * data-month="YYYY-MM"> in a [data-year]; without this module they are complete but for the
 * mark, and folded one by one.
 */

import { local } from "../catalog/dates.js";
import { asTimePasses, midnight } from "../page/passing.js";

export function enhance(root) {
  let opened = "";
  asTimePasses((now) => {
    const today = local(now).date;
    if (opened !== today.slice(0, 7)) {
      opened = today.slice(0, 7);
      unfold(root, opened);
      foldPast(root, opened);
    }
    for (const cell of root.querySelectorAll("[data-date]")) {
      if (cell.dataset.date === today) cell.setAttribute("aria-current", "date");
      else cell.removeAttribute("aria-current");
    }
    return midnight(now);
  });
}

/** Only when the month changes: what the reader has folded since stays folded. */
function unfold(root, month) {
  const months = Array.from(root.querySelectorAll("details[data-month]"));
  const next = months.map((box) => box.dataset.month).filter((name) => name > month).sort()[0];
  for (const box of months) if (box.dataset.month === month || box.dataset.month === next) box.open = true;
}

/** Months that are over stand in one box above the others. */
function foldPast(root, month) {
  for (const year of root.querySelectorAll("[data-year]")) {
    const past = Array.from(year.querySelectorAll("details[data-month]")).filter((box) => box.dataset.month < month);
    if (past.length < 2) continue;
    let over = year.querySelector(".past");
    if (!over) {
      over = document.createElement("details");
      over.className = "month past";
      over.append(document.createElement("summary"));
      past[0].before(over);
    }
    over.firstChild.textContent = `已经过去的 ${past.length} 个月`;
    over.append(...past);
  }
}
