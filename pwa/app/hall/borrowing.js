/** A number of the hall that is played, to try 我的号 with: what hangs on it is real. */

import { at, button, requested, say } from "../page/page.js";
import { made } from "./marks.js";

const LATER = "没有取到演示号，等一会儿再点一次。";

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
    const { path, why } = await borrowed(kind);
    // Whoever comes back to this page may want another one.
    take.disabled = false;
    say(note, why);
    if (path) location.href = at(path);
  });
  return [take, note];
}

/**
 * @returns {Promise<{path: string, why: string}>}  where the page of a number is, or why there is none to be had:
 *   one of them is empty
 */
async function borrowed(kind) {
  try {
    const answer = await requested("push/v1/tickets/demo", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ kind }),
    });
    const told = await answer.json();
    return answer.ok ? { path: told.ticket_path, why: "" } : { path: "", why: told.message || LATER };
  } catch {
    return { path: "", why: LATER };
  }
}
