import type { Expected } from '../../core/codes/expected.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import type { Origin } from './origin.ts';
import type { Setting } from './setting.ts';
import { type Given, given, invalid, type Sources } from './sources.ts';

/** Reads settings one by one and goes on after a problem, so that `oss config validate` can show all of them. */
export type Reader = {
  /** The value; of a wrong one the problem is noted and the default returned. */
  readonly pick: <T>(setting: Setting<T>) => T;
  /** Who gave it; undefined: it has its default. */
  readonly given: (setting: Setting<unknown>) => Given | undefined;
  readonly origin: (setting: Setting<unknown>) => Origin;
  /** Runs a check; a Refusal that it throws is noted and the fallback returned. */
  readonly attempt: <T>(check: () => T, fallback: T) => T;
  /** Notes that a value, right by itself, does not go with another one. */
  readonly reject: (setting: Setting<unknown>, expected: Expected) => void;
  readonly note: (problems: readonly Refusal[]) => void;
  readonly problems: () => readonly Refusal[];
};

export const reader = (sources: Sources): Reader => {
  const problems: Refusal[] = [];
  return {
    pick: (setting) => {
      const by = given(setting, sources);
      if (by === undefined) return setting.fallback;
      if (setting.fileOnly === true && by.origin.from !== 'file') {
        problems.push(invalid(setting.key, by, { code: 'IN_FILE_ONLY' }));
        return setting.fallback;
      }
      const value = setting.read(by.raw);
      if (value !== undefined) return value;
      problems.push(invalid(setting.key, by, setting.expected));
      return setting.fallback;
    },
    given: (setting) => given(setting, sources),
    origin: (setting) => given(setting, sources)?.origin ?? { from: 'default' },
    attempt: (check, fallback) => {
      try {
        return check();
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        problems.push(error);
        return fallback;
      }
    },
    reject: (setting, expected) => {
      const by = given(setting, sources) ?? {
        raw: setting.fallbackText,
        origin: { from: 'default' } as const,
      };
      problems.push(invalid(setting.key, by, expected));
    },
    note: (more) => problems.push(...more),
    problems: () => problems,
  };
};
