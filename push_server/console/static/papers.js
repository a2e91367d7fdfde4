/**
 * The papers of a matter on the desk, laid out as its page has them, with what the citizen has
 * ticked. The site's own modules read and filter them: the code of a list is only good for
 * papers that are told in the same words.
 */

import { load, site } from "./site.js";

/**
 * @param {HTMLElement} place
 * @param {string} matter
 * @param {string|null} code  of the citizen's list
 * @param {(lacking: object[], words: string) => void} told  called at once, and with every tick
 * @returns {Promise<{received: string, counter: string|null, result: () => {lacking:
 *   {name: string, wrong: boolean}[], code: string}}|null>} `received` tells what one should know first; null where no papers are listed.
 *   Throws, with words, when the list or the page cannot be read.
 */
export async function lay(place, matter, code, told) {
  const [page, data, lists, reading, questions, words] = await Promise.all([
    text(site(`matters/${encodeURIComponent(matter)}/`)),
    text(site(`api/v1/matters/${encodeURIComponent(matter)}.json`)).then(JSON.parse),
    load("papers/code.js"),
    load("papers/on-page.js"),
    load("papers/questions.js"),
    load("papers/words.js"),
  ]);
  const section = new DOMParser().parseFromString(page, "text/html").querySelector("#papers");
  place.textContent = "";
  const root = document.createElement("div");
  root.append(...Array.from(section ? section.children : [], (one) => document.importNode(one, true)));
  for (const one of root.querySelectorAll("h2, .ticks, .next")) one.remove();
  const papers = reading.readPapers(root);
  const known = { matter, papers, questions: reading.readQuestions(root) };
  if (!papers.length) {
    told([], "指南里没有列这件事的材料，请按窗口的要求看。");
    return { received: elsewhere(data.place), counter: data.counter, result: () => ({ lacking: [], code: "" }) };
  }
  let list = { answers: {}, ticks: new Set(), deferred: new Set(), at: 0, added: [], removed: 0, changed: false };
  if (code) {
    try {
      list = lists.decodeList(code, known);
    } catch (error) {
      if (error instanceof lists.TooNew) throw new Error("这份清单是新版指南做的，请更新这里的网站。");
      throw new Error("清单读不出来：少了字符，或者是别的事项的。请再扫一次，或者按名字找。");
    }
  }
  const wrong = new Set();
  place.append(root);

  const lacking = () =>
    papers
      .filter(({ item, needed }) => !item.hidden && needed !== "on_site")
      .filter(({ n }) => !list.ticks.has(n) && !list.deferred.has(n))
      .map(({ n, name }) => ({ name, wrong: wrong.has(n) }));
  const show = (fold) => {
    for (const { n, box } of papers) box.checked = list.ticks.has(n);
    for (const { n, mark } of marks) mark.setAttribute("aria-pressed", String(wrong.has(n)));
    answered(list.answers, fold);
    reading.filterPapers(root, papers, list.answers);
    const left = lacking();
    told(left, verdict(left, reading.askedQuestions(known, list.answers).filter(({ id }) => !list.answers[id]).length));
  };
  const marks = papers.map(({ n, name, item }) => {
    const mark = document.createElement("button");
    mark.type = "button";
    mark.className = "wrong";
    mark.textContent = "不对";
    mark.setAttribute("aria-label", `${name}不对，要改`);
    mark.addEventListener("click", () => {
      if (!wrong.delete(n)) {
        wrong.add(n);
        list.ticks.delete(n);
      }
      show(false);
    });
    item.append(mark);
    return { n, mark };
  });
  const answered = questions.askQuestions(root, known, (answers) => {
    list.answers = answers;
    show(false);
  });
  root.addEventListener("change", ({ target }) => {
    if (!target.matches("input[data-paper]")) return;
    const n = target.dataset.paper;
    list.ticks[target.checked ? "add" : "delete"](n);
    list.deferred.delete(n);
    wrong.delete(n);
    show(false);
  });
  show(true);
  return {
    received: elsewhere(data.place) + (code ? `${words.madeWords(list.at)}。${list.changed ? "以后材料的要求有改动，请逐件核对。" : ""}` : ""),
    counter: data.counter,
    result: () => ({
      lacking: lacking(),
      code: lists.encodeList({ ...known, ...list, release: null, at: Date.now(), wrong }),
    }),
  };
}

/** A sentence on what is not done at a window here; a site of before places were told has none. */
const elsewhere = (place) => (place && place.kind !== "window" ? `这件事不在窗口办：${place.name || "在哪儿办待中心确认"}。` : "");

function verdict(lacking, open) {
  const asked = open ? `还有 ${open} 个问题没答；` : "";
  return `${asked}${lacking.length ? `还差 ${lacking.length} 件` : "材料齐了"}`;
}

async function text(address) {
  let answer = null;
  try {
    answer = await fetch(address);
  } catch {
    throw new Error("网络不好，没有读出来，请再试一次。");
  }
  if (!answer.ok) throw new Error("指南里没有这一页，请刷新以后再找。");
  return answer.text();
}
