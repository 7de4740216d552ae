import type { Clock, Ids } from '../../core/ports/runtime.ts';
import type { Store } from '../../core/ports/store.ts';
import type { Settings } from '../config/settings.ts';
import { memoryStore } from '../memory/memory-store.ts';
import { boundStore } from './bound-store.ts';
import { asNamed, isThere, type OpenDatabase, openDatabase } from './database.ts';

/** The store of a dry run: the database when there is one, else an empty one in memory. No file is made. */
export const rehearsalStore = async (
  settings: Settings,
  {
    ids,
    by,
    clock,
    onOpen,
  }: {
    readonly ids: Ids;
    readonly by: OpenDatabase['by'];
    readonly clock: Clock;
    readonly onOpen: (close: () => Promise<void>) => void;
  },
): Promise<Store> => {
  if (!isThere(settings.database)) return boundStore(memoryStore(), settings, clock);
  const database = await openDatabase(asNamed(settings.database), { mode: 'write', ids, by });
  onOpen(database.close);
  return boundStore(database, settings, clock);
};
