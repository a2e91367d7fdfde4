/** The box that answers 现在去来得及吗: how long is the way, and what follows. */

import { recall, remember, say } from "../page/page.js";
import { WAYS } from "./coming-words.js";
import { DEMO } from "./queue-words.js";
import { made } from "./marks.js";

const KEY = "guide-way";

/**
 * @param {HTMLElement} place  a paragraph is made in it for each part
 * @param {() => void} changed  called when another way is chosen
 */
export function comingBox(place, changed) {
  const asked = made("span", "quiet", "现在去来得及吗 ");
  const demo = made("mark", "demo", DEMO);
  const head = made("b", "verdict");
  const text = document.createElement("span");
  const label = made("label", "way", "路上要多久");
  const select = document.createElement("select");
  for (const [minutes, words] of WAYS) select.add(new Option(words, String(minutes)));
  label.append(" ", select);
  const known = WAYS.some(([minutes]) => minutes === recall(KEY));
  select.value = String(known ? recall(KEY) : 0);
  select.addEventListener("change", () => {
    remember(KEY, Number(select.value));
    changed();
  });
  place.append(asked, demo, head, text, label);
  return {
    /** Minutes, one of WAYS. */
    way: () => Number(select.value),
    /**
     * @param {import("./coming-words.js").Coming|null} coming
     * @param {string} otherwise  what is said where nothing is known of coming
     */
    show(coming, otherwise, answer) {
      demo.hidden = !coming || !answer.demo;
      asked.hidden = label.hidden = !coming;
      place.classList.toggle("told-hours", !coming);
      say(head, coming ? coming.head : "");
      if (coming) head.dataset.verdict = String(coming.verdict);
      say(text, coming ? coming.reason : otherwise);
    },
  };
}
