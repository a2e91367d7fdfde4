/*
 * Bytes: what they are called, where they belong, how they are served. The first part of the
 * worker; README.md beside it says how the parts become one script.
 */
"use strict";

const RELEASE = self.release;
const SCOPE = new URL(self.registration.scope);
const HOTLINE = RELEASE.hotline;

const href = (path) => new URL(path, SCOPE).href;

/** The first 16 hex digits of SHA-256, as the build writes them. */
async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes), 0, 8);
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const textOf = (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
const bytesOf = (text) => new TextEncoder().encode(text);
const bytesOfBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** By the end of the name: what is stored has no headers of its own. */
const TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
  webmanifest: "application/manifest+json",
};

/** The answer to a request for `path`. */
function answer(path, bytes) {
  const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] || "application/octet-stream";
  return new Response(bytes, { headers: { "content-type": type } });
}

const html = (text, status) => new Response(text, { status: status || 200, headers: { "content-type": TYPES.html } });

const json = (value) => new Response(JSON.stringify(value), { headers: { "content-type": TYPES.json } });
