/**
 * Marks today in the noon calendar. Cells carry data-date="YYYY-MM-DD"; without this
 * module they are complete but for the mark.
 */

import { correction } from "./clock.js";
import { local } from "./hours.js";
import { onReturn } from "./page.js";

export async function enhance(root) {
  let ahead = 0;
  const show = () => {
    const today = local(Date.now() + ahead).date;
    for (const cell of root.querySelectorAll("[data-date]")) {
      if (cell.dataset.date === today) cell.setAttribute("aria-current", "date");
      else cell.removeAttribute("aria-current");
    }
  };
  onReturn(show);
  show();
  ahead = await correction();
  show();
}
