import { ALL_KEYS } from './keys.ts';
import type { Origin } from './origin.ts';
import type { Reader } from './reader.ts';
import type { Setting } from './setting.ts';

export type SettingValue = string | number | boolean | null | readonly string[];

/** One key as `oss config` shows it. */
export type SettingEntry = { readonly key: string; readonly value: SettingValue; readonly origin: Origin };

/** All keys in the order of the documentation; `resolved` has the values that were made out of others. */
export const listEntries = (
  read: Reader,
  resolved: Readonly<Record<string, SettingValue>>,
): readonly SettingEntry[] =>
  ALL_KEYS.map((setting) => ({
    key: setting.key,
    value: resolved[setting.key] ?? entryValue(setting, read),
    origin: read.origin(setting),
  }));

const entryValue = (setting: Setting<unknown>, read: Reader): SettingValue => {
  const raw = read.given(setting)?.raw;
  const value = raw === undefined ? setting.fallback : setting.read(raw);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(String);
  // A span of hours is shown as it is written.
  if (value !== null && value !== undefined) return raw === undefined ? setting.fallbackText : String(raw);
  return null;
};
