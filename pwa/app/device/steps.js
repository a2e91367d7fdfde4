/** The offer to put the guide on the home screen, in words and small pictures. Loaded when it is made. */

import { button } from "../page/page.js";
import { offerCarrying } from "./carrying.js";

const SVG = "http://www.w3.org/2000/svg";
/** Pictures of what one taps, 24 × 24. */
const PICTURES = {
  share: "M12 2l4 4-1.4 1.4L13 5.8V15h-2V5.8L9.4 7.4 8 6zM5 9h4v2H6v9h12v-9h-3V9h5v13H4V9z",
  add: "M4 3h16a1 1 0 011 1v16a1 1 0 01-1 1H4a1 1 0 01-1-1V4a1 1 0 011-1zm1 2v14h14V5zm6 2h2v4h4v2h-4v4h-2v-4H7v-2h4z",
  more: "M3 10h4v4H3zm7 0h4v4h-4zm7 0h4v4h-4z",
  browser: "M12 2a10 10 0 110 20 10 10 0 010-20zm0 2a8 8 0 100 16 8 8 0 000-16zm4.5 3.5l-3 6-6 3 3-6z",
};
const WORDS = {
  prompt: "把指南放到手机桌面：点图标就打开，没有网络也能看。",
  safari: "把指南放到手机桌面：点图标就打开，没有网络也能看。",
  wechat: "微信里存不住指南。用手机自带的浏览器打开，没有网络也能看：",
};
const STEPS = {
  safari: [["share", "点浏览器的“分享”"], ["add", "选“添加到主屏幕”"]],
  wechat: [["more", "点右上角的“···”"], ["browser", "选“在浏览器打开”"]],
};

/**
 * Write the offer into `card`.
 * @param {"prompt"|"safari"|"wechat"} way
 * @param {() => void} refuse  nobody wants it: never again
 */
export function offer(card, way, refuse) {
  const words = document.createElement("p");
  const buttons = document.createElement("p");
  card.className = "card";
  card.setAttribute("aria-label", way === "wechat" ? "用浏览器打开" : "放到桌面");
  words.textContent = WORDS[way];
  card.append(words);
  if (STEPS[way]) card.append(listed(STEPS[way]));
  if (way === "safari") offerCarrying(card);
  if (way === "prompt") buttons.append(button("放到桌面", ({ target }) => install(card, words, target, refuse)), " ");
  buttons.append(button("不用了", refuse));
  card.append(buttons);
}

/** The browser asks by itself, and once; a second tap comes when it has not. */
async function install(card, words, pressed, refuse) {
  const event = window.guideInstall;
  window.guideInstall = null;
  try {
    await event.prompt();
    const { outcome } = await event.userChoice;
    if (outcome === "dismissed") refuse();
    else card.remove();
  } catch {
    words.textContent = "没有弹出来的话，在浏览器的菜单里选“安装应用”或者“添加到主屏幕”。";
    pressed.remove();
  }
}

function listed(steps) {
  const list = document.createElement("ol");
  for (const [name, text] of steps) {
    const item = document.createElement("li");
    item.append(picture(PICTURES[name]), ` ${text}`);
    list.append(item);
  }
  return list;
}

function picture(path) {
  const svg = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  svg.setAttribute("class", "i");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  line.setAttribute("fill-rule", "evenodd");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
