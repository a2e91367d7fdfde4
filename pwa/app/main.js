/**
 * Entry of the browser code: finds the elements that ask for a module and starts it.
 *
 * The page is complete without any of this. Modules are imported only when the page has
 * an element for them, all of them at once, so that nothing is fetched later when the
 * release may have changed. One that fails leaves its element as the server wrote it and
 * stops no other. data-started on the element tells that its module is at work.
 */

const MODULES = {
  able: () => import("./device/able.js"),
  arrive: () => import("./hall/arrive.js"),
  banner: () => import("./hall/banner.js"),
  checklist: () => import("./papers/checklist.js"),
  due: () => import("./limits/due.js"),
  expiry: () => import("./dates/expiry.js"),
  "in-place": () => import("./laws/in-place.js"),
  elder: () => import("./page/elder.js"),
  install: () => import("./device/install.js"),
  finder: () => import("./search/finder.js"),
  "my-dates": () => import("./dates/my-dates.js"),
  "my-ticket": () => import("./hall/my-ticket.js"),
  "my-papers": () => import("./papers/my-papers.js"),
  journey: () => import("./journeys/journey.js"),
  "noon-calendar": () => import("./hall/noon-calendar.js"),
  offline: () => import("./offline/offline.js"),
  "open-now": () => import("./hall/open-now.js"),
  promise: () => import("./papers/promise.js"),
  "queue-board": () => import("./hall/queue-board.js"),
  "queue-status": () => import("./hall/queue-status.js"),
  reminders: () => import("./reminders/reminders.js"),
  screen: () => import("./hall/screen.js"),
  share: () => import("./page/share.js"),
  subscribe: () => import("./reminders/subscribe.js"),
  "ticket-reminder": () => import("./reminders/ticket-reminder.js"),
  ticket: () => import("./hall/ticket.js"),
  updates: () => import("./offline/updates.js"),
};

// Chromium says once that it could install, and would offer it by itself; the module that decides may come later.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  window.guideInstall = event;
});

// A server on the way may send a policy of its own, which forbids the style in the page: then it comes as a file.
const [held] = document.getElementsByTagName("style");
if (held && !held.sheet) {
  const paper = document.querySelector("link[media=print]");
  const screen = document.createElement("link");
  screen.rel = "stylesheet";
  screen.href = new URL("screen.css", paper.href).href;
  paper.before(screen);
}

/** The page is being left: what it still asks for fails then, and is nobody's fault. */
let left = false;
addEventListener("pagehide", () => (left = true));
addEventListener("pageshow", () => (left = false));

async function start(element, name) {
  try {
    const { enhance } = await MODULES[name]();
    await enhance(element);
    element.dataset.started = "yes";
  } catch (error) {
    if (!left) console.warn(`module ${name} did not start`, error);
  }
}

for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(/\s+/)) {
    if (Object.prototype.hasOwnProperty.call(MODULES, name)) start(element, name);
  }
}

// Citations stand in pages by the dozen, and ask for nothing by name: a page has no byte to spare.
const CITED = "main a[href*='laws/'][href*='#']";
if (document.querySelector(CITED)) start(document.querySelector("main"), "in-place");
