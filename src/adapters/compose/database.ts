import { existsSync } from 'node:fs';
import type { MaintainedStore } from '../../core/ports/maintenance.ts';
import type { Ids } from '../../core/ports/runtime.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { assertNever } from '../../core/values/assert-never.ts';
import type { DatabaseFile, DatabasePlace } from '../config/database-path.ts';
import type { OpenStoreOptions } from '../store/sqlite/open-store.ts';

export type OpenDatabase = {
  readonly mode: 'read' | 'write';
  readonly ids: Ids;
  readonly create?: boolean;
  /** Who opens it, for the audit of an older database that is brought up to date. */
  readonly by: NonNullable<OpenStoreOptions['by']>;
  /** Its schema is not judged. */
  readonly asFound?: boolean;
};

/** The same database, which is not made by itself. */
export const asNamed = (place: DatabasePlace): DatabasePlace =>
  place.kind === 'file' ? { ...place, named: true } : place;

/** false: no command has written yet, and the default database is an empty one. */
export const isThere = (place: DatabasePlace): boolean =>
  place.kind === 'server' || place.named || existsSync(place.path);

/**
 * Opens the configured database; only the adapter that it needs is loaded. Only a default path is made by itself, and only to
 * write; a database that was named and does not exist is refused (DATABASE_MISSING), also for reads.
 */
export const openDatabase = async (place: DatabasePlace, options: OpenDatabase): Promise<MaintainedStore> => {
  switch (place.kind) {
    case 'file':
      return await openFile(place, options);
    case 'server': {
      const { openServer } = await import('./server-database.ts');
      return await openServer(place, options);
    }
    default:
      return assertNever(place);
  }
};

const openFile = async (
  { path, named }: DatabaseFile,
  { mode, ids, by, create = false, asFound = false }: OpenDatabase,
): Promise<MaintainedStore> => {
  const mayCreate = create || (mode === 'write' && !named);
  if (!mayCreate && !existsSync(path)) throw new Refusal('DATABASE_MISSING', { database: path });
  const { openStore } = await import('../store/sqlite/open-store.ts');
  return openStore({ path, mode, create: mayCreate, ids, by, asFound });
};
