/**
 * A list of papers as a short text for the fragment of its page's address: #l=<code>. No
 * page, no network.
 *
 * A fragment is not sent to the server, and there is nothing personal in it: which answers
 * were given, which papers are ticked. The code is base64url (RFC 4648) of
 *
 *   1      format: 1, or 2 where a question has several answers
 *   4      start of the release id, 0 when it is not known
 *   2      day of the last change, days since 2020-01-01
 *   1      number of questions, then 2 bytes hash of their ids and options
 *   …      answers, four bits each: 0 open, else the number of the option from 1
 *          (format 2: a byte with the length of this part in bytes; a question that takes several
 *          answers has a bit for each of its options instead, the first option in the highest)
 *   1      number of papers, then 2 bytes hash of all that is said about them
 *   …      two bits each: 0 nothing, 1 ticked, 2 to follow later, 3 found wrong at the desk
 *   2 each hash of the paper's name
 *   4      checksum over the matter's id and everything above
 *
 * Numbers are big-endian, hashes FNV-1a. 17 papers and 7 questions take 60 bytes. The names'
 * hashes let an older list be read beside newer papers: what is still there keeps its tick. A list
 * with one answer to each question is written in format 1, which phones read that know no other.
 *
 * @typedef {import("./on-page.js").Paper} Paper
 * @typedef {import("./on-page.js").Question} Question
 */

const ONE = 1;
const SEVERAL = 2;
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

/** In format 1 nothing tells which questions take several answers: an answer stays one. */
const questionsHash = (questions, format) =>
  hash16(questions.map(({ id, many, options }) => [id, ...options.map((one) => one.id), ...(many && format === SEVERAL ? ["*"] : [])].join(" ")).join("\n"));
const papersHash = (papers) => hash16(papers.map(({ name, detail }) => `${name}\n${detail}`).join("\n\n"));

/** Bits joined to bytes, highest first; the last byte is filled with zeros. */
function pack(bits) {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, at) => (bytes[at >> 3] |= bit << (7 - (at & 7))));
  return bytes;
}

/** `value` as `width` bits. */
const bitsOf = (value, width) => Array.from({ length: width }, (_, at) => (value >> (width - 1 - at)) & 1);

/** Reads `width` bits at a time. */
function reader(bytes) {
  let at = 0;
  const bit = () => (bytes[at >> 3] >> (7 - (at++ & 7))) & 1;
  return (width) => Array.from({ length: width }, bit).reduce((value, one) => value * 2 + one, 0);
}

const two = (value) => [value >>> 8, value & 255];
const four = (value) => [...two(value >>> 16), ...two(value & 0xffff)];

/**
 * @param {{matter: string, questions: Question[], papers: Paper[], release: string|null,
 *   at: number, answers: import("./on-page.js").Answers, ticks: Set<string>, deferred: Set<string>,
 *   wrong?: Set<string>}} list
 *   ticks, deferred and wrong by the number of the paper
 */
export function encodeList({ matter, questions, papers, release, at, answers, ticks, deferred, wrong = new Set() }) {
  if (questions.length > MOST || papers.length > MOST) throw new RangeError("too long a list");
  const day = at ? Math.max(0, Math.floor((at + 8 * 3600000 - EPOCH) / DAY)) : 0;
  const format = questions.some(({ id }) => (answers[id] || []).length > 1) ? SEVERAL : ONE;
  const chosen = pack(questions.flatMap((question) => answerBits(question, answers[question.id] || [], format)));
  const marks = papers.map(({ n }) => (ticks.has(n) ? 1 : deferred.has(n) ? 2 : wrong.has(n) ? 3 : 0));
  const body = [
    format,
    ...four(release ? parseInt(release.slice(0, 8), 16) : 0),
    ...two(Math.min(day, 0xffff)),
    questions.length,
    ...two(questionsHash(questions, format)),
    ...(format === SEVERAL ? [chosen.length] : []),
    ...chosen,
    papers.length,
    ...two(papersHash(papers)),
    ...pack(marks.flatMap((mark) => bitsOf(mark, 2))),
    ...papers.flatMap(({ name }) => two(hash16(name))),
  ];
  return base64(Uint8Array.from([...body, ...four(checksum(matter, body))]));
}

const oneOf = ({ options }, given) => options.findIndex((option) => option.id === given[0]) + 1;

function answerBits(question, given, format) {
  if (question.many && format === SEVERAL) return question.options.map(({ id }) => Number(given.includes(id)));
  return bitsOf(oneOf(question, given), 4);
}

const checksum = (matter, body) => fnv([...utf8(matter), 0, ...body]);

/**
 * The list that `code` holds, laid over the matter's present questions and papers.
 * Throws Unreadable or TooNew.
 * @returns {{release: string|null, at: number, answers: import("./on-page.js").Answers,
 *   ticks: Set<string>, deferred: Set<string>, wrong: Set<string>, added: string[], removed: number,
 *   changed: boolean}} `added` are papers that the list did not know; `removed` counts
 *   those that are gone; `changed` tells of any other change in questions or papers
 */
export function decodeList(code, { matter, questions, papers }) {
  const body = verified(code, matter);
  let at = 0;
  const take = (count) => body.slice(at, (at += count));
  const number = (count) => take(count).reduce((sum, byte) => sum * 256 + byte, 0);
  const format = number(1);
  const release = number(4);
  const day = number(2);
  const asked = number(1);
  const sameQuestions = number(2) === questionsHash(questions, format) && asked === questions.length;
  const chosen = take(format === SEVERAL ? number(1) : Math.ceil(asked / 2));
  const count = number(1);
  const samePapers = number(2) === papersHash(papers) && count === papers.length;
  const next = reader(take(Math.ceil(count / 4)));
  const marks = Array.from({ length: count }, () => next(2));
  const names = Array.from({ length: count }, () => number(2));
  if (at !== body.length) throw new Unreadable("length");
  const hashes = papers.map(({ name }) => hash16(name));
  const places = hashes.map((hash, index) => (samePapers && names[index] === hash ? index : unique(names, hash)));
  const marked = (mark) => new Set(papers.filter((_, index) => marks[places[index]] === mark).map(({ n }) => n));
  return {
    release: release ? release.toString(16).padStart(8, "0") : null,
    at: day ? EPOCH + day * DAY : 0,
    answers: sameQuestions ? given(questions, chosen, format) : {},
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

function given(questions, bytes, format) {
  const next = reader(bytes);
  const answers = {};
  for (const { id, many, options } of questions) {
    const chosen = many && format === SEVERAL ? options.filter(() => next(1)) : [options[next(4) - 1]].filter(Boolean);
    if (chosen.length) answers[id] = chosen.map((option) => option.id);
  }
  return answers;
}

function verified(code, matter) {
  const bytes = unbase64(code);
  const body = Array.from(bytes.slice(0, -4));
  const sum = four(checksum(matter, body));
  if (!body.length || sum.some((byte, at) => byte !== bytes[body.length + at])) throw new Unreadable("checksum");
  // The checksum is at the same place in every format, so that damage is told from age.
  if (body[0] !== ONE && body[0] !== SEVERAL) throw new TooNew(String(body[0]));
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
