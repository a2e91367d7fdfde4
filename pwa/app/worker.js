/** Talking with the service worker from a page, and putting its state into words. */

import { local } from "./hours.js";
import { HOTLINE, ROOT, within } from "./page.js";

const PATIENCE = 10000;

/** What browsers are told that have no workers, or refuse them. */
export const CANNOT = "这个浏览器不能离线存指南，联网时照常能用。";

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

/** 2026-11-20（3 天前）; the start of the release's name where no date was published. */
export function versionWords({ id, published }, now) {
  if (!published) return id.slice(0, 8);
  const days = Math.round((Date.parse(local(now).date) - Date.parse(published)) / 86400000);
  return days > 0 ? `${published}（${days} 天前）` : published;
}

/**
 * One line on what is stored, from the worker's status.
 * @param {{id: string, published: string|null, missing: string[]}} status
 */
export function storedWords(status, now) {
  if (status.missing.length) {
    return `手机里存的指南缺了 ${status.missing.length} 个文件，连上网络会自动补齐；急用请打 ${HOTLINE}。`;
  }
  return `已存到手机，可离线看 · 数据版本 ${versionWords(status, now)}`;
}

const FAILURES = {
  quota: "手机存储空间不够，没有存下指南；联网时照常能用。清理一些空间以后再打开。",
  storage: "手机现在不让存，没有存下指南；联网时照常能用。看看存储空间够不够，再打开一次。",
  changed: "指南正在换新版，过一会儿再存；联网时照常能用。",
  network: "网络断断续续，还没有存完；下次打开接着存。",
};

export const failureWords = (reason) => FAILURES[reason] || FAILURES.network;

const NOT_UPDATED = {
  quota: "。手机存储空间不够，新版没有存下；清理一些空间以后再打开。",
  storage: "。手机现在不让存，新版没有存下。",
};

/** What follows the stored version when a newer one could not be kept; else it comes by itself. */
export const updateFailureWords = (reason) => NOT_UPDATED[reason] || "";
