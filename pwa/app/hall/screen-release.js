/** A page that lies open for days takes up a new release of the guide by itself. */

import { MINUTE } from "../catalog/dates.js";
import { at, ROOT } from "../page/page.js";
import { release } from "../page/release.js";
import { registered, takeUp, workers } from "../page/worker.js";

const EVERY = 10 * MINUTE;

/** @param {() => boolean} calm  whether the page may be loaded anew just now */
export async function followReleases(calm) {
  const mine = await release();
  // Should the screen start without network, the guide on it shows the page all the same.
  if (workers()) workers().register(at("sw.js"), { scope: ROOT.pathname, updateViaCache: "imports" }).catch(() => {});
  setInterval(() => look(mine, calm).catch(() => {}), EVERY);
}

async function look(mine, calm) {
  const theirs = await published();
  if (!theirs || theirs === mine || !calm()) return;
  const registration = workers() && (await registered());
  if (!registration || !workers().controller) {
    location.reload();
    return;
  }
  await registration.update();
  // Stored in the meantime or not: if not, the next look finds it waiting.
  if (registration.waiting) takeUp(registration);
}

/** The id of the release on the server; it stands at the beginning of a file that lists every other. */
async function published() {
  const answer = await fetch(at("api/v1/release.json"), { cache: "no-cache" });
  const found = answer.ok && /"id":\s*"([0-9a-f]{16})"/.exec(await answer.text());
  return found && found[1];
}
