/** Whether the phone's clock can be trusted, and by how much it is off. */

import { requested } from "./page.js";
import { keepVisit, recallVisit } from "./visit.js";

const EVERY = 10 * 60000;
const TOLERANCE = 5 * 60000;
const KEY = "guide-clock";

/**
 * How far the server's clock is ahead of the phone's, from the Date header of an answer
 * sent at `asked` and received at `answered` (epoch milliseconds); null without a header.
 */
export function offset(headers, asked, answered) {
  const date = Date.parse(headers.get("date"));
  if (Number.isNaN(date)) return null;
  const age = Number(headers.get("age")) || 0;
  // The header counts whole seconds: half a second is its best guess.
  return date + 500 + age * 1000 - (asked + answered) / 2;
}

/** A sentence when the phone is off by more than five minutes; else empty. */
export function clockWords(ahead) {
  if (Math.abs(ahead) <= TOLERANCE) return "";
  const minutes = Math.round(Math.abs(ahead) / 60000);
  const by = minutes < 120 ? `${minutes} 分钟` : `${Math.round(minutes / 60)} 小时`;
  return `手机的时间${ahead > 0 ? "慢" : "快"}了约 ${by}，这里按网络时间显示。`;
}

/**
 * By how much to correct the phone's clock, in milliseconds: 0 while it is right within
 * five minutes; as it was known before while the server cannot be asked. Asks at most every ten minutes.
 */
export async function correction() {
  const known = recallVisit(KEY);
  if (known && Math.abs(Date.now() - known.at) < EVERY) {
    told = true;
    return known.ahead;
  }
  let ahead = 0;
  try {
    const asked = Date.now();
    const { headers } = await requested("api/v1/release.json", { method: "HEAD", cache: "no-store" });
    const answered = Date.now();
    // The phone slept meanwhile: when the server has answered is not known.
    if (answered - asked > TOLERANCE) return knownAhead();
    ahead = offset(headers, asked, answered) || 0;
  } catch {
    return knownAhead();
  }
  told = true;
  if (Math.abs(ahead) <= TOLERANCE) ahead = 0;
  keepVisit(KEY, { at: Date.now(), ahead });
  return ahead;
}

/** By how much the phone's clock was off when that was found out last. */
export const knownAhead = () => Number((recallVisit(KEY) || {}).ahead) || 0;

/** The phone's time, put right by that. */
export const rightNow = () => Date.now() + knownAhead();

let told = false;

/** Whether the server has been asked and has answered. */
export const isKnown = () => told;
