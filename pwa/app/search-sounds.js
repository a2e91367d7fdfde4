/**
 * How characters sound and look, for searching: pinyin with the confusions of the local
 * accent folded away, and Latin letters split into syllables or initials. No DOM.
 */

/** zh/z, ch/c, sh/s and n/ng are one; ü is typed v or u. */
export function fold(syllable) {
  return syllable.replace(/^([zcs])h/, "$1").replace(/ng$/, "n").replace("v", "u");
}

/**
 * Readings and relations of characters, filled from the index files.
 * `of`: character → folded syllables, `by`: the other way round; `alike`: character → characters that look like it;
 * `plain`: traditional → simplified; `syllables`: what may be typed, as written and folded.
 */
export class Sounds {
  constructor() {
    this.of = new Map();
    this.by = new Map();
    this.alike = new Map();
    this.plain = new Map();
    this.syllables = new Set();
  }

  /** `listed` is "an:安案|ba:八" with the syllables as pypinyin writes them. */
  addReadings(listed) {
    for (const group of listed.split("|")) {
      const [syllable, characters] = group.split(":");
      const folded = fold(syllable);
      this.syllables.add(syllable).add(folded);
      let alike = this.by.get(folded) || "";
      // One list for all characters with this reading alone.
      const only = [folded];
      for (let at = 0; at < characters.length; at += 1) {
        const character = characters[at];
        const known = this.of.get(character);
        if (known && known.includes(folded)) continue;
        this.of.set(character, known ? [...known, folded] : only);
        alike += character;
      }
      this.by.set(folded, alike);
    }
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
