import { recordApart } from '../../core/app/audit.ts';
import { tellHistoryLost } from '../../core/app/orders/tell-history-lost.ts';
import { BUILT_IN_PEER } from '../../core/peers/binding.ts';
import type { Via } from '../../core/ports/audit.ts';
import type { Restored } from '../../core/ports/maintenance.ts';
import type { Clock, Ids } from '../../core/ports/runtime.ts';
import type { Store } from '../../core/ports/store.ts';
import { databasePassword } from '../config/database-password.ts';
import type { Settings } from '../config/settings.ts';
import { peerPlace } from '../http/peer-url.ts';
import { restore } from '../store/sqlite/restore.ts';
import { configuredBreakers } from './configured-breakers.ts';

/** Puts a backup in the place of the configured database, and tells its open orders what they may have lost. */
export const restoreDatabase = async (
  file: string,
  settings: Settings,
  { clock, ids, via }: { readonly clock: Clock; readonly ids: Ids; readonly via: Via },
): Promise<Restored> => {
  const { policy, actor, database } = settings;
  const tell = async (store: Store, mark: string | null): Promise<number> => {
    const peer = await peerOf(store, settings);
    const openOrders = await tellHistoryLost({ store, policy, actor, clock }, { mark, peer });
    const call = { store, clock, actor, via };
    await recordApart(call, { action: 'db.restore', subject: file, detail: { openOrders } });
    return openOrders;
  };
  if (database.kind === 'file') return await restore(file, database.path, { ids, tell });
  const { pgRestore } = await import('../store/postgres/pg-restore.ts');
  const { url, beside } = database;
  return await pgRestore(file, url, { password: databasePassword(database), ids, beside, tell });
};

/** The NE that the orders of this database were worked with, whatever is configured today. */
const peerOf = async (store: Store, settings: Settings): Promise<string> => {
  const bound = await store.read((tx) => tx.meta.binding());
  if (bound === null) return configuredBreakers(settings).ne.identity;
  if (bound.ne === BUILT_IN_PEER) return `ne:${BUILT_IN_PEER}`;
  return peerPlace('ne', bound.ne, { allowHttp: true }).identity;
};
