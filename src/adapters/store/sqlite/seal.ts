import type Database from 'better-sqlite3';
import { Refusal } from '../../../core/rules/refusal.ts';
import { connect } from './connect.ts';
import { databaseError } from './database-error.ts';
import { SEAL, SEALED, SEALED_WORDS, type Seal, sealIn } from './seal-mark.ts';
import { putMeta } from './stored-meta.ts';

const BUSY_TIMEOUT_MS = 5_000;

const TABLES =
  "select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\'";
const TRIGGERS = `select name from sqlite_schema where type = 'trigger' and name like '${SEALED}%'`;

const namesBy = (db: Database.Database, sql: string): readonly string[] =>
  db.prepare<[], string>(sql).pluck().all();

const close = (db: Database.Database, to: string): void => {
  const words = `${SEALED_WORDS}${to}`.replaceAll("'", "''");
  for (const table of namesBy(db, TABLES)) {
    for (const change of ['insert', 'update', 'delete']) {
      db.exec(`create trigger ${SEALED}${table}_${change} before ${change} on ${table}
        begin select raise(abort, '${words}'); end`);
    }
  }
};

const open = (db: Database.Database): void => {
  for (const name of namesBy(db, TRIGGERS)) db.exec(`drop trigger ${name}`);
};

const change = <T>(path: string, work: (db: Database.Database) => T): T => {
  const db = connect(path, { readonly: false, timeoutMs: BUSY_TIMEOUT_MS });
  try {
    return db.transaction(() => work(db)).immediate();
  } catch (error) {
    throw databaseError(error, path);
  } finally {
    db.close();
  }
};

/** null: it is not sealed. */
export const readSeal = (path: string): Seal | null => {
  const db = connect(path, { readonly: true, timeoutMs: BUSY_TIMEOUT_MS });
  try {
    return sealIn(db);
  } catch (error) {
    throw databaseError(error, path);
  } finally {
    db.close();
  }
};

/**
 * From now on nobody writes to the database. Claims that stand are worth nothing any more; their leases run on, so that whoever takes an order
 * over waits for them. Who comes second to the same place goes on with the seal that is there. Throws DATABASE_SEALED for
 * another place.
 */
export const seal = (path: string, { token, to }: Pick<Seal, 'token' | 'to'>): Seal =>
  change(path, (db) => {
    const there = sealIn(db);
    if (there !== null) {
      if (there.to === to) return there;
      throw new Refusal('DATABASE_SEALED', { database: path, to: there.to });
    }
    const made: Seal = { token, to, stage: 'sealing' };
    db.prepare('update work set fence = fence + 1 where owner is not null').run();
    putMeta(db, SEAL, JSON.stringify(made));
    close(db, to);
    return made;
  });

/** From now on the other database may be opened. Throws NOT_SEALED when somebody has taken the seal away. */
export const sealForGood = (path: string, token: string): void =>
  change(path, (db) => {
    const there = sealIn(db);
    if (there?.token !== token) throw new Refusal('NOT_SEALED', { database: path });
    open(db);
    putMeta(db, SEAL, JSON.stringify({ ...there, stage: 'sealed' } satisfies Seal));
    close(db, there.to);
  });

/** Takes the seal away that was read, in that stage; false: it is another one by now. */
export const unseal = (path: string, { token, stage }: Seal): boolean =>
  change(path, (db) => {
    const there = sealIn(db);
    if (there?.token !== token || there.stage !== stage) return false;
    open(db);
    db.prepare('delete from meta where name = ?').run(SEAL);
    return true;
  });
