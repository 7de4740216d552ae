import type Database from 'better-sqlite3';
import type { Ids } from '../../../core/ports/runtime.ts';
import { EPOCHS, type Epoch, epochAnew, epochsOfText, epochsToText } from '../sql/epochs.ts';

const GET = 'select value from meta where name = ?';
const PUT =
  'insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value';

/** Hexadecimal digits of a UUIDv7 that are its time, ms. */
const TIME_DIGITS = 12;

const secondOf = (ids: Ids): number => {
  const time = ids.uuid().replaceAll('-', '').slice(0, TIME_DIGITS);
  return Math.floor(Number.parseInt(time, 16) / 1_000);
};

/** The epochs of a database; none that can be read: it is in the first one. */
export const storedEpochs = (db: Database.Database): readonly Epoch[] => {
  const text = db.prepare(GET).pluck().get(EPOCHS);
  return typeof text === 'string' ? (epochsOfText(text) ?? []) : [];
};

/** Begins an epoch behind the last event, later than all of its own and of `others`. */
export const beginEpoch = (db: Database.Database, ids: Ids, others: readonly Epoch[]): void => {
  const after = Number(db.prepare('select coalesce(max(position), 0) from events').pluck().get());
  const epochs = epochAnew(storedEpochs(db), { others, after, second: secondOf(ids) });
  db.prepare(PUT).run(EPOCHS, epochsToText(epochs));
};
