/*
 * What comes from the network, and whether it is what was asked for: a portal answers everything
 * with 200, a host in the middle of a deploy with another release, a cache with an old one.
 */
"use strict";

const PARALLEL = 4;
/** So long without a byte, a request is given up (ms). A slow line that delivers is waited for. */
const PATIENCE = 20000;

/** The server answered, but not with this release's bytes: it has moved on, or is about to. */
class Refused extends Error {}

/** `work` on every item, at most PARALLEL at a time; the first failure stops the rest. */
async function each(items, work) {
  const queue = Array.from(items);
  const worker = async () => {
    while (queue.length) {
      try {
        await work(queue.shift());
      } catch (error) {
        queue.length = 0;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
}

/** A request that is given up after PATIENCE; `going()` after every sign of life. */
function patient() {
  const stop = new AbortController();
  let timer = 0;
  const going = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), PATIENCE);
  };
  going();
  return { signal: stop.signal, going, stop: () => stop.abort(), over: () => clearTimeout(timer) };
}

/**
 * What `accept` makes of the bytes at `path`; it gives null for what is not ours.
 * Throws Refused when nothing of what the server answers is accepted.
 */
async function fetched(path, accept, modes) {
  let status = 0;
  // Second try past every cache on the way, in case one of them is stale.
  for (const cache of modes || ["no-cache", "reload"]) {
    const line = patient();
    try {
      const told = await fetch(href(path), { cache, signal: line.signal });
      status = told.status;
      if (!told.ok) continue;
      line.going();
      const accepted = await accept(await told.arrayBuffer());
      if (accepted !== null) return accepted;
    } finally {
      line.over();
    }
  }
  throw new Refused(`${path}: ${status}, not the bytes of release ${RELEASE.id}`);
}

/** The file at `path`, whose digest is `hash`. */
const fetchedFile = (path, hash) => fetched(path, async (bytes) => ((await digest(bytes)) === hash ? bytes : null));

/**
 * The wanted records of a pack: bytes by digest.
 * @param {[string, string][]} wanted  (address, digest)
 */
const fetchedPack = (pack, wanted) =>
  fetched(pack, async (bytes) => {
    try {
      const { records } = JSON.parse(textOf(bytes));
      const found = new Map();
      for (const [url, hash] of wanted) {
        const record = bytesOf(records[url]);
        if ((await digest(record)) !== hash) return null;
        found.set(hash, record);
      }
      return found;
    } catch {
      return null;
    }
  });

const GZIP = [0x1f, 0x8b];

/**
 * The bundle as a stream of plain bytes. Where the host compresses nothing on the way, the file that
 * was compressed at the build is taken, if the browser can open it; else the plain one.
 */
async function openBundle(path, line) {
  const plain = await fetch(href(path), { cache: "no-cache", signal: line.signal });
  if (!plain.ok || !plain.body) throw new Refused(`${path}: ${plain.status}`);
  if (plain.headers.get("content-encoding") || typeof DecompressionStream !== "function") return plain.body;
  const packed = await fetch(href(`${path}.gz`), { cache: "no-cache", signal: line.signal }).catch(() => null);
  if (!packed || !packed.ok || !packed.body) return plain.body;
  plain.body.cancel().catch(() => {});
  const incoming = new Incoming(packed.body);
  const start = await incoming.peek(GZIP.length);
  // Some hosts say that it is an encoding, and the browser has opened it already.
  const isPacked = start !== null && GZIP.every((byte, at) => byte === start[at]);
  return isPacked ? incoming.rest().pipeThrough(new DecompressionStream("gzip")) : incoming.rest();
}

/** Bytes out of a stream, as many as are asked for. */
class Incoming {
  /** @param {() => void} [came]  called whenever some have come */
  constructor(stream, came) {
    this.reader = stream.getReader();
    this.came = came || (() => {});
    this.held = new Uint8Array(0);
    /** How many have come. */
    this.count = 0;
  }

  async more() {
    const { done, value } = await this.reader.read();
    if (done) return false;
    const joined = new Uint8Array(this.held.length + value.length);
    joined.set(this.held);
    joined.set(value, this.held.length);
    this.held = joined;
    this.count += value.length;
    this.came();
    return true;
  }

  /** The next bytes without taking them; null when the stream ends before. */
  async peek(size) {
    while (this.held.length < size) if (!(await this.more())) return null;
    return this.held.subarray(0, size);
  }

  async take(size) {
    const taken = await this.peek(size);
    if (taken) this.held = this.held.subarray(size);
    return taken && taken.slice();
  }

  /** The next line without its end; null when there is none of fewer than `most` bytes. */
  async line(most) {
    let end = -1;
    while ((end = this.held.indexOf(10)) < 0) if (this.held.length > most || !(await this.more())) return null;
    const taken = await this.take(end + 1);
    return textOf(taken.subarray(0, end));
  }

  /** What has not been taken, as a stream. */
  rest() {
    const { held, reader } = this;
    return new ReadableStream({
      start: (to) => to.enqueue(held),
      pull: async (to) => {
        const { done, value } = await reader.read();
        if (done) to.close();
        else to.enqueue(value);
      },
      cancel: (why) => reader.cancel(why),
    });
  }
}
