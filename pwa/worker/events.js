/*
 * The events of the worker, and which part answers each of them. The last part.
 */
"use strict";

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
  // Some pages are also asked for by others: an article to show it in place, a matter to carry its list.
  if (request.mode === "navigate" || /^(?:laws|matters|changes)\//.test(path)) {
    event.respondWith(navigate(request, url, path));
    event.waitUntil(lookAfter().catch(() => {}));
  } else if (HELD.test(path) && !/^api\/v1\/(?:release|urgent)\.json$/.test(path)) {
    event.respondWith(file(request, path));
  }
});

/** Answer a message with what `work` comes to, or with what `failed` makes of the reason. */
const reply = (event, work, failed) =>
  event.waitUntil(
    work.then(
      (told) => event.ports[0].postMessage(told),
      (error) => event.ports[0].postMessage(failed(reason(error))),
    ),
  );

self.addEventListener("message", (event) => {
  const { type } = event.data || {};
  if (type === "skip-waiting") event.waitUntil(self.skipWaiting());
  else if (type === "status") reply(event, status(), (why) => ({ error: why }));
  else if (type === "complete") event.waitUntil(complete().catch(() => {}));
  else if (type === "heal") {
    const healed = heal(true).then((repaired) => ({ ok: true, repaired }));
    reply(event, healed, (why) => ({ ok: false, reason: why }));
  }
});

self.addEventListener("push", (event) => event.waitUntil(push(event.data)));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { topic } = event.notification.data || {};
  event.waitUntil(event.action === "stop" ? stop(topic).catch(() => {}) : openFrom(event.notification));
});

self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(resubscribe(event)));
