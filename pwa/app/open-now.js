/**
 * Open now, until when, and what noon means today. Without it the page shows the regular
 * hours in words.
 *
 * Slots: state, detail, note, clock. The root gets data-state="open|noon|closed|unknown".
 */

import { clockWords, correction } from "./clock.js";
import { state } from "./hours.js";
import { openingWords } from "./opening-words.js";
import { api, onReturn, say, slot } from "./page.js";

/** Timers of a sleeping phone come late; looking again now and then costs nothing. */
const LONGEST = 15 * 60000;

export async function enhance(root) {
  const [calendar, centre] = await Promise.all([api("calendar"), api("centre")]);
  let ahead = 0;
  let timer = 0;

  const show = () => {
    clearTimeout(timer);
    const now = Date.now() + ahead;
    const current = state(calendar, now);
    const words = openingWords(current, centre, calendar, now);
    root.dataset.state = current.state;
    say(slot(root, "state"), words.headline);
    say(slot(root, "detail"), words.detail);
    say(slot(root, "note"), words.note);
    say(slot(root, "clock"), clockWords(ahead));
    const wait = current.until === null ? LONGEST : current.until - now;
    timer = setTimeout(show, Math.min(wait + 50, LONGEST));
  };
  const check = async () => {
    show();
    ahead = await correction();
    show();
  };
  onReturn(check);
  await check();
}
