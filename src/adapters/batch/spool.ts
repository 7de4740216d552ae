import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SPOOLED, SPOOLS } from '../runtime/leftovers.ts';

/** stdin as a private file: a batch is read twice. It is kept while rows are left to run. */
export type Spool = { readonly path: string; readonly remove: () => Promise<void> };

export const spool = async (stdin: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Spool> => {
  const folder = await mkdtemp(join(tmpdir(), SPOOLS));
  const path = join(folder, SPOOLED);
  const remove = (): Promise<void> => removeSpool(path);
  try {
    await pipeline(stdin, createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal });
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
};

/** Removes a file only if it is one that was spooled, and its folder if nothing else is in it. */
export const removeSpool = async (path: string): Promise<void> => {
  const folder = dirname(path);
  const isOurs =
    basename(path) === SPOOLED && basename(folder).startsWith(SPOOLS) && dirname(folder) === tmpdir();
  if (!isOurs) return;
  await rm(path, { force: true });
  await rmdir(folder).catch(() => undefined);
};
