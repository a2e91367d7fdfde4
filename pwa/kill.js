/*
 * The kill switch: published in place of sw.js it takes the offline guide off every phone.
 *
 * The browser fetches sw.js anew at the next visit, finds this script, and within that
 * visit the stored guide is deleted and the worker unregistered; open pages stay as they
 * are and load from the network from then on. Ticks and 大字 are kept: they are not in
 * these caches. Reminders end with the worker; the server drops them at the next sending.
 */
"use strict";

self.addEventListener("install", (event) => event.waitUntil(self.skipWaiting()));

self.addEventListener("activate", (event) => {
  const ours = `@${new URL(self.registration.scope).pathname}`;
  event.waitUntil(
    (async () => {
      const forget = async () => {
        const names = await caches.keys();
        const stored = names.filter((name) => /^guide(-|store@|settings@)/.test(name) && name.endsWith(ours));
        await Promise.all(stored.map((name) => caches.delete(name)));
      };
      await forget();
      await self.registration.unregister();
      // The worker before may have been in the middle of a repair.
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await forget();
      const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
      for (const client of windows) client.postMessage({ type: "switched-off" });
    })(),
  );
});
