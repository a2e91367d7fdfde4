/*
 * The service worker of the guide: keeps one whole release on the phone and serves pages
 * from it, with or without network. How it works and what it needs: README.md beside it.
 *
 * A classic script; the release step puts the list of what to store into the next line.
 */
"use strict";

const RELEASE = self.__RELEASE__;

const SCOPE = new URL(self.registration.scope);
/** Caches belong to the origin, not to the scope: the path keeps two guides apart. */
const GENERATION = `guide-${RELEASE.id}@${SCOPE.pathname}`;
const SETTINGS = `guidesettings@${SCOPE.pathname}`;

const digests = (entries) => entries.map((entry) => [entry.url, entry.hash]);
const REQUIRED = new Map([...digests(RELEASE.shell), ...digests(RELEASE.packs)]);
const LISTED = new Map([...REQUIRED, ...digests(RELEASE.optional || [])]);

const PARALLEL = 4;
const PATIENCE = 20000;
const CHECK_EVERY = 60000;
const GRACE = 600000;
const HOTLINE = RELEASE.hotline;

const href = (path) => new URL(path, SCOPE).href;
/** Entries of ours in the cache that are no files of the site. */
const MARKER = href("offline/generation");
const NOTES = href("offline/notes");

/** The server answered, but not with this release's bytes: it has moved on, or is about to. */
class Refused extends Error {}

// --- bytes -------------------------------------------------------------------------

/** The first 16 hex digits of SHA-256, as the release step writes them. */
async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes), 0, 8);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A response of `bytes` without the headers that spoke of their way over the wire. */
function response(bytes, headers, extra) {
  const kept = new Headers(headers);
  for (const name of ["content-encoding", "content-length", "transfer-encoding", "vary", "age"]) {
    kept.delete(name);
  }
  for (const name of Object.keys(extra || {})) kept.set(name, extra[name]);
  return new Response(bytes, { headers: kept });
}

/** `path` of this release as `cache` holds it; null when it is missing or damaged. */
async function stored(cache, path, hash) {
  try {
    const found = await cache.match(href(path));
    if (!found) return null;
    const bytes = await found.arrayBuffer();
    return (await digest(bytes)) === hash ? response(bytes, found.headers) : null;
  } catch {
    return null;
  }
}

/** `path` from the network. Throws Refused when the bytes are another release's. */
async function fetched(path, hash) {
  let status = 0;
  // Second try past every cache on the way, in case one of them is stale.
  for (const mode of ["no-cache", "reload"]) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const answer = await fetch(href(path), { cache: mode, signal: stop.signal });
      status = answer.status;
      if (!answer.ok) continue;
      const bytes = await answer.arrayBuffer();
      if ((await digest(bytes)) === hash) return response(bytes, answer.headers);
    } finally {
      clearTimeout(timer);
    }
  }
  throw new Refused(`${path}: ${status}, not the bytes of release ${RELEASE.id}`);
}

/**
 * Whether another worker has taken over. What is still under way here must then not bring
 * back a generation that the other has deleted.
 */
const retired = () => Boolean(self.serviceWorker) && self.serviceWorker.state === "redundant";

/** `path` of this release: from the phone, else from the network, which repairs the phone. */
async function obtain(path) {
  if (retired()) return fetched(path, LISTED.get(path));
  // A full phone, or one that has stopped to store, must not keep the page from being shown.
  const cache = await caches.open(GENERATION).catch(() => null);
  const found = cache && (await stored(cache, path, LISTED.get(path)));
  if (found) return found;
  const fresh = await fetched(path, LISTED.get(path));
  if (cache && !retired()) await cache.put(href(path), fresh.clone()).catch(() => {});
  return fresh;
}

/** Put `path` back on the phone. Throws when it cannot be had, or cannot be kept. */
async function restore(path) {
  const fresh = await fetched(path, LISTED.get(path));
  if (!retired()) await (await caches.open(GENERATION)).put(href(path), fresh);
}

