/** What every module needs from the page: where the site's root is, slots, stored JSON. */

/** The site's root as an absolute URL, from `<html data-root="../../">`. */
export const ROOT = new URL(document.documentElement.dataset.root || "./", location.href);

/** `path`, relative to the site's root, as an absolute URL. */
export const at = (path) => new URL(path, ROOT).href;

const told = (name) => {
  const found = document.querySelector(`meta[name="guide-${name}"]`);
  return found ? found.content : "";
};

/** The number to ring for questions, as the page gives it. */
export const HOTLINE = told("hotline");

/** Where papers are looked at before one draws a number; empty where nobody does. */
export const PRE_CHECK = told("pre-check");

/** What one may type into the search box, for example. */
export const EXAMPLES = told("examples");

/** A line on which an answer takes longer brings none (ms). */
const ANSWERS = 20000;

/** `fetch` of `path`, for something small that somebody waits for: given up where it does not come in time. */
export function requested(path, options) {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), ANSWERS);
  return fetch(at(path), { ...options, signal: stop.signal });
}

/** A file of /api/v1/ as an object. Rejects when it cannot be had. */
export async function api(name) {
  // One that has begun to come may be long, on a slow line.
  const answer = await within(ANSWERS, fetch(at(`api/v1/${name}.json`)));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

/**
 * The element `[data-slot="name"]` inside `root`; made at the end of `root` when the page
 * has none, as a `tag`.
 */
export function slot(root, name, tag = "p") {
  const found = root.querySelector(`[data-slot="${name}"]`);
  if (found) return found;
  const made = root.ownerDocument.createElement(tag);
  made.dataset.slot = name;
  root.append(made);
  return made;
}

/** Write `text` into a slot; an empty text hides it. Unchanged text is not read out again. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}

/** Put `nodes` into an element in place of what it holds: `replaceChildren` of newer browsers. */
export function refill(element, ...nodes) {
  element.textContent = "";
  element.append(...nodes);
}

/** A button that runs `act` when pressed. */
export function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

/**
 * What localStorage holds under `key`, as an object; null when there is nothing, when it
 * is damaged, or when the browser keeps no storage (private mode, WeChat settings).
 */
export function recall(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

let refused = null;

/** Keep `value` (null: forget it). False when the browser did not keep it; `refusal` tells why. */
export function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch (error) {
    refused = error;
    return false;
  }
}

/** Whether an error says that the phone has no room left. */
export const isFull = (error) => /quota|no_device_space/i.test(String(error && error.name));

/** Why `remember` has not kept `what` the last time, in words. */
export const refusal = (what) => (isFull(refused) ? `手机存储空间不够，${what}没有存下` : `这个浏览器存不下${what}`);

/** `promise`, or a rejection after `patience` milliseconds: some browsers never answer. */
export function within(patience, promise) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException(`no answer in ${patience} ms`, "TimeoutError")), patience);
    const settle = (act) => (value) => {
      clearTimeout(timer);
      act(value);
    };
    promise.then(settle(resolve), settle(reject));
  });
}

/** Ask the browser not to throw away what is kept when room gets scarce. It may refuse. */
export async function keepStorage() {
  try {
    await navigator.storage.persist();
  } catch {
    // Then it is kept as long as there is room.
  }
}

/** So long something of the browser's own may take to come up (ms). */
const COMES = 2000;

/** Print the page. Browsers within apps cannot, and few of them say so: then `tell` gets what to do instead. */
export function printPage(tell) {
  const slow = setTimeout(() => tell("没有弹出打印的话，用手机自带的浏览器打开再打印。"), COMES);
  const came = () => {
    clearTimeout(slow);
    tell("");
  };
  addEventListener("beforeprint", came, { once: true });
  try {
    window.print();
  } catch {
    came();
    tell("这个浏览器不能打印，用手机自带的浏览器打开再打印。");
  }
}

/** Call `act` whenever the page comes back to the eye: tab shown, page restored, online. */
export function onReturn(act) {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") act();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) act();
  });
  addEventListener("online", act);
}
