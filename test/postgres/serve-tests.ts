import { Client } from 'pg';
import { openPgStore } from '../../src/adapters/store/postgres/open-store.ts';
import { startPostgres } from '../../src/testing/store/postgres-server.fixture.ts';
import { SERVER_SOCKET, TEMPLATE, urlAt } from '../support/test-database.ts';

/** One server for all files of a run, with a database that houses are copies of. */
export const setup = async (): Promise<() => Promise<void>> => {
  const server = await startPostgres();
  const admin = new Client({ connectionString: urlAt(server.socket, 'postgres') });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const store = await openPgStore({ url: urlAt(server.socket, TEMPLATE), mode: 'write', create: true });
  await store.close();
  process.env[SERVER_SOCKET] = server.socket;
  return () => server.end();
};
