/**
 * How many people wait, how long, and how old that is, from push/v1/queue. Without it, or where
 * no push server runs, the element stays as the server wrote it.
 *
 * Slot: queue (gets a block per counter kind, data-kind, data-fresh; the first says whether it is made up).
 */

import { api, refill, slot } from "../page/page.js";
import { live, QUEUE, QUEUE_KEPT } from "./live.js";
import { demoWord, lines } from "./marks.js";
import { queueLines } from "./queue-words.js";

export async function enhance(root) {
  const centre = await api("centre");
  const place = slot(root, "queue", "div");
  const written = Array.from(place.childNodes);
  let said = "";
  await live(
    QUEUE,
    ({ answer, status, failing }, now) => {
      if (status === 404) {
        if (said) refill(place, ...written);
        said = "";
      }
      if (status === 404 || (!status && !answer && !failing)) return;
      const told = answer ? queueLines(answer, centre, now) : [];
      const fallback = failing ? "现在连不上排队数据" : "还没有排队数据";
      const blocks = told.length ? told : [{ text: fallback, more: [] }];
      // What has not changed is not put in anew, and not read out again.
      const next = JSON.stringify([blocks, Boolean(answer && answer.demo)]);
      if (next === said) return;
      said = next;
      refill(place, ...blocks.map(block));
      place.querySelector("b").append(...demoWord(answer));
    },
    { kept: QUEUE_KEPT },
  ).first;
}

function block({ kind, fresh, text, more }) {
  const made = lines([text, ...more]);
  if (kind) Object.assign(made.dataset, { kind, fresh: String(fresh) });
  return made;
}
