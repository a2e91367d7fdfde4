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

/** A file of /api/v1/ as an object. Rejects when it cannot be had. */
export async function api(name) {
  const answer = await fetch(at(`api/v1/${name}.json`));
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

/** Keep `value` (null: forget it). False when the browser did not keep it. */
export function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
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
