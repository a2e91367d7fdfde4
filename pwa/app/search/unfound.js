/**
 * Telling the editors what was not found, so that the guide learns the word: offered when
 * the server takes it, sent only after a tap, and nothing but the words. No network, no offer.
 */

import { button, requested } from "../page/page.js";
import { holdsNumber } from "./personal.js";

const LONGEST = 60;

let open = null;

function isOpen() {
  open = open || requested("push/v1/unfound/open").then((answer) => answer.ok && answer.json()).then((told) => Boolean(told && told.open));
  return open.catch(() => {
    open = null;
    return false;
  });
}

/** Add the offer to `place`, unless there is reason not to, or it has been emptied meanwhile. */
export async function offerTelling(place, typed) {
  const text = typed.normalize("NFKC").trim();
  if (!text || text.length > LONGEST || holdsNumber(text) || !navigator.onLine) return;
  const told = document.createElement("span");
  place.append(told);
  if (!(await isOpen()) || !told.isConnected) return;
  told.setAttribute("role", "status");
  told.append(`要不要告诉编辑，让指南学会？只发“${text}”这几个字，不发别的。`, offer(text, told));
}

const offer = (text, told) => button("告诉编辑", () => send(text, told));

async function send(query, told) {
  told.textContent = "正在发…";
  try {
    const answer = await requested("push/v1/unfound", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ query }),
    });
    const { message } = answer.ok ? { message: "发出去了，谢谢。" } : await answer.json().catch(() => ({}));
    told.textContent = message || "没有发出去，过一会儿再试。";
    if (!message) told.append(offer(query, told));
  } catch {
    told.textContent = "没有发出去：网络不通。";
    told.append(offer(query, told));
  }
}
