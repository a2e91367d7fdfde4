/**
 * The push subscription of this phone: making, keeping and ending it. No words, no page.
 *
 * What was subscribed is kept in a cache of its own, because the service worker has to
 * read it too: {endpoint, key, topics, person, synced, proved}. `person` is the {id, secret}
 * that the server gave, by which this phone stays the same whatever its endpoint is; null
 * from a server that gives none. `proved` is when a message last arrived; only that makes a
 * subscription worth the name.
 */

import { at, isFull, ROOT, within } from "../page/page.js";

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

/** The server's public key. Throws PushError "no-server" where no push server runs. */
export async function serverKey() {
  const answer = await fetch(at("push/v1/key"), { cache: "no-cache" }).catch(() => {
    throw new PushError("offline");
  });
  if (!answer.ok) throw new PushError("no-server");
  return (await answer.json()).public_key;
}

const bytes = (key) =>
  Uint8Array.from(atob(key.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

function sameKey(subscription, key) {
  const held = subscription.options && subscription.options.applicationServerKey;
  // Some browsers do not tell: nothing to compare.
  if (!held) return true;
  const [one, other] = [new Uint8Array(held), bytes(key)];
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

async function send(path, method, body) {
  const answer = await fetch(at(path), {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new PushError("offline");
  });
  const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new PushError(told.code === "endpoint-held" ? told.code : "refused", told.message);
  return told;
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
async function current(registration, key) {
  const held = await present(registration);
  if (held && sameKey(held, key)) return held;
  if (held) await asking(async () => held.unsubscribe());
  return make(registration, key);
}

/**
 * Tell the server where this phone is reached, and who it is. Gives what to keep of it. A
 * phone that has lost its secret, and whose endpoint is known with other keys, gets a new one.
 */
async function report(registration, key, topics, kept) {
  let made = await current(registration, key);
  const person = (kept && kept.person) || null;
  const replaces = kept && kept.endpoint !== made.endpoint ? kept.endpoint : null;
  const tell = () => send("push/v1/subscriptions", "POST", { subscription: made.toJSON(), topics, person, replaces });
  const told = await tell().catch(async (error) => {
    if (error.name !== "endpoint-held") throw error;
    await asking(async () => made.unsubscribe());
    made = await make(registration, key);
    return tell();
  });
  const known = told.person || person;
  if (replaces && !known) {
    // A server that takes everybody for their endpoint.
    await send("push/v1/subscriptions", "DELETE", { endpoint: replaces }).catch(() => {});
  }
  return { endpoint: made.endpoint, key, topics, person: known };
}

/** Subscribe to `topics`. The answer is unproved until a message has arrived. */
export async function subscribe(registration, topics) {
  // A phone that keeps nothing would forget the subscription: found out before it is made.
  const kept = await settings();
  await save(kept);
  const made = await report(registration, await serverKey(), topics, kept);
  return save({ ...made, synced: Date.now(), proved: null });
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
 * change keys. Asks the server only when the endpoint has changed, or once a day, or when
 * `always`. Gives the settings; null when nothing is subscribed. Throws PushError.
 */
export async function resync(registration, now, always = false) {
  if (!("PushManager" in window) || !("caches" in window)) return null;
  const kept = await settings();
  if (!kept || Notification.permission !== "granted") return kept;
  const held = await present(registration);
  if (!always && held && held.endpoint === kept.endpoint && now - kept.synced < DAY) return kept;
  const made = await report(registration, await serverKey(), kept.topics, kept);
  return save({ ...kept, ...made, synced: now });
}
