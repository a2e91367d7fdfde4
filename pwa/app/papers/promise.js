/**
 * Fills the form 限时补件承诺书 for the papers that the fragment names: #m=<matter>&p=<n>.<n>.
 * Without it, or without a fragment, the form is printed and filled in by hand.
 *
 * The root is the form; what stands in [data-promise-field="matter|papers|deadline|
 * applicant|date"] is replaced. The words come from the matter's own page, which the worker
 * has offline. Name and dates stay in the page: they are neither kept nor sent.
 */

import { local } from "../catalog/dates.js";
import { button, printPage, refill, requested, say, slot } from "../page/page.js";
import { asTimePasses, midnight } from "../page/passing.js";
import { readPapers } from "./on-page.js";

const ASK = "待中心确认";

export async function enhance(root) {
  const field = (name) => root.querySelector(`[data-promise-field="${name}"]`);
  // An empty blank stays where it is, to be filled in by hand.
  const write = (name, text) => (field(name).textContent = text);
  const asked = new URLSearchParams(location.hash.slice(1));
  const matter = asked.get("m") || "";
  const tools = document.createElement("div");
  tools.className = "promise-tools";
  root.before(tools);
  const signed = input("承诺日期", "date", "", (value) => write("date", dateWords(value)));
  followToday(signed.querySelector("input"));
  tools.append(
    input("补齐日期（您承诺的）", "date", "", (value) => write("deadline", dateWords(value))),
    input("承诺人（可以打印后手写）", "text", "", (value) => write("applicant", value)),
    signed,
    button("打印", () => {
      printPage((text) => say(slot(tools, "print"), text));
    }),
  );
  if (!/^[a-z0-9-]+$/.test(matter)) return;
  const page = await pageOf(matter).catch(() => null);
  const numbers = (asked.get("p") || "").split(".");
  const papers = page ? readPapers(page).filter(({ n, needed }) => needed === "deferrable" && numbers.includes(n)) : [];
  const note = document.createElement("p");
  tools.prepend(note);
  if (!papers.length) {
    note.textContent = "没有取到材料的名称。请手写，或者连上网络回到事项那一页再点一次。";
    return;
  }
  write("matter", page.querySelector("h1").textContent);
  refill(field("papers"), ...papers.map(({ name }) => item(name)));
  const terms = papers.map(({ name, item: line }) => {
    const told = line.querySelector("em.later");
    return `${name}：${told ? told.textContent : `期限${ASK}`}`;
  });
  note.textContent = `中心规定的期限：${terms.join("；")}。日期由您和窗口商定。`;
}

async function pageOf(matter) {
  const answer = await requested(`matters/${matter}/`);
  if (!answer.ok) throw new Error(`${matter}: ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function item(text) {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
}

/** Today's date stands in `field` until somebody enters another. */
function followToday(field) {
  let given = false;
  field.addEventListener("change", () => (given = true));
  asTimePasses((now) => {
    const today = local(now).date;
    if (!given && field.value !== today) {
      field.value = today;
      field.dispatchEvent(new Event("input"));
    }
    return midnight(now);
  });
}

/** A field beside the form. */
function input(text, type, value, changed) {
  const label = document.createElement("label");
  const made = document.createElement("input");
  made.type = type;
  made.value = value;
  made.autocomplete = "off";
  made.addEventListener("input", () => changed(made.value));
  label.append(text, made);
  if (value) changed(value);
  return label;
}

function dateWords(date) {
  const [year, month, day] = date.split("-").map(Number);
  return date ? `${year}年${month}月${day}日` : "";
}
