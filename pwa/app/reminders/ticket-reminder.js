/**
 * 快到时提醒我, on the page 我的号: a message when so many are ahead, and when it is called, for the
 * number that this phone keeps. The root stands behind the card of the number and is empty; it stays
 * so until the card tells that the number waits. Where the phone gets no messages the root says why,
 * and what rings instead.
 */

import { rightNow } from "../page/clock.js";
import { button, refill } from "../page/page.js";
import { kept as ownTicket } from "../hall/own-ticket.js";
import { made } from "../hall/marks.js";
import { change, leave, serverKey, settings } from "./subscription.js";
import { AHEAD, choice, ticketWish } from "./topics.js";
import { environment, prove, ready, turnOn, whenAllowed } from "./turning-on.js";
import { NO_REST, put, wished, wishesOf, without } from "./wishes.js";
import { failureWords, reach, UNTOLD } from "./words.js";

const STEPS = { asking: "手机会问能不能发通知，请选“允许”。", waiting: "正在等测试提醒，最多一分钟。" };
/** Tones of the card (hall/ticket-words.js) of a number that is still to be called. */
const WAITS = ["waiting", "near", "missed", "silent"];
const INSTEAD = "用上面的“快到时响铃”，这一页开着就行。";

export function enhance(root) {
  const card = document.querySelector('[data-module="ticket"]');
  let begun = false;
  const hear = (waits) => {
    root.hidden = !waits;
    if (begun || !waits) return;
    begun = true;
    follow(root);
  };
  card.addEventListener("ticket", ({ detail }) => hear(detail.waits));
  // It may have told before anybody listened.
  hear(WAITS.includes(card.dataset.tone));
}

async function follow(root) {
  const own = ownTicket(rightNow());
  if (!own) return;
  const wish = ticketWish(own);
  const line = made("p", "quiet");
  line.setAttribute("role", "status");
  const count = choice("什么时候", AHEAD, 3);
  const toggle = button("快到时提醒我", () => turn());
  const box = document.createElement("div");
  box.className = "actions";
  box.append(toggle, " ", count.label);
  const say = (text, usable = true) => {
    line.textContent = text;
    box.hidden = !usable;
  };
  const env = reach(environment());
  refill(root, box, line);
  if (env.way !== "push") {
    say(`${env.text}${INSTEAD}`, false);
    if (env.way === "denied") whenAllowed(() => location.reload());
    return;
  }
  box.hidden = true;
  let kept = null;
  try {
    kept = await settings();
    if (!kept) await serverKey();
  } catch (error) {
    say(`${failureWords(error)}${INSTEAD}`, false);
    return;
  }

  const show = (text = "") => {
    const found = kept && kept.proved && wished(wishesOf(kept), wish);
    toggle.textContent = found ? "不用提醒了" : "快到时提醒我";
    toggle.setAttribute("aria-pressed", String(Boolean(found)));
    if (found) count.select.value = String(found.threshold);
    say(text || (found ? `前面还有 ${found.threshold} 人时提醒，叫到时再提醒一次。关掉这一页也行。` : "关掉这一页也收得到。"));
  };

  async function turn() {
    const on = !(kept && kept.proved && wished(wishesOf(kept), wish));
    await tell(on);
  }

  async function tell(on) {
    const mine = wishesOf(kept);
    const next = on ? put(mine, { ...wish, threshold: Number(count.select.value) }) : without(mine, wish);
    const rest = (kept && kept.rest) || NO_REST;
    const step = (name) => say(STEPS[name], false);
    try {
      let arrived = true;
      if (!kept) arrived = await turnOn(next, rest, step);
      else if (next.length) {
        say("正在告诉服务器。", false);
        await change(await ready(), next, rest);
        if (on && !kept.proved) arrived = await prove(step);
      } else await leave(await ready());
      kept = await settings();
      show(arrived ? "" : `一分钟里没有收到测试提醒，不算开通。${INSTEAD}`);
    } catch (error) {
      kept = await settings().catch(() => kept);
      show(error.name === "offline" && kept ? UNTOLD : `${failureWords(error)}${INSTEAD}`);
    }
  }
  count.select.addEventListener("change", () => {
    if (toggle.getAttribute("aria-pressed") === "true") tell(true);
  });
  show();
}
