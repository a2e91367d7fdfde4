/*
 * From one release to the next: stored beside the one in use, whole or not at all; and what is done
 * when something of it is lost.
 */
"use strict";

const CHECK_EVERY = 60000;
const GRACE = 600000;
/** Up to so many requests are made one by one, ten in all with what leads to them; more are left to the bundle. */
const FEW = 6;

/**
 * Whether another worker has taken over. What is still under way here must then not bring
 * back what the other has deleted.
 */
const retired = () => Boolean(self.serviceWorker) && self.serviceWorker.state === "redundant";

async function tell(message) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  for (const client of windows) if (client.url.startsWith(SCOPE.href)) client.postMessage(message);
}

/** What a worker tells of its attempt: messages may arrive after those of another one. */
const report = ({ id }, message) => tell({ ...message, attempt: id, id: RELEASE.id });

/** Why something could not be stored: the network's errors are few, all others are the phone's. */
function reason(error) {
  if (error instanceof Refused) return "changed";
  const name = String(error && error.name);
  if (/quota|no_device_space/i.test(name)) return "quota";
  return ["TypeError", "AbortError", "NetworkError", "TimeoutError"].includes(name) ? "network" : "storage";
}

/** The inventory of this release from the network, kept where that is possible. */
async function fetchedInventory(store) {
  const path = `offline/inventory/${RELEASE.inventory}.json`;
  const text = textOf(await fetchedFile(path, RELEASE.inventory));
  if (store) await writeInventory(store, RELEASE.inventory, text);
  return parseInventory(text);
}

/**
 * Store what the bundle holds, as it comes, so that a line that breaks has not brought it in vain.
 * Records that are not what the inventory says are left out. Throws Refused when it is not ours.
 * @param {(share: number) => void} came
 */
async function storeBundle(store, came) {
  const path = `offline/bundle/${RELEASE.inventory}.txt`;
  const line = patient();
  try {
    const incoming = new Incoming(await openBundle(path, line), () => {
      line.going();
      came(Math.min(1, incoming.count / RELEASE.bundle));
    });
    const lengths = JSON.parse((await incoming.line(RELEASE.bundle)) || "[]");
    const first = Array.isArray(lengths) && (await incoming.take(lengths[0] || 0));
    if (!first || (await digest(first)) !== RELEASE.inventory) throw new Refused(`${path}: not this release's`);
    const inventory = parseInventory(textOf(first));
    await writeInventory(store, RELEASE.inventory, inventory.text);
    for (const [number, [, hash]] of inventory.needed.entries()) {
      const bytes = await incoming.take(lengths[number + 1]);
      if (!bytes) throw new Refused(`${path}: ends too soon`);
      if ((await digest(bytes)) === hash) await writeRecord(store, hash, bytes);
    }
    return inventory;
  } catch (error) {
    // A portal's page is no bundle.
    throw error instanceof SyntaxError ? new Refused(`${path}: no bundle`) : error;
  } finally {
    line.stop();
    line.over();
  }
}

/** Fetch the records in `lost` one by one: files by their names, pages in the packs that hold them. */
async function storePieces(store, inventory, lost, came) {
  const pieces = piecesOf(inventory, lost);
  await each(pieces, async ([pack, wanted]) => {
    if (pack) {
      for (const [hash, bytes] of await fetchedPack(pack, wanted)) await writeRecord(store, hash, bytes);
    } else {
      for (const [path, hash] of wanted) await writeRecord(store, hash, await fetchedFile(path, hash));
    }
    came(wanted.length);
  });
}

/** What is asked for to get the records in `lost`: [pack, records of it], and ["", [a file]]. */
function piecesOf(inventory, lost) {
  const packs = new Map();
  const files = [];
  for (const record of lost) {
    const page = inventory.pages.get(record[0]);
    if (!page) files.push(["", [record]]);
    else if (packs.has(page.pack)) packs.get(page.pack).push(record);
    else packs.set(page.pack, [record]);
  }
  return [...files, ...packs];
}

/** The mark that makes the release whole; always the last write. */
async function seal(store, inventory) {
  const lost = await missing(store, inventory.needed);
  if (lost.length) throw new Error(`${lost[0][0]} did not stay stored`);
  const { id, published } = RELEASE;
  await keepNote(store, GENERATIONS + id, { id, published, inventory: RELEASE.inventory, stored: Date.now() });
}

/**
 * Store this release beside the one in use. What changed since an older one is asked for; what
 * does not fit takes the bundle, and what few records are missing then come one by one. Every record
 * is checked. Rejects, and with it the browser drops this worker, unless all of it is there.
 */
async function install(attempt) {
  const store = await openStore();
  const total = RELEASE.total;
  let told = -1;
  const progress = (share) => {
    const done = Math.floor(share * total);
    if (attempt.over || done === told) return;
    told = done;
    report(attempt, { type: "progress", done, total }).catch(() => {});
  };
  progress(0);
  const known = await generations(store);
  let inventory = await readInventory(store, RELEASE.inventory);
  const begun = Boolean(inventory);
  await keepNote(store, PENDING, { id: RELEASE.id, inventory: RELEASE.inventory });
  let bundle = RELEASE.bundle > 0;
  if (!inventory) inventory = await storeSince(store, known);
  if (!inventory && bundle && !known.length) {
    inventory = await bundled(store, progress);
    bundle = false;
  }
  if (!inventory) inventory = (await readInventory(store, RELEASE.inventory)) || (await fetchedInventory(store));
  let lost = await missing(store, inventory.needed, true);
  // What an attempt before has brought is gone on with, so that a bad line comes to an end, too.
  if (begun && lost.length < 0.8 * inventory.needed.length) bundle = false;
  if (bundle && piecesOf(inventory, lost).length > FEW) {
    await bundled(store, progress);
    lost = await missing(store, inventory.needed, true);
  }
  let done = inventory.needed.length - lost.length;
  await storePieces(store, inventory, lost, (count) => progress((done += count) / inventory.needed.length));
  await seal(store, inventory);
  await store.delete(PENDING);
}

