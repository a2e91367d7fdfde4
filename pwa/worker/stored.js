/*
 * What lies on the phone: one cache of records, each under the digest of its content, and for each
 * whole release a note that names its inventory. Nothing is ever overwritten by something else, so
 * that a switch from one release to another is one small write, and what both hold is kept once.
 */
"use strict";

/** Caches belong to the origin, not to the scope: the path keeps two guides apart. */
const STORE = `guidestore@${SCOPE.pathname}`;
/** Before there was a store, each release had a cache of its own. */
const isFormer = (name) => name.startsWith("guide-") && name.endsWith(`@${SCOPE.pathname}`);

const RECORDS = href("offline/stored/");
const GENERATIONS = href("offline/generation/");
/** Which release is being stored: its records are wanted before it is whole. */
const PENDING = href("offline/pending");
/** Which releases are to be forgotten once nobody can be reading them any more. */
const STALE = href("offline/stale");

const openStore = () => caches.open(STORE);
/** The same for one record: not opened first, the browser is asked once and not twice. */
const SHELF = { match: (key) => caches.match(key, { cacheName: STORE }) };
const keyOf = (hash) => RECORDS + hash;
/** One flipped bit in the inventory would cost all records: there are two of it. */
const copyOf = (hash) => `${RECORDS}${hash}/copy`;

/** What lies at `key`; null when it is missing, or not what `hash` says. */
async function readAt(store, key, hash) {
  try {
    const found = await store.match(key);
    if (!found) return null;
    const bytes = await found.arrayBuffer();
    return (await digest(bytes)) === hash ? bytes : null;
  } catch {
    return null;
  }
}

const readRecord = (store, hash) => readAt(store, keyOf(hash), hash);
const writeRecord = (store, hash, bytes) => store.put(keyOf(hash), new Response(bytes));

/** The inventory with this digest, from whichever of the two is sound; the other is put right. */
async function readInventory(store, hash) {
  const bytes = await readRecord(store, hash);
  if (bytes) return parseInventory(textOf(bytes));
  const copy = await readAt(store, copyOf(hash), hash);
  if (!copy) return null;
  await writeRecord(store, hash, copy).catch(() => {});
  return parseInventory(textOf(copy));
}

async function writeInventory(store, hash, text) {
  await writeRecord(store, hash, bytesOf(text));
  await store.put(copyOf(hash), new Response(bytesOf(text)));
}

/** Keep a small value with its own digest before it. */
async function keepNote(store, key, value) {
  const text = JSON.stringify(value);
  await store.put(key, new Response(`${await digest(bytesOf(text))} ${text}`));
}

/** The value kept at `key`; null when there is none, or it is damaged. */
async function note(store, key) {
  try {
    const found = await store.match(key);
    const [, hash, text] = /^([0-9a-f]{16}) (.*)$/.exec(await found.text());
    return (await digest(bytesOf(text))) === hash ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/**
 * The releases that are whole, the last stored first.
 * @returns {Promise<{id: string, inventory: string, stored: number}[]>}
 */
async function generations(store) {
  const found = [];
  for (const { url } of await store.keys()) {
    const kept = url.startsWith(GENERATIONS) && (await note(store, url));
    if (kept && url === GENERATIONS + kept.id) found.push(kept);
  }
  return found.sort((one, other) => other.stored - one.stored);
}

/**
 * Those of `records` that are not there; with `deep`, or that are not what they should be.
 * @param {[string, string][]} records  (path or address, digest)
 */
async function missing(store, records, deep) {
  const have = new Set((await store.keys()).map(({ url }) => url));
  const lost = records.filter(([, hash]) => !have.has(keyOf(hash)));
  if (!deep) return lost;
  const there = records.filter(([, hash]) => have.has(keyOf(hash)));
  await each(there, async (record) => {
    if (!(await readRecord(store, record[1]))) lost.push(record);
  });
  return lost;
}

/** Delete the records that no release needs: neither a whole one nor the one that is being stored. */
async function sweep(store) {
  const pending = await note(store, PENDING);
  const wanted = new Set();
  for (const { id, inventory } of [...(await generations(store)), ...(pending ? [pending] : [])]) {
    const known = await readInventory(store, inventory);
    // What it needs cannot be told: rather too much than too little.
    if (!known && (id === RELEASE.id || (pending && id === pending.id))) return;
    for (const [, hash] of known ? known.records : []) wanted.add(keyOf(hash));
    wanted.add(keyOf(inventory)).add(copyOf(inventory));
  }
  for (const { url } of await store.keys()) {
    if (url.startsWith(RECORDS) && !wanted.has(url)) await store.delete(url);
  }
}

/** Forget releases, and the caches of former times. */
async function forget(store, ids) {
  for (const id of ids) await store.delete(GENERATIONS + id);
  for (const name of await caches.keys()) if (isFormer(name)) await caches.delete(name);
  await sweep(store);
}

/** `path` as another release on this phone has it, for a page of that release which is still open. */
async function fromAnother(path) {
  const store = await openStore();
  for (const { inventory } of await generations(store)) {
    const known = await readInventory(store, inventory);
    const hash = known && known.files.get(path);
    const bytes = hash && (await readRecord(store, hash));
    if (bytes) return answer(path, bytes);
  }
  return caches.match(href(path));
}
