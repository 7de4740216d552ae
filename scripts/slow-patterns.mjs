// Which regular expressions take time by the square of a text, or worse: as far as their shape tells.

/** What one part of a pattern is: a class, an escape, a group's bracket, or a letter. */
const PART =
  /\\[ux]\{[^}]*\}|\\[pP]\{[^}]*\}|\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|[\s\S]/gy;
/** More of the same, without end. */
const ENDLESS = /^(?:[*+]|\{\d+,\})\??/;
const COUNTED = /^(?:\?|\{\d+(?:,\d+)?\})\??/;

/**
 * @param {string} pattern as it is written, with its slashes
 * @returns {readonly string[]} `nested`: a repetition of what itself repeats without end. `begins anew`: it begins with a
 * repetition that something must follow, so that it is tried from each letter of the text.
 */
export const faultsOfPattern = (pattern) => {
  const source = pattern.slice(1, -1);
  const faults = new Set();
  /** @type {{ endless: boolean }[]} */
  const open = [{ endless: false }];
  let at = 0;
  let isFirst = true;
  while (at < source.length) {
    PART.lastIndex = at;
    const part = PART.exec(source)?.[0] ?? source[at] ?? '';
    at += part.length;
    if (part.startsWith('(')) {
      open.push({ endless: false });
      continue;
    }
    const closed = part === ')' ? open.pop() : null;
    const rest = source.slice(at);
    const [endless] = ENDLESS.exec(rest) ?? [];
    const [counted = ''] = COUNTED.exec(rest) ?? [];
    at += (endless ?? counted).length;
    const around = open.at(-1) ?? { endless: false };
    if (endless !== undefined && closed?.endless === true) faults.add('nested');
    if (endless !== undefined && isFirst && at < source.length && part !== ')') faults.add('begins anew');
    around.endless ||= endless !== undefined || closed?.endless === true;
    isFirst = false;
  }
  return [...faults];
};
