/**
 * Marks today in the noon calendar, unfolds its month and the next one, and folds those that
 * are over into one; hours that were announced at short notice take the place of those printed.
 * Cells carry data-date="YYYY-MM-DD", a month is <details data-month="YYYY-MM"> in a [data-year];
 * without this module they are complete but for the mark, and folded one by one.
 *
 * Slot: changed-hours (the days with announced hours, in words), as-of.
 */

import { local } from "../catalog/dates.js";
import { HOTLINE, say } from "../page/page.js";
import { asTimePasses, midnight } from "../page/passing.js";
import { follow } from "./announced.js";
import { made } from "./marks.js";
import { asOfWords, cellWords, changedWords } from "./notice-words.js";

export function enhance(root) {
  const lay = layer(root);
  follow(lay);
  // From now on the days stand where somebody reads.
  lay.shown();
  let opened = "";
  const ended = made("p", "note");
  ended.dataset.slot = "ended";
  ended.hidden = true;
  root.prepend(ended);
  const last = Array.from(root.querySelectorAll("[data-date]"), (cell) => cell.dataset.date).sort().pop() || "";
  asTimePasses((now) => {
    const today = local(now).date;
    say(ended, today > last ? `${today.slice(0, 4)} 年的放假安排还没有录入，来之前请打 ${HOTLINE} 问哪天开门。` : "");
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

/**
 * Writes announced hours into the cells, and what was printed back when they hold no more. They
 * are told in words as well: above the months, but below them once somebody reads.
 */
function layer(root) {
  const list = made("ul");
  list.dataset.slot = "changed-hours";
  const age = made("p", "quiet");
  age.dataset.slot = "as-of";
  root.prepend(age, list);
  const offered = Array.from(root.querySelectorAll("[data-date] small")).some((word) => word.textContent === "午间");
  const printed = new Map();
  let known = "";
  let reading = false;
  const lay = (news, now) => {
    say(age, asOfWords(news, now));
    const days = (news.answer ? news.answer.days : []).filter(({ date }) => root.querySelector(`[data-date="${date}"]`));
    const text = JSON.stringify(days);
    list.hidden = !days.length;
    if (text === known) return;
    known = text;
    for (const [cell, [name, word]] of printed) write(cell, name, word);
    printed.clear();
    for (const day of days) {
      const cell = root.querySelector(`[data-date="${day.date}"]`);
      const word = cell.querySelector("small");
      printed.set(cell, [cell.className, word.textContent]);
      const { served, text: told } = cellWords(day, offered);
      write(cell, served ? "noon" : "", told);
    }
    count(root);
    if (reading) root.append(list);
    list.textContent = "";
    list.append(...days.map((day) => made("li", "", changedWords(day))));
  };
  lay.shown = () => {
    reading = true;
  };
  return lay;
}

function write(cell, name, word) {
  cell.className = name;
  cell.querySelector("small").textContent = word;
}

/** 午间照常 21 天 */
function count(root) {
  for (const month of root.querySelectorAll("details[data-month]")) {
    const told = month.querySelector("summary small");
    if (told) told.textContent = told.textContent.replace(/\d+/, month.querySelectorAll("[data-date].noon").length);
  }
}