/** `work` on every item, at most PARALLEL at a time; the first failure stops the rest. */
async function each(items, work) {
  const queue = Array.from(items);
  const worker = async () => {
    while (queue.length) {
      try {
        await work(queue.shift());
      } catch (error) {
        queue.length = 0;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}

// --- generations -------------------------------------------------------------------

const json = (value) =>
  new Response(JSON.stringify(value), { headers: { "content-type": "application/json" } });

async function note(cache, key) {
  const found = await cache.match(key).catch(() => undefined);
  return found ? found.json().catch(() => null) : null;
}

/** Names of this scope's other generations. */
async function others() {
  const names = await caches.keys();
  return names.filter(
    (name) => name.startsWith("guide-") && name.endsWith(`@${SCOPE.pathname}`) && name !== GENERATION,
  );
}

/** Which page is in which pack, read from the packs themselves. */
async function indexPacks(open) {
  const pages = {};
  for (const { url } of RELEASE.packs) {
    const pack = await (await open(url)).json();
    pages[url] = Object.keys(pack.pages);
  }
  return pages;
}

/** Put the marker that makes the generation complete; always the last write. */
async function seal(cache) {
  const pages = await indexPacks(async (path) => {
    const found = await stored(cache, path, LISTED.get(path));
    if (!found) throw new Error(`${path} did not stay stored`);
    return found;
  });
  const entries = Object.fromEntries(LISTED);
  await cache.put(MARKER, json({ id: RELEASE.id, stored: Date.now(), entries, pages }));
}

/**
 * Store this release beside the one in use: what an older generation or an interrupted
 * attempt already holds is copied, the rest fetched; every byte is checked. Rejects, and
 * with it the browser drops this worker, unless all required entries are there.
 */
async function install(attempt) {
  const cache = await caches.open(GENERATION);
  const sources = new Map();
  for (const name of await others()) {
    const older = await caches.open(name);
    const marker = await note(older, MARKER);
    if (!marker) await caches.delete(name);
    else for (const path of Object.keys(marker.entries)) sources.set(marker.entries[path], [older, path]);
  }
  let done = 0;
  const keep = async (path) => {
    const hash = LISTED.get(path);
    if (!(await stored(cache, path, hash))) {
      const [older, name] = sources.get(hash) || [];
      const copy = older && (await stored(older, name, hash));
      await cache.put(href(path), copy || (await fetched(path, hash)));
    }
    done += 1;
    if (!attempt.over) await report(attempt, { type: "progress", done, total: LISTED.size });
  };
  await each(REQUIRED.keys(), keep);
  await each(
    [...LISTED.keys()].filter((path) => !REQUIRED.has(path)),
    (path) => keep(path).catch(() => {}),
  );
  await seal(cache);
}

/** What a worker tells of its attempt: messages may arrive after those of another one. */
const report = ({ id }, message) => tell({ ...message, attempt: id, id: RELEASE.id });

/** Why something could not be stored: the network's errors are few, all others are the phone's. */
function reason(error) {
  if (error instanceof Refused) return "changed";
  const name = String(error && error.name);
  if (/quota|no_device_space/i.test(name)) return "quota";
  return ["TypeError", "AbortError", "NetworkError", "TimeoutError"].includes(name) ? "network" : "storage";
}

/**
 * Forget the other generations. With several windows open, one of them may be in the
 * middle of loading a page of the old release: that one is kept for a while, as its
 * scripts and styles have names of their own and cannot be taken for ours.
 */
async function activate() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const stale = await others();
  if (windows.length <= 1) {
    await Promise.all(stale.map((name) => caches.delete(name)));
  } else {
    const cache = await caches.open(GENERATION);
    // Without room for a note there is none for an old release either.
    await cache.put(NOTES, json({ stale, at: Date.now() })).catch(() => Promise.all(stale.map((name) => caches.delete(name))));
  }
}

let lastCheck = 0;

/**
 * After a navigation, at most once a minute: is anything lost? Looking for a newer release
 * is left to the browser, which does it after every navigation, and to the page: in
 * Chromium an `update()` called in here can leave the next worker waiting for ever.
 */
async function lookAfter() {
  if (Date.now() - lastCheck < CHECK_EVERY) return;
  lastCheck = Date.now();
  if (retired()) return;
  await heal().catch(() => {});
  const cache = await caches.open(GENERATION);
  const notes = await note(cache, NOTES);
  if (notes && Date.now() - notes.at > GRACE) {
    await Promise.all(notes.stale.map((name) => caches.delete(name)));
    await cache.delete(NOTES);
  }
}

/**
 * Fetch again what the phone has lost; with `deep`, look into every entry for damage too.
 * Throws when something cannot be had now.
 */
async function heal(deep) {
  const cache = await caches.open(GENERATION);
  const have = new Set((await cache.keys()).map((request) => request.url));
  const lost = deep ? [] : [...REQUIRED.keys()].filter((path) => !have.has(href(path)));
  if (deep) {
    await each(REQUIRED, async ([path, hash]) => {
      if (!(await stored(cache, path, hash))) lost.push(path);
    });
  }
  await each(lost, restore);
  if (!have.has(MARKER)) await seal(cache);
  if (lost.length) await tell({ type: "repaired", count: lost.length });
  return lost.length;
}

async function status() {
  if (!(await caches.has(GENERATION))) {
    return { id: RELEASE.id, published: RELEASE.published, stored: null, total: REQUIRED.size, missing: [...REQUIRED.keys()] };
  }
  const cache = await caches.open(GENERATION);
  const have = new Set((await cache.keys()).map((request) => request.url));
  const marker = await note(cache, MARKER);
  return {
    id: RELEASE.id,
    published: RELEASE.published,
    stored: marker && marker.stored,
    total: REQUIRED.size,
    missing: [...REQUIRED.keys()].filter((path) => !have.has(href(path))),
  };
}

// --- pages -------------------------------------------------------------------------

/** Join a skeleton with what a page says; generator/site/stamp.py is the twin. */
function compose(skeleton, page) {
  return skeleton
    .replace("<!--stamp:title-->", () => page.title)
    .replace("<!--stamp:head-->", () => page.head)
    .replace("<!--stamp:content-->", () => page.content)
    .split("@@ROOT@@")
    .join(page.root);
}

const html = (text, headers) => response(text, headers, { "content-type": "text/html; charset=utf-8" });

let packOf = null;

/** Pack by page path; from the marker, or from the packs when the marker was lost. */
async function packs() {
  if (!packOf) {
    const marker = await note(await caches.open(GENERATION), MARKER);
    const pages = marker ? marker.pages : await indexPacks(obtain);
    packOf = new Map();
    for (const pack of Object.keys(pages)) for (const page of pages[pack]) packOf.set(page, pack);
  }
  return packOf;
}

/** The page at `path` of this release, or null when the release has no such page. */
async function page(path) {
  if (LISTED.has(path)) return obtain(path);
  const folder = path.replace(/(^|\/)index\.html$/, "$1");
  if (LISTED.has(`${folder}index.html`)) return obtain(`${folder}index.html`);
  const from = (await packs()).get(folder);
  if (!from) return null;
  const pack = await (await obtain(from)).json();
  const skeleton = await obtain(`offline/skeleton/${pack.skeleton}.html`);
  return html(compose(await skeleton.text(), pack.pages[folder]), skeleton.headers);
}

async function navigate(request, url, path) {
  try {
    const found = await page(path);
    if (found) return found;
    const folder = `${path}/`;
    if (LISTED.has(`${folder}index.html`) || (await packs()).has(folder)) {
      return Response.redirect(href(folder) + url.search, 302);
    }
  } catch (error) {
    if (reason(error) === "network") return apology("这一页存坏了", "这一页在手机里的存档缺了或坏了，现在又连不上网络。连上网络再打开，会自动补好。");
    // The server is at another release, or the phone has stopped to store: show the server's
    // page whole rather than half of ours.
  }
  try {
    return await fetch(request);
  } catch {
    // A card says what the page of its matter says, and only that is on the phone.
    const matter = path.replace(/^cards\/(.+)\.html$/, "matters/$1/");
    if (matter !== path && (await packs().catch(() => new Map())).has(matter)) return Response.redirect(href(matter), 302);
    return apology("没有存下这一页", "现在连不上网络，手机里存的指南也没有这一页。请检查网址，或者连上网络再打开。");
  }
}

/** A page of ours that says in words what is wrong and what to do. */
async function apology(title, text) {
  // Whatever the address that was asked for: not relative to it.
  const root = SCOPE.pathname;
  const head = '<meta name="robots" content="noindex">';
  const content = `<h1>${title}</h1>
<p>${text}</p>
<p><a href="${root}">回指南首页</a></p>
<p>急用请打 <a href="tel:${HOTLINE}">${HOTLINE}</a>。</p>
`;
  let answer;
  try {
    const skeletons = [...REQUIRED.keys()].filter((url) => url.startsWith("offline/skeleton/"));
    const plain = skeletons.find((url) => url.endsWith("/page.html")) || skeletons[0];
    const skeleton = await stored(await caches.open(GENERATION), plain, LISTED.get(plain));
    const page = { title: `${title} · ${RELEASE.guide}`, head, content, root };
    answer = html(compose(await skeleton.text(), page), skeleton.headers);
  } catch {
    // Not even the skeleton is left: a plain page has to do.
    answer = html(`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${head}<title>${title}</title></head><body>${content}</body></html>
`);
  }
  return new Response(answer.body, { status: 503, headers: answer.headers });
}

/** A listed file: ours, repaired if need be; the server's own when it has moved on. */
async function file(request, path) {
  try {
    return await obtain(path);
  } catch (error) {
    if (error instanceof Refused) return fetch(request);
    await tell({ type: "missing", path });
    return Response.error();
  }
}

// --- messages and reminders -----------------------------------------------------------

async function tell(message) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const client of windows) if (client.url.startsWith(SCOPE.href)) client.postMessage(message);
}

