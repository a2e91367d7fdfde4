/**
 * Subscribe to a calendar by a tap. The root is a link to an .ics file; behind it comes one
 * to the same file as webcal:, which phones hand to their calendar, so that the guide's
 * later changes arrive there too. Without it people add the file, or paste its address.
 */

/** The address of a calendar as programs that subscribe want it. */
export const webcal = (address) => address.replace(/^https?:/, "webcal:");

export function enhance(root) {
  const link = document.createElement("a");
  link.dataset.slot = "subscribe";
  link.href = webcal(root.href);
  link.textContent = `订阅${root.textContent}`;
  link.className = "go second";
  root.after(" ", link);
}
