import { execFile } from 'node:child_process';
import { readFileSync, type Stats, statSync } from 'node:fs';
import { promisify } from 'node:util';
import type { FileFault } from '../../core/codes/file-fault.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { notAFile } from './paths.ts';
import type { PeerSettings } from './peer-settings.ts';
import { mustBeOwn } from './trusted-file.ts';

const MAX_CHARS = 16_384;
const COMMAND_MS = 10_000;
/** A command may ask a key store: not for every request. */
const KEEP_MS = 60_000;

/**
 * Where a peer's bearer token comes from; undefined: none is configured. A file is read each time, so a token may be
 * exchanged while a worker runs; a command's answer is kept for a minute.
 * It rejects with Refusal SECRET_READABLE or CONFIG_FILE, whose texts never hold the token.
 */
export const tokenSource = (
  peer: Pick<PeerSettings, 'tokenFile' | 'tokenCommand'>,
  monotonic: () => number = () => performance.now(),
): (() => Promise<string>) | undefined => {
  const { tokenFile, tokenCommand } = peer;
  if (tokenFile !== null) return async () => readTokenFile(tokenFile);
  return tokenCommand === null
    ? undefined
    : keptFor(KEEP_MS, monotonic, () => runSecretCommand('the token command', tokenCommand, checkToken));
};

/** Refusal SECRET_READABLE when others than the owner may read it, CONFIG_FILE when it cannot be read. */
export const readTokenFile = (path: string): string => checkToken(path, readPrivateFile(path));

/** A file with a secret in it. Refusals as above. */
export const readPrivateFile = (path: string): string => {
  const unfit = notAFile(path);
  if (unfit !== null) throw new Refusal('CONFIG_FILE', { path, cause: unfit });
  let stat: Stats;
  try {
    stat = statSync(path);
    // Windows has no such bits: every file would look open.
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
      throw new Refusal('SECRET_READABLE', { path, mode: (stat.mode & 0o777).toString(8).padStart(4, '0') });
    }
    mustBeOwn(path);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('CONFIG_FILE', {
      path,
      cause: { code: 'AS_TOLD', text: error instanceof Error ? error.message : String(error) },
    });
  }
};

/** What a command of the configuration prints. `name`: of the command, for refusals. Rejects with CONFIG_FILE. */
export const runSecretCommand = async (
  name: string,
  command: string,
  check: (from: string, text: string) => string,
): Promise<string> => {
  try {
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command], {
      timeout: COMMAND_MS,
      maxBuffer: MAX_CHARS,
      encoding: 'utf8',
    });
    return check(name, stdout);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // Neither the message nor the output is passed on: a failing command may print half a secret.
    throw new Refusal('CONFIG_FILE', { path: name, cause: failureOf(error) });
  }
};

const failureOf = (error: unknown): FileFault => {
  if (typeof error !== 'object' || error === null) return { code: 'COMMAND_BROKEN' };
  if ('killed' in error && error.killed === true) {
    return { code: 'COMMAND_SILENT', seconds: COMMAND_MS / 1000 };
  }
  return 'code' in error && error.code !== null
    ? { code: 'COMMAND_FAILED', exit: String(error.code) }
    : { code: 'COMMAND_BROKEN' };
};

/** One line of visible ASCII, as a header may hold it. */
const checkToken = (from: string, text: string): string => {
  const token = text.trim();
  if (token === '' || token.length > MAX_CHARS || !/^[\x21-\x7e]+$/.test(token)) {
    throw new Refusal('CONFIG_FILE', { path: from, cause: { code: 'NO_TOKEN' } });
  }
  return token;
};

/** A password: one line, whatever is in it. */
export const theLine = (from: string, text: string): string => {
  const line = text.replace(/\r?\n$/, '');
  if (line === '' || line.length > MAX_CHARS || /[\0\r\n]/.test(line)) {
    throw new Refusal('CONFIG_FILE', { path: from, cause: { code: 'NO_PASSWORD' } });
  }
  return line;
};

const keptFor = (
  ms: number,
  monotonic: () => number,
  make: () => Promise<string>,
): (() => Promise<string>) => {
  let kept: { readonly value: Promise<string>; readonly until: number } | undefined;
  return () => {
    if (kept !== undefined && monotonic() < kept.until) return kept.value;
    const value = make();
    kept = { value, until: monotonic() + ms };
    // A failure is not kept: the next request asks again.
    value.catch(() => {
      kept = undefined;
    });
    return value;
  };
};
