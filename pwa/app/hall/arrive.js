/**
 * 现在去来得及吗, for one matter: what is open, how many wait, and whether one who sets out now
 * is done today. Without it the page tells the hours.
 *
 * The root carries data-noon="done|accepted|no|unknown": whether the matter is completed,
 * accepted, or not handled over noon; data-spot when it is decided on the spot. Its first dd
 * starts with the name of the counter, if that is known. Which matter it is stands at its list
 * of papers, data-matter.
 */

import { MINUTE } from "../catalog/dates.js";
import { state } from "../catalog/hours.js";
import { api, say } from "../page/page.js";
import { asTimePasses } from "../page/passing.js";
import { openHours } from "./announced.js";
import { arriveWords } from "./arrive-words.js";
import { notices } from "./banner.js";
import { comingBox } from "./coming.js";
import { comingWords } from "./coming-words.js";
import { live, QUEUE, QUEUE_KEPT } from "./live.js";
import { made } from "./marks.js";
import { queueOf } from "./queue-words.js";

export async function enhance(root) {
  const place = document.createElement("div");
  place.className = "arrive";
  place.dataset.slot = "arrive";
  root.querySelector("dl").before(place);
  const [hours, centre] = await Promise.all([openHours(), api("centre")]).catch((error) => {
    place.remove();
    throw error;
  });
  const listed = document.querySelector("[data-matter]");
  const matter = { id: listed && listed.dataset.matter, noon: root.dataset.noon, spot: "spot" in root.dataset };
  const counter = root.querySelector("dd").textContent;
  const kind = centre.counter_kinds.find(({ name, queue }) => queue && counter.startsWith(name));
  let again = () => {};
  const box = comingBox(place, () => again());
  const age = made("p", "quiet");
  place.append(age);
  const said = document.createElement("div");
  place.before(said);
  notices(said, true);
  const show = (answer, now) => {
    again = () => show(answer, now);
    const calendar = hours.calendar();
    const reports = answer ? answer.counters : [];
    const report = kind && reports.find((item) => item.kind === kind.id);
    const coming = report ? comingWords({ now, way: box.way(), counter: report, answer, matter, calendar, centre }) : null;
    const otherwise = arriveWords(state(calendar, now), matter, centre, calendar, now, queueOf(reports, kind, now));
    box.show(coming, otherwise, answer);
    say(age, hours.asOf(now));
  };
  if (kind) {
    await live(QUEUE, ({ answer }, now) => show(answer, now), { kept: QUEUE_KEPT }).first;
  } else {
    await asTimePasses((now) => {
      show(null, now);
      return now + MINUTE;
    });
  }
}
