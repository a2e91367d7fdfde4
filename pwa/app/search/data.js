/**
 * The index, fetched in steps: names first, then what else people type, then the full
 * text, which is only asked for when names say little. Works offline once stored.
 */

import { api } from "../page/page.js";
import { Index } from "./index.js";
import { search } from "./rank.js";

const ARTICLE = /第[零一二三四五六七八九十百]+条/;

/** One answer for all who ask; a failed one may be asked for again. */
function once(make) {
  let promised = null;
  return () => {
    if (!promised) {
      promised = make();
      promised.catch(() => (promised = null));
    }
    return promised;
  };
}

const names = once(async () => new Index(await api("search")));
const more = once(async () => {
  const [index, data] = await Promise.all([names(), api("search-more")]);
  if (!index.more) index.addMore(data);
  return index;
});
const text = once(async () => {
  const [index, data] = await Promise.all([more(), api("search-text")]);
  if (!index.text) index.addText(data);
  return index;
});

/** Start fetching what nearly every query needs. */
export function prepare() {
  return Promise.all([names(), more()]).catch(() => {});
}

/**
 * The matters that `typed` means, and the journeys that may be meant by it. Rejects when
 * the index cannot be had.
 * @returns {Promise<import("./rank.js").Found & {journeys: {id: string, name: string, summary: string}[]}>}
 */
export async function find(typed) {
  const found = await findMatters(typed);
  return { ...found, journeys: journeysFor(found, (await names()).journeys) };
}

/** Those of the best matter, unless it is but a guess, and those that were named. */
function journeysFor({ hits, weak, elsewhere, text }, journeys) {
  if (elsewhere) return [];
  const best = hits.length && !weak ? hits[0].matter.id : null;
  const said = text.replace(/ /g, "");
  return journeys.filter(({ matters, words }) => matters.includes(best) || words.some((word) => said.includes(word)));
}

async function findMatters(typed) {
  // What is a word of the first file needs no other.
  const index = await names();
  if (!index.more) {
    const found = search(typed, index);
    if (found.exact) return found;
    await more();
  }
  const found = search(typed, index);
  // Articles of laws are in the full text only.
  if (found.sure && !ARTICLE.test(found.text)) return found;
  try {
    await text();
  } catch {
    return found;
  }
  const further = search(typed, index, true);
  return further.hits.length || further.elsewhere ? further : found;
}
