/**
 * What the line about the stored guide says. It hears of an attempt to store in two ways, in
 * either order: what the worker reports, and what becomes of that worker. Neither may take
 * away what the other has told.
 *
 * A worker names its attempt in every report, so that one that is over is not believed to go
 * on, and its release, so that what came later is told from what was stored before.
 */

import { failureWords, storedWords, updateFailureWords } from "./words.js";

/**
 * @typedef {{type: "progress"|"install-failed", attempt: number, id: string, done: number,
 *   total: number, reason: string}} Report
 * @param {(state: "yes"|"no"|"failed", text: string) => void} tell
 */
export function storing(tell) {
  /** What is stored, as the worker at work tells it; null while nothing is. */
  let status = null;
  /** The report heard last. @type {Report|null} */
  let last = null;
  /** Attempts that are over. */
  const over = new Set();
  /** Why the last attempt failed: null while it has not, "" while nobody has said. */
  let failure = null;
  /** The site has stopped to store. */
  let off = false;

  const say = (now) => {
    if (off) tell("no", "离线存储已停用，联网时照常能用。");
    else if (status) {
      const told = storedWords(status, now);
      tell(status.missing.length ? "no" : "yes", failure ? told + updateFailureWords(failure) : told);
    } else if (failure !== null) tell("failed", failureWords(failure));
    else if (last) tell("no", `正在把指南存到手机 ${last.done}/${last.total}`);
  };

  return {
    /** Say it anew, as of `now`. */
    say,
    /** @returns {boolean} whether an attempt is under way */
    hear(report, now) {
      const late = over.has(report.attempt) && !(report.type === "install-failed" && last && last.attempt === report.attempt);
      if (late) return false;
      last = report;
      failure = report.type === "install-failed" ? report.reason : null;
      if (failure !== null) over.add(report.attempt);
      say(now);
      return failure === null;
    },
    /** The worker that stored is gone; it may have said why, or will. */
    ended(now) {
      if (last) over.add(last.attempt);
      if (failure === null) failure = "";
      say(now);
    },
    /** The worker at work has told what is stored. */
    stored(told, now) {
      const finished = last && last.id === told.id;
      const replaced = status && status.id !== told.id;
      if (finished || replaced) failure = null;
      status = told;
      say(now);
    },
    switchedOff(now) {
      off = true;
      say(now);
    },
    /** Something that was stored is gone. */
    lost(path, now) {
      if (status) status = { ...status, missing: Array.from(new Set([...status.missing, path])) };
      if (status) say(now);
      else tell("no", storedWords({ missing: [path] }, now));
    },
  };
}
