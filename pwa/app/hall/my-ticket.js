/**
 * 我的号 on the page 排队: the way to the number that this phone has looked at today. Without it
 * the page says how to get there.
 *
 * Slot: my-ticket.
 */

import { say, slot } from "../page/page.js";
import { asTimePasses, midnight } from "../page/passing.js";
import { kept, pageOf } from "./own-ticket.js";

export function enhance(root) {
  const place = slot(root, "my-ticket");
  asTimePasses((now) => {
    const own = kept(now);
    say(place, own ? `我的号 ${own.ticket}` : "");
    if (own) {
      const link = document.createElement("a");
      link.className = "go";
      link.href = pageOf(own);
      link.textContent = `看我的号 ${own.ticket}`;
      place.textContent = "";
      place.append(link);
    }
    return midnight(now);
  });
}
