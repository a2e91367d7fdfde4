/**
 * Entry of the browser code: finds the elements that ask for a module and starts it.
 *
 * The page is complete without any of this. Modules are imported only when the page has
 * an element for them, all of them at once, so that nothing is fetched later when the
 * release may have changed. One that fails leaves its element as the server wrote it and
 * stops no other. data-started on the element tells that its module is at work.
 */

const MODULES = {
  arrive: () => import("./arrive.js"),
  checklist: () => import("./checklist.js"),
  due: () => import("./due.js"),
  elder: () => import("./elder.js"),
  finder: () => import("./finder.js"),
  "my-papers": () => import("./my-papers.js"),
  journey: () => import("./journey.js"),
  "noon-calendar": () => import("./noon-calendar.js"),
  offline: () => import("./offline.js"),
  "open-now": () => import("./open-now.js"),
  promise: () => import("./promise.js"),
  "queue-status": () => import("./queue-status.js"),
  reminders: () => import("./reminders.js"),
  share: () => import("./share.js"),
  subscribe: () => import("./subscribe.js"),
  updates: () => import("./updates.js"),
};

async function start(element, name) {
  try {
    const { enhance } = await MODULES[name]();
    await enhance(element);
    element.dataset.started = "yes";
  } catch (error) {
    console.warn(`module ${name} did not start`, error);
  }
}

for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(/\s+/)) {
    if (Object.prototype.hasOwnProperty.call(MODULES, name)) start(element, name);
  }
}
