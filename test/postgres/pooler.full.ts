import { afterAll, beforeAll } from 'vitest';
import { openPgStore } from '../../src/adapters/store/postgres/open-store.ts';
import { storeContract } from '../../src/core/ports/contract/store.contract.ts';
import { type PooledPlaces, startPooled } from '../../src/testing/store/pooled-places.fixture.ts';

let pooled: PooledPlaces;
beforeAll(async () => {
  pooled = await startPooled();
});
afterAll(() => pooled.end());

storeContract('PostgreSQL behind a pooler in transaction mode', async () => {
  const { url, end } = await pooled.newPlace();
  const store = await openPgStore({ url: `${url}&listen=off`, mode: 'write', create: true });
  return {
    store,
    close: async () => {
      await store.close();
      await end();
    },
  };
});
