/**
 * A list that came with the address, #l=<code>: carried from another phone, or shown at the
 * window. It never replaces one's own without a tap.
 */

import { button, refill, say } from "../page/page.js";
import { decodeList, TooNew } from "./code.js";
import { madeWords } from "./words.js";

/**
 * @param {{show: (list: object) => void, adopt: () => void, leave: () => void}} acts
 *   show the list without keeping it; keep the one that is shown; go back to one's own
 */
export function receive(root, page, { show, adopt, leave }) {
  const told = document.createElement("div");
  const text = document.createElement("p");
  const buttons = document.createElement("p");
  told.className = "received";
  told.dataset.slot = "received";
  told.hidden = true;
  text.setAttribute("role", "status");
  told.append(text, buttons);
  const heading = root.querySelector("h2");
  if (heading) heading.after(told);
  else root.prepend(told);

  const close = (act) => {
    told.hidden = true;
    // Not again when the page is loaded anew.
    try {
      history.replaceState(history.state, "", location.pathname + location.search);
    } catch {
      // A browser that does not let the page do so asks again then.
    }
    act();
  };
  const look = () => {
    const found = /^#l=(.*)$/.exec(location.hash);
    if (!found) return;
    told.hidden = false;
    try {
      const list = decodeList(found[1], page);
      show(list);
      say(text, receivedWords(list, page.papers));
      refill(
        buttons,
        button("存成我的清单", () => close(adopt)),
        button("不存，看我自己的", () => close(leave)),
      );
    } catch (error) {
      say(text, error instanceof TooNew ? "这份清单是新版指南做的，这里读不出来。连上网络刷新以后再打开。" : "链接里的清单读不出来：少了字符，或者是别的事项的。请对方重新转发。");
      refill(buttons, button("知道了", () => close(leave)));
    }
    root.scrollIntoView();
  };
  addEventListener("hashchange", look);
  look();
}

function receivedWords({ at, wrong, added, removed, changed }, papers) {
  const parts = [];
  if (added.length) parts.push(`新增${added.map((name) => `「${name}」`).join("、")}`);
  if (removed) parts.push(`取消 ${removed} 件`);
  if (changed && !parts.length) parts.push("问题或者材料的要求有改动，请逐件核对");
  const since = parts.length ? `，之后：${parts.join("；")}。` : "，和现在的材料一致。";
  const mend = papers.filter(({ n }) => wrong.has(n)).map(({ name }) => `「${name}」`).join("、");
  return `这是转来的清单，还没有存在这部手机上。${mend ? `预审台看过，要改：${mend}。` : ""}${madeWords(at)}${since}`;
}
