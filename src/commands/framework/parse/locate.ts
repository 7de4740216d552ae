import { nearest } from '../../../core/values/nearest.ts';
import type { Command, Tree } from '../run/context.ts';
import { pathsOf } from '../run/tree.ts';
import type { FlagSpec } from './descriptor.ts';
import { flagName } from './flag-names.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';

/** Where the typed words lead. `rest` is everything but those words, flags included. */
export type Located =
  | { readonly kind: 'command'; readonly command: Command; readonly rest: readonly string[] }
  | { readonly kind: 'noun'; readonly noun: string; readonly rest: readonly string[] }
  | { readonly kind: 'none'; readonly rest: readonly string[] }
  | { readonly kind: 'unknown'; readonly words: string; readonly suggestion: string | null };

/** Finds the command by its words; the flags of every command may stand before and between them. */
export const locate = (argv: readonly string[], tree: Tree): Located => {
  const paths = new Map(
    tree.commands.flatMap((command) => pathsOf(command).map((path) => [path, command] as const)),
  );
  const leads = (prefix: string): boolean => [...paths.keys()].some((path) => path.startsWith(`${prefix} `));
  let path = '';
  let rest: string[] = [];
  for (let i = 0; i < argv.length; i += 1) {
    const token = argv[i] ?? '';
    if (token === '--') {
      rest = [...rest, ...argv.slice(i)];
      break;
    }
    if (token.startsWith('-') && token !== '-') {
      const taken = takesNext(token) ? 2 : 1;
      rest = [...rest, ...argv.slice(i, i + taken)];
      i += taken - 1;
      continue;
    }
    const longer = path === '' ? token : `${path} ${token}`;
    if (paths.has(longer) || leads(longer)) {
      path = longer;
      // A command without longer ones takes all that follows.
      if (leads(path)) continue;
      rest = [...rest, ...argv.slice(i + 1)];
      break;
    }
    if (paths.has(path)) {
      rest = [...rest, ...argv.slice(i)];
      break;
    }
    const more = argv.slice(i + 1).filter((word) => !word.startsWith('-'));
    return { kind: 'unknown', words: longer, suggestion: suggest(longer, more, [...paths.keys()]) };
  }
  const found = paths.get(path);
  if (found !== undefined) return { kind: 'command', command: found, rest };
  return path === '' ? { kind: 'none', rest } : { kind: 'noun', noun: path, rest };
};

const GLOBALS: readonly [string, FlagSpec][] = Object.entries(GLOBAL_FLAGS);

/** Whether a word is a flag that every command has, with or without its value. */
export const isGlobal = (word: string): boolean =>
  GLOBALS.some(
    ([key, flag]) =>
      word === flagName(key) ||
      word.startsWith(`${flagName(key)}=`) ||
      (flag.short !== undefined && !word.startsWith('--') && word.startsWith(`-${flag.short}`)),
  );

/** Whether a flag of every command takes the next word as its value. */
const takesNext = (token: string): boolean =>
  GLOBALS.some(
    ([key, flag]) =>
      flag.type !== 'boolean' &&
      (token === flagName(key) || (flag.short !== undefined && token === `-${flag.short}`)),
  );

/** A command whose words are near; also when noun and verb are swapped or the noun was forgotten. */
const suggest = (words: string, more: readonly string[], paths: readonly string[]): string | null => {
  const typed = [...words.split(' '), ...more];
  const swapped = typed.slice(0, 2).reverse().join(' ');
  if (paths.includes(swapped)) return swapped;
  const sameVerb = paths.filter((path) => path.endsWith(` ${words}`));
  if (sameVerb.length === 1) return sameVerb[0] ?? null;
  const [noun = ''] = typed;
  const nouns = [...new Set(paths.map((path) => path.split(' ')[0] ?? ''))];
  const near = nearest(typed.slice(0, 2).join(' '), paths) ?? nearest(words, paths);
  return near ?? (nouns.includes(noun) ? null : nearest(noun, nouns));
};
