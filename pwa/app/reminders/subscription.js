/**
 * The push subscription of this phone: making, keeping and ending it. No words, no page.
 *
 * What was subscribed is kept in a cache of its own, because the service worker has to
 * read it too: {endpoint, key, wishes, rest, person, shown, synced, proved}. `person` is the {id,
 * secret} that the server gave, by which this phone stays the same whatever its endpoint is; null
 * from a server that gives none. `shown` is the share of phones that report what they have shown.
 * `synced` is when the server was told last, 0 when it has yet to be. `proved` is when a message
 * last arrived; only that makes a subscription worth the name. Older phones kept `topics`.
 */

import { local } from "../catalog/dates.js";
import { at, isFull, requested, ROOT, within } from "../page/page.js";
import { ownDates } from "./own-dates.js";
import { current as still, NO_REST, told, wishesOf } from "./wishes.js";

const CACHE = `guidesettings@${ROOT.pathname}`;
const ENTRY = at("reminders");
const DAY = 86400000;
/** Where the push service cannot be reached, `subscribe` may wait for ever. */
const PATIENCE = 20000;

/** The server's answer in a sentence, or the kind of failure in `name`. */
export class PushError extends Error {
  constructor(name, message) {
    super(message || name);
    this.name = name;
  }
}

/**
 * `act`, which uses the phone's storage. Throws PushError "full" where there is no room, and
 * "blocked" where the browser keeps nothing for sites, or never answers.
 */
async function storing(act) {
  try {
    return await within(PATIENCE, act());
  } catch (error) {
    throw new PushError(isFull(error) ? "full" : "blocked", error.message);
  }
}

/** What is subscribed on this phone; null when nothing is. Throws PushError. */
export function settings() {
  return storing(async () => {
    // Looking must not make the cache: after the kill switch nothing is to be left.
    if (!(await caches.has(CACHE))) return null;
    const found = await (await caches.open(CACHE)).match(ENTRY);
    return found ? found.json().catch(() => null) : null;
  });
}

function save(value) {
  return storing(async () => {
    const cache = await caches.open(CACHE);
    if (value === null) await cache.delete(ENTRY);
    else await cache.put(ENTRY, new Response(JSON.stringify(value), { headers: { "content-type": "application/json" } }));
    return value;
  });
}

/** The server's {public_key, shown}. Throws PushError "no-server" where no push server runs. */
export async function serverKey() {
  const answer = await requested("push/v1/key", { cache: "no-cache" }).catch(() => {
    throw new PushError("offline");
  });
  if (answer.status !== 200) throw new PushError("no-server");
  return answer.json();
}

const bytes = (key) =>
  Uint8Array.from(atob(key.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

/** Whether a subscription was made with `key`, as far as the browser tells it; else as was `noted`. */
function sameKey(subscription, key, noted) {
  const held = subscription.options && subscription.options.applicationServerKey;
  if (!held) return !noted || noted === key;
  const [one, other] = [new Uint8Array(held), bytes(key)];
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

async function send(path, method, body) {
  const answer = await requested(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new PushError("offline");
  });
  const said = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new PushError(said.code === "endpoint-held" ? said.code : "refused", said.message);
  return said;
}

/** What the browser's push manager answers; its refusals as PushError. */
async function asking(act) {
  try {
    return await within(PATIENCE, act());
  } catch (error) {
    throw new PushError(error.name === "NotAllowedError" ? "denied" : "no-push-service", error.message);
  }
}

const make = (registration, key) =>
  asking(async () => registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) }));

const present = (registration) => asking(async () => registration.pushManager.getSubscription());

/** A subscription made with the server's present key, made anew when need be. */
async function current(registration, key, noted) {
  const held = await present(registration);
  if (held && sameKey(held, key, noted)) return held;
  if (held) await asking(async () => held.unsubscribe());
  return make(registration, key);
}

/**
 * Tell the server where this phone is reached, and who it is. Gives what to keep of it. A
 * phone that has lost its secret, and whose endpoint is known with other keys, gets a new one.
 */
