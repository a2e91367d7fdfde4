/**
 * What is stored on this phone: which release, how old, whether all of it. Without it the
 * page explains how to find out.
 *
 * The root is a card; a list (slot: offline) and two buttons are added to it.
 */

import { at, button, refill, ROOT, say, slot } from "./page.js";
import { ask, failureWords, versionWords } from "./worker.js";

export async function enhance(root) {
  const list = slot(root, "offline", "ul");
  const told = slot(root, "offline-told");
  told.setAttribute("role", "status");
  if (!("serviceWorker" in navigator)) {
    say(told, "这个浏览器不能离线存指南。用手机自带的浏览器打开可以存。");
    return;
  }
  const show = async (registration) => {
    const status = await ask(registration.active, { type: "status" });
    refill(list, ...(await lines(status)).map(item));
  };
  const check = button("检查并补齐", async () => {
    say(told, "正在检查。");
    const registration = await navigator.serviceWorker.getRegistration(ROOT.href);
    if (!registration || !registration.active) {
      say(told, "手机里还没有存下指南，连上网络打开首页，等半分钟。");
      return;
    }
    const [answer] = await Promise.all([ask(registration.active, { type: "heal" }), registration.update().catch(() => {})]);
    say(told, answer.ok ? healedWords(answer.repaired) : failureWords(answer.reason));
    await show(registration);
  });
  const again = button("清掉重新存", async () => {
    say(told, "正在连网络。");
    if (!(await reached())) {
      say(told, "现在连不上网络，没有清。连上网络再来。");
      return;
    }
    const registration = await navigator.serviceWorker.getRegistration(ROOT.href);
    const names = await caches.keys();
    const ours = names.filter((name) => name.startsWith("guide-") && name.endsWith(`@${ROOT.pathname}`));
    await Promise.all(ours.map((name) => caches.delete(name)));
    if (registration) await registration.unregister();
    location.reload();
  });
  const buttons = slot(root, "offline-buttons", "p");
  refill(buttons, check, again);
  const registration = await navigator.serviceWorker.ready;
  await show(registration);
}

/** Whether the site answers now: what is cleared without it could not be had again. HEAD passes the worker by. */
async function reached() {
  try {
    return (await fetch(at("sw.js"), { method: "HEAD", cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

function healedWords(count) {
  return count ? `补齐了 ${count} 个文件。` : "都在，没有缺损。";
}

function item(text) {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
}

async function lines(status) {
  const now = Date.now();
  const made = [`数据版本：${versionWords(status, now)}（编号 ${status.id}）`];
  const have = status.total - status.missing.length;
  made.push(status.missing.length ? `存下 ${have}/${status.total} 个文件，还不完整` : `${have} 个文件都存好了，没有网络也能看全部事项`);
  if (status.stored) made.push(`${new Date(status.stored).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai", year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" })}存下的`);
  if (navigator.storage && navigator.storage.estimate) {
    const { usage } = await navigator.storage.estimate();
    made.push(`占用约 ${(usage / 1048576).toFixed(1)} MB`);
  }
  return made;
}
