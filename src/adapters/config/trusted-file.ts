import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FileFault } from '../../core/codes/file-fault.ts';
import { Refusal } from '../../core/rules/refusal.ts';

const GROUP_WRITES = 0o020;
const ALL_WRITE = 0o002;
/** In such a folder only the owner of a file can move it away. */
const STICKY = 0o1000;
const ROOT = 0;

const octal = (mode: number): string => (mode & 0o7777).toString(8).padStart(4, '0');

/**
 * Why another account than the one that runs this program could have written what stands in a file; null: none could.
 * `own`: the account. Windows has no such bits: every file would look open.
 */
export const othersIn = (path: string, own: number | undefined = process.geteuid?.()): FileFault | null => {
  if (own === undefined) return null;
  const file: Stats = statSync(path);
  if (file.uid !== own && file.uid !== ROOT) return { code: 'OTHER_OWNER', uid: file.uid };
  // A group of the same number as its account is the account's alone, and its files are often made so.
  const group = file.gid === own ? 0 : GROUP_WRITES;
  if ((file.mode & (ALL_WRITE | group)) !== 0) return { code: 'OTHERS_WRITE', mode: octal(file.mode) };
  const folder = statSync(dirname(path));
  return (folder.mode & ALL_WRITE) !== 0 && (folder.mode & STICKY) === 0
    ? { code: 'OTHERS_REPLACE', folder: dirname(path), mode: octal(folder.mode) }
    : null;
};

/**
 * A file that says which peers are asked, by which command a token comes, or what a secret is, must be this account's alone.
 * Refusal CONFIG_FILE otherwise; it throws what the file system says.
 */
export const mustBeOwn = (path: string): void => {
  const cause = othersIn(path);
  if (cause !== null) throw new Refusal('CONFIG_FILE', { path, cause });
};
