import { shellWord } from '../../core/values/shell-word.ts';
import { type Check, ok, type Surgery, warn } from './check.ts';
import type { OpenDatabase } from './installation.ts';

/** More batches than a person leaves unfinished. */
const BATCHES = 1_000;

/** Files with personal data that a killed process has left. What a batch can still be resumed with is its own business. */
export const checkLeftovers = async (
  { services, t, program }: Surgery,
  database: OpenDatabase,
): Promise<Check> => {
  const { spools, parts } = await services.leftovers();
  const files = [...spools, ...parts];
  if (files.length === 0) return ok('leftovers', t.doctor.nothingLeft);
  const batches = await database.read((tx) => tx.batches.list(BATCHES));
  const resumable = batches.find(({ file, state }) => state !== 'done' && spools.includes(file));
  const next =
    resumable === undefined
      ? `rm ${files.map(shellWord).join(' ')}`
      : `${program} batch resume ${resumable.batchId}`;
  return warn('leftovers', t.doctor.left(files), next);
};
