/**
 * The personal list of papers of a matter: answers, ticks, what may follow later, kept on
 * this phone. Without it the page lists every paper with its condition in words, and the
 * boxes can still be ticked on the page and on print.
 *
 * The root carries data-matter="<id>", and data-elsewhere where it is not done at a window of the centre. A box is <input type="checkbox" data-paper="<n>"> in
 * the <label> whose first text names the paper, in an <li data-when="…"> (see catalog/when.js) of a
 * list with data-needed="window|on_site|deferrable" under an <h3>. Questions: questions.js.
 * Slots, made when missing: count (已备 3/9), verdict, counter, changed, received. Buttons,
 * made when missing: data-action="print" and data-action="clear". Slots checklist-count
 * anywhere on the page get the bare 3/9. A list that somebody has sent (#l=…) is shown in place of
 * one's own, and kept only when one says so.
 */

import { openQuestions } from "../catalog/when.js";
import { readCases, showCases } from "../page/cases.js";
import { button, PRE_CHECK, printPage, refusal, say, slot } from "../page/page.js";
import { release } from "../page/release.js";
import { offerCarrying, offerPrint } from "./carry.js";
import { offerDeferral } from "./deferral.js";
import { askedQuestions, filterPapers, readLimits, readPapers, readQuestions, tickedEarly } from "./on-page.js";
import { askQuestions } from "./questions.js";
import { receive } from "./received.js";
import { compare, kept, key, load, named, save } from "./record.js";
import { tellSince } from "./since.js";
import { changeWords, complete, verdict } from "./words.js";

/**
 * What is shown: one's own list, or one that came with the address.
 * @typedef {{answers: import("./on-page.js").Answers, ticks: Set<string>, deferred: Set<string>,
 *   at: number, release: string|null, own: boolean}} List
 */

export function enhance(root) {
  const { matter } = root.dataset;
  const elsewhere = "elsewhere" in root.dataset;
  const papers = readPapers(root);
  if (!papers.length) return;
  const page = { matter, elsewhere, papers, questions: readQuestions(root), limits: readLimits(document), cases: readCases(document) };
  /** @type {List} */
  let list;
  /** The last change is on the page only. */
  let unkept = false;

  const goal = counter(root);
  const show = (fold = false) => {
    for (const { n, box } of papers) box.checked = list.ticks.has(n);
    showAnswers(list.answers, fold);
    filterPapers(root, papers, list.answers);
    showCases(page.cases, list.answers);
    showDeferral(list.deferred);
    const state = summarize(page, list);
    const count = `${state.ticked}/${state.all}`;
    say(slot(root, "count", "span"), `已备 ${count}${state.deferred ? ` · 后补 ${state.deferred} 件` : ""}`);
    say(slot(root, "verdict"), verdict(state, PRE_CHECK, elsewhere));
    goal.hidden = !goal.childNodes.length || !complete(state);
    for (const element of document.querySelectorAll('[data-slot="checklist-count"]')) say(element, count);
  };
  const keep = async () => {
    if (!list.own) return;
    list.at = Date.now();
    // The old release stays until the new one is known: one may leave the page before.
    if (!save(matter, record(page, list))) {
      unkept = true;
      say(slot(root, "changed"), `${refusal("勾选")}，关掉页面就没有了。`);
      return;
    }
    if (unkept) say(slot(root, "changed"), "");
    unkept = false;
    const id = await release();
    if (!list.own || id === list.release) return;
    list.release = id;
    save(matter, record(page, list));
  };
  const restore = () => {
    const found = load(matter);
    const told = compare(found, papers, page.limits);
    say(slot(root, "changed"), changeWords(told, found.at));
    list = {
      own: true,
      at: found.at,
      release: found.release,
      answers: valid(found.answers, page.questions),
      ticks: kept(found.ticks, papers),
      deferred: kept(found.deferred, papers),
    };
    show(true);
  };
  const change = (act) => {
    act();
    show();
    keep();
  };

  const showAnswers = askQuestions(root, page, (answers) => change(() => (list.answers = answers)));
  const showDeferral = offerDeferral(root, page, (n, on) =>
    change(() => {
      list.deferred[on ? "add" : "delete"](n);
      list.ticks.delete(n);
    }),
  );
  root.addEventListener("change", ({ target }) => {
    if (!target.matches("input[data-paper]")) return;
    change(() => {
      list.ticks[target.checked ? "add" : "delete"](target.dataset.paper);
      list.deferred.delete(target.dataset.paper);
    });
  });
  slot(root, "verdict").setAttribute("role", "status");
  offer(root, "print", "打印", () => {
    printPage((text) => say(slot(root, "print"), text));
  });
  offer(root, "clear", "清空勾选", () => {
    change(() => {
      list.ticks.clear();
      list.deferred.clear();
    });
  });
  const carried = () => ({ ...page, ...list, asked: askedQuestions(page, list.answers), words: [slot(root, "count").textContent, slot(root, "verdict").textContent] });
  offerCarrying(root.querySelector('[data-action="print"]'), carried, elsewhere);
  offerPrint(carried);
  addEventListener("storage", (event) => {
    if (event.key === key(matter) && list.own) restore();
  });
  const early = tickedEarly(papers);
  restore();
  if (early.length) change(() => early.forEach((n) => list.ticks.add(n)));
  receive(root, page, {
    show: (received) => {
      list = { ...received, own: false };
      say(slot(root, "changed"), "");
      show(true);
    },
    adopt: () => {
      list.own = true;
      keep();
    },
    leave: restore,
  });
  tellSince(root, matter).catch(() => {});
}

