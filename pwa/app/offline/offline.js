/**
 * What is stored on this phone: which release, how old, whether all of it. Without it the
 * page explains how to find out.
 *
 * The root is a card; a list (slot: offline) and two buttons are added to it.
 */

import { button, refill, requested, ROOT, say, slot, within } from "../page/page.js";
import { asTimePasses, midnight } from "../page/passing.js";
import { ask, registered, workers } from "../page/worker.js";
import { failureWords, versionWords } from "./words.js";

const CANNOT = "这个浏览器不能离线存指南。用手机自带的浏览器打开可以存。";
const NOT_YET = "手机里还没有存下指南，连上网络打开首页，等半分钟。";
/** Every file is read, and what is missing fetched over a line that may be bad. */
const LONG = 120000;
const FIRST = 30000;

export async function enhance(root) {
  const list = slot(root, "offline", "ul");
  const buttons = slot(root, "offline-buttons", "p");
  const told = slot(root, "offline-told");
  told.setAttribute("role", "status");
  const present = async () => {
    const registration = await registered();
    return registration && registration.active ? registration : null;
  };
  try {
    if (!workers()) throw new Error("no workers");
    await registered();
    await within(LONG, caches.keys());
  } catch {
    say(told, CANNOT);
    return;
  }
  let status = null;
  let estimate = null;
  const write = (now) => {
    if (status) refill(list, ...lines(status, estimate, now).map(item));
  };
  const show = async (registration) => {
    status = await ask(registration.active, { type: "status" });
    write(Date.now());
    estimate = await usage();
    write(Date.now());
  };
  /** A tap on a button: what fails on the way is told. */
  const tap = (label, doing, act) =>
    button(label, async () => {
      say(told, doing);
      try {
        await within(LONG, act());
      } catch (error) {
        say(told, error.name === "TimeoutError" ? "还没有做完，过一会儿再点一次。" : CANNOT);
      }
    });
  const check = tap("检查并补齐", "正在检查。", async () => {
    const registration = await present();
    if (!registration) {
      say(told, NOT_YET);
      return;
    }
    const healed = ask(registration.active, { type: "heal" }, LONG);
    registration.update().catch(() => {});
    const answer = await healed;
    say(told, answer.ok ? healedWords(answer.repaired) : failureWords(answer.reason));
    await show(registration);
  });
  const again = tap("清掉重新存", "正在连网络。", async () => {
    if (!(await reached())) {
      say(told, "现在连不上网络，没有清。连上网络再来。");
      return;
    }
    const registration = await registered();
    const names = await caches.keys();
    const ours = names.filter((name) => /^guide(-|store@)/.test(name) && name.endsWith(`@${ROOT.pathname}`));
    await Promise.all(ours.map((name) => caches.delete(name)));
    if (registration) await registration.unregister();
    location.reload();
  });
  refill(buttons, check, again);
  asTimePasses((now) => {
    write(now);
    return midnight(now);
  });
  // On the first visit it may still be under way: the line at the end of the page tells.
  within(FIRST, workers().ready).then(show).catch(() => {
    if (!told.textContent) say(told, NOT_YET);
  });
}

/** Whether the site answers now: what is cleared without it could not be had again. HEAD passes the worker by. */
async function reached() {
  try {
    return (await requested("sw.js", { method: "HEAD", cache: "no-store" })).ok;
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

/** Bytes used by this site; null where the browser does not tell. */
async function usage() {
  try {
    const told = await within(FIRST, navigator.storage.estimate());
    return Number.isFinite(told.usage) ? told.usage : null;
  } catch {
    return null;
  }
}

function lines(status, used, now) {
  const made = [`数据版本：${versionWords(status, now)}（编号 ${status.id}）`];
  const have = status.total - status.missing.length;
  made.push(status.missing.length ? `存下 ${have}/${status.total} 个文件，还不完整` : `${have} 个文件都存好了，没有网络也能看全部事项`);
  if (status.stored) made.push(`${new Date(status.stored).toLocaleString("zh-CN", { timeZone: "Asia/Shanghai", year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" })}存下的`);
  if (used !== null) made.push(`占用约 ${(used / 1048576).toFixed(1)} MB`);
  return made;
}
