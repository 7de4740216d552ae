import { rmSync } from 'node:fs';
import type { Ids } from '../../../core/ports/runtime.ts';
import { partName } from '../../runtime/part-name.ts';
import {
  columnsOf,
  PORTABLE,
  type PortableRow,
  type PortableTable,
  quotedName,
  type Sequences,
} from '../sql/portable.ts';
import { SCRUB } from '../sql/scrub-mark.ts';
import { createPrivateFile } from './database-file.ts';
import { KNOWN_SCHEMA, schemaOf } from './migrations/migrate.ts';
import { openAnySchema, openForWriting } from './open-file.ts';
import { copyInto } from './restore.ts';
import { SEAL } from './seal-mark.ts';

const BUSY_TIMEOUT_MS = 5_000;
/** Rows of one read. */
const CHUNK = 2_000;

/** One state of a whole database in a file, for as long as it is open. */
export type PortableSource = {
  /** The rows of a table, some at a time; events by their position. */
  readonly rows: (table: PortableTable) => Iterable<readonly PortableRow[]>;
  readonly sequences: Sequences;
  readonly close: () => void;
};

/**
 * Opens a file to read all that is in it. `beside`: how the names of files begin in which a copy of an older schema is brought up
 * to date. Refusals: those of opening.
 */
export const openPortableSource = async (
  path: string,
  { ids, beside }: { readonly ids: Ids; readonly beside: string },
): Promise<PortableSource> => {
  const db = openAnySchema(path, BUSY_TIMEOUT_MS);
  if (schemaOf(db) === KNOWN_SCHEMA) return sourceIn(db, () => db.close());
  db.close();
  const part = partName(beside);
  const remove = (): void => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${part}${suffix}`, { force: true });
  };
  try {
    createPrivateFile(part);
    await copyInto(path, part);
    const copy = await openForWriting(part, {
      create: false,
      busyTimeoutMs: BUSY_TIMEOUT_MS,
      ids,
      by: null,
    });
    return sourceIn(copy, () => {
      copy.close();
      remove();
    });
  } catch (error) {
    remove();
    throw error;
  }
};

type Db = ReturnType<typeof openAnySchema>;

const sourceIn = (db: Db, close: () => void): PortableSource => {
  db.prepare('begin').run();
  const numbers = db.prepare<[], { name: string; value: number }>('select name, value from sequences').all();
  const last = (name: string): number => numbers.find((one) => one.name === name)?.value ?? 0;
  return {
    rows: (table) => chunks(db, table),
    sequences: { order: last('order'), customer: last('customer') },
    close: () => {
      db.prepare('rollback').run();
      close();
    },
  };
};

function* chunks(db: Db, table: PortableTable): Iterable<readonly PortableRow[]> {
  const order = PORTABLE[table].some((column) => ['position', 'id'].includes(column)) ? ' order by 1' : '';
  // These are about the file, not about what is in it.
  const only = table === 'meta' ? ` where name not in ('${SCRUB}', '${SEAL}')` : '';
  const text = `select ${columnsOf(table)} from ${quotedName(table)}${only}${order}`;
  const all = db.prepare<[], PortableRow>(text);
  let some: PortableRow[] = [];
  for (const row of all.raw().iterate()) {
    some.push(row);
    if (some.length < CHUNK) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}
