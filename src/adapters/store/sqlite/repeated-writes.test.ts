import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeContract } from '../../../core/ports/contract/store.contract.ts';
import { repeatWrites } from '../attempt.ts';
import { openStore } from './open-store.ts';

repeatWrites();

storeContract('SQLite that runs each write twice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-store-'));
  const store = await openStore({ path: join(folder, 'oss.db'), mode: 'write', create: true });
  return {
    store,
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});
