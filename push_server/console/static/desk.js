/**
 * The pre-check desk: the citizen's list is opened and looked through, then goes back to the
 * phone with what is missing, or a ticket is given out. Nothing of the list leaves this page.
 */

import { camera } from "./camera.js";
import { candidates, listIn } from "./finding.js";
import { lay } from "./papers.js";
import { door, outbox } from "./outbox.js";
import { load, site } from "./site.js";

const find = (selector) => document.querySelector(selector);
const desk = find("#desk");

/** @type {{id: string|null, name: string, list: object|null}|null} what is looked through */
let open = null;
let matters = [];
let surely = false;

function say(element, text) {
  element.textContent = text;
  element.hidden = !text;
}

const told = (text) => say(find("#told"), text);

// --- which matter ---------------------------------------------------------------------

function offer(found, query) {
  const list = find("#found");
  list.textContent = "";
  for (const matter of found) {
    const line = document.createElement("li");
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = matter.name;
    made.addEventListener("click", () => look(matter, null));
    line.append(made);
    list.append(line);
  }
  if (!found.length && query) {
    const none = document.createElement("li");
    none.textContent = `没有找到“${query}”，换个叫法，或者不选事项直接取号。`;
    list.append(none);
  }
}

/** What was typed, pasted or read by a scanner: a list, or words. */
async function understand(text) {
  told("");
  let found = null;
  await loaded;
  try {
    found = await listIn(text, matters);
  } catch (error) {
    told(error.message);
    return true;
  }
  if (!found) return false;
  await look(found.matter, found.code);
  return true;
}

/** What the words typed so far may mean; a long text is an address. */
function suggest() {
  const text = find("#query").value.trim();
  offer(text.length < 60 ? candidates(matters, text) : [], "");
}

async function look(matter, code) {
  stop();
  told("");
  offer([], "");
  find("#query").value = "";
  let list = null;
  try {
    list = matter.id === null ? null : await lay(find("#papers"), matter.id, code, verdict);
  } catch (error) {
    told(error.message);
    return;
  }
  open = { ...matter, list };
  surely = false;
  say(find("#list-title"), matter.name);
  say(find("#received"), list ? list.received : "");
  find("#find").hidden = true;
  find("#list").hidden = false;
  find("#pass").hidden = false;
  if (!list) {
    find("#papers").textContent = "";
    verdict([], "");
  }
  if (list && list.counter) {
    const kind = document.querySelector(`input[name="kind"][value="${list.counter}"]`);
    if (kind) kind.checked = true;
  }
  find("#list-title").focus();
}

/** Called with every tick: what is missing for the window, and the sentence on it. */
function verdict(lacking, words) {
  surely = false;
  say(find("#verdict"), words);
  find("#back").hidden = !lacking.length;
}

function afresh() {
  stop();
  open = null;
  for (const id of ["list", "pass", "lacking", "slip"]) find(`#${id}`).hidden = true;
  find("#papers").textContent = "";
  find("#find").hidden = false;
  told("");
  find("#query").focus();
}

// --- back to the phone ------------------------------------------------------------------

async function back() {
  const { lacking, code } = open.list.result();
  const section = find("#lacking");
  section.querySelector(".lacking-matter").textContent = open.name;
  const list = section.querySelector("ol");
  list.textContent = "";
  for (const { name, wrong } of lacking) {
    const line = document.createElement("li");
    line.textContent = wrong ? `${name}（要改）` : name;
    list.append(line);
  }
  await draw(section.querySelector(".code"), `matters/${encodeURIComponent(open.id)}/#l=${code}`, `二维码：${open.name}还差的材料`);
  section.hidden = false;
  section.querySelector("h2").focus();
}

/** The QR code of a page of the site. */
async function draw(place, path, label) {
  place.textContent = "";
  const { picture } = await load("papers/carry.js");
  const drawn = picture(site(path), label);
  place.append(drawn || "画不成二维码");
}

// --- the ticket -------------------------------------------------------------------------

const box = outbox(`console:${desk.dataset.account}:desk`, {
  told(kind, words) {
    told(words);
    find("#told").dataset.kind = kind;
    if (kind === "stopped") find("#told").append(" ", door());
    find("#take").disabled = box.busy();
    find("#plain").disabled = box.busy();
  },
  done: slip,
  refused: told,
});

function take() {
  const kind = document.querySelector('input[name="kind"]:checked');
  const missing = open && open.list ? open.list.result().lacking.length : 0;
  if (missing && !surely) {
    surely = true;
    told(`还有 ${missing} 件没有勾。确实可以受理的，再按一次“预审通过，取号”。`);
    return;
  }
  box.press(desk.dataset.tickets, "取号", { kind: kind ? kind.value : "", matter: open ? open.id : null });
}

async function slip({ path, slip: text }) {
  const section = find("#slip");
  for (const id of ["find", "list", "pass", "lacking"]) find(`#${id}`).hidden = true;
  section.hidden = false;
  section.querySelector("h2").textContent = text.number;
  section.querySelector(".slip-kind").textContent = text.kind;
  say(section.querySelector(".slip-matter"), text.matter || "");
  section.querySelector(".slip-taken").textContent = text.taken;
  const list = section.querySelector("ul");
  list.textContent = "";
  for (const words of text.lines) {
    const line = document.createElement("li");
    line.textContent = words;
    list.append(line);
  }
  section.querySelector("h2").focus();
  const code = section.querySelector(".code");
  try {
    await draw(code, path, `二维码：${text.number} 的排队情况`);
  } catch {
    // No modules of the site: the number alone will do.
    code.textContent = "";
  }
  section.querySelector(".slip-hint").hidden = !code.children.length;
}

// --- buttons ----------------------------------------------------------------------------

const { offered, start, stop } = camera(find("#camera"), async (text) => {
  if (!(await understand(text))) told("这个二维码不是材料清单。");
});
find("#scan").hidden = !offered;
find("#scan").addEventListener("click", () => start().catch(() => told("打不开相机：请允许使用相机，或者把链接贴到下面。")));
find("#scan-stop").addEventListener("click", stop);
find("#ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = find("#query").value.trim();
  if (text && !(await understand(text))) offer(candidates(matters, text), text);
});
find("#query").addEventListener("input", suggest);
find("#plain").addEventListener("click", () => look({ id: null, name: "不选事项" }, null));
find("#again").addEventListener("click", afresh);
find("#following").addEventListener("click", afresh);
find("#take").addEventListener("click", take);
find("#back").addEventListener("click", () => back().catch((error) => told(error.message)));
for (const button of document.querySelectorAll("[data-close]")) {
  button.addEventListener("click", () => {
    find(`#${button.dataset.close}`).hidden = true;
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => {
    document.body.dataset.print = button.dataset.print;
    window.print();
  });
}

box.resume();
const loaded = fetch(site("api/v1/matters.json"))
  .then((answer) => answer.json())
  .then((found) => {
    matters = found;
    // Somebody may have been quicker.
    suggest();
    find("#query").focus();
  })
  .catch(() => told("事项没有读出来：请刷新。不选事项也可以取号。"));
