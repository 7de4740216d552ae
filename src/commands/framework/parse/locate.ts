import { nearest } from '../../../core/values/nearest.ts';
import { parseOrderId } from '../../../core/values/order-id.ts';
import { searchedPhone } from '../../../core/values/phone.ts';
import type { Command, Tree } from '../run/context.ts';
import { pathsOf } from '../run/tree.ts';
import type { FlagSpec } from './descriptor.ts';
import { flagName } from './flag-names.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';
import { meantByWords } from './meant.ts';

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
    const more = wordsIn(argv.slice(i + 1));
    const finds = paths.get(FIND);
    if (path === '' && finds !== undefined && isWhatIsLookedFor([token, ...more])) {
      return { kind: 'command', command: finds, rest: [...rest, ...argv.slice(i)] };
    }
    return { kind: 'unknown', words: longer, suggestion: suggest(longer, more, [...paths.keys()]) };
  }
  const found = paths.get(path);
  if (found !== undefined) return { kind: 'command', command: found, rest };
  return path === '' ? { kind: 'none', rest } : { kind: 'noun', noun: path, rest };
};

/** What is no flag of every command, nor the value of one. */
const wordsIn = (argv: readonly string[]): readonly string[] =>
  argv.filter((word, i) => !word.startsWith('-') && !takesNext(argv[i - 1] ?? ''));

/** The command that an id or a phone number alone means. */
const FIND = 'find';

/** The number of an order, or a phone number in any form, in one word or in several. */
const isWhatIsLookedFor = (words: readonly string[]): boolean =>
  words.every((word) => /\d/.test(word)) &&
  (parseOrderId(words.join(' ')) !== null || searchedPhone(words.join(' ')) !== null);

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
  const meant = meantByWords(typed, paths);
  if (meant !== null) return meant;
  const swapped = typed.slice(0, 2).reverse().join(' ');
  if (paths.includes(swapped)) return swapped;
  const sameVerb = paths.filter((path) => path.endsWith(` ${words}`));
  if (sameVerb.length === 1) return sameVerb[0] ?? null;
  const [noun = ''] = typed;
  const nouns = [...new Set(paths.map((path) => path.split(' ')[0] ?? ''))];
  const near = nearest(typed.slice(0, 2).join(' '), paths) ?? nearest(words, paths);
  return near ?? (nouns.includes(noun) ? null : nearest(noun, nouns));
};
