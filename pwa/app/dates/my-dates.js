/**
 * The documents whose dates were entered, the next to run out first, at most three. The root is an
 * empty [hidden] section that carries aria-label; without this module, and without a date, it stays so.
 */

import { local } from "../catalog/dates.js";
import { api, at, refill } from "../page/page.js";
import { asTimePasses, midnight } from "../page/passing.js";
import { all } from "./kept.js";
import { lineWords } from "./words.js";

const MOST = 3;

export async function enhance(root) {
  if (!all(local(Date.now()).date).length) return;
  const calendar = await api("calendar");
  await asTimePasses((now) => {
    const today = local(now).date;
    const lines = all(today).slice(0, MOST).map(([matter, record]) => line(calendar, matter, record, today));
    refill(root, ...lines);
    root.hidden = !lines.length;
    return midnight(now);
  });
}

function line(calendar, matter, { wish, name, opens, closes }, today) {
  const made = document.createElement("p");
  const link = document.createElement("a");
  link.href = at(`matters/${encodeURIComponent(matter)}/#expiry`);
  link.textContent = `${lineWords(calendar, { opens, closes }, name, wish.on_date, today)} ›`;
  made.append(link);
  return made;
}
