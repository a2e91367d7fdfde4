/** The page of a window: its buttons, and what is going on, looked at every few seconds. */

import { ask, door, outbox } from "./outbox.js";

const OFTEN = 4000;
/** After an answer: the second tap of a hasty finger is not another call (milliseconds). */
const REST = 1200;
const root = document.querySelector("#window");
const { path, account } = root.dataset;
const find = (selector) => root.querySelector(selector);
const LABELS = {
  open: "开始",
  resume: "接着办",
  next: "叫下一位",
  served: "办完",
  recall: "再叫",
  missed: "过号",
  move: "转窗口",
  pause: "暂停",
  close: "收工",
  returned: "过号的人回来了",
  undo: "撤回",
};
const SHOWN = {
  closed: ["open"],
  paused: ["resume", "close"],
  open: ["next", "close"],
  serving: ["next", "served", "recall", "missed", "close"],
};

let state = null;
let shown = null;
/** Answers that were asked for before this moment are older than what is shown. */
let since = 0;
let resting = 0;

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}

const clock = (iso) => new Date(Date.parse(iso) + 8 * 3600000).toISOString().slice(11, 16);

function render() {
  const { ticket } = state;
  const words = { open: "在办", paused: state.until ? `暂停到 ${clock(state.until)}` : "暂停", closed: "没有开" };
  say(find("#state"), words[state.state]);
  root.dataset.state = state.state;
  say(find("#number"), ticket ? ticket.number : "–");
  say(find("#matter"), ticket ? [ticket.matter_name || "没有写事项", ticket.kind, ticket.prechecked ? "预审过" : ""].filter(Boolean).join(" · ") : "没有正在办的号");
  say(find("#line"), `${state.waiting} 人在等${state.next.length ? `，接着是 ${state.next.join("、")}` : ""}`);
  const buttons = SHOWN[state.state === "open" && ticket ? "serving" : state.state];
  for (const button of root.querySelectorAll("[data-do]")) button.hidden = !buttons.includes(button.dataset.do);
  const { undo } = state;
  find("#undo").hidden = !undo;
  if (undo) find("#undo").textContent = `撤回：${undo.ticket} ${undo.what}`;
  find("#pause").hidden = state.state !== "open";
  choose(find("#move"), ticket ? state.others.map(({ kind, name }) => [name, "move", { kind, ticket: ticket.number }]) : []);
  choose(find("#back"), state.missed.map((number) => [number, "returned", { ticket: number }]));
  if (shown !== (ticket && ticket.matter)) {
    shown = ticket && ticket.matter;
    papers(shown);
  }
  lock();
}

/** A folded row of buttons; hidden when there is nothing to choose. */
function choose(details, choices) {
  const told = JSON.stringify(choices);
  details.hidden = !choices.length;
  if (details.dataset.told === told) return;
  details.dataset.told = told;
  details.open = false;
  const row = details.querySelector(".choices");
  row.textContent = "";
  for (const [label, what, body] of choices) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", () => press(what, body));
    row.append(made);
  }
}

const FORMS = { original: "原件", copy: "复印件", electronic: "电子件" };

/** The papers of the matter, as published. */
async function papers(matter) {
  const details = find("#papers");
  const list = details.querySelector("ol");
  details.hidden = true;
  list.textContent = "";
  if (!matter) return;
  let found;
  try {
    const answer = await fetch(new URL(`api/v1/matters/${encodeURIComponent(matter)}.json`, new URL(document.documentElement.dataset.root, location.href)).href);
    found = await answer.json();
  } catch {
    return;
  }
  if (shown !== matter || !found.materials || !found.materials.length) return;
  for (const { name, form, copies, needed } of found.materials) {
    const line = document.createElement("li");
    const more = [FORMS[form], copies ? `${copies} 份` : "", needed === "on_site" ? "现场核验时交" : "", needed === "deferrable" ? "可以后补" : ""].filter(Boolean);
    line.textContent = more.length ? `${name}（${more.join("，")}）` : name;
    list.append(line);
  }
  details.querySelector("summary").textContent = `材料 ${found.materials.length} 件`;
  details.hidden = false;
}

function lock() {
  const busy = box.busy() || Date.now() < resting;
  for (const button of root.querySelectorAll("#buttons button")) button.disabled = busy;
  root.toggleAttribute("data-busy", busy);
}

function press(what, body) {
  say(find("#told"), "");
  box.press(`${path}/${what}`, LABELS[what], body);
  for (const details of root.querySelectorAll("#buttons details")) details.open = false;
  lock();
}

const box = outbox(`console:${account}:window:${root.dataset.window}`, {
  told(kind, words) {
    if (words) say(find("#told"), words);
    else if (kind === "idle") say(find("#told"), "");
    find("#told").dataset.kind = kind;
    if (kind === "stopped") find("#told").append(" ", door());
    lock();
  },
  done(said) {
    since = Date.now();
    resting = since + REST;
    setTimeout(lock, REST + 50);
    state = said.state;
    render();
    if (said.message) say(find("#told"), said.message);
  },
  refused(words) {
    say(find("#told"), words);
    find("#told").dataset.kind = "refused";
    look();
  },
});

/** Whom the page shows: another tablet at this window may have called somebody since. */
const seen = () => ({ seen: state && state.ticket ? state.ticket.number : null });

let timer = null;

async function look() {
  clearTimeout(timer);
  const asked = Date.now();
  try {
    const { ok, status, said } = await ask(`${path}/state`);
    if (ok && asked >= since) {
      state = said;
      render();
    } else if (status === 401 && !box.busy()) {
      say(find("#told"), said.message);
      find("#told").append(" ", door());
      return;
    } else if (!ok) say(find("#state"), said.message);
  } catch {
    say(find("#state"), state ? "连不上，下面是刚才的情况" : "连不上，正在再试…");
    root.dataset.state = "away";
  }
  clearTimeout(timer);
  timer = setTimeout(look, OFTEN);
}

for (const button of root.querySelectorAll("[data-do]")) {
  button.addEventListener("click", () => {
    const what = button.dataset.do;
    press(what, ["served", "recall", "missed"].includes(what) ? { ticket: state.ticket.number } : seen());
  });
}
for (const button of root.querySelectorAll("[data-pause]")) {
  button.addEventListener("click", () => {
    const minutes = Number(button.dataset.pause);
    press("pause", minutes ? { minutes, ...seen() } : seen());
  });
}
find("#undo").addEventListener("click", () => press("undo", { corrects: state.undo.event }));
find("#until-do").addEventListener("click", () => {
  const { value } = find("#until");
  if (value) press("pause", { until: value.slice(0, 5), ...seen() });
  else find("#until").focus();
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") look();
});

box.resume();
look();
