import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { Restored } from '../../../core/ports/maintenance.ts';
import type { Ids } from '../../../core/ports/runtime.ts';
import type { Store } from '../../../core/ports/store.ts';
import { EPOCHS, epochAnew, epochsOfText, epochsToText, secondOf } from '../sql/epochs.ts';
import { KEY_MARKS, marksAnew, marksOfText, marksToText } from '../sql/key-marks.ts';
import { markOfLost, PASSED_OVER } from '../sql/restored.ts';
import { openPortableSource } from '../sqlite/portable-source.ts';
import { checkBackup } from '../sqlite/restore.ts';
import type { ConnectOptions } from './connect.ts';
import { openPgStore } from './open-store.ts';
import { openFilling } from './pg-filling.ts';

export type PgRestoreOptions = {
  readonly password: ConnectOptions['password'];
  readonly ids: Ids;
  /** How the names of the files begin that belong to the database and lie on this machine. */
  readonly beside: string;
  /** As of a restore into a file. */
  readonly tell: (store: Store, mark: string | null) => Promise<number>;
};

const metaOf = async (client: ClientBase, name: string): Promise<string | null> =>
  (await client.query<{ value: string }>('select value from meta where name = $1', [name])).rows[0]?.value ??
  null;

const putMeta = async (client: ClientBase, name: string, value: string): Promise<void> => {
  await client.query(
    'insert into meta values ($1, $2) on conflict (name) do update set value = excluded.value',
    [name, value],
  );
};

/** Nothing that it gives away from now on was given away before. Returns the mark of what is lost. */
const renew = async (client: ClientBase, ids: Ids): Promise<string | null> => {
  for (const name of ['order_numbers', 'customer_numbers'])
    await client.query(`select setval('${name}', nextval('${name}') - 1 + ${PASSED_OVER})`);
  const marks = marksOfText((await metaOf(client, KEY_MARKS)) ?? '');
  await putMeta(client, KEY_MARKS, marksToText(marksAnew(ids, marks)));
  const epochs = epochsOfText((await metaOf(client, EPOCHS)) ?? '') ?? [];
  const last = await client.query<{ n: number }>('select coalesce(max(n), 0) as n from feed');
  const next = epochAnew(epochs, { others: [], after: last.rows[0]?.n ?? 0, second: secondOf(ids) });
  await putMeta(client, EPOCHS, epochsToText(next));
  return markOfLost(marks, null);
};

/**
 * Puts a backup into the empty database of a server. Until its open orders have been told what they may have lost, nobody may use it;
 * killed before, it is begun anew. Refusals: DATABASE_NOT_EMPTY, DATABASE_BUSY while another process fills it, NOT_A_BACKUP,
 * DATABASE_NEWER of the backup, those of opening.
 */
export const pgRestore = async (
  file: string,
  url: string,
  { password, ids, beside, tell }: PgRestoreOptions,
): Promise<Restored> => {
  const checked = await checkBackup(file);
  const token = randomUUID();
  const filling = await openFilling({ url, password, token });
  try {
    const source = await openPortableSource(file, { ids, beside });
    let mark: string | null = null;
    const renewed = async (client: ClientBase): Promise<void> => {
      mark = await renew(client, ids);
    };
    await filling.fill(source, { renew: renewed }).finally(source.close);
    const store = await openPgStore({ url, password, mode: 'write', create: false, ids, token });
    const openOrders = await tell(store, mark).finally(store.close);
    await filling.open();
    return { ...checked, openOrders, erasedAgain: null, auditKept: null, setAside: null };
  } finally {
    await filling.close();
  }
};
