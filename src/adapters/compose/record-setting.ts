import { recordApart } from '../../core/app/audit.ts';
import type { MaintainedStore } from '../../core/ports/maintenance.ts';
import { isRefusal } from '../../core/rules/refusal.ts';
import { iso } from '../../core/time/iso.ts';
import type { Env } from '../config/paths.ts';
import type { Settings } from '../config/settings.ts';
import { consoleVia } from '../runtime/console-via.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { uuidIds } from '../runtime/uuid-ids.ts';
import { openDatabase } from './database.ts';

export type ChangedSetting = { readonly key: string; readonly value: string };

/** Rights are kept longer than the rest. */
const actionOf = (key: string): string => (key.startsWith('access.') ? 'access.change' : 'config.set');

/**
 * Writes down that a setting is about to be changed, in the database that the settings name until now. false: there is none,
 * and so nobody whose data or orders the change could touch. Throws the Refusal of a database that cannot be written: then
 * the setting stays as it is.
 */
export const recordSetting = async (
  settings: Settings,
  { key, value }: ChangedSetting,
  env: Env,
): Promise<boolean> => {
  const { actor, database } = settings;
  const clock = systemClock({ now: settings.now });
  const via = consoleVia(env);
  const by = () => ({ at: iso(clock.now()), actor, via });
  let store: MaintainedStore;
  try {
    store = await openDatabase({ ...database, named: true }, { mode: 'write', ids: uuidIds(clock.now), by });
  } catch (error) {
    if (isRefusal(error, 'DATABASE_MISSING')) return false;
    throw error;
  }
  try {
    const call = { store, clock, actor, via };
    await recordApart(call, { action: actionOf(key), subject: key, detail: { value } });
    return true;
  } finally {
    await store.close();
  }
};