/** What is subscribed, as app/reminders/subscription.js keeps it; null for nothing. With `change`, kept so. */
async function settings(change) {
  if (!(await caches.has(SETTINGS))) return null;
  const cache = await caches.open(SETTINGS);
  const now = await note(cache, href("reminders"));
  if (change && now) await cache.put(href("reminders"), json({ ...now, ...change }));
  return now;
}

/** What is wished for; older phones knew one topic only. The twin of app/reminders/wishes.js. */
const wishesOf = ({ wishes, topics }) => wishes || ((topics || []).includes("noon") ? [{ topic: "noon" }, { topic: "hours" }] : []);

/** The topic of a message, by its kind (push_server/voice/kinds.py), and what it is called. */
const TOPICS = {
  noon: "noon",
  "noon-off": "hours",
  closure: "hours",
  tomorrow: "hours",
  queue: "queue",
  ticket: "ticket",
  called: "ticket",
  matter: "matter",
  renewal: "renewal",
  news: "news",
};
const NAMES = {
  noon: "午间服务",
  hours: "不开门、改时间",
  queue: "排队人少了",
  ticket: "我的号",
  matter: "事项有改动",
  renewal: "证件到期",
  news: "公告",
};

const words = (value, most) => (typeof value === "string" && value.trim() ? value.trim().slice(0, most) : "");

