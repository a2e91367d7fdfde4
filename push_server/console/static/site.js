/** What the console takes from the published site: addresses, and the modules of its pages. */

const { root, modules } = document.documentElement.dataset;
const ROOT = new URL(root, location.href);

/** `path`, relative to the site's root, as an absolute address. */
export const site = (path) => new URL(path, ROOT).href;

/** A module of the site, `papers/code.js`. Rejects where the site has none. */
export function load(name) {
  if (!modules) return Promise.reject(new Error("网站里没有材料清单的程序，请重新生成网站。"));
  return import(site(modules + name));
}
