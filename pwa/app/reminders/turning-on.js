/**
 * From the tap to the proof: leave to notify, the subscription, a test message that arrives. What
 * this browser can is asked here.
 */

import { onReturn, within } from "../page/page.js";
import { workers } from "../page/worker.js";
import { PushError, sendTest, settings, subscribe } from "./subscription.js";

const WAIT = 60000;
const FIRST = 20000;

/** What `read` gives; undefined where the browser throws: it has the thing in name only. */
function offered(read) {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** What words.js needs to know of the browser. */
export function environment() {
  const permission = offered(() => Notification.permission);
  return {
    agent: navigator.userAgent,
    touch: navigator.maxTouchPoints,
    standalone: navigator.standalone === true || matchMedia("(display-mode: standalone)").matches,
    worker: Boolean(workers()),
    push: Boolean(offered(() => PushManager)),
    notification: Boolean(permission),
    permission: permission || "denied",
  };
}

/**
 * Subscribe to `wishes`; whether a test message has arrived. Throws PushError, "denied" where the
 * reader does not want to be notified, "undecided" where the question was closed.
 * @param {(step: "asking"|"waiting") => void} tell
 */
export async function turnOn(wishes, rest, tell) {
  tell("asking");
  const answer = await permission();
  if (answer !== "granted") throw new PushError(answer === "denied" ? answer : "undecided");
  await subscribe(await ready(), wishes, rest);
  return prove(tell);
}

/** Call `act` when what was denied has been allowed: in the settings, or beside the address of the page. */
export function whenAllowed(act) {
  const look = () => offered(() => Notification.permission) !== "denied" && act();
  onReturn(look);
  // Not every browser tells.
  const told = async () => (await navigator.permissions.query({ name: "notifications" })).addEventListener("change", look);
  told().catch(() => {});
}

/** Whether a test message arrives within a minute. Throws PushError. */
export async function prove(tell) {
  tell("waiting");
  const arrived = nextTest();
  const kept = await settings();
  if (!kept) throw new PushError("blocked");
  await sendTest(kept);
  return arrived;
}

/** The worker that receives. Throws PushError where a browser never gets one ready. */
export function ready() {
  return within(FIRST, workers().ready).catch(() => {
    throw new PushError("no-worker");
  });
}

/** Ask the reader for leave to notify. Older engines answer by a call, not by a promise. */
function permission() {
  const answer = new Promise((resolve, reject) => {
    const promised = Notification.requestPermission(resolve);
    if (promised) promised.then(resolve, reject);
  });
  // Some never ask: the button must come back.
  return within(WAIT, answer).catch((error) => {
    throw new PushError(error.name === "TimeoutError" ? "unanswered" : "denied");
  });
}

function nextTest() {
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(false), WAIT);
    const hear = ({ data }) => {
      if (data.type === "push" && data.kind === "test") end(true);
    };
    const end = (arrived) => {
      clearTimeout(timer);
      workers().removeEventListener("message", hear);
      resolve(arrived);
    };
    workers().addEventListener("message", hear);
    if (workers().startMessages) workers().startMessages();
  });
}
