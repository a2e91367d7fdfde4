/*
 * From the release that the phone has to the next: the differences of the records that changed, which
 * `guide publish` makes for each of the last releases (docs/offline.md).
 */
"use strict";

/**
 * `text` changed by `patch`: numbers above zero keep so many UTF-16 units of it, those below zero
 * leave so many out, texts are put in; what is left of it stays.
 */
function patched(text, patch) {
  let at = 0;
  let made = "";
  for (const step of patch) {
    if (typeof step === "string") made += step;
    else if (step > 0) made += text.slice(at, (at += step));
    else at -= step;
  }
  return made + text.slice(at);
}

/**
 * The inventory of this release and the records of it that `base` lacks, by digest. Null when the
 * file is none that leads from `base` to here. A record that comes out wrong (it was damaged on
 * the phone) is left out: it is fetched like any other that is missing.
 * @param {(hash: string) => Promise<ArrayBuffer|null>} read  a record of `base`
 * @param {Inventory} base
 */
async function madeSince(told, base, read) {
  if (!told || told.format !== 1 || told.to !== RELEASE.id) return null;
  const text = patched(base.text, told.inventory);
  const inventory = (await digest(bytesOf(text))) === RELEASE.inventory ? parseInventory(text) : null;
  if (!inventory) return null;
  const named = new Set(inventory.records.map(([, hash]) => hash));
  const made = new Map();
  const take = async (bytes) => {
    const hash = await digest(bytes);
    if (named.has(hash)) made.set(hash, bytes);
  };
  for (const [number, patch] of told.changed) {
    const record = base.records[number];
    const before = record && (await read(record[1]));
    if (before) await take(bytesOf(patched(textOf(before), patch)));
  }
  for (const record of told.added) await take(typeof record === "string" ? bytesOf(record) : bytesOfBase64(record.base64));
  return { inventory, made };
}

/** What leads from the release `id` to this one; null when the host has nothing that does. */
async function fetchedSince(id, base, read) {
  try {
    const accept = async (bytes) => {
      try {
        return await madeSince(JSON.parse(textOf(bytes)), base, read);
      } catch {
        return null;
      }
    };
    return await fetched(`since/${id}.json`, accept, ["no-cache"]);
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}
