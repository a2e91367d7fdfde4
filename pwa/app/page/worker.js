/** Finding this guide's service worker from a page, and talking with it. */

import { ROOT, within } from "./page.js";
import { keepVisit, recallVisit } from "./visit.js";

const PATIENCE = 10000;
/** So long a worker that was asked to take over may take (ms). */
const TAKES_OVER = 3000;
const WANTED = "guide-wants-release";

/** The browser's service workers; null where it has none, or does not let this page have any. */
export function workers() {
  try {
    return navigator.serviceWorker || null;
  } catch {
    return null;
  }
}

/**
 * This guide's registration; null while there is none. Rejects where the browser refuses to
 * tell (the reader has forbidden sites to keep anything), or never answers.
 * @returns {Promise<ServiceWorkerRegistration|null>}
 */
export async function registered() {
  return (await within(PATIENCE, workers().getRegistration(ROOT.href))) || null;
}

/** Send `message` to a worker and wait for its answer. Rejects when it has none in `patience` ms. */
export function ask(worker, message, patience = PATIENCE) {
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
  });
  worker.postMessage(message, [port2]);
  const close = () => port1.close();
  answer.then(close, close);
  return within(patience, answer);
}

/**
 * Let the release that waits take over, and load the page anew. Chromium at times leaves it waiting although
 * nothing holds the old one any more, for minutes: a page that loads gets it going again.
 * @param {ServiceWorkerRegistration} registration
 */
export function takeUp(registration) {
  const reload = () => location.reload();
  const { waiting } = registration;
  // Where no page is served by the old worker, or another window was quicker, it is at work already.
  if (!waiting) {
    reload();
    return;
  }
  waiting.addEventListener("statechange", () => waiting.state === "activated" && reload());
  waiting.postMessage({ type: "skip-waiting" });
  setTimeout(() => {
    keepVisit(WANTED, true);
    reload();
  }, TAKES_OVER);
}

/** Whether this page was loaded to take up a release, which may still be about to come. Tells it once. */
export function wantsRelease() {
  const wanted = recallVisit(WANTED) === true;
  if (wanted) keepVisit(WANTED, null);
  return wanted;
}
