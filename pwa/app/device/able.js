/**
 * 本机能做什么: what this phone can do with the guide and what not, to be copied, or shown to the centre as a code.
 * The code is an address of this page (#phone=…), in the fragment, which no server sees: opened elsewhere, the page
 * tells of that phone. The root is a card; without it the page says what to do.
 */

import { correction, isKnown } from "../page/clock.js";
import { at, button, refill, say, slot, within } from "../page/page.js";
import { copied } from "../page/share.js";
import { ask, registered, workers } from "../page/worker.js";
import { picture } from "../papers/carry.js";
import { ableLines, coded, decoded } from "./able-words.js";
import { isStandalone } from "./install.js";
import { possible } from "./installing.js";

const PATIENCE = 5000;
const MB = 1048576;

export async function enhance(root) {
  const list = slot(root, "able", "dl");
  const buttons = slot(root, "able-buttons");
  const told = slot(root, "able-told");
  told.setAttribute("role", "status");
  const code = slot(root, "able-code", "div");
  code.hidden = true;
  addEventListener("hashchange", () => /^#phone=/.test(location.hash) && location.reload());
  const show = (report) =>
    refill(list, ...ableLines(report).flatMap(([label, words]) => [item("dt", label), item("dd", words)]));

  const brought = /^#phone=(.*)$/.exec(location.hash);
  const other = brought && decoded(brought[1]);
  if (brought) {
    if (other) show(other);
    root.scrollIntoView();
    say(told, other ? "这是另一部手机的情况。" : "链接里的内容读不出来，请对方重新给一次。");
    return;
  }
  const report = await look();
  show(report);
  const instead = root.querySelector(":scope > p:not([data-slot])");
  if (instead) instead.hidden = true;
  refill(
    buttons,
    button("复制", async () => say(told, await copyWords(report))),
    " ",
    button("给中心看（二维码）", () => {
      const drawn = picture(`${at("offline/")}#phone=${coded(report)}`, "二维码：本机能做什么");
      code.hidden = !drawn;
      refill(code, ...(drawn ? [drawn] : []));
      say(told, "扫一扫，就看到同样的内容。里面没有姓名、号码，也不说是谁的手机。");
    }),
  );
}

function item(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

async function copyWords(report) {
  const text = ["本机能做什么", ...ableLines(report).map((line) => line.join("："))].join("\n");
  if (await copied(text)) return "已复制，粘贴给中心就行。里面没有姓名、号码，也不说是谁的手机。";
  return "这个浏览器不让复制，请截图，或者用二维码。";
}

/** What `read` gives; `otherwise` where the browser throws, or does not answer: it has the thing in name only. */
async function tried(read, otherwise) {
  try {
    return await within(PATIENCE, Promise.resolve(read()));
  } catch {
    return otherwise;
  }
}

/** @returns {Promise<import("./able-words.js").Report>} */
async function look() {
  const [offline, persisted, room, off] = await Promise.all([
    tried(stored, "no"),
    tried(async () => ((await navigator.storage.persisted()) ? "yes" : "no"), "unknown"),
    tried(() => navigator.storage.estimate(), {}),
    tried(correction, 0),
  ]);
  const phone = { standalone: isStandalone(), prompt: Boolean(window.guideInstall), agent: navigator.userAgent, touch: navigator.maxTouchPoints };
  const way = possible(phone);
  const can = await tried(() => Boolean(workers() && window.PushManager && Notification.permission), false);
  const rounded = (bytes) => (Number.isFinite(bytes) ? String(Math.max(1, Math.round(bytes / MB))) : "");
  return {
    offline,
    push: way === "safari" ? "app" : can && way !== "wechat" ? "yes" : "no",
    notify: await tried(() => Notification.permission, "no"),
    install: phone.standalone ? "done" : way || "no",
    persisted,
    share: navigator.share ? "yes" : "no",
    badge: navigator.setAppBadge ? "yes" : "no",
    voice: window.speechSynthesis ? "yes" : "no",
    used: rounded(room.usage),
    free: rounded(room.quota - room.usage),
    ahead: isKnown() ? String(Math.round(off / 60000)) : "",
  };
}

/** Whether the guide lies on this phone. */
async function stored() {
  const registration = await registered();
  if (!registration || !registration.active) return "soon";
  const { missing } = await ask(registration.active, { type: "status" });
  return missing.length ? "soon" : "yes";
}
