import type { FileValue } from './file-value.ts';

const COMMENT = /^ *(#.*)?$/;
const ENTRY = /^( *)([A-Za-z][A-Za-z0-9_.-]*):(?: +([^\s#][^\s]*))? *(?: #.*)?$/;
/** Words and URLs: no sign in them means anything in YAML, and none of them reads as a number. A colon stands between two others. */
const WORD = /^[A-Za-z/](?:[A-Za-z0-9_./+@-]|:(?=[A-Za-z0-9_./+@-]))*$/;
const HOURS = /^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}$/;
const NUMBER = /^[0-9]{1,15}$/;

/**
 * Reads the plain YAML that nearly every configuration file is: comments, `key: value` and one level of sections, with
 * values that are words, URLs or numbers. null for anything beyond, which is the real parser's: that one costs a
 * command as much time as Node's own start. A test holds the two equal.
 */
export const readSimpleYaml = (source: string): ReadonlyMap<string, FileValue> | null => {
  if (/[\t\r\ufeff]|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/.test(source)) return null;
  const values = new Map<string, FileValue>();
  const sections = new Set<string>();
  let section: Section | null = null;
  for (const [i, text] of source.split('\n').entries()) {
    if (COMMENT.test(text)) continue;
    const [, indent, key, word] = ENTRY.exec(text) ?? [];
    if (indent === undefined || key === undefined) return null;
    const raw = word === undefined ? null : plainValue(word);
    if (raw === undefined) return null;
    const line = i + 1;
    if (indent === '') {
      if (sections.has(key) || values.has(key)) return null;
      sections.add(key);
      section = word === undefined ? { key, indent: null } : null;
      values.set(key, { raw, line });
      continue;
    }
    if (section === null || indent !== (section.indent ?? indent)) return null;
    section = { key: section.key, indent };
    values.delete(section.key);
    const path = `${section.key}.${key}`;
    if (values.has(path)) return null;
    values.set(path, { raw, line });
  }
  return values;
};

/** The section that the next indented line belongs to; its indent is that of its first line. */
type Section = { readonly key: string; readonly indent: string | null };

/** undefined: not plain enough. */
const plainValue = (word: string): string | number | boolean | null | undefined => {
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null') return null;
  if (NUMBER.test(word)) return Number(word);
  return HOURS.test(word) || (WORD.test(word) && !/^(true|false|null)$/i.test(word)) ? word : undefined;
};
