/** From what was typed or read to a matter, or to somebody's list of papers. */

import { load } from "./site.js";

const MOST = 12;
const plain = (text) => text.normalize("NFKC").toLowerCase();

/** The matters that `query` may mean, the likeliest first. */
export function candidates(matters, query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return matters
    .map((matter) => [rank(matter, words), matter])
    .filter(([points]) => points > 0)
    .sort(([a, one], [b, other]) => b - a || one.name.length - other.name.length)
    .slice(0, MOST)
    .map(([, matter]) => matter);
}

function rank({ name, aliases }, words) {
  const names = [name, ...(aliases || [])].map(plain);
  const points = words.map((word) => {
    if (names.includes(word)) return 4;
    if (names.some((one) => one.startsWith(word))) return 3;
    if (names.some((one) => one.includes(word))) return 2;
    return word.length > 1 && names.some((one) => inOrder(one, word)) ? 1 : 0;
  });
  return points.includes(0) ? 0 : points.reduce((sum, one) => sum + one, 0);
}

/** Whether all characters of `word` stand in `name`, in their order. */
function inOrder(name, word) {
  let at = -1;
  return Array.from(word).every((one) => {
    at = name.indexOf(one, at + 1);
    return at >= 0;
  });
}

/**
 * The list that `text` holds: the address of one, or its bare code. Null when it holds none;
 * throws, with words, when it holds one that cannot be read.
 * @returns {Promise<{matter: object, code: string}|null>}
 */
export async function listIn(text, matters) {
  const whole = /matters\/([^/?#]+)\/(?:index\.html)?(?:\?[^#]*)?#l=([\w-]+)/.exec(text);
  if (whole) {
    const id = decoded(whole[1]);
    const matter = matters.find((one) => one.id === id);
    if (!matter) throw new Error("这份清单的事项，指南里没有了。请按名字找。");
    return { matter, code: whole[2] };
  }
  const bare = /^(?:#?l=)?([\w-]{24,})$/.exec(text.trim());
  if (!bare) return null;
  const { decodeList } = await load("papers/code.js");
  // A code does not name its matter, but its checksum is right with one only.
  const matter = matters.find(({ id }) => {
    try {
      decodeList(bare[1], { matter: id, questions: [], papers: [] });
      return true;
    } catch {
      return false;
    }
  });
  if (!matter) throw new Error("清单的代码读不出来：少了字符，或者抄错了。请再扫一次，或者按名字找。");
  return { matter, code: bare[1] };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
