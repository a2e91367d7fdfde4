/*
 * The inventory of a release: every record of it with its digest (docs/offline.md). It is itself
 * named after its content, so that whoever has it and the name knows all that belongs to the release.
 */
"use strict";

/**
 * @typedef {{text: string, files: Map<string, string>,
 *   pages: Map<string, {hash: string, pack: string}>, records: [string, string][]}} Inventory
 *   files by path, pages by address; `records` are both, in the order of the inventory
 */

/** @returns {Inventory|null} null for what is none */
function parseInventory(text) {
  try {
    const { files, packs } = JSON.parse(text);
    const pages = new Map();
    for (const pack of Object.keys(packs)) {
      for (const url of Object.keys(packs[pack])) pages.set(url, { hash: packs[pack][url], pack });
    }
    const listed = new Map(Object.entries(files));
    const records = Array.from(listed).concat(Array.from(pages, ([url, page]) => [url, page.hash]));
    return { text, files: listed, pages, records };
  } catch {
    return null;
  }
}

/** The digest of a record of `inventory`, by its path or address; undefined when it has none such. */
function digestIn(inventory, path) {
  const page = inventory.pages.get(path);
  return page ? page.hash : inventory.files.get(path);
}
