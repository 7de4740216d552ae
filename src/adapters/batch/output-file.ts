import { accessSync, constants, createWriteStream, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileFault } from '../../core/codes/file-fault.ts';
import { unfitPath } from '../csv/read-csv.ts';
import { partName } from '../runtime/part-name.ts';

export type OutputPath = { readonly path: string; readonly problem: FileFault | null };

export const outputPath = (given: string, { never }: { readonly never: readonly string[] }): OutputPath => {
  const path = resolve(given);
  const exists = statSync(path, { throwIfNoEntry: false }) !== undefined;
  const unfit = exists ? unfitPath(path, never) : null;
  if (unfit !== null) return { path, problem: unfit };
  try {
    accessSync(dirname(path), constants.W_OK);
    return { path, problem: null };
  } catch (error) {
    return {
      path,
      problem: { code: 'AS_TOLD', text: error instanceof Error ? error.message : String(error) },
    };
  }
};

export const isSameFile = (path: string, other: string): boolean => {
  if (resolve(path) === resolve(other)) return true;
  const [a, b] = [path, other].map((one) => statSync(one, { throwIfNoEntry: false }));
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
};

/** Texts are joined up to this many characters before they are written. */
const CHUNK = 65_536;

async function* joined(texts: AsyncIterable<string>): AsyncGenerator<string, void> {
  let pending = '';
  for await (const text of texts) {
    pending += text;
    if (pending.length < CHUNK) continue;
    yield pending;
    pending = '';
  }
  yield pending;
}

/** A reader never finds half a file: it is written beside its place and then moved there. */
export const writeWhole = async (path: string, text: AsyncIterable<string>): Promise<void> => {
  const part = partName(path);
  try {
    await pipeline(Readable.from(joined(text)), createWriteStream(part, { mode: 0o600, flags: 'wx' }));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
};
