/**
 * 提醒我: what this phone can get, in one sentence; a switch for each thing that one can wish for;
 * when nothing rings; a test message; leaving. 已开通 is said only after a message has arrived.
 * Without it the page names what can be told, with examples, and what works on any phone.
 *
 * What is said is added to the root: slot reminders with p and button. data-reminders tells the
 * state: off, trying, silent, on, unreachable. Topics are sections [data-topic] of the page
 * (topics.js), with links [data-instead] to what works without push; what does not ring goes into
 * [data-rest] (resting.js).
 */

import { follow } from "../hall/announced.js";
import { rightNow } from "../page/clock.js";
import { api, at, button, HOTLINE, keepStorage, onReturn, refill, remember, recall, say, slot } from "../page/page.js";
import { asTimePasses, midnight } from "../page/passing.js";
import { registered, workers } from "../page/worker.js";
import { ownDates, takeAlong } from "./own-dates.js";
import { resting } from "./resting.js";
import { change, leave, PushError, resync, serverKey, settings } from "./subscription.js";
import { chosen, showWishes, topics } from "./topics.js";
import { environment, prove, ready, turnOn, whenAllowed } from "./turning-on.js";
import { NO_REST, NOON, put, wishesOf } from "./wishes.js";
import { BUSY, CANNOT_NOW, failureWords, ON_FIRST, otherwise, reach, UNTOLD } from "./words.js";

const STEPS = { asking: "手机会问能不能发通知，请选“允许”。", waiting: "正在等测试提醒，最多一分钟。" };
const KEPT = "记下了，已开通：这台手机收到过提醒。";
const WAY = "guide-instead";

export async function enhance(root) {
  const box = document.createElement("div");
  box.dataset.slot = "reminders";
  box.setAttribute("role", "status");
  const show = (state, texts, ...buttons) => {
    root.dataset.reminders = state;
    const lines = texts.map((text) => {
      const made = document.createElement("p");
      made.append(text);
      return made;
    });
    refill(box, ...lines, ...buttons);
  };
  takeAlong(location.hash);
  const [centre, found] = await Promise.all([
    api("centre").catch(() => ({ hotline: HOTLINE, counter_kinds: [] })),
    settings().then((told) => ({ told }), (error) => ({ told: null, error })),
  ]);
  let kept = found.told;
  const names = await namesOf(wishesOf(kept));
  const others = () => [otherwise(centre.hotline)];
  const page = root.parentElement;
  instead(page);
  root.append(box);
  const { switches, able } = topics(page, centre, wishesOf(kept), names, rightNow());
  const section = page.querySelector("[data-rest]");
  const rests = section ? resting(section, (rest) => {
    touched = section.querySelector("fieldset");
    tell(wishesOf(kept), rest);
  }) : { show() {}, able() {} };
  const rest = () => (kept && kept.rest) || NO_REST;

  // What became of the last tap is told where it was made, too: the top may be out of sight.
  let touched = null;
  const note = (text) => touched && text && say(touched.querySelector("small"), text);
  /** What can be tapped, and how it is set; `why` it cannot; the `outcome` of a tap. */
  const settle = (why, outcome = "") => {
    able(why);
    rests.able(why || (kept ? "" : ON_FIRST));
    showWishes(switches, wishesOf(kept));
    rests.show(rest(), rightNow());
    note(outcome);
  };
  const off = (texts) => {
    show("off", texts, button("开通午间提醒", () => {
      touched = null;
      start(NOON.reduce(put, chosen(switches)));
    }));
    settle("", texts[0]);
  };
  const on = (text) => {
    show("on", [text], button("发一条测试提醒", () => test()), " ", button("全部退订", stop));
    settle("", text);
  };
  const silent = () => {
    show("silent", ["一分钟里没有收到测试提醒，这台手机多半收不到，不算开通。", ...others()], button("再试一次", () => test()), " ", button("全部退订", stop));
    settle("", "没有收到测试提醒，不算开通；看最上面。");
  };
  const unreachable = (text) => {
    show("unreachable", [text, ...others()], ways(centre.hotline));
    settle(CANNOT_NOW);
  };
  const denied = (text) => {
    unreachable(text);
    whenAllowed(() => location.reload());
  };
  const failed = (error, again) => {
    if (error.name === "denied") denied(reach({ ...environment(), permission: "denied" }).text);
    else {
      show(kept ? "on" : "off", [failureWords(error), ...others()], button("再试一次", again));
      settle("", failureWords(error));
    }
  };
  const busy = (step) => {
    show("trying", [STEPS[step]]);
    able(BUSY);
    rests.able(BUSY);
    note(STEPS[step]);
  };

  async function start(wishes) {
    try {
      proved(await turnOn(wishes, rest(), busy));
    } catch (error) {
      kept = await settings().catch(() => null);
      failed(error, () => start(wishes));
    }
  }

  async function test() {
    try {
      proved(await prove(busy));
    } catch (error) {
      failed(error, test);
    }
  }

  async function proved(arrived) {
    kept = await settings().catch(() => kept);
    if (arrived) {
      on("已开通：测试提醒收到了。打开了的各项，到时候会这样提醒您。");
      keepStorage();
    } else silent();
  }

  async function stop() {
    try {
      await leave(await ready());
      kept = null;
      off(["已退订，不会再提醒。"]);
    } catch (error) {
      failed(error, stop);
    }
  }

  /** Tell the server what is wished for now. */
  async function tell(wishes, resting) {
    if (!kept) return wishes.length ? start(wishes) : settle("");
    if (!wishes.length) return stop();
    able(BUSY);
    rests.able(BUSY);
    try {
      kept = await change(await ready(), wishes, resting);
      if (kept.proved) on(KEPT);
      else silent();
    } catch (error) {
      kept = await settings().catch(() => kept);
      if (error.name === "offline") on(UNTOLD);
      else failed(error, () => tell(wishes, resting));
    }
    return undefined;
  }

  for (const { line, box: ticked } of switches) {
    line.addEventListener("change", () => {
      touched = line.closest("fieldset");
      const wishes = chosen(switches);
      // What is set beside a switch that is off is no wish yet.
      if (JSON.stringify(wishes) !== JSON.stringify(wishesOf(kept)) || ticked.checked) tell(wishes, rest());
    });
  }
  addEventListener("hashchange", () => takeAlong(location.hash) && location.reload());
  /** A tap in a message, or another window, has changed what is wished for: it is not to be told again from here. */
  const reread = async () => {
    const now = await settings().catch(() => kept);
    if (!kept || ["trying", "unreachable"].includes(root.dataset.reminders) || JSON.stringify(wishesOf(now)) === JSON.stringify(wishesOf(kept))) return;
    kept = wishesOf(now).length ? now : null;
    if (kept) settle("");
    else off(["已退订，不会再提醒。"]);
  };
  if (workers()) workers().addEventListener("message", ({ data }) => data.type === "stopped" && reread());
  onReturn(reread);

  show("trying", ["正在看这台手机收不收得到提醒。"]);
  const now = reach(environment());
  if (now.way !== "push") {
    (now.way === "denied" ? denied : unreachable)(now.text);
    return;
  }
  settle(BUSY);
  // The page stands; what the server says comes when it comes.
  const look = async () => {
    try {
      if (found.error) throw found.error;
      await registered().catch(() => {
        throw new PushError("blocked");
      });
      if (!kept) {
        await serverKey();
        off([now.text]);
        return;
      }
      kept = await resync(await ready(), rightNow(), true);
      if (!kept) off([now.text]);
      else if (kept.proved) on("已开通：这台手机收到过提醒。");
      else silent();
    } catch (error) {
      if (kept && error.name === "offline") on("提醒是开通的；现在没有网络，连上以后才收得到。");
      else if (["no-server", "blocked"].includes(error.name)) unreachable(failureWords(error));
      else failed(error, look);
    }
  };
  await look();
  // A pause ends, a ticket is of another day.
  asTimePasses((moment) => {
    rests.show(rest(), moment);
    return midnight(moment);
  });
}

