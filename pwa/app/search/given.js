/** What comes into the search box from elsewhere: pasted, or shared with the installed guide. No page. */

/**
 * The address of a page of this guide that stands in `words`; "" where none does.
 * @param {string} root  the address of the guide
 */
export function ownLink(words, root) {
  const start = words.indexOf(root);
  return start < 0 ? "" : /^[\w\-./%?=&#:~+]*/.exec(words.slice(start))[0];
}

/**
 * What another app has shared: the query of the address that the manifest names (share_target).
 * @param {string} query  location.search
 * @returns {string|null}  words to look for, or a link of ours among them; null when nothing was shared
 */
export function shared(query, root) {
  const given = new URLSearchParams(query);
  const parts = ["text", "title", "url"].map((name) => given.get(name) || "");
  const link = parts.map((part) => ownLink(part, root)).find(Boolean);
  if (link) return link;
  const words = parts.slice(0, 2).map((part) => part.replace(/https?:\S*/g, "").trim());
  return words.find(Boolean) || (parts.some(Boolean) ? "" : null);
}
