/*
 * Answers from the phone: pages, put together of skeleton and record; files; and what is said when
 * neither phone nor network has what was asked for.
 */
"use strict";

/** Where files lie of which this release may hold some. */
const HELD = /^(?:assets\/|icons\/|forms\/|api\/v1\/|offline\/skeleton\/|manifest\.webmanifest$)/;

let inventoryOfOurs = null;

/** The inventory of this release, from the phone or else from the network, which puts it back. */
function ours() {
  if (!inventoryOfOurs) {
    inventoryOfOurs = (async () => {
      const store = retired() ? null : await openStore().catch(() => null);
      return (store && (await readInventory(store, RELEASE.inventory))) || fetchedInventory(store).catch((error) => {
        // A full phone must not keep the page from being shown.
        if (["network", "changed"].includes(reason(error))) throw error;
        return fetchedInventory(null);
      });
    })();
    inventoryOfOurs.catch(() => {
      inventoryOfOurs = null;
    });
  }
  return inventoryOfOurs;
}

/** A record of this release: from the phone, else from the network, which repairs the phone. */
async function obtain(inventory, path) {
  const hash = digestIn(inventory, path);
  const found = retired() ? null : await readRecord(SHELF, hash);
  if (found) return found;
  const store = retired() ? null : await openStore().catch(() => null);
  const page = inventory.pages.get(path);
  const bytes = page ? (await fetchedPack(page.pack, [[path, hash]])).get(hash) : await fetchedFile(path, hash);
  if (store && !retired()) await writeRecord(store, hash, bytes).catch(() => {});
  return bytes;
}

const PAGE = /^<!--skeleton:([a-z-]+)--><!--stamp:title-->([^]*?)<!--stamp:head-->([^]*?)<!--stamp:content-->([^]*)$/;

/** The way from the page at `url` to the root of the site. */
const rootOf = (url) => "../".repeat(url.split("/").length - 1) || "./";

/** Join a skeleton with what a page says; generator/site/stamp.py is the twin. */
function compose(skeleton, page) {
  return skeleton
    .replace("<!--stamp:title-->", () => page.title)
    .replace("<!--stamp:head-->", () => page.head)
    .replace("<!--stamp:content-->", () => page.content)
    .split("@@ROOT@@")
    .join(page.root);
}

/** The skeleton's name and the parts of a page, out of its record (docs/offline.md). */
function partsOf(record, url) {
  const [, skeleton, title, head, content] = PAGE.exec(record);
  return { skeleton, title, head, content, root: rootOf(url) };
}

const skeletonOf = (layout) => `offline/skeleton/${layout}.html`;

/** Which skeleton the last page of each folder had: it is read beside the next one. */
const usual = new Map();

/** The page at `path` of this release, or null when the release has no such page. */
async function page(path) {
  const inventory = await ours();
  const folder = path.replace(/(^|\/)index\.html$/, "$1");
  if (inventory.pages.has(folder)) {
    const room = folder.slice(0, folder.indexOf("/"));
    // As it is now: others are asked for at the same time, and learn.
    const guess = usual.get(room);
    const likely = guess && obtain(inventory, skeletonOf(guess));
    if (likely) likely.catch(() => {});
    const parts = partsOf(textOf(await obtain(inventory, folder)), folder);
    const skeleton = guess === parts.skeleton ? likely : obtain(inventory, skeletonOf(parts.skeleton));
    usual.set(room, parts.skeleton);
    return html(compose(textOf(await skeleton), parts));
  }
  for (const name of [path, `${folder}index.html`]) {
    if (inventory.files.has(name)) return answer(name, await obtain(inventory, name));
  }
  return null;
}

/** Whether this release has a page at `url`; also when that cannot be told now, it has not. */
async function hasPage(url) {
  const inventory = await ours().catch(() => null);
  return inventory !== null && (inventory.pages.has(url) || inventory.files.has(`${url}index.html`));
}

const NOT_STORED = "没有存下这一页";
const NOT_YET = "法规的条文、修改记录这样的页，在指南存好以后才存；这一页还没有存到手机，现在又连不上网络。连上网络再打开。";

/** Whether the page at `path` is one that comes to the phone after all others. */
async function isLater(path) {
  const inventory = await ours().catch(() => null);
  return inventory !== null && inventory.later.some(([url]) => url === path);
}

async function navigate(request, url, path) {
  try {
    const found = await page(path);
    if (found) return found;
    if (await hasPage(`${path}/`)) return Response.redirect(href(`${path}/`) + url.search, 302);
  } catch (error) {
    if (reason(error) === "network" && (await isLater(path))) return apology(NOT_STORED, NOT_YET);
    if (reason(error) === "network") return apology("这一页存坏了", "这一页在手机里的存档缺了或坏了，现在又连不上网络。连上网络再打开，会自动补好。");
    // The server is at another release, or the phone has stopped to store: show the server's
    // page whole rather than half of ours.
  }
  try {
    return await fetch(request);
  } catch {
    // A card says what the page of its matter says, and only that is on the phone.
    const matter = path.replace(/^cards\/(.+)\.html$/, "matters/$1/");
    if (matter !== path && (await hasPage(matter))) return Response.redirect(href(matter), 302);
    return apology(NOT_STORED, "现在连不上网络，手机里存的指南也没有这一页。请检查网址，或者连上网络再打开。");
  }
}

/** A page of ours that says in words what is wrong and what to do. */
async function apology(title, text) {
  // Whatever the address that was asked for: not relative to it.
  const root = SCOPE.pathname;
  const head = '<meta name="robots" content="noindex">';
  const content = `<h1>${title}</h1>
<p>${text}</p>
<p><a href="${root}">回指南首页</a></p>
<p>急用请打 <a href="tel:${HOTLINE}">${HOTLINE}</a>。</p>
`;
  try {
    const store = await openStore();
    const { files } = await readInventory(store, RELEASE.inventory);
    const skeletons = Array.from(files.keys()).filter((path) => path.startsWith("offline/skeleton/"));
    const plain = skeletons.includes(skeletonOf("page")) ? skeletonOf("page") : skeletons[0];
    const skeleton = textOf(await readRecord(store, files.get(plain)));
    return html(compose(skeleton, { title: `${title} · ${RELEASE.guide}`, head, content, root }), 503);
  } catch {
    // Not even the skeleton is left: a plain page has to do.
    const plain = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">${head}<title>${title}</title></head><body>${content}</body></html>
`;
    return html(plain, 503);
  }
}

/** A file: ours, repaired if need be; the server's own when it has moved on, or is not ours. */
async function file(request, path) {
  let inventory = null;
  try {
    inventory = await ours();
    if (inventory.files.has(path)) return answer(path, await obtain(inventory, path));
  } catch (error) {
    if (reason(error) === "network") {
      await tell({ type: "missing", path });
      return Response.error();
    }
    return fetch(request);
  }
  // A page of the release before may still ask for its own scripts and styles.
  const other = path.startsWith("assets/") && (await fromAnother(path).catch(() => undefined));
  return other || fetch(request);
}
