// What is known of the sown bugs: one line for each that was ever looked for, whichever run did it.

/**
 * @typedef {{ readonly bug: string, readonly file: string, readonly foundBy: string | null }} Looked
 *   which test found a bug in which file; `foundBy` null: none did
 * @typedef {{ readonly bugs: number, readonly missed: number, readonly found: readonly Looked[] }} Report
 */

/**
 * The report after a look: what was looked for says what it says now, the rest what it said before, and what is
 * no bug any more says nothing.
 * @param {readonly Looked[]} before
 * @param {readonly Looked[]} looked
 * @param {readonly { readonly name: string }[]} bugs all there are
 * @returns {Report}
 */
export const reportOf = (before, looked, bugs) => {
  const known = new Map([...before, ...looked].map((one) => [one.bug, one]));
  const found = bugs.flatMap(({ name }) => known.get(name) ?? []).sort((a, b) => (a.bug < b.bug ? -1 : 1));
  return { bugs: found.length, missed: found.filter(({ foundBy }) => foundBy === null).length, found };
};

/**
 * The names of the bugs that nobody ever looked for.
 * @param {Report} report
 * @param {readonly { readonly name: string }[]} bugs
 */
export const neverLookedFor = (report, bugs) => {
  const looked = new Set(report.found.map(({ bug }) => bug));
  return bugs.map(({ name }) => name).filter((name) => !looked.has(name));
};