/** Change the newest release that this phone has into this one; null when that cannot be done. */
async function storeSince(store, known) {
  const base = known[0] && (await readInventory(store, known[0].inventory));
  const found = base && (await fetchedSince(known[0].id, base, (hash) => readRecord(store, hash)));
  if (!found) return null;
  await writeInventory(store, RELEASE.inventory, found.inventory.text);
  for (const [hash, bytes] of found.made) await writeRecord(store, hash, bytes);
  return found.inventory;
}

/**
 * The bundle, stored; null when the host has none that is ours, or the line broke: what is still
 * missing is then to come piece by piece. Throws when the phone does not store.
 */
async function bundled(store, progress) {
  try {
    return await storeBundle(store, progress);
  } catch (error) {
    if (["changed", "network"].includes(reason(error))) return null;
    throw error;
  }
}

/**
 * Forget the other releases. With several windows open, one of them may be in the middle of loading
 * a page of the old one: that is kept for a while, as its scripts and styles have names of their
 * own and cannot be taken for ours.
 */
async function activate() {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const store = await openStore();
  const stale = (await generations(store)).map(({ id }) => id).filter((id) => id !== RELEASE.id);
  if (windows.length <= 1) await forget(store, stale);
  // Without room for a note there is none for an old release either.
  else await keepNote(store, STALE, { stale, at: Date.now() }).catch(() => forget(store, stale));
}

let lastCheck = 0;

/**
 * After a navigation, at most once a minute: is anything lost? Looking for a newer release
 * is left to the browser, which does it after every navigation, and to the page: in
 * Chromium an `update()` called in here can leave the next worker waiting for ever.
 */
async function lookAfter() {
  if (Date.now() - lastCheck < CHECK_EVERY) return;
  lastCheck = Date.now();
  if (retired()) return;
  await heal().then(complete).catch((error) => {
    // Without network nothing could be had: the next page may be luckier.
    if (reason(error) === "network") lastCheck = 0;
  });
  const store = await openStore();
  const told = await note(store, STALE);
  if (told && Date.now() - told.at > GRACE) {
    await forget(store, told.stale.filter((id) => id !== RELEASE.id));
    await store.delete(STALE);
  }
}

/**
 * Fetch what may come later, once the release is whole; with `deep`, damaged ones count as missing. Gives
 * how many were damaged: that others have not come yet is no fault.
 */
async function storeLater(store, inventory, deep) {
  const absent = await missing(store, inventory.later);
  const lost = deep ? await missing(store, inventory.later, true) : absent;
  await storePieces(store, inventory, lost, () => {});
  return lost.length - absent.length;
}

let completing = null;

/** The same for this release, when a page says that nobody waits; several windows may say so. */
function complete() {
  if (!completing) {
    completing = (async () => {
      const store = await openStore();
      const inventory = await readInventory(store, RELEASE.inventory);
      return inventory && (await note(store, GENERATIONS + RELEASE.id)) ? storeLater(store, inventory) : 0;
    })().finally(() => {
      completing = null;
    });
  }
  return completing;
}

/**
 * Fetch again what the phone has lost; with `deep`, look into every record for damage too.
 * Throws when something cannot be had now. Gives how many were put back.
 */
async function heal(deep) {
  const store = await openStore();
  const found = await readInventory(store, RELEASE.inventory);
  const inventory = found || (await fetchedInventory(store));
  let count = found ? 0 : 1;
  if (deep && !(await readAt(store, copyOf(RELEASE.inventory), RELEASE.inventory))) {
    await writeInventory(store, RELEASE.inventory, inventory.text);
    count = 1;
  }
  let lost = await missing(store, inventory.needed, deep);
  count += lost.length;
  if (RELEASE.bundle && piecesOf(inventory, lost).length > FEW) {
    await bundled(store, () => {});
    lost = await missing(store, inventory.needed, deep);
  }
  await storePieces(store, inventory, lost, () => {});
  if (!(await note(store, GENERATIONS + RELEASE.id))) await seal(store, inventory);
  if (deep) count += await storeLater(store, inventory, deep);
  if (count) await tell({ type: "repaired", count });
  return count;
}

async function status() {
  const { id, published, recorded } = RELEASE;
  const store = (await caches.has(STORE)) ? await openStore() : null;
  const inventory = store && (await readInventory(store, RELEASE.inventory));
  const kept = store && (await note(store, GENERATIONS + id));
  const lost = inventory ? (await missing(store, inventory.needed)).map(([path]) => path) : ["offline/inventory"];
  const total = inventory ? inventory.needed.length : RELEASE.total;
  return { id, published, recorded, stored: kept && kept.stored, total, missing: lost };
}
