// Reads TypeScript as far as a check on its text needs: what is code, and what only a comment or a literal.

const WORD = /[\w$]/;
/** After these a slash begins a regular expression, not a division. */
const BEFORE_REGEX = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'delete',
  'void',
  'throw',
  'new',
  'await',
  'else',
  'do',
]);

/**
 * @param {string} text
 * @returns {{masked: string, lineAt: (index: number) => number, literalAt: (quote: number) => string | null, patterns: readonly string[]}}
 * `masked` has the length of the text; comments and the insides of strings, templates and regular expressions are
 * blank. `literalAt` is the string that begins with the quote at that index. `patterns` are the regular expressions as
 * they are written, with their slashes and without their flags.
 */
export const codeOf = (text) => {
  const out = text.split('');
  const literals = new Map();
  const patterns = [];
  const blank = (from, to) => {
    for (let i = from; i < to; i++) if (out[i] !== '\n') out[i] = ' ';
  };
  /** Braces that are open inside `${`, one counter a template. */
  const templates = [];
  let i = 0;
  const endOfTemplatePart = (from) => {
    let j = from;
    while (j < text.length && text[j] !== '`' && !(text[j] === '$' && text[j + 1] === '{'))
      j += text[j] === '\\' ? 2 : 1;
    return Math.min(j, text.length);
  };
  const templatePart = (from) => {
    const end = endOfTemplatePart(from);
    if (text[end] === '`' && text[from - 1] === '`') literals.set(from - 1, text.slice(from, end));
    blank(from, end);
    if (text[end] === '$') templates.push(0);
    i = text[end] === '$' ? end + 2 : end + 1;
  };
  while (i < text.length) {
    const c = text[i];
    if (c === '/' && text[i + 1] === '/') {
      const end = text.indexOf('\n', i);
      blank(i, end < 0 ? text.length : end);
      i = end < 0 ? text.length : end;
    } else if (c === '/' && text[i + 1] === '*') {
      const end = text.indexOf('*/', i + 2);
      blank(i, end < 0 ? text.length : end + 2);
      i = end < 0 ? text.length : end + 2;
    } else if (c === '"' || c === "'") {
      let end = i + 1;
      while (end < text.length && text[end] !== c && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
      literals.set(i, text.slice(i + 1, end));
      blank(i + 1, Math.min(end, text.length));
      i = end + 1;
    } else if (c === '`') {
      templatePart(i + 1);
    } else if (c === '{' && templates.length > 0) {
      templates[templates.length - 1] += 1;
      i += 1;
    } else if (c === '}' && templates.length > 0) {
      if (templates[templates.length - 1] === 0) {
        templates.pop();
        templatePart(i + 1);
      } else {
        templates[templates.length - 1] -= 1;
        i += 1;
      }
    } else if (c === '/' && beginsRegex(out, i)) {
      const end = endOfRegex(text, i);
      patterns.push(text.slice(i, end + 1));
      blank(i + 1, end);
      i = end + 1;
    } else i += 1;
  }
  const starts = [0];
  for (let j = 0; j < text.length; j++) if (text[j] === '\n') starts.push(j + 1);
  return {
    masked: out.join(''),
    lineAt: (index) => starts.findLastIndex((start) => start <= index) + 1,
    literalAt: (quote) => literals.get(quote) ?? null,
    patterns,
  };
};

const beginsRegex = (out, slash) => {
  let j = slash - 1;
  while (j >= 0 && /\s/.test(out[j])) j -= 1;
  if (j < 0) return true;
  if (out[j] === ')' || out[j] === ']' || out[j] === '}') return false;
  if (!WORD.test(out[j])) return out[j] !== '"' && out[j] !== "'" && out[j] !== '`';
  let begin = j;
  while (begin > 0 && WORD.test(out[begin - 1])) begin -= 1;
  return BEFORE_REGEX.has(out.slice(begin, j + 1).join(''));
};

const endOfRegex = (text, slash) => {
  let inClass = false;
  let j = slash + 1;
  for (; j < text.length && text[j] !== '\n'; j++) {
    if (text[j] === '\\') j += 1;
    else if (text[j] === '[') inClass = true;
    else if (text[j] === ']') inClass = false;
    else if (text[j] === '/' && !inClass) return j;
  }
  return j;
};