/** What to show for a push message, whatever arrived: a push that shows nothing costs the
 * subscription on some phones. */
function readPush(data) {
  let payload = null;
  try {
    payload = data.json();
  } catch {
    // Empty or damaged: the generic sentence below.
  }
  if (!payload || typeof payload !== "object" || !words(payload.title, 60)) {
    return { kind: "unknown", title: RELEASE.guide, body: `有一条新消息，点开看看；也可以打 ${HOTLINE}。`, tag: "guide", url: href("") };
  }
  let body = words(payload.body, 300);
  const today = new Date(Date.now() + 8 * 3600000).toISOString().slice(0, 10);
  if (/^\d{4}-\d\d-\d\d$/.test(payload.date) && payload.date < today) {
    const [, month, day] = payload.date.split("-").map(Number);
    body = `这是 ${month}月${day}日的消息，送到晚了。${body}`;
  }
  let url = href("");
  try {
    const target = new URL(words(payload.url, 500), SCOPE);
    if (target.href.startsWith(SCOPE.href)) url = target.href;
  } catch {
    // Not an address: home.
  }
  const id = words(payload.id, 120);
  return { id, kind: words(payload.kind, 40) || "unknown", title: words(payload.title, 60), body, tag: words(payload.tag, 60) || "guide", url };
}

async function push(data) {
  const { id, kind, title, body, tag, url } = readPush(data);
  const now = await settings().catch(() => null);
  const topic = Object.prototype.hasOwnProperty.call(TOPICS, kind) ? TOPICS[kind] : "";
  // Only what somebody wishes for can be wished away.
  const wanted = now && wishesOf(now).some((wish) => wish.topic === topic);
  await self.registration.showNotification(title, {
    body,
    tag,
    lang: "zh-CN",
    icon: href("icons/icon-192.png"),
    badge: href("icons/badge-96.png"),
    data: { url, topic },
    actions: wanted ? [{ action: "stop", title: "不再提醒这一类" }] : [],
  });
  // Something arrived: this phone can be reached.
  await settings({ proved: Date.now() }).catch(() => {});
  await tell({ type: "push", kind });
  // Some phones, by chance, say that it was shown; not whose they are.
  if (id && now && Math.random() < now.shown) await post("push/v1/shown", "POST", { id }).catch(() => {});
}

async function openFrom(notification) {
  const target = (notification.data && notification.data.url) || href("");
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const open = windows.find((client) => client.url.split("#")[0] === target.split("#")[0]);
  if (open) return open.focus();
  return self.clients.openWindow(target);
}

