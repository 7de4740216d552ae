import { Refusal } from '../../../core/rules/refusal.ts';
import type { Texts } from '../../../texts/catalogue.ts';
import type { CommandSpec } from './descriptor.ts';
import { FORMATS, type Format, GLOBAL_FLAGS, type GlobalFlags } from './global-flags.ts';
import { checkInput, InputError } from './input.ts';

type Given = Readonly<Record<string, readonly string[]>>;

const GLOBALS: CommandSpec = {
  path: 'oss',
  summary: '',
  flags: GLOBAL_FLAGS,
  examples: [],
  output: { kind: 'none' },
  change: false,
};

const DEFAULTS: GlobalFlags = {
  format: 'table',
  fields: undefined,
  db: undefined,
  config: undefined,
  lang: undefined,
  tz: undefined,
  color: 'auto',
  noInput: false,
  yes: false,
  quiet: false,
  verbose: false,
  debug: false,
  showPii: false,
  purpose: undefined,
  actor: undefined,
};

/** Checks the flags of every command. Throws InputError, or USAGE when two of them ask for different formats. */
export const checkGlobals = (given: Given, expected: Texts['expected']): GlobalFlags => {
  const checked = checkInput(GLOBALS, { args: {}, flags: given }, { now: 0, tz: 'UTC', expected });
  if (!checked.ok) throw new InputError(GLOBALS, checked.problems);
  const { flags } = checked.input;
  const asked = formatOf(flags.output);
  if (flags.json === true && asked !== undefined && asked !== 'json') {
    throw new Refusal('USAGE', {
      fault: { code: 'TWO_FORMATS', one: '--json', other: `-o ${asked}` },
      example: null,
    });
  }
  const text = (key: string): string | undefined => {
    const value = flags[key];
    return typeof value === 'string' ? value : undefined;
  };
  const lang = text('lang');
  const color = text('color');
  const fields = flags.fields;
  return {
    format: asked ?? (flags.json === true ? 'json' : 'table'),
    fields: Array.isArray(fields) ? fields.map(String) : undefined,
    db: text('db'),
    config: text('config'),
    lang: lang === 'en' || lang === 'ko' ? lang : undefined,
    tz: text('tz'),
    color: color === 'always' || color === 'never' ? color : 'auto',
    noInput: flags.noInput === true,
    yes: flags.yes === true,
    quiet: flags.quiet === true,
    verbose: flags.verbose === true,
    debug: flags.debug === true,
    showPii: flags.showPii === true,
    purpose: text('purpose'),
    actor: text('actor'),
  };
};

const formatOf = (value: unknown): Format | undefined => FORMATS.find((format) => format === value);

/**
 * The same from raw words, forgiving everything: how to report an error that happened before or while the flags were
 * read (`--json` decides the shape of that report).
 */
export const guessGlobals = (argv: readonly string[]): GlobalFlags => {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  const valueAfter = (...names: readonly string[]): string | undefined => {
    const at = words.findIndex((word) => names.some((name) => word === name || word.startsWith(`${name}=`)));
    const word = words[at];
    if (word === undefined) return undefined;
    return word.includes('=') ? word.slice(word.indexOf('=') + 1) : words[at + 1];
  };
  const asked =
    formatOf(valueAfter('-o', '--output')) ?? FORMATS.find((format) => words.includes(`-o${format}`));
  const lang = valueAfter('--lang');
  const color = valueAfter('--color');
  return {
    ...DEFAULTS,
    format: asked ?? (words.includes('--json') ? 'json' : 'table'),
    lang: lang === 'en' || lang === 'ko' ? lang : undefined,
    color: color === 'always' || color === 'never' ? color : 'auto',
    noInput: words.includes('--no-input'),
    quiet: words.includes('-q') || words.includes('--quiet'),
    debug: words.includes('--debug'),
  };
};

/** The settings that flags give, by their dotted key. */
export const settingFlags = (globals: GlobalFlags): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({
      db: globals.db,
      config: globals.config,
      lang: globals.lang,
      tz: globals.tz,
      actor: globals.actor,
    }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
