/** A number of the hall that is played, to try 我的号 with: what hangs on it is real. */

import { at, button, say } from "../page/page.js";
import { made } from "./marks.js";

/** The kind of counter that somebody waits for, by what push/v1/queue tells; null where nobody does. */
export function waited(answer) {
  const counter = answer.counters.find(({ waiting }) => waiting > 0);
  return counter ? counter.kind : null;
}

/** @returns {Node[]}  a button for a number of `kind`, and what came of it */
export function borrowing(kind) {
  const note = made("p", "quiet");
  note.setAttribute("role", "status");
  const take = button("借一个演示号试试", async () => {
    take.disabled = true;
    say(note, "正在取号…");
    const path = await borrowed(kind);
    if (path) location.href = at(path);
    else {
      say(note, "没有取到演示号，等一会儿再点一次。");
      take.disabled = false;
    }
  });
  return [take, note];
}

/** Where the page of a number is; null where there is none to be had. */
async function borrowed(kind) {
  try {
    const answer = await fetch(at("push/v1/tickets/demo"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ kind }),
    });
    const told = await answer.json();
    return answer.ok ? told.ticket_path : null;
  } catch {
    return null;
  }
}
