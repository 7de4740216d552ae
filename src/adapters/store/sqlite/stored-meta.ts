import type Database from 'better-sqlite3';

/** A text of `meta`; null: there is none of that name. `schema`: of which attached database. */
export const storedMeta = (db: Database.Database, name: string, schema = 'main'): string | null => {
  const text = db.prepare(`select value from ${schema}.meta where name = ?`).pluck().get(name);
  return typeof text === 'string' ? text : null;
};

/** Puts it in the place of the one before. */
export const putMeta = (db: Database.Database, name: string, value: string): void => {
  db.prepare(
    'insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  ).run(name, value);
};
