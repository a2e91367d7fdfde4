/** What people read about their list of papers. No page. */

import { local } from "../catalog/dates.js";

/** Names longer than this are cut at their bracket: it explains, and a list needs it short. */
const LONG = 14;
const NAMED = 4;

const short = (name) => (name.length > LONG ? name.replace(/（[^）]*）/g, "") : name);
const quoted = (names) => names.map((name) => `「${short(name)}」`).join("、");

/** Whether nothing is missing for the window, and there is something to bring. */
export const complete = ({ touched, open, missing, due }) => touched && !open && !missing.length && due > 0;

/**
 * Whether one can go: 先回答 2 个问题 / 还差 2 件：… / 材料齐了…; empty for a list that
 * nobody has touched.
 * @param {{touched: boolean, open: number, missing: string[], onSite: number,
 *   deferred: number, due: number}} list  `open` questions without which it cannot be
 *   told; `missing` papers for the window; `onSite` papers without a tick that are due at
 *   the check only; `due` papers for the window altogether
 * @param {string} preCheck  where papers are looked at before one draws a number; may be empty
 * @param {boolean} elsewhere  whether it is not done at a window of the centre
 */
export function verdict({ touched, open, missing, onSite, deferred, due }, preCheck, elsewhere = false) {
  if (!touched) return "";
  if (open) return `先回答 ${open} 个问题，才知道还差什么`;
  const later = onSite ? `；现场核验前再备 ${onSite} 件` : "";
  if (missing.length) {
    // Many a name has 、 in it.
    const names = missing.slice(0, NAMED).map(short).join("；");
    return `还差 ${missing.length} 件：${names}${missing.length > NAMED ? "等" : ""}${later.replace("；", "。")}`;
  }
  if (!due) return `按您的回答，没有要${elsewhere ? "准备" : "带到窗口"}的材料${later}`;
  const promised = deferred ? `；${deferred} 件凭承诺后补，同不同意由窗口决定` : "";
  const next = preCheck && !elsewhere ? `可以去${preCheck}预审，通过后取号` : "可以去办了";
  return `材料齐了，${next}${promised}${later}`;
}

/** 11月20日 */
export function dayOfList(at) {
  const { month, day } = local(at);
  return `${month}月${day}日`;
}

/** 这份清单是 11月20日做的. Of the release the day is told: its number says nothing to people. */
export const madeWords = (at) => (at ? `这份清单是 ${dayOfList(at)}做的` : "这份清单是以前做的");

/** The sentences on what compare() found; empty when nothing has changed. */
export function changeWords(told, at) {
  const parts = [];
  if (told.added.length) parts.push(`新增${quoted(told.added)}`);
  if (told.removed.length) parts.push(`取消${quoted(told.removed)}`);
  if (told.changed.length) parts.push(`要求有改动：${quoted(told.changed)}`);
  const papers = parts.length > 0 || told.lost;
  if (told.limits.length) parts.push(`时限改为：${told.limits.join("，")}`);
  const since = parts.length ? `${madeWords(at)}，之后：${parts.join("；")}。` : "";
  return `${papers ? "材料清单有改动，勾选过的请重新核对。" : ""}${since}`;
}

/** 自有房屋；委托他人代办, in the order of the questions; 3 个问题没答 where some are open. */
export function answerWords(questions, answers) {
  const told = [];
  let open = 0;
  for (const { id, text, options } of questions) {
    const labels = options.filter((one) => (answers[id] || []).includes(one.id)).map(({ label }) => label);
    if (!labels.length) open += 1;
    // 是, 没有, 用 say nothing without their question.
    else told.push(labels.some((label) => label.length < 4) ? `${text}${labels.join("、")}` : labels.join("、"));
  }
  if (open && told.length) told.push(`${open} 个问题没答`);
  return told.join("；");
}
