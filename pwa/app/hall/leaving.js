/**
 * 我先走了: the own number given up. Asked once; told to the server with an id that is kept until it
 * has answered, so that what is sent again counts once.
 */

import { rightNow } from "../page/clock.js";
import { button, onReturn, refill, requested, say, slot } from "../page/page.js";
import { keep, noted } from "./own-ticket.js";
import { made } from "./marks.js";

/** 32 hex digits nobody else has. */
function eventId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {HTMLElement} root  gets the slot ticket-leave
 * @param {{ticket: string, key: string}} own
 * @param {string} path  of the number, below the site's root
 * @param {(answer: object) => void} put  takes what the server says of the number then
 * @returns {{shown: (whether: boolean) => void}}
 */
export function leaving(root, own, path, put) {
  const place = slot(root, "ticket-leave", "div");
  const note = made("p", "");
  note.setAttribute("role", "status");
  const go = button("我先走了", () => {
    go.hidden = true;
    sure.hidden = false;
    yes.focus();
  });
  const yes = button("让出去", () => {
    sure.hidden = true;
    id = id || eventId();
    keep({ ...own, leave: id }, rightNow());
    send();
  });
  const no = button("再等等", () => {
    sure.hidden = true;
    go.hidden = false;
    go.focus();
  });
  const sure = document.createElement("div");
  sure.hidden = true;
  sure.append(made("p", "", "把号让给后面的人？让出去以后不能要回来，要办得重新取号。"), yes, " ", no);
  refill(place, go, sure, note);
  say(note, "");
  place.hidden = true;
  const before = noted(own);
  /** Of the event, until the server has it. */
  let id = (before && before.leave) || null;
  let busy = false;
  const settled = () => {
    id = null;
    keep(own, rightNow());
  };

  const send = async () => {
    if (!id || busy) return;
    busy = true;
    say(note, "正在告诉大厅…");
    try {
      const answer = await requested(`${path}/leave`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ id }),
      });
      if (!answer.ok && answer.status < 500 && answer.status !== 429) {
        // Over, or unknown: the page says so by itself.
        settled();
        say(note, "没有让出去：这个号现在让不了。");
      } else if (answer.ok) {
        const told = await answer.json();
        settled();
        say(note, "");
        put(told);
      } else throw new Error(`leave: ${answer.status}`);
    } catch {
      say(note, "还没有告诉大厅：连上网络会自动再发，不用再点。");
    } finally {
      busy = false;
    }
  };
  onReturn(send);
  setInterval(send, 20000);
  send();
  return {
    shown(whether) {
      place.hidden = !whether && !id;
      if (id) go.hidden = sure.hidden = true;
      else if (sure.hidden) go.hidden = !whether;
    },
  };
}
