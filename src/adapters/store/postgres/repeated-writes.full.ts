import { afterAll, beforeAll } from 'vitest';
import { storeContract } from '../../../core/ports/contract/store.contract.ts';
import { type PostgresServer, startPostgres } from '../../../testing/store/postgres-server.fixture.ts';
import { repeatWrites } from '../attempt.ts';
import { openPgStore } from './open-store.ts';

repeatWrites();

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.end());

storeContract('PostgreSQL that runs each write twice', async () => {
  const store = await openPgStore({ url: await server.newPlace(), mode: 'write', create: true });
  return { store, close: store.close };
});
