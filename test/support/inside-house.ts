import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { expect } from 'vitest';
import type { House } from '../acceptance/house.ts';
import { IS_ON_SERVER } from './test-database.ts';

/** What is read here is read without a process of the program, which could be in the way of what it looks at. */

const fileOf = ({ folder }: House): string => join(folder, 'oss.db');

const askServer = async <R extends object>({ env }: House, text: string): Promise<readonly R[]> => {
  const client = new Client({ connectionString: env.OSS_DB });
  await client.connect();
  try {
    return (await client.query<R>(text)).rows;
  } finally {
    await client.end();
  }
};

const TYPES = 'select type from events order by position';

/** The types of the events of all orders, in the order in which they were written. */
export const typesOnLog = async (house: House): Promise<readonly string[]> => {
  if (IS_ON_SERVER) return (await askServer<{ type: string }>(house, TYPES)).map(({ type }) => type);
  const db = new Database(fileOf(house), { readonly: true, fileMustExist: true });
  try {
    return db.prepare<[], string>(TYPES).pluck().all();
  } finally {
    db.close();
  }
};

/** Whether nobody holds the lock of a file: a process that is stopped in the middle of a write keeps it. */
const isFree = (path: string): boolean => {
  if (!existsSync(path)) return true;
  const db = new Database(path, { timeout: 0 });
  try {
    db.exec('begin immediate; rollback');
    return true;
  } catch (error) {
    expect(String(error)).toMatch(/locked/);
    return false;
  } finally {
    db.close();
  }
};

const OPEN = `
select pid from pg_stat_activity
where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()`;

/** Whether no process is in the middle of a transaction, of the database or of the simulators' ledger. */
export const isNothingLocked = async (house: House): Promise<boolean> => {
  const files = readdirSync(house.folder).filter((name) => /\.(db|ledger)$/.test(name));
  if (!files.every((name) => isFree(join(house.folder, name)))) return false;
  return !IS_ON_SERVER || (await askServer(house, OPEN)).length === 0;
};
