/**
 * What changes by the minute, asked again and again for as long as somebody looks at it: the
 * queue, one's own number. All pages ask in this one way.
 *
 * Every answer may be kept by the browser and is asked for with its ETag, so that nothing new
 * costs a few bytes. The time between two questions is never quite the same, so that the phones
 * of a hall do not ask at once; it grows while nothing changes or nobody answers, and is short
 * again as soon as something does. A page that nobody looks at asks nothing.
 *
 * @typedef {object} News
 * @property {object|null} answer  the last one; null while there is none
 * @property {number} heard  when it came, epoch milliseconds by the phone's clock
 * @property {number} status  of the last attempt: 0 while none was answered; 404 where nobody tells
 * @property {string} code  why the server refused, in its own word
 * @property {boolean} failing  the last attempt brought nothing: no network, or the server is ill
 */

import { DAY, local, MINUTE } from "../catalog/dates.js";
import { at, onReturn, recall, remember } from "../page/page.js";
import { asTimePasses } from "../page/passing.js";

/** Where the push server tells how many wait; and where the phone keeps the last answer. */
export const QUEUE = "push/v1/queue";
export const QUEUE_KEPT = "guide-queue";

const EVERY = 20000;
const LONGEST = 2 * MINUTE;
const FAILING = 5 * MINUTE;
/** What was asked so lately need not be asked again when the page is looked at. */
const LATELY = 10000;
/** Others on the way may keep an answer for so long that was made before. */
const SOON = 4000;
/** Ages are told in minutes. */
const AGE = 30000;
/** A line on which an answer takes longer brings none. */
const PATIENCE = 20000;

const askers = [];

/** Ask anew for everything but what `told` has just told: something has changed on which it hangs. */
export function askAgain(told) {
  for (const { path, ask } of askers) if (path !== told) ask();
}

/**
 * Call `show(news, now)` with what is known, at once and whenever there is something new or half
 * a minute has passed. `now` is epoch milliseconds, put right where the phone's clock is wrong.
 * @param {string} path  below the site's root
 * @param {(news: News, now: number) => void} show
 * @param {{kept?: string, lasting?: boolean, every?: number, longest?: number, insist?: boolean}} options  `kept`:
 *   where the last answer is remembered, for today, or for a week where it is `lasting`; `insist`: somebody tells, whatever a server on the way may say: ask again after a 404, too
 * @returns {{first: Promise<void>, ask: () => Promise<void>, put: (answer: object) => void}}  `first` is settled when
 *   it has been asked once; `put` is for an answer that came in another way
 */
export function live(path, show, options = {}) {
  const every = options.every || EVERY;
  const longest = options.longest || LONGEST;
  const news = { answer: null, heard: 0, status: 0, code: "", failing: false };
  let text = "";
  let pause = every;
  let timer = 0;
  let asked = 0;
  let busy = null;
  let again = () => {};

  const put = (answer) => {
    news.answer = answer;
    news.heard = Date.now();
    if (options.kept) remember(options.kept, { at: news.heard, answer });
    again();
  };

  /** Nobody tells any more: the last answer is nobody's. */
  const forget = () => {
    news.answer = null;
    text = "";
    if (options.kept) remember(options.kept, null);
  };

  const ask = () => {
    clearTimeout(timer);
    if (!busy && document.visibilityState === "visible") {
      asked = Date.now();
      busy = attempt().then(() => {
        busy = null;
        again();
        next();
      });
    }
    return busy || Promise.resolve();
  };

  const attempt = async () => {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), PATIENCE);
    let status = 0;
    let code = "";
    try {
      const answer = await fetch(at(path), { cache: "no-cache", signal: stop.signal });
      // A static host says so without what browsers call an error (docs/deploy/static.nginx.conf).
      status = answer.status === 204 ? 404 : answer.status;
      const told = await answer.text();
      if (status !== 200) {
        code = codeOf(told);
        throw new Error(`${path}: ${status}`);
      }
      Object.assign(news, { status, code, failing: false });
      pause = told === text ? Math.min(pause * 1.5, longest) : every;
      if (told !== text) put(JSON.parse(told));
      else news.heard = Date.now();
      text = told;
    } catch {
      // No network, or no use. What was heard grows old, and says so.
      const nobody = status === 404 && !options.insist;
      Object.assign(news, { status, code, failing: !nobody });
      if (nobody) forget();
      pause = Math.min(pause * 2, options.insist ? longest : FAILING);
    } finally {
      clearTimeout(late);
    }
  };

  const next = () => {
    clearTimeout(timer);
    if (news.status === 404 && !options.insist) return;
    timer = setTimeout(ask, pause * (0.8 + 0.4 * Math.random()));
  };

  const soon = () => {
    ask();
    pause = Math.min(pause, SOON);
  };
  askers.push({ path, ask: soon });
  const before = options.kept ? recall(options.kept) : null;
  const young = ({ at: then }) => (options.lasting ? Math.abs(Date.now() - then) < 7 * DAY : local(then).date === local(Date.now()).date);
  if (before && before.answer && young(before)) {
    news.answer = before.answer;
    news.heard = before.at;
  }
  const passing = asTimePasses((now) => {
    again = () => show(news, Date.now() + (now - told));
    const told = Date.now();
    show(news, now);
    return now + AGE;
  });
  onReturn(() => {
    if (Date.now() - asked > LATELY || news.failing) ask();
    else next();
  });
  return { first: Promise.all([passing, ask()]).then(() => {}), ask, put };
}

/** The word by which the server says why it refused; empty where it is not our server that answers. */
function codeOf(text) {
  try {
    return JSON.parse(text).code || "";
  } catch {
    return "";
  }
}
