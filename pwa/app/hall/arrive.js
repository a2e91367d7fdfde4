/**
 * 现在去怎么样, for one matter: what is open now, how many wait, and whether it can be told that
 * one comes in time. Without it the page tells the hours.
 *
 * The root carries data-noon="done|accepted|no|unknown": whether the matter is completed,
 * accepted, or not handled over noon; data-spot when it is decided on the spot. Its first dd
 * starts with the name of the counter, if that is known.
 */

import { MINUTE } from "../catalog/dates.js";
import { state } from "../catalog/hours.js";
import { api, at, onReturn, say } from "../page/page.js";
import { asTimePasses } from "../page/passing.js";
import { arriveWords } from "./arrive-words.js";
import { queueOf } from "./queue-words.js";

/** A report is fresh for a quarter of an hour. */
const ASK_EVERY = 5 * MINUTE;

export async function enhance(root) {
  const told = document.createElement("p");
  told.className = "arrive";
  told.dataset.slot = "arrive";
  root.querySelector("dl").before(told);
  const [calendar, centre] = await Promise.all([api("calendar"), api("centre")]).catch((error) => {
    told.remove();
    throw error;
  });
  const matter = { noon: root.dataset.noon, spot: "spot" in root.dataset };
  const counter = root.querySelector("dd").textContent;
  const kind = centre.counter_kinds.find(({ name, queue }) => queue && counter.startsWith(name));
  let counters = [];
  let again = () => {};
  const passing = asTimePasses((now) => {
    again = () => say(told, arriveWords(state(calendar, now), matter, centre, calendar, now, queueOf(counters, kind, now)));
    again();
    return now + MINUTE;
  });
  if (kind) {
    follow((reports) => {
      counters = reports;
      again();
    });
  }
  await passing;
}

/** Ask how many wait, now and again while somebody looks; never again where nobody tells. */
function follow(heard) {
  let asked = 0;
  let told = true;
  const ask = async () => {
    if (!told || document.visibilityState !== "visible" || Date.now() - asked < MINUTE) return;
    asked = Date.now();
    try {
      const answer = await fetch(at("push/v1/queue"), { cache: "no-cache" });
      told = answer.status !== 404;
      if (answer.ok) heard((await answer.json()).counters);
    } catch {
      // No network: what was heard grows old, and is then no longer told.
    }
  };
  onReturn(ask);
  setInterval(ask, ASK_EVERY);
  ask();
}
