import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { memoryStore } from '../../src/adapters/memory/memory-store.ts';
import { pause } from '../../src/adapters/runtime/waits.ts';
import { openPgStore } from '../../src/adapters/store/postgres/open-store.ts';
import type { Store } from '../../src/core/ports/store.ts';

/**
 * Which database the suites of the matrix work on, by one variable: `OSS_TEST_DATABASE=postgres`, or as ever (a file for real
 * processes, memory for what runs in the test).
 */
export const IS_ON_SERVER = process.env.OSS_TEST_DATABASE === 'postgres';

/** Set by `test/postgres/serve-tests.ts`, which starts the server: the folder of its socket. */
export const SERVER_SOCKET = 'OSS_TEST_SERVER';

/** An empty database with the tables of the program. */
export const TEMPLATE = 'oss_template';

const socket = (): string => {
  const folder = process.env[SERVER_SOCKET];
  if (folder === undefined) throw new Error('no server was started for the tests');
  return folder;
};

export const urlAt = (folder: string, database: string): string =>
  `postgres://oss@localhost/${database}?host=${encodeURIComponent(folder)}`;

const newName = (): string => `house_${randomBytes(6).toString('hex')}`;
const createText = (name: string, template: string): string => `create database ${name} template ${template}`;
const nameOf = (url: string): string => new URL(url).pathname.slice(1);

/** As the one who makes databases. */
const asAdmin = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: urlAt(socket(), 'postgres') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** The same without a wait, for what opens a house in one go: by a process of its own. */
const CREATE = `
const { Client } = require('pg');
const client = new Client({ connectionString: process.argv[1] });
client.connect().then(() => client.query(process.argv[2])).then(() => client.end());`;

/** URL of a new empty database. */
export const newDatabaseNow = (): string => {
  const name = newName();
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const args = ['-e', CREATE, urlAt(socket(), 'postgres'), createText(name, TEMPLATE)];
  execFileSync(process.execPath, args, { cwd });
  return urlAt(socket(), name);
};

/** URL of a copy of a database; processes that were killed in it may still be leaving it. */
export const copyDatabase = (url: string = urlAt(socket(), TEMPLATE)): Promise<string> =>
  asAdmin(async (client) => {
    const [name, template] = [newName(), nameOf(url)];
    await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      template,
    ]);
    for (let tries = 1; ; tries += 1) {
      try {
        await client.query(createText(name, template));
        return urlAt(socket(), name);
      } catch (error) {
        if (tries > 200) throw error;
        await pause(25);
      }
    }
  });

export const dropDatabase = (url: string): Promise<void> =>
  asAdmin(async (client) => {
    await client.query(`drop database if exists ${nameOf(url)} with (force)`);
  });

/** A store of its own for what runs in the test; its `close` leaves nothing behind. */
export const openTestStore = async (): Promise<Store> => {
  if (!IS_ON_SERVER) return memoryStore();
  const url = await copyDatabase();
  const store = await openPgStore({ url, mode: 'write', create: false, busyTimeoutMs: 60_000 });
  return {
    ...store,
    close: async () => {
      await store.close();
      await dropDatabase(url);
    },
  };
};
