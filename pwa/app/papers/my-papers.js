/**
 * The lists of papers that were used last, at most three. The root is an empty [hidden]
 * section that carries aria-label; without this module, and without a list, it stays so.
 */

import { at, button, onReturn, PRE_CHECK, refill, refusal, remember } from "../page/page.js";
import { all, key, load } from "./record.js";
import { badge, changed, readChanges } from "./seen.js";

const MOST = 3;

export function enhance(root) {
  let undo = null;
  let news = [];
  const show = () => {
    const lists = all().slice(0, MOST);
    refill(root, ...lists.map(([matter, record]) => line(matter, record, news.includes(matter), remove)), ...(undo ? [undo] : []));
    root.hidden = !root.children.length;
  };
  const remove = (matter) => {
    const record = load(matter);
    remember(key(matter), null);
    undo = document.createElement("p");
    undo.setAttribute("role", "status");
    undo.append(`已移除“${record.name}”的清单。`, button("撤销", () => {
      const kept = remember(key(matter), record);
      undo = null;
      if (!kept) {
        undo = document.createElement("p");
        undo.setAttribute("role", "status");
        undo.append(`${refusal(`“${record.name}”的清单`)}。`);
      }
      show();
    }));
    show();
    undo.querySelector("button").focus();
  };
  addEventListener("storage", show);
  onReturn(show);
  show();
  // A shortcut leads here, before the section is shown.
  if (location.hash === `#${root.id}`) root.scrollIntoView();
  if (all().length) compare(show, (found) => (news = found)).catch(() => {});
}

/** Which of them have changed since one last looked, once the record of changes has been read. */
async function compare(show, keep) {
  const known = await readChanges();
  if (!known) return;
  const found = changed(known);
  badge(found.length);
  keep(found);
  if (found.length) show();
}

function line(matter, record, isNew, remove) {
  const made = document.createElement("p");
  const link = document.createElement("a");
  link.href = at(`matters/${encodeURIComponent(matter)}/#papers`);
  link.textContent = `我的材料：${record.name} ${record.count.join("/")}${stateWords(record)}${isNew ? " · 有改动" : ""} ›`;
  const gone = button("移除", () => remove(matter));
  gone.setAttribute("aria-label", `移除${record.name}的清单`);
  made.append(link, gone);
  return made;
}

function stateWords({ questions, missing, count, elsewhere }) {
  if (questions) return ` · 还有 ${questions} 个问题没答`;
  if (missing) return ` · 还差 ${missing} 件`;
  return count[1] ? ` · ${PRE_CHECK && !elsewhere ? "可以去预审了" : "可以去办了"}` : "";
}
