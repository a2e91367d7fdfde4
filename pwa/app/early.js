/*
 * What this phone knows already is on the page before it is painted: larger text, and that
 * scripts will follow. The one script that the page waits for: classic, a few lines that stand in every
 * page, whose policy names them by their digest. 70-early.css says what follows.
 */
(function (root) {
  var names = ["js"];
  if ("serviceWorker" in navigator) names.push("worker");
  try {
    if (localStorage.getItem("guide-elder") === "true") names.push("elder");
    // What the centre has said: in its place before anything is read.
    var said = JSON.parse(localStorage.getItem("guide-announcements"));
    if (said && said.answer && said.answer.announcements.length) names.push("announced");
    // A list of papers, one's own or one that came with the address, changes what is shown.
    var page = /\/matters\/([^/]+)\/(index\.html)?$/.exec(location.pathname);
    var lists = Object.keys(localStorage).filter(function (key) {
      return key.indexOf("guide-checklist:") === 0 && (!page || key === "guide-checklist:" + page[1]);
    });
    var dates = Object.keys(localStorage).filter(function (key) {
      return key.indexOf("guide-expiry:") === 0 && (!page || key === "guide-expiry:" + page[1]);
    });
    if (lists.length || (dates.length && !page) || /^#l=/.test(location.hash)) names.push("kept");
    if (dates.length && page) names.push("dated");
  } catch (error) {
    // No storage: nothing is known.
  }
  if (/[#&]q=./.test(location.hash)) names.push("asked");
  root.className = names.join(" ");
  // What somebody ticks while the modules are still on their way: they take it over.
  window.changedEarly = [];
  addEventListener("change", function (event) {
    if (window.changedEarly) window.changedEarly.push(event.target);
  });
})(document.documentElement);