async function report(registration, wishes, rest, kept) {
  const { public_key: key, shown } = await serverKey();
  let made = await current(registration, key, kept && kept.key);
  const person = (kept && kept.person) || null;
  const replaces = kept && kept.endpoint !== made.endpoint ? kept.endpoint : null;
  const tell = () => send("push/v1/subscriptions", "POST", { subscription: made.toJSON(), wishes: told(wishes), rest, key, person, replaces });
  const answer = await tell().catch(async (error) => {
    if (error.name !== "endpoint-held") throw error;
    await asking(async () => made.unsubscribe());
    made = await make(registration, key);
    return tell();
  });
  const known = answer.person || person;
  if (replaces && !known) {
    // A server that takes everybody for their endpoint.
    await send("push/v1/subscriptions", "DELETE", { endpoint: replaces }).catch(() => {});
  }
  return { endpoint: made.endpoint, key, wishes, rest, person: known, shown: Number(shown) || 0 };
}

/** Subscribe. The answer is unproved until a message has arrived. */
export async function subscribe(registration, wishes, rest) {
  // A phone that keeps nothing would forget the subscription: found out before it is made.
  const kept = await settings();
  await save(kept);
  const made = await report(registration, wishes, rest, kept);
  return save({ ...made, synced: Date.now(), proved: null });
}

/**
 * Wish for something else. Kept at once; told when the server answers, now or at a later visit.
 * Throws PushError "offline" where that is later; what the server refused stays as it was.
 */
export async function change(registration, wishes, rest) {
  const kept = await settings();
  await save({ ...withWishes(kept), wishes, rest, synced: 0 });
  try {
    const made = await report(registration, wishes, rest, kept);
    return await save({ ...(await settings()), ...made, synced: Date.now() });
  } catch (error) {
    if (error.name !== "offline") await save(kept);
    throw error;
  }
}

/** Without what older phones kept. */
function withWishes({ topics, ...kept }) {
  return { ...kept, wishes: wishesOf({ topics, ...kept }), rest: kept.rest || NO_REST };
}

/** Have one test message sent to this phone, which is as `settings` tells. */
export const sendTest = ({ endpoint, person }) =>
  send("push/v1/subscriptions/test", "POST", { endpoint, person: person || null });

/** End the subscription, on the phone even when the server cannot be told. */
export async function leave(registration) {
  const kept = await settings();
  const held = await present(registration);
  const endpoint = (held && held.endpoint) || (kept && kept.endpoint);
  if (held) await asking(async () => held.unsubscribe());
  await save(null);
  // The server forgets it by itself when the push service refuses the next message.
  const person = (kept && kept.person) || null;
  if (endpoint) await send("push/v1/subscriptions", "DELETE", { endpoint, person }).catch(() => {});
}

/**
 * Bring phone and server together again: browsers drop and replace subscriptions, servers
 * change keys, wishes become void. Tells the server only when something has changed, or once a
 * day, or when `always`; asks for its key once a visit. Gives the settings; null when nothing is
 * subscribed. Throws PushError.
 */
export async function resync(registration, now, always = false) {
  if (!("PushManager" in window) || !("caches" in window)) return null;
  const found = await settings();
  if (!found || Notification.permission !== "granted") return found;
  const kept = withWishes(found);
  const wishes = still(kept.wishes, local(now).date, ownDates().map(({ wish }) => wish));
  if (!wishes.length) {
    // Yesterday's ticket was all: nothing of this phone stays on the server.
    await leave(registration);
    return null;
  }
  const held = await present(registration);
  const settled = held && held.endpoint === kept.endpoint && JSON.stringify(wishes) === JSON.stringify(kept.wishes);
  if (!always && settled && now - kept.synced < DAY && !(await rotated(kept.key))) return kept;
  const made = await report(registration, wishes, kept.rest, kept);
  // Meanwhile the worker may have heard something, or somebody has left in another window.
  const latest = await settings();
  return latest && save({ ...kept, proved: latest.proved, ...made, synced: now });
}

const ASKED = "guide-key-asked";

/** Whether the server has another key by now; asked once as long as the browser is open. */
async function rotated(key) {
  try {
    if (sessionStorage.getItem(ASKED)) return false;
    const now = await serverKey();
    sessionStorage.setItem(ASKED, "yes");
    return now.public_key !== key;
  } catch {
    // Nobody answers, or nothing is kept: once a day it is asked anyway.
    return false;
  }
}
