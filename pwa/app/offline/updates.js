/**
 * Stores the guide on the phone (registers sw.js), tells how far that is, and asks before
 * a new release replaces the open page. Without it the guide works while online.
 *
 * Slot: stored (one line). A prompt is added to the body: div.update[role=status] with a
 * button. The root gets data-stored="yes|no|failed|unsupported".
 */

import { correction } from "../page/clock.js";
import { at, button, keepStorage, onReturn, recall, refill, remember, ROOT, say, slot } from "../page/page.js";
import { asTimePasses, midnight } from "../page/passing.js";
import { ask, registered, takeUp, wantsRelease, workers } from "../page/worker.js";
import { resync } from "../reminders/subscription.js";
import { storing } from "./storing.js";
import { correct, read } from "./urgent.js";
import { CANNOT } from "./words.js";

const KEY = "guide-stored";
const CHECK_EVERY = 60000;
/** A page that lies open looks by itself: a correction may be urgent. */
const LOOK_EVERY = 5 * 60000;
const NOT_NOW = "现在没能把指南存到手机，联网时照常能用。";
/** So long without a report, an attempt to store may be over. */
const SILENCE = 20000;
/** So long what may come later waits for what the reader does first. */
const SOON = 3000;

export async function enhance(root) {
  const line = slot(root, "stored", "span");
  const tell = (state, text) => {
    root.dataset.stored = state;
    say(line, text);
  };
  if (!workers()) {
    tell("unsupported", CANNOT);
    return;
  }
  await loaded();
  let before;
  try {
    before = await registered();
  } catch {
    tell("unsupported", CANNOT);
    return;
  }
  if (!before && recall(KEY)) tell("no", "手机清理过存储，正在重新存下指南。");
  const told = storing(tell);
  let registration = before;
  const show = async () => {
    const status = await ask(registration.active, { type: "status" });
    remember(KEY, { id: status.id });
    read(status);
    told.stored(status, Date.now());
    if (!status.missing.length) setTimeout(() => registration.active.postMessage({ type: "complete" }), SOON);
  };
  listen(told, async () => {
    // Another window may have stored it, or the worker died without a word.
    const present = (await registered()) || registration;
    if (present && present.installing) return true;
    if (present && present.active) {
      registration = present;
      await show();
    } else told.ended(Date.now());
    return false;
  });
  registration = await register(before, tell);
  if (!registration) return;

  follow(registration, {
    stored: () => show().catch(() => {}),
    failed: () => told.ended(Date.now()),
  });
  // Firefox shows a page that opens during the first storing nothing of it but the reports.
  if (!registration.active) workers().ready.then(show).catch(() => {});
  keepAfterInstall();
  let checked = Date.now();
  const look = () => {
    if (Date.now() - checked < CHECK_EVERY) return;
    checked = Date.now();
    registration.update().catch(() => {});
  };
  onReturn(look);
  setInterval(() => document.hidden || look(), LOOK_EVERY);
  if (registration.active) await show().catch(() => {});
  asTimePasses((now) => {
    told.say(now);
    return midnight(now);
  });
  await resync(registration, Date.now() + (await correction())).catch(() => {});
}

/** Register the worker; the registration `before` when that fails, null when there is none. */
async function register(before, tell) {
  const late = setTimeout(() => before || tell("failed", NOT_NOW), SILENCE);
  try {
    // What sw.js imports is named after its content: a cache may answer for it.
    return await workers().register(at("sw.js"), { scope: ROOT.pathname, updateViaCache: "imports" });
  } catch (error) {
    const refused = error && ["SecurityError", "NotSupportedError"].includes(error.name);
    if (!before) tell(refused ? "unsupported" : "failed", refused ? CANNOT : NOT_NOW);
    return before;
  } finally {
    clearTimeout(late);
  }
}

/** After the page has loaded: storing must not slow down what the reader waits for. */
function loaded() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => addEventListener("load", resolve, { once: true }));
}

/**
 * Pass on what the workers report.
 * @param {() => Promise<boolean>} look  after a silence; tells whether somebody still stores
 */
function listen(told, look) {
  let timer = 0;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => look().then((going) => going && wait(), () => {}), SILENCE);
  };
  workers().addEventListener("message", ({ data }) => {
    if (data.type === "progress" || data.type === "install-failed") {
      clearTimeout(timer);
      if (told.hear(data, Date.now())) wait();
      else if (data.type === "install-failed") correct(null).catch(() => {});
    } else if (data.type === "missing") {
      told.lost(data.path, Date.now());
    } else if (data.type === "go") {
      // Within this page: a message that was tapped may be about another number.
      const [page, place] = data.url.split("#");
      if (place && page === location.href.split("#")[0]) location.hash = place;
    } else if (data.type === "switched-off") {
      remember(KEY, null);
      const box = document.querySelector("body > .update:not(.urgent)");
      if (box) box.remove();
      told.switchedOff(Date.now());
    }
  });
  // Older engines deliver without being asked to.
  if (workers().startMessages) workers().startMessages();
}

/** Follow the registration from installing to waiting, and ask before switching. */
function follow(registration, { stored, failed }) {
  let asked = wantsRelease();
  let switched = false;
  const take = ({ currentTarget: pressed }) => {
    asked = true;
    pressed.disabled = true;
    pressed.textContent = "正在换成新版……";
    takeUp(registration);
  };
  const offer = () => prompt("指南已更新，点这里换成新版", take);
  const watch = (worker) => {
    const update = Boolean(registration.active);
    let done = false;
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated" && asked) location.reload();
      else if (worker.state === "redundant") done || failed();
      else if (update && !switched) offer();
      else if (worker.state === "activated") stored();
      done = done || worker.state !== "redundant";
    });
  };
  if (registration.installing) watch(registration.installing);
  else if (!registration.waiting && !registration.active) failed();
  if (registration.waiting && registration.active) {
    watch(registration.waiting);
    offer();
  }
  registration.addEventListener("updatefound", () => registration.installing && watch(registration.installing));
  const controlled = Boolean(workers().controller);
  workers().addEventListener("controllerchange", () => {
    if (!controlled || asked) return;
    switched = true;
    prompt("指南已在另一个窗口换成新版，点这里刷新", () => location.reload());
  });
}

/** A quiet line, and a banner with what cannot wait. */
function prompt(text, act) {
  correct(act).catch(() => {});
  let box = document.querySelector("body > .update:not(.urgent)");
  if (!box) {
    box = document.createElement("div");
    box.className = "update";
    box.setAttribute("role", "status");
    document.body.append(box);
  }
  refill(box, button(text, act));
}

/** Ask the browser to keep the storage only of a guide that somebody installed. */
function keepAfterInstall() {
  addEventListener("appinstalled", keepStorage);
  if (matchMedia("(display-mode: standalone)").matches) keepStorage();
}
