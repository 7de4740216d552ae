import type { MaintainedStore } from '../../core/ports/maintenance.ts';
import { databasePassword } from '../config/database-password.ts';
import type { DatabaseServer } from '../config/database-path.ts';
import { openPgStore } from '../store/postgres/open-store.ts';
import type { OpenDatabase } from './database.ts';

/** Opens the database of a server. Its tables are made only when that is asked for. */
export const openServer = async (
  place: DatabaseServer,
  { mode, ids, create = false }: OpenDatabase,
): Promise<MaintainedStore> =>
  openPgStore({ url: place.url, password: databasePassword(place), mode, create, ids });
