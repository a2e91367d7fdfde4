/**
 * How many people wait, and how old the number is, from push/v1/queue. Without it, or
 * where no push server runs, the element stays as the server wrote it.
 *
 * Slot: queue (gets one line per counter kind, data-kind, data-fresh).
 */

import { correction } from "../page/clock.js";
import { api, at, onReturn, refill, slot } from "../page/page.js";
import { queueLines } from "./queue-words.js";

const EVERY = 30000;
const LONGEST = 5 * 60000;

export async function enhance(root) {
  const centre = await api("centre");
  const ahead = await correction();
  let counters = null;
  let failures = 0;
  let timer = 0;
  let asked = 0;
  let busy = false;

  const show = () => {
    const lines = counters ? queueLines(counters, centre, Date.now() + ahead) : [];
    const fallback = failures ? "现在连不上排队数据" : "还没有排队数据";
    const made = (lines.length ? lines : [{ text: fallback }]).map((line) => {
      const element = document.createElement("span");
      element.textContent = line.text;
      if (line.kind) Object.assign(element.dataset, { kind: line.kind, fresh: String(line.fresh) });
      return element;
    });
    refill(slot(root, "queue", "div"), ...made);
  };

  const ask = async () => {
    clearTimeout(timer);
    if (busy || document.visibilityState !== "visible") return;
    busy = true;
    asked = Date.now();
    try {
      const answer = await fetch(at("push/v1/queue"), { cache: "no-cache" });
      if (answer.status === 404) return;
      if (!answer.ok) throw new Error(`queue: ${answer.status}`);
      ({ counters } = await answer.json());
      failures = 0;
    } catch {
      failures += 1;
    } finally {
      busy = false;
    }
    show();
    timer = setTimeout(ask, Math.min(EVERY * 2 ** Math.min(failures, 5), LONGEST));
  };

  // Shown again: the age first, then a fresh number unless one has just been asked for.
  onReturn(() => {
    if (!asked) return;
    show();
    if (Date.now() - asked > EVERY || failures) ask();
    else timer = setTimeout(ask, EVERY);
  });
  await ask();
}
