/**
 * Taking the list along: a QR code for the window or another phone, a link to forward, and
 * what is added on paper. Everything is in the fragment of the address; it works without
 * network, and the server never sees it.
 */

import { button, refill, say, within } from "../page/page.js";
import { release } from "../page/release.js";
import { handOn } from "../page/share.js";
import { encodeList } from "./code.js";
import { encode } from "./qr.js";
import { answerWords } from "./words.js";

/** What the code is called where no desk of ours reads it. */
const ELSEWHERE = "清单的二维码";
/** A tap may wait so long for what can be done without (ms); after five seconds no browser lets a page share. */
const SOON = 1000;
const SVG = "http://www.w3.org/2000/svg";

/** The address of this page with the list in it. */
export const addressOf = (list) => `${location.origin}${location.pathname}#l=${encodeList(list)}`;

/**
 * Two buttons before `place`.
 * @param {() => object} current  the list as encodeList takes it, with the questions
 *   that are `asked` and `words` about it
 * @param {boolean} elsewhere  whether it is not done at a window of the centre
 */
export function offerCarrying(place, current, elsewhere) {
  const known = async () => {
    const list = current();
    // Which release it is of tells the other side what has changed since; nobody waits for that.
    const now = list.own && (await within(SOON, release()).catch(() => null));
    return { ...list, release: now || list.release };
  };
  place.before(
    button(elsewhere ? ELSEWHERE : "给窗口看（二维码）", async () => open(await known())),
    " ",
    button("转发清单", async ({ target }) => forward(await known(), target)),
    " ",
  );
}

async function forward(list, place) {
  const told = place.parentElement.querySelector(".carried") || document.createElement("span");
  told.className = "carried";
  told.setAttribute("role", "status");
  place.parentElement.append(told);
  await handOn(`我的材料：${document.querySelector("h1").textContent}`, addressOf(list), (words) =>
    say(told, words.startsWith("链接已复制") ? `${words}链接里有勾选，没有姓名和证件号。` : words));
}

/** A dialog with the code and, for those who cannot see it, what it holds. */
function open(list) {
  // Tapped twice.
  if (document.querySelector(".carry-dialog")) return;
  const dialog = document.createElement("dialog");
  const heading = document.createElement("h2");
  heading.id = "carry-title";
  heading.textContent = list.elsewhere ? ELSEWHERE : "给窗口看";
  dialog.className = "carry-dialog";
  dialog.setAttribute("aria-labelledby", heading.id);
  const answers = answerWords(list.asked, list.answers);
  const top = document.createElement("div");
  top.className = "carry-top";
  // First in the dialog: it gets the focus, and the code stays in sight.
  top.append(heading, button("关上", () => dialog.close()));
  dialog.append(
    top,
    picture(addressOf(list), `二维码：${document.querySelector("h1").textContent}的材料清单`) || paragraph("清单太长，画不成二维码，请用“转发清单”。"),
    paragraph([document.querySelector("h1").textContent, ...list.words].filter(Boolean).join(" · ")),
    ...(answers ? [paragraph(`情形：${answers}`)] : []),
    paragraph(`${list.elsewhere ? "" : "窗口或者"}另一部手机扫一扫，就看到同样的清单。里面没有姓名、证件号，不经过网络。`),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  // Older in-app browsers know no dialogs: then it is a part of the page, at its end.
  if (dialog.showModal) dialog.showModal();
  else {
    dialog.close = () => dialog.remove();
    dialog.setAttribute("open", "");
    dialog.scrollIntoView();
  }
}

function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

/** The QR code of `url` as an image with `label`; null when it does not fit. */
export function picture(url, label) {
  const bytes = new TextEncoder().encode(url);
  let dark;
  try {
    dark = encode(bytes, { level: bytes.length > 180 ? "L" : "M" });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const side = dark.length + 8;
  svg.setAttribute("viewBox", `-4 -4 ${side} ${side}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("shape-rendering", "crispEdges");
  svg.setAttribute("class", "qr");
  path.setAttribute("d", dark.map((row, y) => runs(row, y)).join(""));
  svg.append(path);
  return svg;
}

/** One line of the path: a rectangle for every run of dark modules. */
function runs(row, y) {
  let drawn = "";
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const start = x;
    while (row[x + 1]) x += 1;
    drawn += `M${start} ${y}h${x + 1 - start}v1h-${x + 1 - start}z`;
  }
  return drawn;
}

/** On paper: the answers in words, and the code at the top right, beside the matter's name. */
export function offerPrint(current) {
  const carry = document.createElement("div");
  carry.className = "carry";
  carry.hidden = true;
  document.querySelector("h1").before(carry);
  addEventListener("beforeprint", () => {
    const list = current();
    const answers = answerWords(list.asked, list.answers);
    // A list that nobody has touched is the page as it is.
    if (!answers && !list.ticks.size && !list.deferred.size) return;
    const code = picture(addressOf(list), "这份清单的二维码");
    carry.hidden = false;
    refill(carry, ...(code ? [code] : []), paragraph([answers && `情形：${answers}`, ...list.words].filter(Boolean).join(" · ")));
  });
  addEventListener("afterprint", () => (carry.hidden = true));
}
