/** Finding this guide's service worker from a page, and talking with it. */

import { ROOT, within } from "./page.js";

const PATIENCE = 10000;

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
