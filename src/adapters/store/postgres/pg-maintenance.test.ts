import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { maintenanceContract } from '../../../core/ports/contract/maintenance.contract.ts';
import { type PostgresServer, startPostgres } from '../../../testing/store/postgres-server.fixture.ts';
import { uuidIds } from '../../runtime/uuid-ids.ts';
import { checkBackup } from '../sqlite/restore.ts';
import { openPgStore } from './open-store.ts';
import { pgRestore } from './pg-restore.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.end());

maintenanceContract('a database of a server', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-pg-maintenance-'));
  const file = (name: string): string => join(folder, name);
  const first = await server.newPlace();
  let place = first;
  return {
    open: () => openPgStore({ url: place, mode: 'write', create: true }),
    restoring: {
      checkBackup,
      // Nothing is put in the place of what is there: the restored one is another database, which is opened instead.
      restore: async (backup) => {
        place = await server.newPlace();
        return await pgRestore(backup, place, {
          password: async () => null,
          ids: uuidIds(Date.now),
          beside: file('beside'),
          tell: async () => 0,
        });
      },
    },
    file,
    remove: async () => rmSync(folder, { recursive: true }),
  };
});
