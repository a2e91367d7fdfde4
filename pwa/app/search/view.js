/** The search box as elements: input, results, what one can narrow them down by. */

import { at, button, EXAMPLES, HOTLINE, refill } from "../page/page.js";
import { offerTelling } from "./unfound.js";
import { counted, facets, facts, marked, reason } from "./words.js";

const AT_FIRST = 8;
let made = 0;

function element(tag, properties = {}, ...children) {
  const one = document.createElement(tag);
  for (const name of Object.keys(properties)) {
    if (name in one && name !== "role") one[name] = properties[name];
    else one.setAttribute(name, properties[name]);
  }
  one.append(...children);
  return one;
}

/** `label` names the box. */
export function finderView(label) {
  const id = `finder-${(made += 1)}`;
  const input = element("input", {
    id, type: "search", role: "combobox", autocomplete: "off", enterKeyHint: "search", placeholder: EXAMPLES,
    "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list", "aria-haspopup": "listbox",
  });
  input.setAttribute("autocapitalize", "off");
  input.setAttribute("spellcheck", "false");
  const list = element("div", { id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
  const told = element("p", { role: "status", className: "finder-told" });
  const narrow = element("details", { className: "finder-narrow", hidden: true }, element("summary", {}, "筛选"));
  const more = element("p", { className: "finder-more", hidden: true });
  const box = element("div", { className: "finder", role: "search" },
    element("label", { htmlFor: id }, label), input, told, narrow, list, more);
  box.dataset.module = "finder";
  box.dataset.started = "yes";

  let active = null;
  let opening = () => {};

  const options = () => Array.from(list.children).filter((one) => !one.hidden);
  const mark = (option) => {
    if (active) active.setAttribute("aria-selected", "false");
    active = option;
    if (option) {
      option.setAttribute("aria-selected", "true");
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const fill = (rows, text) => {
    mark(null);
    refill(list, ...rows);
    list.hidden = !rows.length;
    input.setAttribute("aria-expanded", String(Boolean(rows.length)));
    // Never hidden: a status that appears with its text is not read out everywhere.
    if (told.textContent !== text) told.textContent = text;
  };
  const link = (hit, number, meant) => {
    const { matter } = hit;
    const name = element("b");
    for (const [text, on] of marked(matter.name, meant)) name.append(on ? element("mark", {}, text) : text);
    const why = reason(hit);
    const row = element("a", { id: `${id}-${number}`, role: "option", href: at(`matters/${matter.id}/`), tabIndex: -1, "aria-selected": "false" },
      name, element("small", {}, [matter.section[1], ...facts(matter), ...(why ? [why] : [])].join(" · ")));
    row.addEventListener("click", () => opening());
    return row;
  };
  const journey = ({ id: name, name: title, summary }) => {
    const row = element("a", { id: `${id}-${name}`, role: "option", href: at(`journeys/${name}/`), tabIndex: -1, "aria-selected": "false" },
      element("b", {}, title), element("small", {}, `一件事 · ${summary}`));
    row.addEventListener("click", () => opening());
    return row;
  };

  // "More" leads into the list itself: from there the arrows go on, and back to the box.
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const rows = options();
    const now = rows.indexOf(document.activeElement);
    if (!step || now < 0) return;
    event.preventDefault();
    (rows[now + step] || (step < 0 ? input : rows[now])).focus();
  });

  const show = (typed, hits, found, all) => {
    const listed = all ? hits : hits.slice(0, AT_FIRST);
    const rows = listed.map((hit, number) => link(hit, number, found.meant));
    // After the best matter: who wants just that finds it in its place.
    rows.splice(1, 0, ...found.journeys.map(journey));
    fill(rows, counted(found, hits.length));
    if (found.weak && hits.length) told.append("。也可以", ...otherWays());
    refill(more);
    if (listed.length < hits.length) {
      more.append(button(`再看 ${hits.length - listed.length} 项`, () => {
        show(typed, hits, found, true);
        list.children[rows.length].focus();
      }));
    } else if (found.weak) {
      more.append(...elsewhereWords("不是这些？"));
      offerTelling(more, typed);
    }
    more.hidden = !more.childNodes.length;
  };

  const offerNarrowing = (typed, found) => {
    const chosen = new Map();
    const groups = found.hits.length > 2 ? facets(found.hits) : [];
    narrow.hidden = !groups.length;
    refill(narrow, narrow.firstChild, ...groups.map(([name, words]) => {
      const group = element("div", { role: "group", "aria-label": name });
      for (const [word, test] of words) {
        const one = button(word, () => {
          const on = chosen.get(name) === test ? null : test;
          chosen.set(name, on);
          for (const other of group.children) other.setAttribute("aria-pressed", String(on !== null && other === one));
          const tests = Array.from(chosen.values()).filter(Boolean);
          show(typed, found.hits.filter(({ matter }) => tests.every((passes) => passes(matter))), found, false);
        });
        one.setAttribute("aria-pressed", "false");
        group.append(one);
      }
      return group;
    }));
  };

  const without = (...words) => {
    fill([], "");
    narrow.hidden = true;
    refill(told, ...words);
    more.hidden = true;
  };

  return {
    element: box,
    input,
    show(typed, found) {
      if (found.elsewhere) without(`这里没有“${typed}”（${found.elsewhere}）。`, ...elsewhereWords("去哪儿办，"));
      else if (!found.hits.length && found.journeys.length) {
        fill(found.journeys.map(journey), "要办几个事项的，合在一起看");
        narrow.hidden = true;
        more.hidden = true;
      } else if (!found.hits.length) {
        without("没有找到。换个说法试试，比如只写证的名字；", ...otherWays());
        refill(more);
        more.hidden = false;
        offerTelling(more, typed);
      } else {
        show(typed, found.hits, found, false);
        offerNarrowing(typed, found);
      }
    },
    /** What was looked for last, to look for again. */
    offer(texts, choose, forget) {
      narrow.hidden = true;
      fill(texts.map((text, number) => {
        const row = element("div", { id: `${id}-${number}`, role: "option", "aria-selected": "false" }, text);
        row.addEventListener("click", () => choose(text));
        return row;
      }), texts.length ? "最近找过，只存在这部手机里" : "");
      refill(more, ...(texts.length ? [button("清除记录", forget)] : []));
      more.hidden = !texts.length;
    },
    wait() {
      without("正在找……");
    },
    apologise(again) {
      without("现在查不了：没有网络，手机里也没有存下指南。", ...otherWays());
      refill(more, button("再找一次", again));
      more.hidden = false;
    },
    opened: () => !list.hidden || Boolean(told.textContent),
    first: () => options()[0] || null,
    active: () => active,
    move(step) {
      const rows = options();
      if (!rows.length) return;
      const now = active ? rows.indexOf(active) : step > 0 ? -1 : rows.length;
      mark(rows[(now + step + rows.length) % rows.length]);
    },
    close() {
      fill([], "");
      narrow.hidden = true;
      more.hidden = true;
    },
    onOpen(act) {
      opening = act;
    },
  };
}

const otherWays = () => [element("a", { href: at("a-z/") }, "按拼音找全部事项"), ...elsewhereWords("，或者")];

function elsewhereWords(before) {
  return [before, "打 ", element("a", { href: `tel:${HOTLINE}` }, HOTLINE), " 问。"];
}
