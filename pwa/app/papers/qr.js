/**
 * QR codes after ISO/IEC 18004: bytes, versions 1 to 10, levels L and M. No page.
 *
 * `encode` gives a square of booleans, true is dark, without the quiet zone of four modules
 * that whoever draws it has to leave around it.
 */

/** Per level and version: error correction bytes per block, number of blocks (table 9). */
const BLOCKS = {
  L: [[7, 1], [10, 1], [15, 1], [20, 1], [26, 1], [18, 2], [20, 2], [24, 2], [30, 2], [18, 4]],
  M: [[10, 1], [16, 1], [26, 1], [18, 2], [24, 2], [16, 4], [18, 4], [22, 4], [22, 5], [26, 5]],
};
const LEVEL_BITS = { L: 1, M: 0 };
/** Centres of the alignment patterns (annex E). */
const ALIGNMENT = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/**
 * @param {Uint8Array} bytes  at most 271 at level L, 213 at level M
 * @param {{level?: "L"|"M", version?: number, mask?: number}} choice  the smallest version
 *   that holds the bytes and the mask of the lowest penalty unless told
 * @returns {boolean[][]} rows
 */
export function encode(bytes, { level = "M", version = smallest(bytes.length, level), mask } = {}) {
  const words = interleave(dataWords(bytes, version, level), version, level);
  const symbol = blank(version);
  fill(symbol, words);
  if (mask !== undefined) return masked(symbol, level, mask);
  const candidates = MASKS.map((_, index) => masked(symbol, level, index));
  const penalties = candidates.map(penalty);
  return candidates[penalties.indexOf(Math.min(...penalties))];
}

// --- data ---------------------------------------------------------------------------

const size = (version) => version * 4 + 17;

/** All codewords of a version: the modules that no pattern takes, by eights. */
function codewords(version) {
  const side = size(version);
  const align = ALIGNMENT[version - 1].length;
  // Finders with separators and format, timing, and from version 2 on alignment patterns,
  // some of which lie on the timing lines; from version 7 on the version twice.
  let free = side * side - 3 * 64 - 31 - 2 * (side - 16);
  if (align) free -= (align * align - 3) * 25 - (align - 2) * 2 * 5;
  if (version >= 7) free -= 36;
  return Math.floor(free / 8);
}

function capacity(version, level) {
  const [correction, blocks] = BLOCKS[level][version - 1];
  return codewords(version) - correction * blocks;
}

const countBits = (version) => (version < 10 ? 8 : 16);

function smallest(length, level) {
  for (let version = 1; version <= 10; version += 1) {
    if (4 + countBits(version) + length * 8 <= capacity(version, level) * 8) return version;
  }
  throw new RangeError(`${length} bytes do not fit`);
}

