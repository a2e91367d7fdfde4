/**
 * What the centre says at short notice, from push/v1/announcements, for all modules of a page: one
 * of them asks. Hours that are announced hold instead of those of the calendar; whoever tells hours
 * reads them here.
 *
 * @typedef {{id: string, kind: string, title: string, body: string, url: string, since: string, until: string}} Announcement
 * @typedef {{day: string, days: import("../catalog/overlay.js").Changed[], announcements: Announcement[]}} Announced
 */

import { overlaid } from "../catalog/overlay.js";
import { api } from "../page/page.js";
import { lookAgain } from "../page/passing.js";
import { askAgain, live } from "./live.js";
import { asOfWords } from "./notice-words.js";

/** Where the push server tells; and where the phone keeps the last answer (early.js knows it, too). */
const PATH = "push/v1/announcements";
const KEPT = "guide-announcements";
/** With the seconds for which anybody may keep the answer: what is announced stands on an open page within fifteen. */
const EVERY = 7000;
const LONGEST = 8000;

const listeners = [];
let last = null;

/**
 * Call `hear(news, now)` with what is known, at once, and whenever something is new or half a minute
 * has passed.
 * @param {(news: import("./live.js").News, now: number) => void} hear  the answer is an Announced
 * @param {{insist?: boolean}} options  of live.js; those of the first that follows count
 */
export function follow(hear, options = {}) {
  listeners.push(hear);
  if (last) hear(...last);
  if (listeners.length > 1) return;
  live(
    PATH,
    (news, now) => {
      last = [news, now];
      for (const one of listeners) one(news, now);
    },
    { kept: KEPT, every: EVERY, longest: LONGEST, lasting: true, ...options },
  );
}

let printed = null;
let holding = null;
let laid = "[]";
let age = "";

/** What is laid over the calendar has changed, or grown old: everything that tells hours says them again. */
function lay(news, now) {
  const days = (news.answer && news.answer.days) || [];
  const before = laid;
  laid = JSON.stringify(days);
  if (laid === before && age === asOfWords(news, now)) return;
  age = asOfWords(news, now);
  holding = overlaid(printed, days);
  lookAgain();
  // How long one waits hangs on the hours.
  if (laid !== before) askAgain(PATH);
}

/**
 * The opening hours: `calendar()` as it holds now, `asOf(now)` a sentence about how old the
 * announcements are that it stands on, empty while they are new. Rejects without a calendar.
 * @returns {Promise<{calendar: () => import("../catalog/dates.js").Calendar, asOf: (now: number) => string}>}
 */
export async function openHours(options) {
  if (!printed) {
    const read = await api("calendar");
    if (!printed) {
      printed = holding = read;
      follow(lay, options);
    }
  }
  return { calendar: () => holding, asOf: (now) => (last ? asOfWords(last[0], now) : "") };
}
