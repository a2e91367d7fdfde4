/**
 * The screen in the hall: called numbers, those that follow, windows, how long one waits, noon,
 * the time. It lies open for days: every element is made once and written anew, nothing is added.
 *
 * The root holds the elements: [data-call="0…3"] with two slots (ticket, where), [data-kind] with
 * slots (count, wait, following, next, windows), slots time, date, demo, notice, notice-text, broken, noon, hours,
 * and a button for the voice. The root gets data-broken="yes|no" and data-notice="yes|no".
 */

import { state } from "../catalog/hours.js";
import { api, say } from "../page/page.js";
import { asTimePasses } from "../page/passing.js";
import { local, MINUTE } from "../catalog/dates.js";
import { openHours, follow } from "./announced.js";
import { awake } from "./bell.js";
import { live, QUEUE, QUEUE_KEPT } from "./live.js";
import { standing } from "./notice-words.js";
import { openingWords } from "./opening-words.js";
import { DEMO } from "./queue-words.js";
import { followReleases } from "./screen-release.js";
import { brokenWords, calls, dateWords, kindWords, LARGE, noonWords } from "./screen-words.js";
import { voice } from "./voice.js";

const EVERY = 5000;
const LONGEST = 8000;
/** With several announcements, each stands so long. */
const TURN = 30000;

export async function enhance(root) {
  const [hours, centre] = await Promise.all([openHours({ insist: true }), api("centre")]);
  const places = {};
  for (const element of root.querySelectorAll("[data-slot]")) places[key(element)] = element;
  const voiced = voiceSwitch(root.querySelector("button"));
  const write = (name, text) => places[name] && say(places[name], text);

  const show = ({ answer }, now) => {
    const calendar = hours.calendar();
    const current = state(calendar, now);
    const today = answer && answer.day && answer.day !== local(now).date ? null : answer;
    const called = today ? calls(today, centre, now) : [];
    for (let place = 0; place < LARGE; place += 1) {
      write(`${place} ticket`, called[place] ? called[place].ticket : "");
      write(`${place} where`, called[place] ? called[place].where : "");
    }
    const kinds = today ? kindWords(today, centre, now) : [];
    for (const { id } of centre.counter_kinds) {
      const words = kinds.find(({ kind }) => kind === id) || {};
      write(`${id} following`, words.next ? "下面叫" : "");
      for (const name of ["count", "wait", "next", "windows"]) write(`${id} ${name}`, words[name] || "");
    }
    const broken = brokenWords(answer, centre, now, current.closes !== null);
    root.dataset.broken = broken ? "yes" : "no";
    write("broken", broken);
    write("demo", today && today.demo ? DEMO : "");
    write("noon", noonWords(current, centre, now));
    const opening = openingWords(current, centre, calendar, now);
    write("hours", current.closes === null ? [opening.headline, opening.detail].filter(Boolean).join("，") : "");
    voiced.hear(called.filter(({ where }) => where), now);
  };

  follow(({ answer }, now) => {
    const open = standing(answer, now);
    const one = open[Math.floor(now / TURN) % (open.length || 1)];
    root.dataset.notice = one ? "yes" : "no";
    write("notice", one ? one.title : "");
    write("notice-text", one ? one.body : "");
  });
  asTimePasses((now) => {
    write("time", local(now).time);
    write("date", dateWords(now));
    return (Math.floor(now / MINUTE) + 1) * MINUTE;
  });
  awake();
  followReleases(() => !voiced.busy());
  await live(QUEUE, show, { kept: QUEUE_KEPT, every: EVERY, longest: LONGEST, insist: true }).first;
}

/** "2 ticket" within the place of a call, "acceptance count" within a kind, else the name alone. */
function key(element) {
  const around = element.closest("[data-call], [data-kind]");
  const name = element.dataset.slot;
  return around ? `${around.dataset.call || around.dataset.kind} ${name}` : name;
}

function voiceSwitch(toggle) {
  const show = () => {
    const words = spoken.blocked ? "点一下才响" : "开";
    toggle.textContent = `语音叫号：${spoken.on ? words : "关"}`;
    toggle.setAttribute("aria-pressed", String(spoken.on && !spoken.blocked));
  };
  const spoken = voice(() => show());
  toggle.hidden = !spoken.can;
  toggle.addEventListener("click", () => {
    spoken.turn(spoken.blocked || !spoken.on);
    show();
  });
  show();
  return spoken;
}
