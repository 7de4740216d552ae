import { afterAll, beforeAll } from 'vitest';
import { storeContract } from '../../../core/ports/contract/store.contract.ts';
import { type PostgresServer, startPostgres } from '../../../testing/store/postgres-server.fixture.ts';
import { openPgStore } from './open-store.ts';

let server: PostgresServer;
/** With its tables, to copy. */
let template: string;

beforeAll(async () => {
  server = await startPostgres();
  const url = await server.newDatabase();
  template = new URL(url).pathname.slice(1);
  await (await openPgStore({ url, mode: 'write', create: true })).close();
});
afterAll(() => server.end());

storeContract('PostgreSQL', async () => {
  const store = await openPgStore({ url: await server.newDatabase(template), mode: 'write', create: false });
  return { store, close: store.close };
});
