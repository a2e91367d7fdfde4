/*
 * The inventory of a release: every record of it with its digest (docs/offline.md). It is itself
 * named after its content, so that whoever has it and the name knows all that belongs to the release.
 */
"use strict";

/**
 * @typedef {{text: string, files: Map<string, string>, pages: Map<string, {hash: string, pack: string}>,
 *   needed: [string, string][], later: [string, string][], records: [string, string][]}} Inventory
 *   files by path, pages by address; `records` are both, in the order of the inventory: those without
 *   which the release is not whole, then those that come when nobody waits
 */

/** @returns {Inventory|null} null for what is none */
function parseInventory(text) {
  try {
    const { files, packs, later = {} } = JSON.parse(text);
    const pages = new Map();
    const among = (listed) => {
      const found = [];
      for (const pack of Object.keys(listed)) {
        for (const [url, hash] of Object.entries(listed[pack])) {
          pages.set(url, { hash, pack });
          found.push([url, hash]);
        }
      }
      return found;
    };
    const needed = Object.entries(files).concat(among(packs));
    const after = among(later);
    return { text, files: new Map(Object.entries(files)), pages, needed, later: after, records: needed.concat(after) };
  } catch {
    return null;
  }
}

/** The digest of a record of `inventory`, by its path or address; undefined when it has none such. */
function digestIn(inventory, path) {
  const page = inventory.pages.get(path);
  return page ? page.hash : inventory.files.get(path);
}
