/**
 * What the record of changes says of matters of which one keeps a list, since one last looked at them. Where the
 * browser has a badge for the guide on the home screen, it counts those matters until they are looked at.
 *
 * localStorage guide-seen: {matter: the newest entry of the record when it was looked at}
 */

import { local } from "../catalog/dates.js";
import { inOrder } from "../catalog/changes.js";
import { at, recall, remember } from "../page/page.js";
import { all } from "./record.js";

const KEY = "guide-seen";

/**
 * @returns {Promise<{newest: string, unseen: (matter: string) => string[]}|null>}  the newest entry of the record, and
 *   those that tell something new of a matter; null where that cannot be read
 */
export async function readChanges() {
  const answer = await fetch(at("api/v1/changed.json"));
  if (!answer.ok) return null;
  const { newest, matters } = await answer.json();
  return {
    newest: newest || "",
    unseen: (matter) => {
      const since = lastLook(matter);
      return (matters[matter] || []).filter((entry) => since && inOrder(entry) > since);
    },
  };
}

/**
 * What `entries` say of the matter: of the page of changes, which is long, so it is asked for only then.
 * @returns {Promise<string[]>}  none where it cannot be read: that page comes to the phone later than others
 */
export async function textsOf(matter, entries) {
  const answer = await fetch(at("changes/"));
  if (!answer.ok) return [];
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const lists = entries.map((entry) => page.querySelector(`details[id="${entry}"] ul[data-matter="${matter}"]`)).filter(Boolean);
  return lists.flatMap((list) => Array.from(list.children, (item) => item.textContent));
}

/** After which entry something is new: the last one that was seen, or all of the day on which the list was made. */
function lastLook(matter) {
  const seen = kept()[matter];
  if (seen) return inOrder(seen);
  const list = all().find(([id]) => id === matter);
  return list ? `${local(list[1].at).date}~` : "";
}

function kept() {
  const found = recall(KEY);
  return found && typeof found === "object" ? found : {};
}

/** The matter has been looked at; those of which there is no list any more are forgotten. */
export function look(matter, newest) {
  const lists = all().map(([id]) => id);
  const before = Object.entries(kept()).filter(([id]) => lists.includes(id));
  remember(KEY, { ...Object.fromEntries(before), ...(lists.includes(matter) ? { [matter]: newest } : {}) });
}

/** How many matters have changed, on the icon of the home screen. */
export function badge(count) {
  if (!navigator.setAppBadge) return;
  const done = count ? navigator.setAppBadge(count) : navigator.clearAppBadge();
  done.catch(() => {});
}

/** The matters with a list that have changed since. */
export const changed = ({ unseen }) => all().map(([matter]) => matter).filter((matter) => unseen(matter).length);