const post = (path, method, body) =>
  fetch(href(path), {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const send = (method, body) => post("push/v1/subscriptions", method, body);

/** A phone tells all that it wishes for, every time; the server is not told the day of a ticket. */
const tellWishes = (now, subscription, replaces) =>
  send("POST", {
    subscription: subscription.toJSON(),
    wishes: wishesOf(now).map(({ day, ...wish }) => wish),
    rest: now.rest || null,
    key: now.key,
    person: now.person || null,
    replaces,
  });

/**
 * Somebody has had enough of a topic: the others stay. Kept at once; where the server cannot be told
 * now, a page tells it later (synced 0). Says so, since nothing else is seen of it.
 */
async function stop(topic) {
  const before = await settings();
  if (!before || !Object.prototype.hasOwnProperty.call(NAMES, topic)) return;
  const now = { ...before, wishes: wishesOf(before).filter((wish) => wish.topic !== topic), synced: 0 };
  await settings({ wishes: now.wishes, synced: 0 });
  await self.registration.showNotification(`不再提醒：${NAMES[topic]}`, {
    body: "想再要，点这里到“提醒我”里打开。",
    tag: "stopped",
    lang: "zh-CN",
    silent: true,
    icon: href("icons/icon-192.png"),
    badge: href("icons/badge-96.png"),
    data: { url: href("reminders/") },
  });
  const subscription = await self.registration.pushManager.getSubscription();
  if (!now.wishes.length) {
    const answer = await send("DELETE", { endpoint: now.endpoint, person: now.person || null });
    if (!answer.ok) return;
    if (subscription) await subscription.unsubscribe();
    await (await caches.open(SETTINGS)).delete(href("reminders"));
  } else if (subscription) {
    const answer = await tellWishes(now, subscription, null);
    if (answer.ok) await settings({ synced: Date.now() });
  }
  await tell({ type: "stopped", topic });
}

/** The push service has replaced or dropped the subscription: subscribe again. */
async function resubscribe(event) {
  const now = await settings();
  if (!now) return;
  const old = event.oldSubscription;
  const fresh =
    event.newSubscription ||
    (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: now.key }));
  const gone = (old && old.endpoint) || now.endpoint;
  const replaces = gone !== fresh.endpoint ? gone : null;
  const answer = await tellWishes(now, fresh, replaces);
  if (!answer.ok) throw new Error(`subscriptions: ${answer.status}`);
  // The same person as before, so that nothing is told again.
  const person = (await answer.json()).person || now.person || null;
  await settings({ endpoint: fresh.endpoint, person });
  // A server that takes everybody for their endpoint.
  if (replaces && !person) await send("DELETE", { endpoint: gone });
}

// --- events ----------------------------------------------------------------------------

self.addEventListener("install", (event) => {
  const attempt = { id: Math.random(), over: false };
  event.waitUntil(
    install(attempt).catch(async (error) => {
      attempt.over = true;
      await report(attempt, { type: "install-failed", reason: reason(error) });
      throw error;
    }),
  );
});

self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.headers.has("range")) return;
  const url = new URL(request.url);
  if (url.origin !== SCOPE.origin || !url.pathname.startsWith(SCOPE.pathname)) return;
  // An encoded slash makes a name that looks like a folder: our page would lead astray there.
  if (/%2f/i.test(url.pathname)) return;
  let path = url.pathname.slice(SCOPE.pathname.length);
  try {
    path = decodeURIComponent(path);
  } catch {
    // Not valid UTF-8: looked up as it is, and not found.
  }
  // Answers of the server alone: what waits in the hall, and the pages of staff.
  if (/^(?:push\/v1|console)(?:\/|$)/.test(path)) return;
  // What an article says is also asked for by pages that show it in place.
  if (request.mode === "navigate" || path.startsWith("laws/")) {
    event.respondWith(navigate(request, url, path));
    event.waitUntil(lookAfter().catch(() => {}));
  } else if (LISTED.has(path)) {
    event.respondWith(file(request, path));
  } else if (path.startsWith("assets/")) {
    // A page of the release before may still ask for its own scripts and styles.
    event.respondWith(caches.match(url.href).catch(() => undefined).then((found) => found || fetch(request)));
  }
});

self.addEventListener("message", (event) => {
  const { type } = event.data || {};
  if (type === "skip-waiting") event.waitUntil(self.skipWaiting());
  else if (type === "status") event.waitUntil(status().then(
      (answer) => event.ports[0].postMessage(answer),
      (error) => event.ports[0].postMessage({ error: reason(error) }),
    ));
  else if (type === "heal") {
    event.waitUntil(
      heal(true).then(
        (repaired) => event.ports[0].postMessage({ ok: true, repaired }),
        (error) => event.ports[0].postMessage({ ok: false, reason: reason(error) }),
      ),
    );
  }
});

self.addEventListener("push", (event) => event.waitUntil(push(event.data)));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { topic } = event.notification.data || {};
  event.waitUntil(event.action === "stop" ? stop(topic).catch(() => {}) : openFrom(event.notification));
});

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(resubscribe(event)));
