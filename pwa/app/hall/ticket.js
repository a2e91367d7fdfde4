/**
 * 我的号, at ticket/#A023.<key>: how many are ahead, how long, which window; a sound when it is
 * near; giving it up. The key never reaches a server as part of the page's address. Without it
 * the page says what to do in the hall.
 *
 * Slots: ticket (all that is told), ticket-tools. The root gets data-tone.
 */

import { rightNow } from "../page/clock.js";
import { api, button, refill, say, slot } from "../page/page.js";
import { keepVisit, recallVisit } from "../page/visit.js";
import { awake, bell, staysAwake } from "./bell.js";
import { leaving } from "./leaving.js";
import { live } from "./live.js";
import { demoMark, made } from "./marks.js";
import { forget, keepToday, kept, keyOf, noted, pageOf, TICKET_KEPT, ticketOf } from "./own-ticket.js";
import { signName } from "./queue-words.js";
import { ticketWords, unknownWords } from "./ticket-words.js";

/** What the server says of a number that it does not know, or no longer. */
const UNKNOWN = ["ticket-unknown", "ticket-over"];
/** What makes a sound, and how often. */
const RINGS = { near: 1, called: 3, missed: 2 };
/** Which number this visit wants to be rung for. */
const RINGING = "guide-ringing";
const EVERY = 10000;
const LONGEST = 30000;

export async function enhance(root) {
  // Another code scanned into the same page.
  addEventListener("hashchange", () => /^#[A-Z0-9]/i.test(location.hash) && location.reload());
  const told = keyOf(location.hash, rightNow());
  // The address as it is handed on, and as the page is found again.
  if (told) history.replaceState(null, "", pageOf(told));
  const own = ticketOf(location.hash);
  if (!own) {
    offer(root);
    return;
  }
  const centre = await api("centre");
  const same = Boolean(noted(own));
  if (!same) forget();
  const place = slot(root, "ticket", "div");
  const name = document.title;
  const tell = speaker(place, own);
  const sound = ringer(slot(root, "ticket-tools", "div"), own.ticket);
  const path = `push/v1/tickets/${own.ticket}/${own.key}`;
  let last = null;
  let unkept = !same;

  const show = ({ answer, code, failing }, now) => {
    if (UNKNOWN.includes(code)) {
      forget();
      unkept = true;
      root.dataset.tone = "unknown";
      tell({ ...unknownWords(code), age: "" }, null);
      document.title = name;
      sound.shown(false);
      leave.shown(false);
      return;
    }
    if (!answer) {
      if (failing) tell({ head: "现在连不上排队数据", lines: ["看大厅的大屏，听窗口叫号。连上以后这里自动更新。"], age: "" }, null);
      return;
    }
    if (unkept) {
      unkept = false;
      keepToday(own);
    }
    const kind = centre.counter_kinds.find(({ id }) => id === answer.kind);
    const told = ticketWords(answer, kind ? signName(kind) : "窗口", now, failing);
    root.dataset.tone = told.tone;
    tell(told, answer);
    document.title = `${told.title} · ${name}`;
    const turn = `${told.tone} ${answer.window} ${answer.called_at}`;
    if (last !== null && last !== turn && RINGS[told.tone]) sound.ring(RINGS[told.tone]);
    last = turn;
    sound.shown(told.tone !== "over");
    leave.shown(told.mayLeave);
    // Who reminds of it (reminders/ticket-reminder.js) need not ask as well.
    root.dispatchEvent(new CustomEvent("ticket", { detail: { waits: told.mayLeave } }));
  };

  let following = null;
  const leave = leaving(root, own, path, (answer) => following.put(answer));
  following = live(path, show, { kept: TICKET_KEPT, every: EVERY, longest: LONGEST, insist: true });
  await following.first;
}

/** Without a number: the one of today, if there is one. */
function offer(root) {
  const own = kept(rightNow());
  if (!own) return;
  const place = slot(root, "ticket", "div");
  const link = made("a", "go", `看我的号 ${own.ticket}`);
  link.href = pageOf(own);
  refill(place, link);
}

/** Writes what is told, and only what has changed. */
function speaker(place, { ticket }) {
  let said = "";
  place.setAttribute("aria-live", "polite");
  return (told, answer) => {
    const key = JSON.stringify([told.head, told.lines, Boolean(answer && answer.demo)]);
    const age = place.querySelector(".age");
    if (key === said) {
      if (age) say(age, told.age);
      return;
    }
    said = key;
    const number = made("p", "number", ticket);
    const written = made("p", "age quiet", told.age);
    // The minutes that pass are not read out.
    written.setAttribute("aria-live", "off");
    refill(place, ...demoMark(answer), number, made("p", "ahead", told.head), ...told.lines.map((line) => made("p", "", line)), written);
  };
}

/** The button by which one asks for a sound. */
function ringer(place, ticket) {
  const keeps = staysAwake();
  const words = keeps ? "快到时响铃，屏幕不熄" : "快到时响铃";
  let running = null;
  let sleep = () => {};
  const note = made("p", "quiet");
  note.setAttribute("role", "status");
  const toggle = button(words, () => {
    if (running) {
      running.stop();
      sleep();
      running = null;
      say(note, "");
    } else {
      running = bell();
      if (running) {
        running.ring(1);
        sleep = keeps ? awake() : sleep;
      }
      say(note, running ? `刚才响的就是。这一页要开着${keeps ? "" : "，屏幕别熄"}才会响；听不见就把音量调大。` : "这个浏览器响不了，请看着屏幕。");
    }
    keepVisit(RINGING, running && ticket);
    toggle.setAttribute("aria-pressed", String(Boolean(running)));
  });
  toggle.setAttribute("aria-pressed", "false");
  place.prepend(toggle, note);
  // A phone short of memory loads a page anew, and no browser lets it ring by itself then.
  say(note, recallVisit(RINGING) === ticket ? "这一页重新打开过，铃停了；要响再点一次。" : "");
  toggle.hidden = true;
  return {
    ring: (times) => running && running.ring(times),
    shown(whether) {
      toggle.hidden = !whether;
      if (whether) return;
      if (running) toggle.click();
      keepVisit(RINGING, null);
      say(note, "");
    },
  };
}
