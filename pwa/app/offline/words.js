/** What is stored on the phone, in words. No clock, no network. */

import { local } from "../catalog/dates.js";
import { HOTLINE } from "../page/page.js";

/** What browsers are told that have no workers, or refuse them. */
export const CANNOT = "这个浏览器不能离线存指南，联网时照常能用。";

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
