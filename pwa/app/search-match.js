/**
 * How well a token that was typed fits one of the index, and a query a term: runs of
 * neighbours count in full, scattered characters little. No DOM.
 */

/** Qualities of a fit. */
const ALIKE = 0.8;
const SAME_SOUND = 0.72;
const TYPED_SOUND = 0.95;
const INITIAL = 0.9;
const BEGUN_WORD = 0.85;
const MISSPELT = 0.8;

/** For every token of the query: the tokens of the index that it may mean, with quality. */
export function fits(token, index) {
  const found = new Map();
  const offer = (number, quality) => {
    if (number !== undefined && !(found.get(number) >= quality)) found.set(number, quality);
  };
  if (token.kind === "han") {
    offer(index.numbers.get(token.text), 1);
    for (const other of index.sounds.alike.get(token.text) || []) offer(index.numbers.get(other), ALIKE);
    for (const sound of token.sounds) for (const number of bySound(index).get(sound) || []) offer(number, SAME_SOUND);
  } else if (token.kind === "syllable") {
    for (const number of bySound(index).get(token.text) || []) offer(number, TYPED_SOUND);
  } else if (token.kind === "initial") {
    for (const [sound, numbers] of bySound(index)) {
      if (sound.startsWith(token.text)) for (const number of numbers) offer(number, INITIAL);
    }
  } else {
    offer(index.numbers.get(token.text), 1);
    if (/^[a-z]{3}/.test(token.text)) {
      for (let number = 0; number < index.tokens.length; number += 1) {
        const other = index.tokens[number];
        if (other.charCodeAt(0) > 122) continue;
        if (token.last && other.startsWith(token.text)) offer(number, BEGUN_WORD);
        else if (sameWord(token.text, other)) offer(number, MISSPELT);
      }
    }
  }
  return found;
}

/** Folded syllable → numbers of the tokens that sound so; renewed when tokens were added. */
function bySound(index) {
  if (index.soundsOf && index.soundsOf.size === index.tokens.length) return index.soundsOf.table;
  const table = new Map();
  index.tokens.forEach((token, number) => {
    for (const sound of index.sounds.of.get(token) || []) {
      if (!table.has(sound)) table.set(sound, []);
      table.get(sound).push(number);
    }
  });
  index.soundsOf = { size: index.tokens.length, table };
  return table;
}

/** One letter off, or another ending (registers, registration): the same word. */
function sameWord(one, other) {
  if (one.length < 4 || other.length < 4 || one[0] !== other[0]) return false;
  const shorter = Math.min(one.length, other.length);
  let same = 0;
  while (same < shorter && one[same] === other[same]) same += 1;
  if (same >= 5 && same >= shorter - 1) return true;
  if (same === shorter && Math.abs(one.length - other.length) <= 2) return true;
  if (one.length < 5 || Math.abs(one.length - other.length) > 1) return false;
  const skipOne = one.length >= other.length ? 1 : 0;
  const skipOther = other.length >= one.length ? 1 : 0;
  return one.slice(same + skipOne) === other.slice(same + skipOther) || one.slice(same + 2) === other.slice(same + 2);
}

/** Credit of a token by the length of the run of neighbours that it stands in. */
const RUN = [0, 0.34, 0.9, 1];
/** Neighbours in the wrong order. */
const SWAPPED = 0.72;

/**
 * Fits a query onto the terms of an index; holds its working memory between terms.
 * `table[i]` is what `fits` gave for token i, `weights[i]` how telling it is.
 */
export class Matcher {
  constructor(query, table, weights) {
    this.query = query;
    this.table = table;
    this.weights = weights;
    this.credit = new Float64Array(query.length);
    this.whole = query.length === 1;
  }

  /**
   * The share of the term that the query covers, 0–1; `credit` then tells for every token
   * of the query how well the term explains it.
   */
  cover(term, index) {
    const { query, table, credit } = this;
    const [rows, columns] = [query.length, term.length];
    credit.fill(0);
    const own = new Float64Array(columns);
    const quality = (i, j) => (i < 0 || j < 0 || i >= rows || j >= columns ? 0 : table[i].get(term[j]) || 0);
    for (let i = 0; i < rows; i += 1) {
      for (let j = 0; j < columns; j += 1) {
        if (!quality(i, j) || (quality(i - 1, j - 1) && i && j)) continue;
        let length = 0;
        let real = 0;
        while (quality(i + length, j + length)) {
          if (quality(i + length, j + length) > SAME_SOUND) real += 1;
          length += 1;
        }
        for (let k = 0; k < length; k += 1) {
          const good = quality(i + k, j + k);
          let earned = good * this.run(length, real, query[i + k], columns, good);
          if (length === 1 && good === 1 && (quality(i - 1, j + 1) === 1 || quality(i + 1, j - 1) === 1)) earned = Math.max(earned, SWAPPED);
          if (earned > credit[i + k]) credit[i + k] = earned;
          if (earned > own[j + k]) own[j + k] = earned;
        }
      }
    }
    let [sum, all] = [0, 0];
    for (let j = 0; j < columns; j += 1) {
      const weight = index.weight(term[j]);
      sum += weight * own[j];
      all += weight;
    }
    return sum / all;
  }

  /** How much a fit counts, in a run of `length` of which `real` are more than same-sounding. */
  run(length, real, token, columns, good) {
    if (token.kind === "word") return 1;
    if (length === 1 && (this.whole || columns === 1)) return good >= ALIKE ? 1 : 0.5;
    if (length === 1 && good < 1) return token.kind === "syllable" ? 0.2 : 0;
    // Two that only sound alike are as good as nothing; longer ones are no accident.
    if (token.kind === "han" && !real) return length > 2 ? 0.8 : 0.35;
    return RUN[Math.min(length, 3)];
  }
}
