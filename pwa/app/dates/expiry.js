/**
 * 到期日 entered once: between which days one can renew, into the phone's calendar, a reminder.
 * Without it the page tells the rule and nothing else.
 *
 * The root carries data-matter, data-document, data-closes ("30 days") and, where the law names a first
 * day, data-opens; data-sure is the mark of the rule where no article was read; data-remind where there are reminders. What it shows is added to it.
 */

import { local } from "../catalog/dates.js";
import { pastEnd, state } from "../catalog/hours.js";
import { api, at, button, HOTLINE, refusal, say, slot } from "../page/page.js";
import { asTimePasses, midnight } from "../page/passing.js";
import { events, ics } from "./ics.js";
import { forget, load, save } from "./kept.js";
import { EARLIEST, expiryWords, LATEST, typedDate } from "./words.js";

const TYPE = "text/calendar";
/** Until then the browser has read the file, in milliseconds. */
const READ = 60000;

export async function enhance(root) {
  const { matter, document: name } = root.dataset;
  const rule = { opens: before(root.dataset.opens), closes: before(root.dataset.closes) };
  const [calendar, centre] = await Promise.all([api("calendar"), api("centre")]);
  const box = document.createElement("div");
  box.className = "due expiry";
  const label = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type: "date", min: EARLIEST, max: LATEST });
  label.append("证上的有效期到哪天？ ", input);
  box.append(label);
  root.append(box);
  const told = slot(box, "expiry", "div");
  told.setAttribute("role", "status");
  const [span, advice, note] = ["span", "advice", "note"].map((which) => slot(told, `expiry-${which}`));
  const actions = document.createElement("p");
  actions.className = "actions";
  const done = slot(box, "expiry-done");
  done.setAttribute("role", "status");

  let now = Date.now();
  let words = null;
  const onDate = () => typedDate(input.value);
  const add = button("加到手机日历", () => {
    const days = events(words.window, {
      matter, name, sure: root.dataset.sure || "", onDate: onDate(), today: local(now).date, calendarId: centre.calendar_id, page: at(`matters/${matter}/`),
    });
    say(done, handOut(ics(days, stamp(now)), `${name}到期.ics`));
  });
  const remind = document.createElement("a");
  remind.className = "go";
  remind.textContent = "到时候提醒我";
  const gone = button("不记了", () => {
    forget(matter);
    input.value = "";
    say(done, "");
    show();
    input.focus();
  });
  if ("remind" in root.dataset) actions.append(remind, " ");
  actions.append(add, " ", gone);
  done.before(actions);

  const show = () => {
    const date = onDate();
    const today = local(now).date;
    words = date ? expiryWords(calendar, rule, name, date, today, HOTLINE, pastEnd(calendar, now) === null) : null;
    root.dataset.expiry = words ? words.state : "none";
    say(span, words ? words.span : "");
    const unclear = input.value ? "看不出是哪天，写成 2027-03-01 这样。" : "填一次就记在这台手机上；开通提醒才会发出去。";
    say(advice, words ? words.advice : unclear);
    say(note, words ? words.note : "");
    actions.hidden = !words;
    add.hidden = !words || words.state === "over";
    remind.hidden = !words || !["early", "open"].includes(words.state);
    // The date goes along: a browser that keeps nothing would have lost it on the next page.
    remind.href = at(`reminders/#renewal:${matter}:${date}`);
  };
  input.addEventListener("input", () => {
    const date = onDate();
    say(done, "");
    if (date && !save(matter, name, rule, date)) say(done, `${refusal("到期日")}，下次要再填。`);
    if (!input.value) forget(matter);
    show();
  });
  const fill = () => {
    const record = load(matter);
    if (record && document.activeElement !== input) input.value = record.wish.on_date;
    // The rule may have changed since.
    if (record) save(matter, name, rule, record.wish.on_date);
  };
  fill();
  addEventListener("storage", () => {
    fill();
    show();
  });
  await asTimePasses((moment) => {
    now = moment;
    show();
    const { until } = state(calendar, now);
    return until === null ? midnight(now) : Math.min(until, midnight(now));
  });
}

/** "30 days" as {value, unit}; null for nothing. */
function before(text) {
  if (!text) return null;
  const [value, unit] = text.split(" ");
  return { value: Number(value), unit };
}

const stamp = (now) => new Date(now).toISOString().replace(/[-:]|\.\d+/g, "");

/** Give the reader a file; what to tell about it. */
function handOut(text, name) {
  if (/MicroMessenger/.test(navigator.userAgent)) {
    return "微信里存不了日历文件。点右上角的“···”，选“在浏览器打开”，再点“加到手机日历”。";
  }
  try {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: TYPE }));
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), READ);
    return "存成了日历文件：打开它，选“添加”。手机到时候会响。没看到文件，就用手机自带的浏览器打开再点。";
  } catch {
    return "这个浏览器存不了日历文件，请用手机日历自己记一下。";
  }
}
