/**
 * A list of papers as a short text for the fragment of its page's address: #l=<code>. No
 * page, no network.
 *
 * A fragment is not sent to the server, and there is nothing personal in it: which answers
 * were given, which papers are ticked. The code is base64url (RFC 4648) of
 *
 *   1      format, 1
 *   4      start of the release id, 0 when it is not known
 *   2      day of the last change, days since 2020-01-01
 *   1      number of questions, then 2 bytes hash of their ids and options
 *   …      answers, four bits each: 0 open, else the number of the option from 1
 *   1      number of papers, then 2 bytes hash of all that is said about them
 *   …      two bits each: 0 nothing, 1 ticked, 2 to follow later, 3 found wrong at the desk
 *   2 each hash of the paper's name
 *   4      checksum over the matter's id and everything above
 *
 * Numbers are big-endian, hashes FNV-1a. 17 papers and 7 questions take 60 bytes. The names'
 * hashes let an older list be read beside newer papers: what is still there keeps its tick.
 *
 * @typedef {import("./on-page.js").Paper} Paper
 * @typedef {import("./on-page.js").Question} Question
 */

const FORMAT = 1;
const EPOCH = Date.parse("2020-01-01");
const DAY = 86400000;
const MOST = 255;

/** The code is damaged, or of another matter. */
export class Unreadable extends Error {}
/** The code was made by a later guide. */
export class TooNew extends Error {}

/** FNV-1a, 32 bits, over the UTF-8 of `text`. */
export function fnv(bytes) {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

const utf8 = (text) => new TextEncoder().encode(text);

function hash16(text) {
  const hash = fnv(utf8(text));
  return (hash >>> 16) ^ (hash & 0xffff);
}

const questionsHash = (questions) => hash16(questions.map(({ id, options }) => [id, ...options.map((one) => one.id)].join(" ")).join("\n"));
const papersHash = (papers) => hash16(papers.map(({ name, detail }) => `${name}\n${detail}`).join("\n\n"));

/** Join values of `width` bits, highest first; the last byte is filled with zeros. */
function pack(values, width) {
  const bytes = new Uint8Array(Math.ceil((values.length * width) / 8));
  values.forEach((value, at) => (bytes[(at * width) >> 3] |= value << (8 - width - ((at * width) & 7))));
  return bytes;
}

function unpack(bytes, width, count) {
  return Array.from({ length: count }, (_, at) => (bytes[(at * width) >> 3] >> (8 - width - ((at * width) & 7))) & ((1 << width) - 1));
}

const two = (value) => [value >>> 8, value & 255];
const four = (value) => [...two(value >>> 16), ...two(value & 0xffff)];

/**
 * @param {{matter: string, questions: Question[], papers: Paper[], release: string|null,
 *   at: number, answers: Object<string, string>, ticks: Set<string>, deferred: Set<string>,
 *   wrong?: Set<string>}} list
 *   ticks, deferred and wrong by the number of the paper
 */
export function encodeList({ matter, questions, papers, release, at, answers, ticks, deferred, wrong = new Set() }) {
  if (questions.length > MOST || papers.length > MOST) throw new RangeError("too long a list");
  const day = at ? Math.max(0, Math.floor((at + 8 * 3600000 - EPOCH) / DAY)) : 0;
  const chosen = questions.map(({ id, options }) => options.findIndex((one) => one.id === answers[id]) + 1);
  const marks = papers.map(({ n }) => (ticks.has(n) ? 1 : deferred.has(n) ? 2 : wrong.has(n) ? 3 : 0));
  const body = [
    FORMAT,
    ...four(release ? parseInt(release.slice(0, 8), 16) : 0),
    ...two(Math.min(day, 0xffff)),
    questions.length,
    ...two(questionsHash(questions)),
    ...pack(chosen, 4),
    papers.length,
    ...two(papersHash(papers)),
    ...pack(marks, 2),
    ...papers.flatMap(({ name }) => two(hash16(name))),
  ];
  return base64(Uint8Array.from([...body, ...four(checksum(matter, body))]));
}

const checksum = (matter, body) => fnv([...utf8(matter), 0, ...body]);

/**
 * The list that `code` holds, laid over the matter's present questions and papers.
 * Throws Unreadable or TooNew.
 * @returns {{release: string|null, at: number, answers: Object<string, string>,
 *   ticks: Set<string>, deferred: Set<string>, wrong: Set<string>, added: string[], removed: number,
 *   changed: boolean}} `added` are papers that the list did not know; `removed` counts
 *   those that are gone; `changed` tells of any other change in questions or papers
 */
export function decodeList(code, { matter, questions, papers }) {
  const body = verified(code, matter);
  let at = 0;
  const take = (count) => body.slice(at, (at += count));
  const number = (count) => take(count).reduce((sum, byte) => sum * 256 + byte, 0);
  number(1);
  const release = number(4);
  const day = number(2);
  const asked = number(1);
  const sameQuestions = number(2) === questionsHash(questions) && asked === questions.length;
  const chosen = unpack(take(Math.ceil(asked / 2)), 4, asked);
  const count = number(1);
  const samePapers = number(2) === papersHash(papers) && count === papers.length;
  const marks = unpack(take(Math.ceil(count / 4)), 2, count);
  const names = Array.from({ length: count }, () => number(2));
  if (at !== body.length) throw new Unreadable("length");
  const hashes = papers.map(({ name }) => hash16(name));
  const places = hashes.map((hash, index) => (samePapers && names[index] === hash ? index : unique(names, hash)));
  const marked = (mark) => new Set(papers.filter((_, index) => marks[places[index]] === mark).map(({ n }) => n));
  return {
    release: release ? release.toString(16).padStart(8, "0") : null,
    at: day ? EPOCH + day * DAY : 0,
    answers: sameQuestions ? given(questions, chosen) : {},
    ticks: marked(1),
    deferred: marked(2),
    wrong: marked(3),
    added: papers.filter((_, index) => places[index] < 0).map(({ name }) => name),
    removed: count - places.filter((place) => place >= 0).length,
    changed: !sameQuestions || !samePapers,
  };
}

/** Where `hash` stands; -1 when nowhere, or more than once. */
function unique(names, hash) {
  const place = names.indexOf(hash);
  return place === names.lastIndexOf(hash) ? place : -1;
}

function given(questions, chosen) {
  const answers = {};
  questions.forEach(({ id, options }, index) => {
    const option = options[chosen[index] - 1];
    if (option) answers[id] = option.id;
  });
  return answers;
}

function verified(code, matter) {
  const bytes = unbase64(code);
  const body = Array.from(bytes.slice(0, -4));
  const sum = four(checksum(matter, body));
  if (!body.length || sum.some((byte, at) => byte !== bytes[body.length + at])) throw new Unreadable("checksum");
  // The checksum is at the same place in every format, so that damage is told from age.
  if (body[0] !== FORMAT) throw new TooNew(String(body[0]));
  return body;
}

function base64(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function unbase64(text) {
  if (!/^[\w-]*$/.test(text)) throw new Unreadable("alphabet");
  try {
    return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  } catch {
    throw new Unreadable("base64");
  }
}
