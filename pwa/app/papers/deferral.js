/**
 * 容缺: a paper that may follow later, chosen on the list, and the way to the form with
 * which one promises it.
 */

import { at } from "../page/page.js";

/**
 * @param {(n: string, on: boolean) => void} chosen
 * @returns {(deferred: Set<string>) => void} shows which papers are to follow
 */
export function offerDeferral(root, { matter, papers }, chosen) {
  const group = root.querySelector('[data-needed="deferrable"]');
  if (!group) return () => {};
  const choices = papers.filter((paper) => paper.needed === "deferrable").map((paper) => [paper.n, choice(paper)]);
  const way = document.createElement("p");
  const link = document.createElement("a");
  link.textContent = "写限时补件承诺书";
  way.className = "next";
  way.append(link);
  group.after(way);
  group.addEventListener("change", ({ target }) => {
    if (target.matches("[data-defer]")) chosen(target.dataset.defer, target.checked);
  });
  return (deferred) => {
    for (const [n, box] of choices) box.checked = deferred.has(n);
    const numbers = choices.map(([n]) => n).filter((n) => deferred.has(n));
    // Numbers, not words: nobody can put his own text into the form by a link.
    link.href = at(`deferrable/promise/#${new URLSearchParams({ m: matter, p: numbers.join(".") })}`);
    way.hidden = !numbers.length;
  };
}

function choice({ n, name, item, box }) {
  const label = document.createElement("label");
  const made = document.createElement("input");
  made.type = "checkbox";
  made.dataset.defer = n;
  made.setAttribute("aria-label", `${name}：凭承诺后补`);
  label.className = "defer";
  label.append(made, "暂时没有，凭承诺后补");
  box.closest("label").after(label);
  item.classList.add("deferrable");
  return made;
}
