/**
 * How many people wait, how long, and how old that is, from push/v1/queue. Without it, or where
 * no push server runs, the element stays as the server wrote it; while the doors are shut it says what to do.
 *
 * Slot: queue (gets a block per counter kind, data-kind, data-fresh; the first says whether it is made up).
 */

import { state } from "../catalog/hours.js";
import { api, refill, slot } from "../page/page.js";
import { openHours } from "./announced.js";
import { live, QUEUE, QUEUE_KEPT } from "./live.js";
import { demoWord, lines } from "./marks.js";
import { queueLines } from "./queue-words.js";

/** Said instead of a line that nobody stands in. */
const SHUT = { text: "现在不开门，不用排队", more: ["先看要带什么材料：在“想办什么”里找"] };

export async function enhance(root) {
  const [centre, hours] = await Promise.all([api("centre"), openHours()]);
  const place = slot(root, "queue", "div");
  const written = Array.from(place.childNodes);
  let said = "";
  await live(
    QUEUE,
    ({ answer, status, failing }, now) => {
      const told = answer ? queueLines(answer, centre, now) : [];
      const shut = state(hours.calendar(), now).state === "closed" && !told.some(({ fresh }) => fresh);
      if (status === 404 && !shut) {
        if (said) refill(place, ...written);
        said = "";
      }
      if (!shut && (status === 404 || (!status && !answer && !failing))) return;
      const fallback = failing ? "现在连不上排队数据" : "还没有排队数据";
      const blocks = shut ? [SHUT] : told.length ? told : [{ text: fallback, more: [] }];
      // What has not changed is not put in anew, and not read out again.
      const next = JSON.stringify([blocks, Boolean(answer && answer.demo)]);
      if (next === said) return;
      said = next;
      refill(place, ...blocks.map(block));
      // That the doors are shut, nobody has made up.
      if (!shut) place.querySelector("b").append(...demoWord(answer));
    },
    { kept: QUEUE_KEPT },
  ).first;
}

function block({ kind, fresh, text, more }) {
  const made = lines([text, ...more]);
  if (kind) Object.assign(made.dataset, { kind, fresh: String(fresh) });
  return made;
}
