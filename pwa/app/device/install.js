/**
 * Offers to put the guide on the home screen, once somebody has used it. Where nothing can be installed, and
 * where it was refused, nothing is offered. The root lies at the end of every page; the offer comes behind it,
 * where nothing moves.
 *
 * localStorage guide-install: {first: the day of the first visit, refused: somebody did not want it}
 */

import { local } from "../catalog/dates.js";
import { recall, remember } from "../page/page.js";
import { all } from "../papers/record.js";
import { used, wayToInstall } from "./installing.js";

const KEY = "guide-install";

/** Whether the page was opened from the home screen. */
export const isStandalone = () => navigator.standalone === true || matchMedia("(display-mode: standalone)").matches;

export function enhance(root) {
  const today = local(Date.now()).date;
  const found = recall(KEY);
  const kept = found && typeof found === "object" ? found : {};
  if (!kept.first) {
    kept.first = today;
    remember(KEY, kept);
  }
  let card = null;
  const away = () => {
    kept.refused = true;
    if (card) card.remove();
  };
  const look = async () => {
    const way = wayToInstall({
      standalone: isStandalone(),
      prompt: Boolean(window.guideInstall),
      agent: navigator.userAgent,
      touch: navigator.maxTouchPoints,
      used: used(all().length, kept.first, today),
      refused: Boolean(kept.refused),
    });
    if (!way || card) return;
    card = document.createElement("section");
    const { offer } = await import("./steps.js");
    offer(card, way, () => {
      away();
      remember(KEY, kept);
    });
    root.after(card);
  };
  // main.js has kept the event.
  addEventListener("beforeinstallprompt", () => look().catch(() => {}));
  addEventListener("appinstalled", away);
  document.addEventListener("change", () => look().catch(() => {}));
  look().catch(() => {});
}
