/** Talking with the service worker from a page, and putting its state into words. */

import { local } from "./hours.js";
import { HOTLINE } from "./page.js";

/** Send `message` to a worker and wait for its answer. Rejects after ten seconds. */
export function ask(worker, message) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => reject(new Error("the worker does not answer")), 10000);
    port1.onmessage = (event) => {
      clearTimeout(timer);
      port1.close();
      resolve(event.data);
    };
    worker.postMessage(message, [port2]);
  });
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
  changed: "指南正在换新版，过一会儿再存；联网时照常能用。",
  network: "网络断断续续，还没有存完；下次打开接着存。",
};

export const failureWords = (reason) => FAILURES[reason] || FAILURES.network;
