/**
 * Telling the editors what was not found, so that the guide learns the word: offered when
 * the server takes it, sent only after a tap, and nothing but the words. No network, no offer.
 */

import { at, button } from "../page/page.js";
import { holdsNumber } from "./personal.js";

const LONGEST = 60;

let open = null;

function isOpen() {
  open = open || fetch(at("push/v1/unfound/open")).then((answer) => answer.ok && answer.json()).then((told) => Boolean(told && told.open));
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
  told.append(`要不要告诉编辑，让指南学会？只发“${text}”这几个字，不发别的。`, button("告诉编辑", () => send(text, told)));
}

async function send(query, told) {
  told.textContent = "正在发…";
  try {
    const answer = await fetch(at("push/v1/unfound"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ query }),
    });
    told.textContent = answer.ok ? "发出去了，谢谢。" : (await answer.json()).message;
  } catch {
    told.textContent = "没有发出去：网络不通。";
  }
}
