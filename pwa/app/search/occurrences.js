/**
 * The terms of the index as tokens, and where each token occurs. No DOM.
 *
 * A cheap phone runs all of this for the first time while somebody waits: few objects, and
 * loops over numbers.
 */

import { FIRST_HAN, HAN } from "./sounds.js";

const LATIN = /[A-Za-z0-9]/;
const PIECES = /[\u3400-\u9fff]|[a-z]+|[0-9]+/g;

/** A text of the index as tokens: characters, Latin words, numbers. */
export const pieces = (text) => text.toLowerCase().match(PIECES) || [];

export class Occurrences {
  constructor() {
    /** Tokens by number, and their numbers (characters': plus one); a token is a character, a Latin word or a number. */
    this.tokens = [];
    this.ofCode = new Int16Array(HAN);
    this.ofWord = new Map();
    /** The tokens of all terms, one after the other, and where those of each begin. */
    this.flat = new Int32Array(0);
    this.starts = new Int32Array(1);
    /** The terms of each token in order, and where those of each begin; see `locate`. */
    this.places = new Int32Array(0);
    this.heads = new Int32Array(1);
  }

  /** Number the tokens of those of `texts` that are new, at its end, and note where each occurs. */
  add(texts) {
    const { tokens, ofCode } = this;
    const from = this.starts.length - 1;
    const count = texts.length;
    const flat = new Int32Array(this.flat.length + texts.slice(from).join("").length);
    const starts = new Int32Array(count + 1);
    flat.set(this.flat);
    starts.set(this.starts);
    let end = this.flat.length;
    for (let place = from; place < count; place += 1) {
      const text = texts[place];
      const length = text.length;
      for (let at = 0; at < length; at += 1) {
        const code = text.charCodeAt(at) - FIRST_HAN;
        // Beyond its ends an array answers slowly.
        if (code >= 0 && code < HAN) {
          let number = ofCode[code];
          if (number === 0) {
            number = tokens.push(text[at]);
            ofCode[code] = number;
          }
          flat[end] = number - 1;
          end += 1;
        } else if (LATIN.test(text[at])) {
          // Brackets and other marks are passed over; letters and digits take the longer way.
          end = this.addMixed(text, flat, starts[place]);
          break;
        }
      }
      starts[place + 1] = end;
    }
    this.flat = flat.subarray(0, end);
    this.starts = starts;
    this.locate();
  }

  /** Number the tokens of a text with letters or digits; the end of them in `flat`. */
  addMixed(text, flat, begin) {
    const found = pieces(text);
    found.forEach((token, at) => (flat[begin + at] = this.number(token)));
    return begin + found.length;
  }

  /**
   * `places`: the terms of each token in order, those of token t from heads[t] to
   * heads[t + 1]; a term stands there once for each time that it has the token.
   */
  locate() {
    const { flat, starts } = this;
    const count = this.tokens.length;
    const size = flat.length;
    const heads = new Int32Array(count + 1);
    for (let at = 0; at < size; at += 1) heads[flat[at]] += 1;
    let sum = size;
    for (let token = count; token >= 0; token -= 1) sum = heads[token] = sum - heads[token];
    const places = new Int32Array(size);
    const next = heads.slice();
    const terms = starts.length - 1;
    let at = 0;
    for (let place = 0; place < terms; place += 1) {
      const until = starts[place + 1];
      for (; at < until; at += 1) {
        const token = flat[at];
        const free = next[token];
        places[free] = place;
        next[token] = free + 1;
      }
    }
    this.heads = heads;
    this.places = places;
  }

  /** The number of a token; undefined when no term has it. */
  numberOf(token) {
    const code = token.charCodeAt(0) - FIRST_HAN;
    if (code < 0) return this.ofWord.get(token);
    const known = this.ofCode[code];
    return known ? known - 1 : undefined;
  }

  /** The number of a token; a new one gets one. */
  number(token) {
    let number = this.numberOf(token);
    if (number === undefined) {
      number = this.tokens.push(token) - 1;
      const code = token.charCodeAt(0) - FIRST_HAN;
      if (code < 0) this.ofWord.set(token, number);
      else this.ofCode[code] = number + 1;
    }
    return number;
  }
}
