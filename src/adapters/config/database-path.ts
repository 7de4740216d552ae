import { dirname, join } from 'node:path';
import { Refusal } from '../../core/rules/refusal.ts';
import { KEYS } from './keys.ts';
import { originText } from './origin.ts';
import { defaultDatabasePath, expandPath, notAFile, type Places, realFile } from './paths.ts';
import { fileNameOf, isServerUrl, isThisMachine, parseServerUrl, type ServerAddress } from './server-url.ts';
import { type Given, invalid } from './sources.ts';

/**
 * Where the database is: a file, or on a server. `name`: for people, without a secret. `beside`: how the names of the files
 * begin that belong to it and lie on this machine.
 */
export type DatabasePlace = DatabaseFile | DatabaseServer;

/** `named`: the operator named this path, so it must exist; the program creates only a default path by itself. */
export type DatabaseFile = {
  readonly kind: 'file';
  readonly path: string;
  readonly named: boolean;
  readonly name: string;
  readonly beside: string;
};

/** Where its password may be; the first that is given says. Absolute paths. */
export type PasswordPlaces = {
  readonly file: string | null;
  readonly command: string | null;
  /** As libpq reads it. `named`: somebody named it, so it must be there. */
  readonly passFile: { readonly path: string; readonly named: boolean };
};

export type DatabaseServer = {
  readonly kind: 'server';
  /** Holds no password. */
  readonly url: string;
  readonly address: ServerAddress;
  readonly password: PasswordPlaces;
  readonly named: true;
  readonly name: string;
  readonly beside: string;
};

const fileAt = (path: string, named: boolean): DatabaseFile => ({
  kind: 'file',
  path,
  named,
  name: path,
  beside: path,
});

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

export type ServerOptions = { readonly allowInsecure: boolean; readonly password: PasswordPlaces };

/**
 * Where the database is, links followed. A relative path is relative to the working directory, in the file to the file.
 * Refusal CONFIG_INVALID for another kind of URL, a directory, a FIFO or a device; PASSWORD_IN_URL, DATABASE_INSECURE.
 */
export const databasePlace = (
  places: Places,
  db: string | null,
  by: Given | undefined,
  options: ServerOptions,
): DatabasePlace => {
  if (db === null || by === undefined) return defaultPlace(places);
  if (isServerUrl(db)) return serverPlace(places, db, by, options);
  const path = pathOfDatabaseUrl(db);
  if (path === undefined) throw invalid(KEYS.db.key, by, KEYS.db.expected);
  const base = by.origin.from === 'file' ? dirname(by.origin.path) : places.cwd;
  const absolute = expandPath(path, base, places.home);
  const unfit = notAFile(absolute);
  if (unfit !== null) throw invalid(KEYS.db.key, by, { code: 'DATABASE_FILE', fault: unfit });
  return fileAt(realFile(absolute), true);
};

const defaultPlace = (places: Places): DatabaseFile => {
  const path = defaultDatabasePath(places);
  const unfit = notAFile(path);
  if (unfit === null) return fileAt(realFile(path), false);
  const by: Given = { raw: path, origin: { from: 'default' } };
  throw invalid(KEYS.db.key, by, { code: 'DATABASE_FILE', fault: unfit });
};

/** Refusals PASSWORD_IN_URL, CONFIG_INVALID, DATABASE_INSECURE. */
export const serverPlace = (
  places: Places,
  url: string,
  by: Given,
  { allowInsecure, password }: ServerOptions,
): DatabaseServer => {
  const address = serverAddress(url, by);
  const { host, tls } = address;
  if (!isThisMachine(host) && tls.mode !== 'verified' && !allowInsecure)
    throw new Refusal('DATABASE_INSECURE', { database: url, cause: { code: 'NOT_VERIFIED' } });
  const beside = join(dirname(defaultDatabasePath(places)), fileNameOf(address));
  return { kind: 'server', url, address, password, named: true, name: url, beside };
};

/** Refusal PASSWORD_IN_URL, CONFIG_INVALID: neither repeats a password. */
export const serverAddress = (url: string, by: Given): ServerAddress => {
  const address = parseServerUrl(url);
  if (address === 'PASSWORD') throw new Refusal('PASSWORD_IN_URL', { origin: originText(by.origin) });
  if (address === 'SHAPE') throw invalid(KEYS.db.key, by, { code: 'SERVER_URL' });
  return address;
};

/** What `settings` holds where the database cannot be told. */
export const unknownPlace = (places: Places): DatabaseFile => fileAt(defaultDatabasePath(places), false);
