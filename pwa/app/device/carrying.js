/**
 * One's lists of papers on the way from Safari to the home screen of an iPhone, which share no storage: each as
 * the link of papers/carry.js, to be pasted into the search box there.
 */

import { at, button, say } from "../page/page.js";
import { copied } from "../page/share.js";
import { encodeList } from "../papers/code.js";
import { readPapers, readQuestions } from "../papers/on-page.js";
import { all, kept } from "../papers/record.js";

const MOST = 3;

/** Adds to `card` a button for every list, once its link is known; nothing without lists. */
export function offerCarrying(card) {
  const lists = all().slice(0, MOST);
  if (!lists.length) return;
  const words = document.createElement("p");
  const buttons = document.createElement("p");
  const told = document.createElement("p");
  words.textContent = "勾过的清单留在浏览器里，不会自己跟过去。先复制，装好以后从桌面打开，粘到“想办什么”里：";
  told.setAttribute("role", "status");
  told.hidden = true;
  words.hidden = true;
  card.append(words, buttons, told);
  for (const [matter, record] of lists) {
    // A browser lets a page write to the clipboard only at once after the tap: the link is made before.
    linkOf(matter, record).then((link) => {
      words.hidden = false;
      buttons.append(button(`复制清单：${record.name}`, () => copy(link, told)), " ");
    }, () => {});
  }
}

async function copy(link, told) {
  say(told, (await copied(link)) ? "已复制。链接里有勾选，没有姓名和证件号。" : `请复制这个地址：${link}`);
}

/** The address that holds a list. Rejects when the page of the matter cannot be had. */
export async function linkOf(matter, record) {
  const address = at(`matters/${encodeURIComponent(matter)}/`);
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${matter}: ${answer.status}`);
  const root = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-matter]");
  const papers = readPapers(root);
  const list = {
    matter,
    papers,
    questions: readQuestions(root),
    release: record.release,
    at: record.at,
    answers: record.answers,
    ticks: kept(record.ticks, papers),
    deferred: kept(record.deferred, papers),
  };
  return `${address}#l=${encodeList(list)}`;
}
