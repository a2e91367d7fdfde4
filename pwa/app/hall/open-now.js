/**
 * Open now, until when, and what noon means today. Without it the page shows the regular
 * hours in words.
 *
 * Slots: state, detail, note, clock, as-of (how old the announcements are). The root gets data-state="open|noon|closed|unknown".
 */

import { state } from "../catalog/hours.js";
import { clockWords } from "../page/clock.js";
import { api, say, slot } from "../page/page.js";
import { asTimePasses } from "../page/passing.js";
import { openHours } from "./announced.js";
import { openingWords } from "./opening-words.js";

export async function enhance(root) {
  const [hours, centre] = await Promise.all([openHours(), api("centre")]);
  await asTimePasses((now, ahead) => {
    const calendar = hours.calendar();
    const current = state(calendar, now);
    const words = openingWords(current, centre, calendar, now);
    root.dataset.state = current.state;
    say(slot(root, "state"), words.headline);
    say(slot(root, "detail"), words.detail);
    say(slot(root, "note"), words.note);
    say(slot(root, "clock"), clockWords(ahead));
    say(slot(root, "as-of"), hours.asOf(now));
    return current.until;
  });
}
