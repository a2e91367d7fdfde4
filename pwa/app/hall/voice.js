/**
 * Numbers called by the browser's own voice, one after the other, each once.
 *
 * What has been said is kept: a page that was loaded anew does not say it again, and a call that
 * came meanwhile is not lost. A number that is called a second time has another moment.
 */

import { MINUTE } from "../catalog/dates.js";
import { recall, remember } from "../page/page.js";

const SWITCH = "guide-voice";
const SAID = "guide-voice-said";
/** Nobody looks for a window to which somebody was called so long ago. */
const LATE = 2 * MINUTE;
/** Some voices never tell that they have ended. */
const PATIENCE = 20000;
/** So many wait to be said; of more, the newest. */
const MOST = 12;

/** 请 A015 到 2 号窗口 @param {import("./screen-words.js").Call} call */
export const callWords = ({ ticket, where }) => `请 ${ticket} 到 ${where || "窗口"}`;

const key = ({ ticket, where, at }) => `${at} ${ticket} ${where}`;
const soon = (at, now) => now - at <= LATE;

/**
 * Which of the calls are to be said, oldest first. No page.
 * @param {import("./screen-words.js").Call[]} calls
 * @param {string[]} said  keys of what was said, or passed over
 */
export function unsaid(calls, said, now) {
  return calls.filter((call) => soon(call.at, now) && !said.includes(key(call))).sort((one, other) => one.at - other.at);
}

/** What to remember after `calls`: nothing of what would no longer be said anyway. */
export function after(calls, said, now) {
  const all = Array.from(new Set([...said, ...calls.map(key)]));
  return all.filter((one) => soon(parseInt(one, 10), now));
}

/**
 * `blocked`: the browser has refused to speak until somebody taps. `changed` is called when that
 * is found out.
 * @param {() => void} changed
 * @returns {{can: boolean, on: boolean, blocked: boolean, busy: () => boolean, turn: (on: boolean) => void, hear: (calls: object[], now: number) => void}}
 */
export function voice(changed) {
  const speech = window.speechSynthesis;
  const waiting = [];
  let speaking = false;
  let said = recall(SAID);
  const self = {
    can: Boolean(speech && window.SpeechSynthesisUtterance),
    on: recall(SWITCH) === true,
    blocked: false,
    busy: () => speaking || waiting.length > 0,
    turn(on) {
      self.on = on;
      self.blocked = false;
      remember(SWITCH, on || null);
      if (!on) {
        waiting.length = 0;
        speech.cancel();
      }
    },
    hear(calls, now) {
      const next = after(calls, said || [], now);
      // Nothing is known of what was said before: what is called now was called before.
      const fresh = said && self.can && self.on ? unsaid(calls, said, now) : [];
      if (JSON.stringify(next) !== JSON.stringify(said)) remember(SAID, next);
      said = next;
      waiting.push(...fresh);
      waiting.splice(0, waiting.length - MOST);
      speak();
    },
  };

  const speak = () => {
    if (speaking || !waiting.length) return;
    speaking = true;
    const words = callWords(waiting.shift());
    const utterance = new window.SpeechSynthesisUtterance(words);
    utterance.lang = "zh-CN";
    utterance.rate = 0.9;
    let timer = 0;
    const done = () => {
      if (!timer) return;
      clearTimeout(timer);
      timer = 0;
      speaking = false;
      speak();
    };
    timer = setTimeout(() => {
      speech.cancel();
      done();
    }, PATIENCE);
    utterance.onend = done;
    utterance.onerror = ({ error }) => {
      if (error === "not-allowed") {
        self.blocked = true;
        changed();
      }
      done();
    };
    speech.speak(utterance);
  };
  return self;
}
