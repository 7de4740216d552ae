import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** stdin as a private file: a batch is read twice. It is kept while rows are left to run. */
export type Spool = { readonly path: string; readonly remove: () => Promise<void> };

export const spool = async (stdin: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Spool> => {
  const folder = await mkdtemp(join(tmpdir(), 'oss-batch-'));
  const path = join(folder, 'stdin');
  const remove = (): Promise<void> => removeSpool(path);
  try {
    await pipeline(stdin, createWriteStream(path, { mode: 0o600, flags: 'wx' }), { signal });
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
};

/** Removes a file only if it is one that was spooled. */
export const removeSpool = async (path: string): Promise<void> => {
  const folder = dirname(path);
  if (!folder.startsWith(join(tmpdir(), 'oss-batch-'))) return;
  await rm(folder, { recursive: true, force: true });
};
