/** What is remembered for this visit: as long as the window is open (sessionStorage). */

/** What the browser did not keep: as long as the page is open. */
const unkept = new Map();

/** What was kept under `key`; null when there is nothing, or it is damaged. */
export function recallVisit(key) {
  if (unkept.has(key)) return unkept.get(key);
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

export function keepVisit(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
    unkept.delete(key);
  } catch {
    unkept.set(key, value);
  }
}
