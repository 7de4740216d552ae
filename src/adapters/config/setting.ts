import type { ValueType } from './value-types.ts';

/** One setting: its dotted key, how it is read, and its default. The documentation is made from these. */
export type Setting<T> = ValueType<T> & {
  /** e.g. `ne.timeoutMs`. */
  readonly key: string;
  readonly fallback: T;
  /** The default as the documentation and `oss config list` show it. */
  readonly fallbackText: string;
  readonly description: string;
  /** The global flag that sets it, if there is one. */
  readonly flag?: string;
  /** A variable or a flag is anybody's own: only the configuration file is believed. */
  readonly fileOnly?: true;
};

/** `ne.timeoutMs` is OSS_NE_TIMEOUT_MS, `late.tm-queue.hazard` is OSS_LATE_TM_QUEUE_HAZARD. */
export const environmentName = (key: string): string =>
  `OSS_${key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[.-]/g, '_')
    .toUpperCase()}`;

type More = Pick<Setting<unknown>, 'flag' | 'fileOnly'> & { readonly fallbackText?: string };

/** A setting that always has a value. */
export const setting = <T>(
  key: string,
  type: ValueType<T>,
  fallback: T,
  description: string,
  more: More = {},
): Setting<T> => ({ ...type, key, fallback, fallbackText: String(fallback), description, ...more });

/** A setting that may be left open (null); `fallbackText` says what happens then. */
export const optional = <T>(
  key: string,
  type: ValueType<T>,
  fallbackText: string,
  description: string,
  more: More = {},
): Setting<T | null> => ({ ...type, key, fallback: null, fallbackText, description, ...more });
