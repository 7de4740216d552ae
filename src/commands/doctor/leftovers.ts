import { resumableFrom } from '../../core/app/batch/read-batches.ts';
import type { MaintainedStore } from '../../core/ports/maintenance.ts';
import { shellWord } from '../../core/values/shell-word.ts';
import { type Check, ok, type Surgery, warn } from './check.ts';

/** Files with personal data that a killed process has left. What a batch can still be resumed with is its own business. */
export const checkLeftovers = async (
  { services, t, program }: Surgery,
  database: MaintainedStore,
): Promise<Check> => {
  const { spools, parts } = await services.leftovers();
  const files = [...spools, ...parts];
  if (files.length === 0) return ok('leftovers', t.doctor.nothingLeft);
  const resumable = await resumableFrom({ store: database }, spools);
  const next =
    resumable === null
      ? `rm ${files.map(shellWord).join(' ')}`
      : `${program} batch resume ${resumable.batchId}`;
  return warn('leftovers', t.doctor.left(files), next);
};