/** Names of matters by id, where something on this phone goes by the id alone; none where they cannot be had. */
async function namesOf(wishes) {
  const needed = wishes.some(({ topic }) => topic === "matter") || ownDates().some(({ name }) => !name);
  const matters = needed ? await api("matters").catch(() => []) : [];
  return new Map(matters.filter(({ id, name }) => id && name).map(({ id, name }) => [id, name]));
}

/** What works without push: the announcements as a feed, where they are told; what was taken last is marked. */
function instead(page) {
  let fed = false;
  follow(({ answer }) => {
    if (fed || !answer) return;
    fed = true;
    for (const place of page.querySelectorAll("[data-feed]")) {
      const link = document.createElement("a");
      link.href = at("push/v1/announcements.atom");
      link.dataset.instead = "atom";
      link.textContent = "用阅读器订阅公告（Atom）";
      place.append("，或者", link);
      remembered(link);
    }
  });
  for (const link of page.querySelectorAll("[data-instead]")) remembered(link);
}

/** What can be done at once where no reminder comes. */
function ways(hotline) {
  const made = document.createElement("p");
  made.className = "actions";
  for (const [words, address] of [["放进手机日历", at("noon/#subscribe")], [`打 ${hotline}`, `tel:${hotline}`]]) {
    const link = document.createElement("a");
    link.className = "go second";
    link.href = address;
    link.textContent = words;
    made.append(link, " ");
  }
  return made;
}

function remembered(link) {
  const { topic } = link.closest("[data-topic]").dataset;
  const { instead: way } = link.dataset;
  if ((recall(WAY) || {})[topic] === way) slot(link, "last", "small").textContent = "（上次用的）";
  link.addEventListener("click", () => remember(WAY, { ...(recall(WAY) || {}), [topic]: way }));
}
