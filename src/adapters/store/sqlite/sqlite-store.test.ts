import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { maintenanceContract } from '../../../core/ports/contract/maintenance.contract.ts';
import { storeContract } from '../../../core/ports/contract/store.contract.ts';
import { uuidIds } from '../../runtime/uuid-ids.ts';
import { openStore } from './open-store.ts';
import { checkBackup, restore } from './restore.ts';

const inFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-store-'));
  return {
    file: (name: string) => join(folder, name),
    remove: async () => rmSync(folder, { recursive: true }),
  };
};

storeContract('SQLite', async () => {
  const { file, remove } = inFolder();
  const store = await openStore({ path: file('oss.db'), mode: 'write', create: true });
  return {
    store,
    close: async () => {
      await store.close();
      await remove();
    },
  };
});

maintenanceContract('SQLite', async () => {
  const { file, remove } = inFolder();
  const path = file('oss.db');
  return {
    open: () => openStore({ path, mode: 'write', create: true }),
    restoring: {
      checkBackup,
      restore: (backup) => restore(backup, path, { ids: uuidIds(Date.now), tell: async () => 0 }),
    },
    file,
    remove,
  };
});
