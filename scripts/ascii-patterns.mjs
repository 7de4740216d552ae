import { codeOf } from './source-code.mjs';

const asAscii = (/** @type {string} */ text) =>
  text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/**
 * esbuild writes strings in ASCII, but regular expressions as they are. One letter that is not ASCII makes V8 keep the
 * whole text at two bytes a letter, and a start 4 ms longer; so they are escaped, which means the same. Throws when a
 * pattern is not in the program as the sources have it: what was built would match something else.
 * @param {string} program
 * @param {readonly { file: string, text: string }[]} sources
 * @returns {string}
 */
export const withPatternsInAscii = (program, sources) => {
  let ascii = program;
  for (const { file, text } of sources) {
    for (const pattern of codeOf(text).patterns) {
      if (asAscii(pattern) === pattern) continue;
      if (!program.includes(pattern)) throw new Error(`${file}: ${pattern} is not in the bundle as it was`);
      ascii = ascii.replaceAll(pattern, () => asAscii(pattern));
    }
  }
  return ascii;
};

/**
 * What is left that is not ASCII stands in templates with a tag, which esbuild leaves as they are because a tag may read
 * their raw text. Ours read what is meant; throws for a `String.raw` with such letters, which would become another text.
 * @param {string} program
 * @param {readonly { file: string, text: string }[]} sources
 * @returns {string}
 */
export const withTemplatesInAscii = (program, sources) => {
  for (const { file, text } of sources) {
    const raw = /String\.raw`[^`]*[^\0-\x7f]/.exec(text);
    if (raw !== null) throw new Error(`${file}: ${raw[0]} would be another text in ASCII`);
  }
  return asAscii(program);
};
