import type Database from 'better-sqlite3';

/** Runs SQL that the triggers forbid, as an intruder would who puts them back afterwards. */
export const asIntruder = (db: Database.Database, sql: string): void => {
  const triggers = db
    .prepare<[], { name: string; sql: string }>("select name, sql from sqlite_schema where type = 'trigger'")
    .all();
  for (const { name } of triggers) db.exec(`drop trigger ${name}`);
  db.exec(sql);
  for (const trigger of triggers) db.exec(trigger.sql);
};
