/**
 * Open now, until when, and what noon means today. Without it the page shows the regular
 * hours in words.
 *
 * Slots: state, detail, note, clock. The root gets data-state="open|noon|closed|unknown".
 */

import { state } from "../catalog/hours.js";
import { clockWords } from "../page/clock.js";
import { api, say, slot } from "../page/page.js";
import { asTimePasses } from "../page/passing.js";
import { openingWords } from "./opening-words.js";

export async function enhance(root) {
  const [calendar, centre] = await Promise.all([api("calendar"), api("centre")]);
  await asTimePasses((now, ahead) => {
    const current = state(calendar, now);
    const words = openingWords(current, centre, calendar, now);
    root.dataset.state = current.state;
    say(slot(root, "state"), words.headline);
    say(slot(root, "detail"), words.detail);
    say(slot(root, "note"), words.note);
    say(slot(root, "clock"), clockWords(ahead));
    return current.until;
  });
}
