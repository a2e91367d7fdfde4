/**
 * The switches of the page 提醒我: one for each thing that one can wish for, with its parameter.
 *
 * A section [data-topic] of the page says what it tells, and shows an example; its switches are put
 * before the example.
 */

import { local } from "../catalog/dates.js";
import { kept } from "../hall/own-ticket.js";
import { signName } from "../hall/queue-words.js";
import { all } from "../papers/record.js";
import { ownDates } from "./own-dates.js";
import { wished } from "./wishes.js";

const LEADS = [[15, "15 分钟"], [30, "半小时"], [60, "1 小时"], [120, "2 小时"]];
const FEWER = [3, 5, 8, 10, 15, 20].map((count) => [count, `少于 ${count} 人`]);
export const AHEAD = [1, 2, 3, 5, 8, 12].map((count) => [count, `前面 ${count} 人`]);
/** Weekends are worked on only in exchange for a holiday. */
const DAYS = [["1", "周一"], ["2", "周二"], ["3", "周三"], ["4", "周四"], ["5", "周五"], ["67", "补班的周末"]];
const EVERY_DAY = DAYS.map(([days]) => days).join("");

/**
 * A switch: `wish()` is what it stands for as it is set, `set(wish)` shows what is wished (undefined:
 * nothing), `able(whether)` lets it be tapped.
 * @typedef {{box: HTMLInputElement, wish: () => import("./wishes.js").Wish, set: (wish: object) => void}} Switch
 */

/**
 * @param {ParentNode} page
 * @param {object} centre  api/v1/centre.json
 * @param {import("./wishes.js").Wish[]} wishes  of this phone: what it wishes for has a switch, whatever else
 * @param {Map<string, string>} names  of matters
 * @returns {{switches: Switch[], able: (reason: string) => void}} `able("")`: all can be tapped, else why not
 */
export function topics(page, centre, wishes, names, now) {
  const switches = [];
  const sets = [];
  for (const section of page.querySelectorAll("[data-topic]")) {
    const made = rows(section.dataset.topic, centre, wishes, names, now);
    const set = document.createElement("fieldset");
    set.setAttribute("aria-label", section.querySelector("h3").textContent);
    const reason = document.createElement("small");
    set.append(...made.map(({ line }) => line), reason);
    section.querySelector("blockquote").before(set);
    if (!made.length) reason.textContent = section.dataset.none;
    switches.push(...made);
    if (made.length) sets.push([set, reason]);
  }
  return {
    switches,
    able(why) {
      for (const [set, reason] of sets) {
        set.disabled = Boolean(why);
        reason.textContent = why;
      }
    },
  };
}

/** @returns {(Switch & {line: HTMLElement})[]} */
function rows(topic, centre, wishes, names, now) {
  const also = wishes.filter((one) => one.topic === topic);
  if (topic === "queue") {
    return centre.counter_kinds.filter(({ queue }) => queue).map((kind) => withCount({ topic, subject: kind.id }, signName(kind), FEWER, 5));
  }
  if (topic === "ticket") {
    const own = kept(now);
    return own ? [withCount(ticketWish(own), `我的号 ${own.ticket}`, AHEAD, 3)] : [];
  }
  if (topic === "matter") {
    const lists = all().map(([id, { name }]) => [id, name]);
    const more = also.filter(({ subject }) => !lists.some(([id]) => id === subject)).map(({ subject }) => [subject, names.get(subject) || subject]);
    return [...lists, ...more].map(([subject, name]) => plain({ topic, subject }, names.get(subject) || name));
  }
  if (topic === "renewal") return ownDates().map(({ name, wish }) => plain(wish, `${name || names.get(wish.subject) || "证件"} ${dateWords(wish.on_date)}到期`));
  return [topic === "noon" ? noon() : plain({ topic }, "要提醒")];
}

/** @param {{ticket: string, key: string, day: string}} own  of hall/own-ticket.js */
export const ticketWish = ({ ticket, key, day }) => ({ topic: "ticket", subject: ticket, key, day });

/** 2027年3月1日 */
const dateWords = (date) => date.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");

function tick(words, ...more) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  label.append(box, words, ...more);
  return { label, box };
}

export function choice(words, options, preset) {
  const label = document.createElement("label");
  const select = document.createElement("select");
  for (const [value, text] of options) select.add(new Option(text, String(value)));
  select.value = String(preset);
  label.className = "beside";
  label.append(`${words} `, select);
  return { label, select };
}

function plain(wish, words) {
  const { label, box } = tick(words);
  return {
    line: label,
    box,
    wish: () => wish,
    set(found) {
      box.checked = Boolean(found);
    },
  };
}

function withCount(wish, words, options, preset) {
  const line = document.createElement("div");
  const { label, box } = tick(words);
  const count = choice(wish.topic === "queue" ? "等的人" : "什么时候", options, preset);
  line.append(label, " ", count.label);
  return {
    line,
    box,
    wish: () => ({ ...wish, threshold: Number(count.select.value) }),
    set(found) {
      box.checked = Boolean(found);
      if (found) offer(count.select, found.threshold, wish.topic === "queue" ? `少于 ${found.threshold} 人` : `前面 ${found.threshold} 人`);
    },
  };
}

function noon() {
  const line = document.createElement("div");
  const { label, box } = tick("要提醒");
  const lead = choice("提前", LEADS, 15);
  const days = DAYS.map(([value, words]) => ({ value, ...tick(words) }));
  const which = document.createElement("div");
  which.append("哪几天 ", ...days.map((day) => day.label));
  for (const day of days) day.box.checked = true;
  line.append(label, " ", lead.label, which);
  return {
    line,
    box,
    wish() {
      const weekdays = days.filter((day) => day.box.checked).map((day) => day.value).join("");
      const some = weekdays && weekdays !== EVERY_DAY ? { weekdays } : {};
      return { topic: "noon", lead: Number(lead.select.value), ...some };
    },
    set(found) {
      box.checked = Boolean(found);
      which.hidden = !found;
      if (!found) return;
      if (found.lead) offer(lead.select, found.lead, `${found.lead} 分钟`);
      const wanted = found.weekdays || EVERY_DAY;
      for (const day of days) day.box.checked = wanted.includes(day.value[0]);
    },
  };
}

/** Choose `value`, which another version of this page may have offered. */
function offer(select, value, words) {
  if (!Array.from(select.options).some((option) => option.value === String(value))) select.add(new Option(words, String(value)));
  select.value = String(value);
}

/** Show what is wished for. */
export function showWishes(switches, wishes) {
  for (const one of switches) one.set(wished(wishes, one.wish()));
}

/** What is switched on. */
export const chosen = (switches) => switches.filter(({ box }) => box.checked).map((one) => one.wish());
