import { readFileSync } from 'node:fs';
import { Refusal } from '../../core/rules/refusal.ts';
import { notAFile } from './paths.ts';

/** A certificate or a key. Throws Refusal CONFIG_FILE. */
export const readPem = (path: string): string => {
  const unfit = notAFile(path);
  if (unfit !== null) throw new Refusal('CONFIG_FILE', { path, cause: unfit });
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new Refusal('CONFIG_FILE', { path, cause: { code: 'AS_TOLD', text } });
  }
};