function dataWords(bytes, version, level) {
  const total = capacity(version, level);
  const bits = [];
  const put = (value, count) => {
    for (let i = count - 1; i >= 0; i -= 1) bits.push((value >>> i) & 1);
  };
  put(0b0100, 4);
  put(bytes.length, countBits(version));
  for (const byte of bytes) put(byte, 8);
  if (bits.length > total * 8) throw new RangeError(`${bytes.length} bytes do not fit`);
  put(0, Math.min(4, total * 8 - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  const words = [];
  for (let i = 0; i < bits.length; i += 8) words.push(parseInt(bits.slice(i, i + 8).join(""), 2));
  for (let pad = 0xec; words.length < total; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/** Split into blocks, the shorter ones first, and take a word of each in turn. */
function interleave(words, version, level) {
  const [correction, count] = BLOCKS[level][version - 1];
  const short = Math.floor(words.length / count);
  const longer = words.length % count;
  const blocks = [];
  let start = 0;
  for (let i = 0; i < count; i += 1) {
    const end = start + short + (i >= count - longer ? 1 : 0);
    blocks.push(words.slice(start, end));
    start = end;
  }
  const checks = blocks.map((block) => remainder(block, generatorOf(correction)));
  return [...columns(blocks, short + 1), ...columns(checks, correction)];
}

function columns(blocks, length) {
  const made = [];
  for (let i = 0; i < length; i += 1) {
    for (const block of blocks) if (i < block.length) made.push(block[i]);
  }
  return made;
}

// --- Reed-Solomon over GF(256) with x^8 + x^4 + x^3 + x^2 + 1 ------------------------

const EXP = new Uint8Array(512);
const LOG = new Uint8Array(256);
for (let i = 0, value = 1; i < 255; i += 1) {
  EXP[i] = EXP[i + 255] = value;
  LOG[value] = i;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}
const times = (a, b) => (a && b ? EXP[LOG[a] + LOG[b]] : 0);

/** Coefficients of (x - 1)(x - 2)…, highest first, without the leading 1. */
function generatorOf(degree) {
  let made = [1];
  for (let i = 0; i < degree; i += 1) {
    const next = [...made, 0];
    made.forEach((factor, at) => (next[at + 1] ^= times(factor, EXP[i])));
    made = next;
  }
  return made.slice(1);
}

function remainder(words, divisor) {
  const rest = divisor.map(() => 0);
  for (const word of words) {
    const factor = word ^ rest.shift();
    rest.push(0);
    divisor.forEach((value, at) => (rest[at] ^= times(value, factor)));
  }
  return rest;
}

// --- the symbol ---------------------------------------------------------------------

/** `dark[y][x]`, with null where data goes; format and version cells are only reserved. */
function blank(version) {
  const side = size(version);
  const dark = Array.from({ length: side }, () => Array(side).fill(null));
  const set = (x, y, value) => {
    if (x >= 0 && y >= 0 && x < side && y < side) dark[y][x] = value;
  };
  for (let i = 0; i < side; i += 1) dark[6][i] = dark[i][6] = i % 2 === 0;
  for (const [left, top] of [[3, 3], [side - 4, 3], [3, side - 4]]) {
    for (let dy = -4; dy <= 4; dy += 1) {
      for (let dx = -4; dx <= 4; dx += 1) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        set(left + dx, top + dy, ring !== 2 && ring !== 4);
      }
    }
  }
  for (const y of ALIGNMENT[version - 1]) {
    for (const x of ALIGNMENT[version - 1]) {
      const corner = (x === 6 && (y === 6 || y === side - 7)) || (y === 6 && x === side - 7);
      if (!corner) square(set, x, y);
    }
  }
  if (version >= 7) versionInfo(dark, version);
  format(dark, 0);
  return dark;
}

function square(set, x, y) {
  for (let dy = -2; dy <= 2; dy += 1) {
    for (let dx = -2; dx <= 2; dx += 1) set(x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
  }
}

/** `value` with the remainder of its division by `polynomial` appended (annexes C, D). */
function bch(value, polynomial, bits) {
  let rest = value << bits;
  for (let i = 31; i >= bits; i -= 1) if ((rest >>> i) & 1) rest ^= polynomial << (i - bits);
  return (value << bits) | rest;
}

function versionInfo(dark, version) {
  const bits = bch(version, 0x1f25, 12);
  for (let i = 0; i < 18; i += 1) {
    const a = dark.length - 11 + (i % 3);
    const b = Math.floor(i / 3);
    dark[a][b] = dark[b][a] = Boolean((bits >>> i) & 1);
  }
}

/** The fifteen bits of level and mask, twice, and the module that is always dark. */
function format(dark, value) {
  const bits = bch(value, 0x537, 10) ^ 0x5412;
  const side = dark.length;
  for (let i = 0; i < 15; i += 1) {
    const bit = Boolean((bits >>> i) & 1);
    if (i < 8) dark[i < 6 ? i : i + 1][8] = dark[8][side - 1 - i] = bit;
    else {
      dark[8][i < 9 ? 7 : 14 - i] = bit;
      dark[side - 15 + i][8] = bit;
    }
  }
  dark[side - 8][8] = true;
}

/** Data in pairs of columns from the right, up and down in turn, around the patterns. Data
 * modules become 0 or 1, so that masks can tell them from patterns. */
function fill(dark, words) {
  const side = dark.length;
  let index = 0;
  for (let pair = 0, right = side - 1; right >= 1; pair += 1, right -= right === 8 ? 3 : 2) {
    for (let step = 0; step < side; step += 1) {
      const y = pair % 2 ? step : side - 1 - step;
      for (const x of [right, right - 1]) {
        if (dark[y][x] !== null) continue;
        dark[y][x] = index < words.length * 8 ? (words[index >>> 3] >>> (7 - (index & 7))) & 1 : 0;
        index += 1;
      }
    }
  }
}

function masked(symbol, level, mask) {
  const made = symbol.map((row, y) =>
    row.map((value, x) => (typeof value === "boolean" ? value : Boolean(value) !== MASKS[mask](x, y))),
  );
  format(made, (LEVEL_BITS[level] << 3) | mask);
  return made;
}

/** How hard a symbol is to read (clause 7.8.3): lower is better. */
function penalty(dark) {
  const side = dark.length;
  const turned = dark.map((_, x) => dark.map((row) => row[x]));
  let points = 0;
  for (const line of [...dark, ...turned]) {
    const text = line.map(Number).join("");
    for (const run of text.match(/0{5,}|1{5,}/g) || []) points += run.length - 2;
    points += 40 * (text.match(/(?=10111010000|00001011101)/g) || []).length;
  }
  for (let y = 1; y < side; y += 1) {
    for (let x = 1; x < side; x += 1) {
      const value = dark[y][x];
      if (value === dark[y - 1][x] && value === dark[y][x - 1] && value === dark[y - 1][x - 1]) points += 3;
    }
  }
  const share = dark.flat().filter(Boolean).length / (side * side);
  return points + 10 * Math.floor(Math.abs(share * 20 - 10));
}
