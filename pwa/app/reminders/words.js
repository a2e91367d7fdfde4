/** Which reminders this phone can get, in words. No page: what it is comes in as `env`. */

import { dayWords } from "../hall/opening-words.js";

/**
 * @param {{agent: string, touch: number, standalone: boolean, worker: boolean,
 *   push: boolean, notification: boolean, permission: string}} env
 * @returns {{way: "push"|"browser"|"home-screen"|"denied"|"none", text: string}}
 */
export function reach(env) {
  const apple = /iPhone|iPad|iPod/.test(env.agent) || (/Macintosh/.test(env.agent) && env.touch > 1);
  if (/MicroMessenger/.test(env.agent)) {
    return { way: "browser", text: "微信里收不到提醒。点右上角的“···”，选“在浏览器打开”，再来这里开通。" };
  }
  if (apple && !env.standalone) {
    return {
      way: "home-screen",
      text: "苹果手机要从主屏幕打开才收得到（系统 16.4 以上）：点“分享”，选“添加到主屏幕”，再从主屏幕的图标打开，来这里开通。",
    };
  }
  // Also where they are there in name only.
  if (!env.worker || !env.push || !env.notification) {
    return { way: "none", text: "这个浏览器收不了提醒。" };
  }
  if (env.permission === "denied") return { way: "denied", text: deniedWords(apple) };
  return { way: "push", text: "这台手机可以试一试：打开下面任何一项，会马上发一条测试提醒，收到了才算开通。" };
}

function deniedWords(apple) {
  return apple
    ? "通知被关掉了。到“设置 → 通知”里找到办事指南，打开“允许通知”，再来这里。"
    : "通知被关掉了。点地址栏左边的图标，进“权限”，把“通知”改成允许，再来这里；找不到的话，到手机“设置 → 应用 → 浏览器 → 通知”里打开。";
}

const FAILURES = {
  offline: "现在连不上网络，连上以后再试。",
  "no-server": "这里还没有开通提醒服务。",
  "no-push-service": "这个浏览器连不上它的通知服务，收不到提醒。",
  denied: "手机没有允许发通知，收不到提醒。",
  undecided: "没有选“允许”，还没有开通。再点一次，手机会再问。",
  unanswered: "手机没有问能不能发通知。到浏览器的设置里把通知改成允许，再来这里。",
  blocked: "这个浏览器不让网页存东西，收不了提醒。",
  full: "手机存储空间不够，没有开通。清理一些空间以后再试。",
  "no-worker": "这个浏览器没有存下指南，收不了提醒。",
  refused: "没有开通成功，过一会儿再试。",
};

/** Why it did not work; a sentence of the server's own goes first. */
export function failureWords({ name, message }) {
  if (name === "refused" && message && message !== name) return message;
  return FAILURES[name] || FAILURES.refused;
}

/** What works on every phone. */
export const otherwise = (hotline) => `别的办法：每一项下面写着；收藏首页，来之前看一眼；打 ${hotline}。`;

/** 暂停中，到 11月25日周三。 */
export function pauseWords(until) {
  const at = Date.parse(until);
  return `暂停中，${dayWords(at)}起再提醒。`;
}

/** What stands beside switches that cannot be tapped. */
export const CANNOT_NOW = "这台手机收不到，原因在最上面。";
/** What is wished for, and the server cannot be told now. */
export const UNTOLD = "先记在这台手机上；现在没有网络，连上以后自动生效。";
export const BUSY = "正在处理，稍等。";
export const ON_FIRST = "开通任何一项以后才能设。";
