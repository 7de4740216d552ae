import type Database from 'better-sqlite3';
import type { Ids } from '../../../core/ports/runtime.ts';
import { EPOCHS, type Epoch, epochAnew, epochsOfText, epochsToText, secondOf } from '../sql/epochs.ts';
import { putMeta, storedMeta } from './stored-meta.ts';

/** The epochs of a database; none that can be read: it is in the first one. */
export const storedEpochs = (db: Database.Database): readonly Epoch[] => {
  const text = storedMeta(db, EPOCHS);
  return text === null ? [] : (epochsOfText(text) ?? []);
};

/** Begins an epoch behind the last event, later than all of its own and of `others`. */
export const beginEpoch = (db: Database.Database, ids: Ids, others: readonly Epoch[]): void => {
  const after = Number(db.prepare('select coalesce(max(position), 0) from events').pluck().get());
  const epochs = epochAnew(storedEpochs(db), { others, after, second: secondOf(ids) });
  putMeta(db, EPOCHS, epochsToText(epochs));
};
