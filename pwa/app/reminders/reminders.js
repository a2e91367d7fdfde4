/**
 * Reminders of the noon service. Says in one sentence what this phone can get; subscribes;
 * and says 已开通 only after a test message has arrived. Without it the page names the
 * other ways.
 *
 * The root may carry data-ics (address of the noon calendar as a file). What is said is
 * added to the root: slot reminders with p and button. data-reminders tells the state:
 * off, trying, silent, on, unreachable.
 */

import { api, button, HOTLINE, keepStorage, refill, within } from "../page/page.js";
import { registered, workers } from "../page/worker.js";
import { leave, PushError, resync, sendTest, serverKey, settings, subscribe } from "./subscription.js";
import { failureWords, otherwise, reach } from "./words.js";

const TOPICS = ["noon"];
const WAIT = 60000;
const FIRST = 20000;

/** What `read` gives; undefined where the browser throws: it has the thing in name only. */
function offered(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function environment() {
  const permission = offered(() => Notification.permission);
  return {
    agent: navigator.userAgent,
    touch: navigator.maxTouchPoints,
    standalone: navigator.standalone === true || matchMedia("(display-mode: standalone)").matches,
    worker: Boolean(workers()),
    push: Boolean(offered(() => PushManager)),
    notification: Boolean(permission),
    permission: permission || "denied",
  };
}

export async function enhance(root) {
  const { hotline } = await api("centre").catch(() => ({ hotline: HOTLINE }));
  const box = document.createElement("div");
  box.dataset.slot = "reminders";
  box.setAttribute("role", "status");
  root.append(box);
  root.dataset.reminders = "trying";

  const show = (state, texts, ...buttons) => {
    root.dataset.reminders = state;
    const lines = texts.map((text) => {
      const made = document.createElement("p");
      made.append(text);
      return made;
    });
    refill(box, ...lines, ...buttons);
  };
  const others = () => (root.dataset.ics ? [otherwise(hotline), calendarLink(root.dataset.ics)] : [otherwise(hotline)]);

  const off = () => show("off", [reach(environment()).text], button("开通午间提醒", start));
  const on = (text) => show("on", [text], button("发一条测试提醒", test), button("退订", stop));
  const silent = () =>
    show("silent", ["一分钟里没有收到测试提醒，这台手机多半收不到，不算开通。", ...others()], button("再试一次", test), button("退订", stop));
  const failed = (error) => show("off", [failureWords(error), ...others()], button("再试一次", start));

  async function start() {
    show("trying", ["手机会问能不能发通知，请选“允许”。"]);
    try {
      if ((await permission()) !== "granted") {
        show("unreachable", [reach({ ...environment(), permission: "denied" }).text, ...others()]);
        return;
      }
      await subscribe(await ready(), TOPICS);
    } catch (error) {
      failed(error);
      return;
    }
    await test();
  }

  async function test() {
    show("trying", ["正在等测试提醒，最多一分钟。"]);
    const arrived = nextTest();
    try {
      const kept = await settings();
      if (!kept) throw new PushError("blocked");
      await sendTest(kept);
    } catch (error) {
      failed(error);
      return;
    }
    if (await arrived) {
      on("已开通：测试提醒收到了。工作日午间服务开始以前提醒您。");
      keepStorage();
    } else silent();
  }

  async function stop() {
    try {
      await leave(await ready());
    } catch (error) {
      failed(error);
      return;
    }
    show("off", ["已退订，不会再提醒。"], button("重新开通", start));
  }

  const now = reach(environment());
  if (now.way !== "push") {
    show("unreachable", [now.text, ...others()]);
    return;
  }
  let kept = null;
  try {
    kept = await settings();
    await registered().catch(() => {
      throw new PushError("blocked");
    });
    if (!kept) {
      await serverKey();
      off();
      return;
    }
    await resync(await ready(), Date.now(), true);
  } catch (error) {
    if (kept && error.name === "offline") on("提醒是开通的；现在没有网络，连上以后才收得到。");
    else if (["no-server", "blocked"].includes(error.name)) show("unreachable", [failureWords(error), ...others()]);
    else failed(error);
    return;
  }
  if (kept.proved) on("已开通：这台手机收到过提醒。");
  else silent();
}

/** The worker that receives. Throws PushError where a browser never gets one ready. */
function ready() {
  return within(FIRST, workers().ready).catch(() => {
    throw new PushError("no-worker");
  });
}

/** Ask the reader for leave to notify. Older engines answer by a call, not by a promise. */
function permission() {
  const answer = new Promise((resolve, reject) => {
    const promised = Notification.requestPermission(resolve);
    if (promised) promised.then(resolve, reject);
  });
  // Some never ask: the button must come back.
  return within(WAIT, answer).catch((error) => {
    throw new PushError(error.name === "TimeoutError" ? "unanswered" : "denied");
  });
}

/** Whether a test message arrives within a minute. */
function nextTest() {
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(false), WAIT);
    const hear = ({ data }) => {
      if (data.type === "push" && data.kind === "test") end(true);
    };
    const end = (arrived) => {
      clearTimeout(timer);
      workers().removeEventListener("message", hear);
      resolve(arrived);
    };
    workers().addEventListener("message", hear);
    if (workers().startMessages) workers().startMessages();
  });
}

function calendarLink(address) {
  const made = document.createElement("a");
  made.href = new URL(address, location.href).href;
  made.textContent = "把午间日历加到手机日历";
  return made;
}
