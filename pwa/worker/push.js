/*
 * Messages that are pushed: what they show, where a tap leads, and what becomes of a subscription.
 */
"use strict";

const SETTINGS = `guidesettings@${SCOPE.pathname}`;

const kept = async (cache) => {
  const found = await cache.match(href("reminders")).catch(() => undefined);
  return found ? found.json().catch(() => null) : null;
};

/** What is subscribed, as app/reminders/subscription.js keeps it; null for nothing. With `change`, kept so. */
async function settings(change) {
  if (!(await caches.has(SETTINGS))) return null;
  const cache = await caches.open(SETTINGS);
  const now = await kept(cache);
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
  if (!open) return self.clients.openWindow(target);
  await open.focus();
  // It may be open for another number.
  open.postMessage({ type: "go", url: target });
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
  await tell({ type: "stopped", topic });
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
