/**
 * How characters sound and look, for searching: pinyin with the confusions of the local
 * accent folded away, and Latin letters split into syllables or initials. No DOM.
 */

/** zh/z, ch/c, sh/s and n/ng are one; ü is typed v or u. */
export function fold(syllable) {
  return syllable.replace(/^([zcs])h/, "$1").replace(/ng$/, "n").replace("v", "u");
}

export const FIRST_HAN = 0x3400;
/** How many characters there are from it on. */
export const HAN = 0x9fff - FIRST_HAN + 1;

/**
 * Readings and relations of characters, filled from the index files, where they are looked
 * up when asked for. `alike`: character → characters that look like it; `plain`:
 * traditional → simplified.
 */
export class Sounds {
  constructor() {
    this.alike = new Map();
    this.plain = new Map();
    this.listed = "|";
    this.forget();
  }

  /** What was looked up is kept until there are more readings. */
  forget() {
    this.typed = null;
    this.readings = new Map();
    this.characters = new Map();
    this.beginnings = new Map();
  }

  /**
   * `listed` is "an,ang:安案|ba:八": a folded syllable, the others as pypinyin writes them
   * that fold to it, and all their characters.
   */
  addReadings(listed) {
    this.listed += `${listed}|`;
    this.forget();
  }

  /** The folded syllables of a character; none when it has no reading here. */
  of(character) {
    return kept(this.readings, character, () => this.find(character));
  }

  find(character) {
    const { listed } = this;
    const found = [];
    for (let at = listed.indexOf(character); at >= 0; at = listed.indexOf(character, at)) {
      const group = listed.slice(listed.lastIndexOf("|", at) + 1, at);
      const folded = /^[a-z]+/.exec(group)[0];
      if (!found.includes(folded)) found.push(folded);
      at = listed.indexOf("|", at);
    }
    return found;
  }

  /** The characters of a folded syllable. */
  by(folded) {
    return kept(this.characters, folded, () => this.collect(folded));
  }

  collect(folded) {
    const { listed } = this;
    let found = "";
    for (let at = listed.indexOf(`|${folded}`); at >= 0; at = listed.indexOf(`|${folded}`, at + 1)) {
      const after = listed[at + folded.length + 1];
      if (after === ":" || after === ",") found += listed.slice(listed.indexOf(":", at) + 1, listed.indexOf("|", at + 1));
    }
    return found;
  }

  /** The folded syllables that begin with `letters`. */
  startingWith(letters) {
    return kept(this.beginnings, letters, () => {
      const groups = this.listed.matchAll(new RegExp(`\\|(${letters}[a-z]*)`, "g"));
      return Array.from(new Set(Array.from(groups, ([, folded]) => folded)));
    });
  }

  /** What may be typed: all syllables, as written and folded. */
  syllables() {
    if (!this.typed) this.typed = new Set(this.listed.match(/[a-z]+/g));
    return this.typed;
  }

  /** Groups of characters that look alike: ["营菅管", …]. */
  addLookalikes(groups) {
    for (const group of groups) {
      for (const character of group) {
        const others = Array.from(group).filter((other) => other !== character);
        this.alike.set(character, [...(this.alike.get(character) || []), ...others]);
      }
    }
  }

  /** Pairs of a traditional and a simplified character: "營营業业". */
  addTraditional(pairs) {
    const characters = Array.from(pairs);
    for (let at = 0; at < characters.length; at += 2) this.plain.set(characters[at], characters[at + 1]);
  }
}

/** What `map` has under `key`, found when it is asked for the first time. */
function kept(map, key, find) {
  let found = map.get(key);
  if (found === undefined) map.set(key, (found = find()));
  return found;
}

const INITIALS = /[bpmfdtnlgkhjqxrzcsyw]/;

/**
 * Letters as syllables and, where there is none, initials; null when they are neither.
 * "shigong" → [{syllable: "si"}, {syllable: "gon"}], "spjyxk" → six {initial}. A last
 * syllable that is being typed counts as an initial with more letters: {initial: "fand"}.
 */
export function splitLetters(letters, syllables) {
  const size = letters.length;
  /** @type {Array<{cost: number, back: number, piece: object}|null>} */
  const best = new Array(size + 1).fill(null);
  best[0] = { cost: 0, back: 0, piece: null };
  for (let from = 0; from < size; from += 1) {
    if (!best[from]) continue;
    const offer = (to, cost, piece) => {
      const total = best[from].cost + cost;
      if (!best[to] || total < best[to].cost) best[to] = { cost: total, back: from, piece };
    };
    for (let to = Math.min(size, from + 6); to > from; to -= 1) {
      const part = letters.slice(from, to);
      if (syllables.has(part)) offer(to, part.length === 1 ? 1.6 : 1, { syllable: fold(part) });
    }
    if (INITIALS.test(letters[from])) offer(from + 1, 1.5, { initial: letters[from] });
    const rest = letters.slice(from);
    if (rest.length > 1 && rest.length < 6 && from > 0 && startsSyllable(rest, syllables)) offer(size, 1.3, { initial: fold(rest) });
  }
  if (!best[size]) return null;
  const pieces = [];
  for (let at = size; at > 0; at = best[at].back) pieces.unshift(best[at].piece);
  return pieces;
}

function startsSyllable(letters, syllables) {
  for (const syllable of syllables) if (syllable.startsWith(letters)) return true;
  return false;
}
