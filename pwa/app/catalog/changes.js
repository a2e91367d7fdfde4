/** The record of changes: which entry is newer. No page, no clock. */

/** Sorts entries by their names: 2026-11-24, 2026-11-24-2, 2026-11-24-10. */
export const inOrder = (entry) => entry.slice(0, 10) + entry.slice(11).padStart(6, "0");

/**
 * Those that were recorded after the entry `recorded`; all of them after "".
 * @template {{entry: string}} Told
 * @param {Told[]} changes
 * @returns {Told[]}
 */
export const newer = (changes, recorded) => changes.filter(({ entry }) => inOrder(entry) > inOrder(recorded));
