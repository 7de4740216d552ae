import { admitToSetting } from '../../core/app/admit.ts';
import { recordApart } from '../../core/app/audit.ts';
import type { MaintainedStore } from '../../core/ports/maintenance.ts';
import { isRefusal } from '../../core/rules/refusal.ts';
import { iso } from '../../core/time/iso.ts';
import type { Env } from '../config/paths.ts';
import type { Settings } from '../config/settings.ts';
import { consoleVia } from '../runtime/console-via.ts';
import { systemClock } from '../runtime/system-clock.ts';
import { uuidIds } from '../runtime/uuid-ids.ts';
import { asNamed, openDatabase } from './database.ts';

export type SettingChange = {
  readonly key: string;
  readonly value: string;
  /** Refuses what is no value of that key; what it returns changes the file. */
  readonly prepare: () => () => void;
};

/** Rights are kept longer than the rest. */
const actionOf = (key: string): string => (key.startsWith('access.') ? 'access.change' : 'config.set');

/**
 * Changes a setting for who may, after it was written down in the database that the settings name until now. false: there is
 * none, and so nobody whose data or orders the change could touch. Throws Refusal NOT_YOUR_ROLE, DENIED, those of `prepare` and of a
 * database that cannot be written: then the setting stays as it is.
 */
export const changeSetting = async (
  settings: Settings,
  { key, value, prepare }: SettingChange,
  { env, purpose }: { readonly env: Env; readonly purpose?: string | undefined },
): Promise<boolean> => {
  const { actor, access, database } = settings;
  const clock = systemClock({ now: settings.now });
  const via = consoleVia(env, purpose);
  const by = () => ({ at: iso(clock.now()), actor, via });
  let store: MaintainedStore | null;
  try {
    store = await openDatabase(asNamed(database), { mode: 'write', ids: uuidIds(clock.now), by });
  } catch (error) {
    if (!isRefusal(error, 'DATABASE_MISSING')) throw error;
    store = null;
  }
  try {
    const call = { clock, actor, via };
    await admitToSetting(call, async () => store, { access, key });
    const change = prepare();
    // Before the change: one that stands and is not recorded cannot be.
    if (store !== null)
      await recordApart({ ...call, store }, { action: actionOf(key), subject: key, detail: { value } });
    change();
    return store !== null;
  } finally {
    await store?.close();
  }
};
