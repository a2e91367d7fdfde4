/**
 * The page 排队: a card per counter kind, filled from push/v1/queue. Without it, or where no push server
 * runs, a card says whom to ring, as the server wrote it, and what holds of the doors.
 *
 * Cards carry data-kind="<id of the counter kind>", and hold a slot: board. The root gets
 * data-told="yes|no".
 */

import { state } from "../catalog/hours.js";
import { api, refill, slot } from "../page/page.js";
import { openHours } from "./announced.js";
import { arriveWords } from "./arrive-words.js";
import { boardWords } from "./board-words.js";
import { borrowing, waited } from "./borrowing.js";
import { comingBox } from "./coming.js";
import { comingWords } from "./coming-words.js";
import { dayLine, drawn } from "./day-line.js";
import { live, QUEUE, QUEUE_KEPT } from "./live.js";
import { demoMark, lines, made } from "./marks.js";
import { openingWords } from "./opening-words.js";

export async function enhance(root) {
  const [hours, centre] = await Promise.all([openHours(), api("centre")]);
  const above = slot(root, "demo", "div");
  const cards = Array.from(root.querySelectorAll("[data-kind]"), (element) => card(element, hours, centre));
  await live(
    QUEUE,
    ({ answer, status, failing }, now) => {
      if (!answer && !status && !failing) return;
      root.dataset.told = answer ? "yes" : "no";
      const demo = Boolean(answer && answer.demo);
      const kind = demo ? waited(answer) : null;
      const played = `${demo} ${kind}`;
      if (played !== above.dataset.played) {
        above.dataset.played = played;
        const words = "这一页是模拟出来的，给大家看样子，不是大厅里真的排队情况。";
        refill(above, ...demoMark(answer), ...(demo ? [made("p", "quiet", words), ...(kind ? borrowing(kind) : [])] : []));
      }
      cards.forEach((one) => one.show(answer, failing, now));
    },
    { kept: QUEUE_KEPT },
  ).first;
}

function card(element, hours, centre) {
  const place = slot(element, "board", "div");
  const written = Array.from(place.childNodes);
  const above = document.createElement("div");
  const below = document.createElement("div");
  const hall = document.createElement("p");
  const coming = document.createElement("div");
  coming.className = "coming";
  let again = () => {};
  const box = comingBox(coming, () => again());
  let said = "";
  let shown = "";
  const put = (key, ...nodes) => {
    if (said === key) return;
    said = key;
    refill(place, ...nodes);
  };
  return {
    show(answer, failing, now) {
      again = () => this.show(answer, failing, now);
      const counter = answer && answer.counters.find(({ kind }) => kind === element.dataset.kind);
      const calendar = hours.calendar();
      const current = state(calendar, now);
      const closed = current.state === "closed" ? arriveWords(current, {}, centre, calendar, now, null) : "";
      const doors = closed || (counter ? "" : openWords(current, centre, calendar, now));
      if (hall.textContent !== doors) hall.textContent = doors;
      hall.hidden = !doors;
      if (!counter) {
        const silent = failing ? "现在连不上排队数据。" : answer ? "还没有排队数据。" : "";
        if (closed) put("shut", hall);
        else put(`open ${silent}`, hall, ...(silent ? [made("p", "", silent)] : []), ...written);
        return;
      }
      put("told", above, hall, coming, below);
      const words = boardWords(counter, answer, now, failing);
      const key = JSON.stringify([words, counter.past]);
      if (key !== shown) {
        shown = key;
        refill(above, head(words));
        refill(below, ...board(words, dayLine(counter.past, answer.closes_at)));
      }
      const noon = answer.noon ? "done" : "no";
      const told = comingWords({ now, way: box.way(), counter, answer, matter: { id: null, noon }, calendar, centre });
      coming.hidden = !told || current.closes === null;
      box.show(told, "", { demo: false });
    },
  };
}

/** What holds for whoever comes now, where nothing is known of the queue. */
function openWords(current, centre, calendar, now) {
  const { headline, detail, note } = openingWords(current, centre, calendar, now);
  return `${[headline, detail, note.replace(/。$/, "")].filter(Boolean).join("，")}。`;
}

/** @param {ReturnType<typeof boardWords>} words */
function head(words) {
  const block = lines([words.head, ...words.more]);
  block.className = "ahead";
  block.dataset.fresh = String(words.fresh);
  return block;
}

function board(words, line) {
  const nodes = [];
  if (words.called.length) nodes.push(made("h3", "", "正在叫"), list("calls", words.called));
  if (words.next) nodes.push(made("p", "", words.next));
  if (words.windows.length) nodes.push(made("h3", "", "窗口"), list("windows", words.windows));
  if (line) nodes.push(made("h3", "", "今天到现在"), drawn(line));
  return nodes;
}

function list(name, items) {
  const element = made("ul", name);
  for (const [weighty, text] of items) {
    const item = document.createElement("li");
    item.append(made("b", "", weighty), " ", made("span", "", text));
    element.append(item);
  }
  return element;
}
