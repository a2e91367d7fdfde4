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
/** Above it a fit is more than the same sound (which Float32 keeps inexactly). */
const REAL = 0.75;

/**
 * Which tokens of the index a token of the query may mean: their numbers, and for every
 * token of the index the quality of the fit, 0 for most.
 * @returns {{numbers: number[], quality: Float32Array}}
 */
export function fits(token, index) {
  const { occurrences } = index;
  const quality = new Float32Array(occurrences.tokens.length);
  const numbers = [];
  const offer = (number, good) => {
    if (number === undefined) return;
    if (!quality[number]) numbers.push(number);
    if (quality[number] < good) quality[number] = good;
  };
  const sounding = (sound, good) => {
    for (const other of index.sounds.by(sound)) offer(occurrences.numberOf(other), good);
  };
  if (token.kind === "han") {
    offer(occurrences.numberOf(token.text), 1);
    for (const other of index.sounds.alike.get(token.text) || []) offer(occurrences.numberOf(other), ALIKE);
    for (const sound of token.sounds) sounding(sound, SAME_SOUND);
  } else if (token.kind === "syllable") {
    sounding(token.text, TYPED_SOUND);
  } else if (token.kind === "initial") {
    for (const sound of index.sounds.startingWith(token.text)) sounding(sound, INITIAL);
  } else {
    offer(occurrences.numberOf(token.text), 1);
    if (/^[a-z]{3}/.test(token.text)) {
      for (let number = 0; number < occurrences.tokens.length; number += 1) {
        const other = occurrences.tokens[number];
        if (other.charCodeAt(0) > 122) continue;
        if (token.last && other.startsWith(token.text)) offer(number, BEGUN_WORD);
        else if (sameWord(token.text, other)) offer(number, MISSPELT);
      }
    }
  }
  return { numbers, quality };
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
 * `table[i]` is what `fits` gave for token i.
 */
export class Matcher {
  constructor(query, table) {
    this.query = query;
    this.rows = table.map(({ quality }) => quality);
    this.credit = new Float64Array(query.length);
    this.own = new Float64Array(64);
    this.whole = query.length === 1;
  }

  /**
   * The share of the term at `place` that the query covers, 0–1; `credit` then tells for every token
   * of the query how well the term explains it.
   */
  cover(index, place) {
    const { rows, credit } = this;
    // Where its tokens are; to cut them out would cost half as much as to fit them.
    const { flat, starts } = index.occurrences;
    const from = starts[place];
    const columns = starts[place + 1] - from;
    if (this.own.length < columns) this.own = new Float64Array(columns);
    const { own } = this;
    credit.fill(0);
    own.fill(0, 0, columns);
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i];
      for (let j = 0; j < columns; j += 1) {
        if (row[flat[from + j]] === 0) continue;
        if (i && j && rows[i - 1][flat[from + j - 1]] > 0) continue;
        this.follow(flat, from, columns, i, j);
      }
    }
    let sum = 0;
    let all = 0;
    for (let j = 0; j < columns; j += 1) {
      const weight = index.weight(flat[from + j]);
      sum += weight * own[j];
      all += weight;
    }
    return sum / all;
  }

  /** The run of neighbours that begins at token i of the query and j of the term, whose tokens are those of `flat` from `from`. */
  follow(flat, from, columns, i, j) {
    const { query, rows, credit, own } = this;
    let length = 0;
    let real = 0;
    let exact = 0;
    while (i + length < rows.length && j + length < columns) {
      const good = rows[i + length][flat[from + j + length]];
      if (good === 0) break;
      if (good > REAL) real += 1;
      if (good === 1) exact += 1;
      length += 1;
    }
    for (let k = 0; k < length; k += 1) {
      const good = rows[i + k][flat[from + j + k]];
      let earned = good * this.run(length, real, query[i + k], columns, good, exact);
      if (length === 1 && good === 1 && this.swapped(flat, from, columns, i, j)) earned = Math.max(earned, SWAPPED);
      if (earned > credit[i + k]) credit[i + k] = earned;
      if (earned > own[j + k]) own[j + k] = earned;
    }
  }

  swapped(flat, from, columns, i, j) {
    const { rows } = this;
    const after = flat[from + j + 1];
    const before = flat[from + j - 1];
    return (i > 0 && j + 1 < columns && rows[i - 1][after] === 1) || (i + 1 < rows.length && j > 0 && rows[i + 1][before] === 1);
  }

  /** How much a fit counts, in a run of `length` of which `real` are more than same-sounding. */
  run(length, real, token, columns, good, exact) {
    if (token.kind === "word") return 1;
    if (length === 1 && (this.whole || columns === 1)) return good > REAL ? 1 : 0.5;
    if (length === 1 && good < 1) return token.kind === "syllable" ? 0.2 : 0;
    // Two that only sound alike are as good as nothing; longer ones are no accident.
    if (token.kind === "han" && !real) return length > 2 ? 0.8 : 0.35;
    if (token.kind === "han" && !exact && length < 3) return 0.35;
    if (token.kind === "han" && !exact && length === 3) return 0.5;
    return RUN[Math.min(length, 3)];
  }
}
