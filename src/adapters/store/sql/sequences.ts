import { numberedId } from './id-key.ts';
import { query } from './query.ts';
import type { Session } from './session.ts';

/** A row, so that a number is given back when its write is rolled back. */
const next = query((db, p: { name: string }) =>
  db
    .updateTable('sequences')
    .set((eb) => ({ value: eb('value', '+', 1) }))
    .where('name', '=', p.name)
    .returning('value'),
);

/** The next id of a sequence, e.g. `ORD-000042`. */
export const nextNumberedId = async (
  session: Session,
  name: 'order' | 'customer',
  prefix: string,
): Promise<string> => {
  const row = await session.one(next, { name });
  if (row === undefined) throw session.damaged({ code: 'NO_SEQUENCE', name });
  return numberedId(prefix, row.value);
};
