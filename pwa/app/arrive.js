/**
 * 现在去来得及吗, for one matter. Without it the page tells the hours.
 *
 * The root carries data-noon="done|accepted|no|unknown": whether the matter is completed,
 * accepted, or not handled over noon; data-spot when it is decided on the spot.
 */

import { arriveWords } from "./arrive-words.js";
import { correction } from "./clock.js";
import { state } from "./hours.js";
import { api, onReturn, say } from "./page.js";

const EVERY = 60000;

export async function enhance(root) {
  const [calendar, centre] = await Promise.all([api("calendar"), api("centre")]);
  const told = document.createElement("p");
  told.className = "arrive";
  told.dataset.slot = "arrive";
  root.querySelector("dl").before(told);
  const matter = { noon: root.dataset.noon, spot: "spot" in root.dataset };
  let ahead = 0;
  const show = () => {
    const now = Date.now() + ahead;
    say(told, arriveWords(state(calendar, now), matter, centre, calendar, now));
  };
  onReturn(show);
  setInterval(show, EVERY);
  show();
  ahead = await correction();
  show();
}