/** Below the verdict, for those who have everything: the counter, in the page's own words. */
function counter(root) {
  const made = document.createElement("span");
  const told = document.querySelector("#where dd");
  if (told) made.append("去：", ...told.cloneNode(true).childNodes);
  made.hidden = true;
  made.dataset.slot = "counter";
  slot(root, "verdict").after(made);
  return made;
}

/** Answers to questions that are not asked any more do not decide anything. */
function valid(answers, questions) {
  const given = questions.map(({ id, many, options }) => {
    const chosen = options.map((option) => option.id).filter((option) => (answers[id] || []).includes(option));
    // Several were right until the question took one only: which of them, one has to say again.
    return [id, many || chosen.length < 2 ? chosen : []];
  });
  return Object.fromEntries(given.filter(([, chosen]) => chosen.length));
}

/** The numbers and names behind the sentences; see words.js. */
function summarize({ papers }, { answers, ticks, deferred }) {
  const listed = papers.filter(({ item }) => !item.hidden);
  const counted = listed.filter(({ n }) => !deferred.has(n));
  const lacking = counted.filter(({ n }) => !ticks.has(n));
  const atWindow = (paper) => paper.needed !== "on_site";
  return {
    touched: ticks.size + deferred.size + Object.keys(answers).length > 0,
    open: new Set(listed.flatMap(({ when }) => openQuestions(when, answers))).size,
    missing: lacking.filter(atWindow).map(({ name }) => name),
    onSite: lacking.filter((paper) => !atWindow(paper)).length,
    deferred: listed.length - counted.length,
    due: listed.filter(atWindow).length,
    ticked: counted.length - lacking.length,
    all: counted.length,
  };
}

function record(page, list) {
  const state = summarize(page, list);
  return {
    v: 3,
    name: document.querySelector("h1").textContent,
    at: list.at,
    release: list.release,
    ticks: named(list.ticks, page.papers),
    deferred: named(list.deferred, page.papers),
    answers: list.answers,
    papers: page.papers.map(({ name, detail }) => [name, detail]),
    limits: page.limits,
    count: [state.ticked, state.all],
    elsewhere: page.elsewhere,
    missing: state.missing.length,
    questions: state.open,
  };
}

/** The page's own button for `action`, shown and at work; one of ours where it has none. */
function offer(root, action, label, act) {
  let found = root.querySelector(`[data-action="${action}"]`);
  if (found) found.addEventListener("click", act);
  else {
    found = button(label, act);
    found.dataset.action = action;
    slot(root, "tools").append(found);
  }
  found.hidden = false;
}
