import type Database from 'better-sqlite3';
import type { AuditHead } from '../../../core/ports/audit.ts';
import type { VerifyOptions, VerifyResult } from '../../../core/ports/maintenance.ts';
import { EVENT_COLUMNS, type EventTuple, rowOfTuple } from '../sql/event-row.ts';
import { type Findings, findings, type LogCopy, type LogPoint, verifyLog } from '../sql/verify-log.ts';
import { databaseError } from './database-error.ts';
import { schemaOf } from './migrations/migrate.ts';
import { openAnySchema } from './open-file.ts';
import { schemaDifferences } from './schema-check.ts';
import { verifyAudit } from './verify-audit.ts';

const BUSY_TIMEOUT_MS = 5_000;

const ROWS = `select ${EVENT_COLUMNS.join()} from events where position > ? order by position limit ?`;
const LOG_POINTS = 'select position, hash from events where position > ? and position <= ?';
const LAST = 'select max(position) from events';

const lastPosition = (db: Database.Database): number => Number(db.prepare(LAST).pluck().get() ?? 0);

const copyIn = (db: Database.Database): LogCopy => {
  const points = db.prepare<[number, number], LogPoint>(LOG_POINTS);
  return { last: lastPosition(db), between: async (from, to) => points.all(from, to) };
};

/** An older copy in a file, and what closes it. Refusals: those of `openStore`. */
export const openLogCopy = (path: string): LogCopy & { readonly close: () => void } => {
  const db = openAnySchema(path, BUSY_TIMEOUT_MS);
  return { ...copyIn(db), close: () => db.close() };
};

/** SQLite's own check of its pages, indexes and constraints. */
const checkPages = (db: Database.Database, found: Findings): void => {
  for (const text of db.prepare<[], string>('pragma integrity_check(100)').pluck().iterate()) {
    if (text !== 'ok') found.add(`page: ${text}`);
  }
};

/** The audit had no chains in older schemas. */
const FIRST_WITH_CHAINS = 6;

/** The tables may be checked further: they are there, and what they are. */
const checkSchema = (db: Database.Database, found: Findings): boolean => {
  const differences = schemaDifferences(db, schemaOf(db));
  for (const { kind, object } of differences) found.add(`schema-${kind}: ${object}`);
  const isSound = ({ kind, object }: (typeof differences)[number]): boolean =>
    kind === 'foreign' || !object.startsWith('table ');
  return schemaOf(db) >= FIRST_WITH_CHAINS && differences.every(isSound);
};

const AT = `select hash from audit where host = @host and seq = @seq
  union all select hash from audit_anchors where host = @host and last_seq = @seq
  union all select @hash from audit_anchors where host = @host and first_seq <= @seq and last_seq > @seq`;

/** What was taken away by a pruning is vouched for by its anchor. */
const checkAuditHeads = (db: Database.Database, heads: readonly AuditHead[], found: Findings): void => {
  if (schemaOf(db) < FIRST_WITH_CHAINS) return;
  const at = db.prepare<[AuditHead], string>(AT).pluck();
  for (const { host, seq, hash } of heads)
    if (at.get({ host, seq, hash }) !== hash) found.add(`audit-head: ${host} #${seq}`);
};

const verifyRows = async (
  db: Database.Database,
  copy: LogCopy | null,
  { head, audit: kept }: VerifyOptions,
): Promise<VerifyResult> => {
  const found = findings();
  // Events never change, so pages up to here are one state, and no long transaction keeps the log from being emptied.
  const last = lastPosition(db);
  const page = db.prepare<[number, number], EventTuple>(ROWS).raw();
  const log = {
    last,
    page: async (after: number, limit: number) => page.all(after, limit).map(rowOfTuple),
  };
  const read = await verifyLog(log, found, { head, copy });
  const audit = checkSchema(db, found) ? verifyAudit(db, (problem) => found.add(problem)) : [];
  if (kept !== undefined) checkAuditHeads(db, kept, found);
  checkPages(db, found);
  return { ...read, problems: found.all, problemCount: found.count(), audit };
};

/**
 * Reads every event and every row of the audit of the database at `path`, and compares its schema; tells what is wrong.
 * Refusals: those of `openStore`, BAD_VALUE.
 */
export const verify = async (path: string, options: VerifyOptions): Promise<VerifyResult> => {
  const db = openAnySchema(path, BUSY_TIMEOUT_MS);
  let copy: ReturnType<typeof openLogCopy> | null = null;
  try {
    copy = options.against === undefined ? null : openLogCopy(options.against);
    return await verifyRows(db, copy, options);
  } catch (error) {
    throw databaseError(error, path);
  } finally {
    copy?.close();
    db.close();
  }
};
