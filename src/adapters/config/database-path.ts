import { dirname } from 'node:path';
import { KEYS } from './keys.ts';
import { defaultDatabasePath, expandPath, notAFile, type Places, realFile } from './paths.ts';
import { type Given, invalid } from './sources.ts';

/** `named`: the operator named this path, so it must exist; the program creates only a default path by itself. */
export type DatabasePlace = { readonly path: string; readonly named: boolean };

/** The path in a plain path or a `sqlite:` URL; undefined for another scheme, options, or a database in memory. */
export const pathOfDatabaseUrl = (text: string): string | undefined => {
  const [, scheme, rest] = /^([A-Za-z][A-Za-z0-9+.-]+):(.*)$/.exec(text) ?? [];
  if (scheme === undefined || rest === undefined) return text === ':memory:' ? undefined : text;
  if (scheme.toLowerCase() !== 'sqlite' || /[?#]/.test(rest)) return undefined;
  // sqlite:///abs and sqlite:/abs are absolute, sqlite:rel is relative; sqlite://host/ names a machine.
  const path = rest.startsWith('///') ? rest.slice(2) : rest;
  return path === '' || path.startsWith('//') || path === ':memory:' ? undefined : decode(path);
};

const decode = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
};

/**
 * Where the database is, links followed. A relative path is relative to the working directory, in the file to the file.
 * Refusal CONFIG_INVALID for another kind of URL, a directory, a FIFO or a device.
 */
export const databasePlace = (places: Places, db: string | null, by: Given | undefined): DatabasePlace => {
  if (db === null || by === undefined) {
    const path = defaultDatabasePath(places);
    const unfit = notAFile(path);
    if (unfit === null) return { path: realFile(path), named: false };
    throw invalid(
      KEYS.db.key,
      { raw: path, origin: { from: 'default' } },
      { code: 'DATABASE_FILE', fault: unfit },
    );
  }
  const path = pathOfDatabaseUrl(db);
  if (path === undefined) throw invalid(KEYS.db.key, by, KEYS.db.expected);
  const base = by.origin.from === 'file' ? dirname(by.origin.path) : places.cwd;
  const absolute = expandPath(path, base, places.home);
  const unfit = notAFile(absolute);
  if (unfit !== null) throw invalid(KEYS.db.key, by, { code: 'DATABASE_FILE', fault: unfit });
  return { path: realFile(absolute), named: true };
};
