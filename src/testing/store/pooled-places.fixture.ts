import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type Pooler, startPooler } from './pooler.fixture.ts';
import { startPostgres } from './postgres-server.fixture.ts';

/** A server whose databases are reached through poolers only. */
export type PooledPlaces = {
  /** A schema of its own, behind a pooler of its own. */
  readonly newPlace: () => Promise<{ readonly url: string; readonly end: () => Promise<void> }>;
  readonly end: () => Promise<void>;
};

export const startPooled = async (): Promise<PooledPlaces> => {
  const server = await startPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'oss-pooler-'));
  const poolers = new Set<Pooler>();
  let count = 0;
  return {
    newPlace: async () => {
      count += 1;
      // A role brings the schema: a pooler takes no options of a session.
      const user = `pooled${count}`;
      const admin = new Client({ host: server.socket, user: 'oss', database: 'postgres' });
      await admin.connect();
      await admin.query(`create role ${user} superuser login`);
      await admin.query(`create schema ${user}`);
      await admin.query(`alter role ${user} set search_path = ${user}`);
      await admin.end();
      const pooler = await startPooler(mkdtempSync(join(folder, 'p')), { server: server.socket, user });
      poolers.add(pooler);
      return {
        url: `postgres://${user}@localhost/postgres?host=${encodeURIComponent(pooler.socket)}`,
        end: async () => {
          poolers.delete(pooler);
          await pooler.end();
        },
      };
    },
    end: async () => {
      for (const pooler of poolers) await pooler.end();
      await server.end();
      rmSync(folder, { recursive: true });
    },
  };
};
