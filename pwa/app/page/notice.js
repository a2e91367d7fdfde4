/** A block of a notice: what is announced at short notice, and corrections that cannot wait, look alike. */

/**
 * Whoever wrote it wrote text.
 * @param {string} origin  who says it, and since when: 公告 · 09:12
 * @param {string} title  empty for none
 * @param {string} address  where more of it is told; empty for nowhere
 */
export function notice(origin, title, words, address) {
  const block = document.createElement("div");
  const small = document.createElement("small");
  const text = document.createElement("p");
  small.textContent = origin;
  if (title) {
    const name = document.createElement("b");
    name.textContent = title;
    text.append(name, " ");
  }
  text.append(words);
  if (address) {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = "详细";
    text.append(" ", link);
  }
  block.append(small, text);
  return block;
}
