/** When nothing rings: quiet hours, and a pause. */

import { DAY, local, moment } from "../catalog/dates.js";
import { rightNow } from "../page/clock.js";
import { button, say } from "../page/page.js";
import { NO_REST } from "./wishes.js";
import { pauseWords } from "./words.js";

const PRESET = { from: "22:00", to: "07:00" };
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * Controls put into `section`, before its first paragraph.
 * @param {(rest: import("./wishes.js").Rest) => void} changed
 * @returns {{show: (rest: import("./wishes.js").Rest, now: number) => void, able: (why: string) => void}}
 */
export function resting(section, changed) {
  let rest = NO_REST;
  const set = document.createElement("fieldset");
  set.setAttribute("aria-label", "什么时候不响");
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  label.append(box, "夜里不响");
  const [from, to] = [clock("从", PRESET.from), clock("到", PRESET.to)];
  const hours = document.createElement("div");
  hours.append(label, " ", from.label, " ", to.label);
  const told = document.createElement("p");
  const until = document.createElement("input");
  until.type = "date";
  const day = document.createElement("label");
  day.className = "beside";
  day.append("暂停到 ", until);
  const pause = (date) => changed({ ...rest, paused_until: date && new Date(moment(date)).toISOString() });
  const ahead = (days) => local(rightNow() + days * DAY).date;
  const goOn = button("现在恢复", () => pause(null));
  const buttons = document.createElement("p");
  buttons.className = "actions";
  buttons.append(button("暂停到明天", () => pause(ahead(1))), button("暂停一周", () => pause(ahead(7))), day, goOn);
  const reason = document.createElement("small");
  set.append(hours, told, buttons, reason);
  section.querySelector("p").before(set);
  const told24 = () => {
    const quiet = { from: from.input.value, to: to.input.value };
    const sound = CLOCK.test(quiet.from) && CLOCK.test(quiet.to) && quiet.from !== quiet.to;
    say(reason, box.checked && !sound ? "两个时间写成 22:00 这样，不能一样。" : "");
    if (sound || !box.checked) changed({ ...rest, quiet: box.checked ? quiet : null });
  };
  for (const input of [box, from.input, to.input]) input.addEventListener("change", told24);
  until.addEventListener("change", () => {
    const date = until.value;
    if (/^\d{4}-\d\d-\d\d$/.test(date) && date > local(rightNow()).date) pause(date);
    else say(reason, "选明天以后的一天，写成 2026-12-01 这样。");
  });
  return {
    show(value, now) {
      rest = value || NO_REST;
      box.checked = Boolean(rest.quiet);
      if (rest.quiet) {
        from.input.value = rest.quiet.from;
        to.input.value = rest.quiet.to;
      }
      const paused = rest.paused_until && Date.parse(rest.paused_until) > now;
      say(told, paused ? pauseWords(rest.paused_until) : "");
      goOn.hidden = !paused;
    },
    able(why) {
      set.disabled = Boolean(why);
      say(reason, why);
    },
  };
}

function clock(words, preset) {
  const label = document.createElement("label");
  label.className = "beside";
  const input = document.createElement("input");
  input.type = "time";
  input.value = preset;
  label.append(`${words} `, input);
  return { label, input };
}
