/**
 * Stores the guide on the phone (registers sw.js), tells how far that is, and asks before
 * a new release replaces the open page. Without it the guide works while online.
 *
 * Slot: stored (one line). A prompt is added to the body: div.update[role=status] with a
 * button. The root gets data-stored="yes|no|failed|unsupported".
 */

import { at, button, onReturn, recall, refill, remember, ROOT, say, slot } from "./page.js";
import { resync } from "./subscription.js";
import { ask, failureWords, storedWords } from "./worker.js";

const KEY = "guide-stored";
const CHECK_EVERY = 60000;

export async function enhance(root) {
  const line = slot(root, "stored", "span");
  const tell = (state, text) => {
    root.dataset.stored = state;
    say(line, text);
  };
  if (!("serviceWorker" in navigator)) {
    tell("unsupported", "这个浏览器不能离线存指南，联网时照常能用。");
    return;
  }
  await loaded();
  const before = await navigator.serviceWorker.getRegistration(ROOT.href);
  if (!before && recall(KEY)) tell("no", "手机清理过存储，正在重新存下指南。");
  const failed = listen(root, tell);
  let registration;
  try {
    registration = await navigator.serviceWorker.register(at("sw.js"), { scope: ROOT.pathname, updateViaCache: "none" });
  } catch {
    if (!before) tell("failed", "现在没能把指南存到手机，联网时照常能用。");
    registration = before;
    if (!registration) return;
  }

  const show = async () => {
    const status = await ask(registration.active, { type: "status" });
    remember(KEY, { id: status.id });
    tell(status.missing.length ? "no" : "yes", storedWords(status, Date.now()));
  };
  follow(registration, {
    stored: () => show().catch(() => {}),
    // What was stored before stays good; only a first time that failed is worth a word.
    failed: (update) => update || tell("failed", failureWords(failed())),
  });
  // Firefox shows a page that opens during the first storing nothing of it but the reports.
  if (!registration.active) navigator.serviceWorker.ready.then(show).catch(() => {});
  keepAfterInstall();
  let checked = Date.now();
  onReturn(() => {
    if (Date.now() - checked < CHECK_EVERY) return;
    checked = Date.now();
    registration.update().catch(() => {});
  });
  if (registration.active) await show().catch(() => {});
  await resync(registration, Date.now()).catch(() => {});
}

/** After the page has loaded: storing must not slow down what the reader waits for. */
function loaded() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => addEventListener("load", resolve, { once: true }));
}

/** What the workers report. Returns a function that tells why the last storing failed. */
function listen(root, tell) {
  let reason = "network";
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.type === "progress" && root.dataset.stored !== "yes") {
      tell("no", `正在把指南存到手机 ${data.done}/${data.total}`);
    } else if (data.type === "install-failed") {
      reason = data.reason;
    } else if (data.type === "missing") {
      tell("no", storedWords({ missing: [data.path] }, 0));
    } else if (data.type === "switched-off") {
      remember(KEY, null);
      const box = document.querySelector("body > .update");
      if (box) box.remove();
      tell("no", "离线存储已停用，联网时照常能用。");
    }
  });
  navigator.serviceWorker.startMessages();
  return () => reason;
}

/** Follow the registration from installing to waiting, and ask before switching. */
function follow(registration, { stored, failed }) {
  let asked = false;
  let switched = false;
  const offer = () => {
    prompt("指南已更新，点这里换成新版", () => {
      asked = true;
      // Where no page is served by the old worker, or another window was quicker, the
      // new one is at work already.
      if (registration.waiting) registration.waiting.postMessage({ type: "skip-waiting" });
      else location.reload();
    });
  };
  const watch = (worker) => {
    const update = Boolean(registration.active);
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated" && asked) location.reload();
      else if (worker.state === "redundant") failed(update);
      else if (update && !switched) offer();
      else if (worker.state === "activated") stored();
    });
  };
  if (registration.installing) watch(registration.installing);
  if (registration.waiting && registration.active) {
    watch(registration.waiting);
    offer();
  }
  registration.addEventListener("updatefound", () => watch(registration.installing));
  const controlled = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!controlled || asked) return;
    switched = true;
    prompt("指南已在另一个窗口换成新版，点这里刷新", () => location.reload());
  });
}

function prompt(text, act) {
  let box = document.querySelector("body > .update");
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
  const keep = () => {
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
  };
  addEventListener("appinstalled", keep);
  if (matchMedia("(display-mode: standalone)").matches) keep();
}
