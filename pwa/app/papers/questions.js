/**
 * The questions of a matter, one tap each. Without it they can be read.
 *
 * Expects <fieldset data-situation="<question>"><legend>…</legend><span
 * data-option="<option>">…</span>…</fieldset>, inside a <details> with a <summary> that
 * tells how far one is. The options become radio buttons, or check boxes where the fieldset has
 * data-choose="many": without a script they would be controls that control nothing. A question
 * that the other answers have settled is not shown.
 */

import { button } from "../page/page.js";
import { askedQuestions } from "./on-page.js";
import { answerWords } from "./words.js";

/**
 * @param {{questions: import("./on-page.js").Question[], papers: import("./on-page.js").Paper[]}} page
 * @param {(answers: import("./on-page.js").Answers) => void} answered  gets all of them
 * @returns {(answers: import("./on-page.js").Answers, fold: boolean) => void} shows answers; `fold`
 *   for those that did not come by a tap: what one has just tapped stays under the finger
 */
export function askQuestions(root, page, answered) {
  if (!page.questions.length) return () => {};
  for (const option of root.querySelectorAll("[data-option]")) option.replaceWith(control(option));
  for (const legend of root.querySelectorAll('[data-choose="many"] legend')) legend.append(hint());
  const box = root.querySelector(".questions");
  const summary = box && box.querySelector("summary");
  const inputs = Array.from(root.querySelectorAll("[data-situation] input"));
  const question = (input) => input.closest("[data-situation]").dataset.situation;
  root.addEventListener("change", ({ target }) => {
    if (inputs.includes(target)) answered(given());
  });
  const given = () => {
    const answers = {};
    for (const input of inputs.filter(({ checked }) => checked)) (answers[question(input)] = answers[question(input)] || []).push(input.value);
    return answers;
  };
  const again = button("重新回答", () => answered({}));
  if (box) box.append(again);
  return (answers, fold) => {
    for (const input of inputs) input.checked = (answers[question(input)] || []).includes(input.value);
    again.hidden = !Object.keys(answers).length;
    const questions = askedQuestions(page, answers);
    for (const set of root.querySelectorAll("[data-situation]")) set.hidden = !questions.some(({ id }) => id === set.dataset.situation);
    if (!summary) return;
    const open = questions.filter(({ id }) => !answers[id]).length;
    if (fold) box.open = open > 0;
    summary.textContent = summaryWords(questions, answers, open);
  };
}

function summaryWords(questions, answers, open) {
  if (open === questions.length) return `先回答 ${open} 个问题，只留下您要带的`;
  if (open) return `还有 ${open} 个问题没答`;
  return `您的情形：${answerWords(questions, answers)}（点这里改）`;
}

/** Several answers are no mistake. */
function hint() {
  const made = document.createElement("small");
  made.textContent = "（可以选几项）";
  return made;
}

function control(option) {
  const set = option.closest("[data-situation]");
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = set.dataset.choose === "many" ? "checkbox" : "radio";
  input.name = `question-${set.dataset.situation}`;
  input.value = option.dataset.option;
  label.append(input, option.textContent);
  return label;
}
