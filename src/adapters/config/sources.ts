import type { Expected } from '../../core/codes/expected.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { nearest } from '../../core/values/nearest.ts';
import type { FileValue } from './file-value.ts';
import { ALL_KEYS } from './keys.ts';
import { type Origin, originText } from './origin.ts';
import { type Env, variable } from './paths.ts';
import { environmentName, type Setting } from './setting.ts';

/** A value as it was given, and by whom. */
export type Given = { readonly raw: unknown; readonly origin: Origin };

/** The values of global flags by dotted key, and the file's path as `config`. */
export type Flags = Readonly<Record<string, string | undefined>>;

export type Sources = {
  readonly flags: Flags;
  readonly env: Env;
  readonly file: { readonly path: string; readonly values: ReadonlyMap<string, FileValue> };
};

/** Flag > environment > file; undefined: none of them has it. */
export const given = (setting: Setting<unknown>, { flags, env, file }: Sources): Given | undefined => {
  const flag = flags[setting.key];
  if (flag !== undefined) {
    return { raw: flag, origin: { from: 'flag', name: setting.flag ?? `--${setting.key}` } };
  }
  const name = environmentName(setting.key);
  const fromEnv = variable(env, name);
  if (fromEnv !== undefined) return { raw: fromEnv, origin: { from: 'environment', name } };
  const fromFile = file.values.get(setting.key);
  return fromFile === undefined || fromFile.raw === null
    ? undefined
    : { raw: fromFile.raw, origin: { from: 'file', path: file.path, line: fromFile.line } };
};

/** The refusal of a value of the wrong type: key, origin, value and what is allowed. */
export const invalid = (key: string, { raw, origin }: Given, expected: Expected): Refusal =>
  new Refusal('CONFIG_INVALID', { key, origin: originText(origin), value: valueText(raw), expected });

/** For errors: short, and without the password or the token that a person wrote into a URL. */
const valueText = (raw: unknown): string => {
  const text = typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? String(raw));
  return withoutSecrets(text).slice(0, 100);
};

/** A password may hold any sign, an `@` and a `/` too, and need not be written as a URL wants it. */
const withoutSecrets = (text: string): string => {
  const host = text.lastIndexOf('@') + 1;
  const scheme = /^[a-z]+:\/\//i.exec(text)?.[0] ?? '';
  const isUrl = scheme !== '' || text.includes('//');
  const shown = isUrl && host > 0 ? `${scheme}***@${text.slice(host)}` : text;
  return isUrl ? shown.replace(/[?#].*$/s, (rest) => `${rest.charAt(0)}***`) : shown;
};

/** Variables that are no setting of the table. */
const OTHER_VARIABLES = ['OSS_HOME', 'OSS_CONFIG', 'OSS_CRASH_POINT'];

/** Every key of the file and every variable that is none of ours but was probably meant to be. */
export const unknownKeys = ({ env, file }: Sources): readonly Refusal[] => {
  const keys = ALL_KEYS.map((setting) => setting.key);
  const fileProblems = [...file.values]
    .filter(([key, value]) => !keys.includes(key) && !isEmptySection(key, value, keys))
    .map(([key, { line }]) => unknown(key, { from: 'file', path: file.path, line }, nearest(key, keys)));
  return [...fileProblems, ...unknownVariables(env, keys)];
};

const isEmptySection = (key: string, value: FileValue, keys: readonly string[]): boolean =>
  value.raw === null && keys.some((known) => known.startsWith(`${key}.`));

const unknown = (key: string, origin: Origin, suggestion: string | null): Refusal =>
  new Refusal('CONFIG_UNKNOWN_KEY', { key, origin: originText(origin), suggestion });

/**
 * Other programs use names that begin with OSS_ too (an object store's credentials do), so only those are errors that
 * are in one of our groups or near one of our names.
 */
const unknownVariables = (env: Env, keys: readonly string[]): readonly Refusal[] => {
  const ours = Object.keys(env).filter(
    (name) => name.startsWith('OSS_') && variable(env, name) !== undefined,
  );
  if (ours.length === 0) return [];
  const known = [...keys.map(environmentName), ...OTHER_VARIABLES];
  const groups = ALL_KEYS.filter(({ key, fileOnly }) => key.includes('.') && fileOnly !== true).map(
    ({ key }) => `${environmentName(key.split('.')[0] ?? '')}_`,
  );
  return ours
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const stems = known.map((k) => k.slice('OSS_'.length));
      const near = nearest(name.slice('OSS_'.length), stems);
      const meant = near === null ? null : `OSS_${near}`;
      return meant !== null || groups.some((group) => name.startsWith(group))
        ? [unknown(name, { from: 'environment', name }, meant)]
        : [];
    });
};
