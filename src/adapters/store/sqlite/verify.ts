import type Database from 'better-sqlite3';
import type { AuditHead } from '../../../core/ports/audit.ts';
import type {
  LogHead,
  Problem,
  ProblemKind,
  VerifyOptions,
  VerifyResult,
} from '../../../core/ports/maintenance.ts';
import { turn } from '../../runtime/waits.ts';
import {
  EVENT_COLUMNS,
  type EventRow,
  type EventTuple,
  hashOfRow,
  rowOfTuple,
  unreadable,
} from '../sql/event-row.ts';
import { nextDigest, parseHead } from '../sql/head.ts';
import { databaseError } from './database-error.ts';
import { schemaOf } from './migrations/migrate.ts';
import { openAnySchema } from './open-file.ts';
import { schemaDifferences } from './schema-check.ts';
import { type StreamEnds, streamEnds } from './stream-ends.ts';
import { verifyAudit } from './verify-audit.ts';

const MAX_PROBLEMS = 1_000;
const CHUNK = 2_000;
const BUSY_TIMEOUT_MS = 5_000;

const ROWS = `select ${EVENT_COLUMNS.join()} from events where position > ? order by position limit ?`;
const LOG_POINTS = 'select position, hash from events where position > ? and position <= ?';
const LAST = 'select max(position) from events';

type LogPoint = { readonly position: number; readonly hash: string };

type Findings = {
  readonly add: (problem: ProblemKind, row?: EventRow | null, position?: number) => void;
  readonly all: Problem[];
  readonly count: () => number;
};

const findings = (): Findings => {
  const all: Problem[] = [];
  let count = 0;
  return {
    all,
    count: () => count,
    add: (problem, row, position) => {
      count += 1;
      if (all.length >= MAX_PROBLEMS) return;
      const orderId = row?.order_id ?? null;
      all.push({
        orderId,
        version: row?.version ?? null,
        position: row?.position ?? position ?? null,
        problem,
      });
    },
  };
};

/** One event against the one before it in its order. At most one problem each: the first that explains the others. */
const problemOf = (row: EventRow, ends: StreamEnds): ProblemKind | null => {
  const before = ends.get(row.order_id);
  ends.set(row.order_id, row.version, row.hash);
  if (row.version !== before.version + 1) return 'gap';
  if (hashOfRow(before.hash, row) !== row.hash) return 'hash';
  return unreadable(row);
};

const lastPosition = (db: Database.Database): number => Number(db.prepare(LAST).pluck().get() ?? 0);

/** Compares events by position with an older copy. */
const comparison = (other: Database.Database, found: Findings) => {
  const points = other.prepare<[number, number], LogPoint>(LOG_POINTS);
  const last = lastPosition(other);
  return {
    chunk: (rows: readonly EventRow[], from: number, to: number): void => {
      const theirs = new Map(points.all(from, to).map(({ position, hash }) => [position, hash]));
      for (const row of rows) {
        if (row.position <= last && theirs.get(row.position) !== row.hash) found.add('against', row);
        theirs.delete(row.position);
      }
      for (const position of theirs.keys()) found.add('against', null, position);
    },
    end: (position: number): void => {
      for (const point of points.iterate(position, last)) found.add('against', null, point.position);
    },
  };
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

/** What `verifyRows` needs to know of the head it was given. */
const headCheck = (text: string | undefined, found: Findings) => {
  const wanted = text === undefined ? null : parseHead(text);
  let seen = wanted === null || wanted.position === 0;
  return {
    at: (position: number, digest: string): void => {
      if (wanted === null || position !== wanted.position) return;
      seen = true;
      if (digest !== wanted.digest) found.add('head', null, position);
    },
    end: (): void => {
      if (!seen) found.add('head', null, wanted?.position);
    },
  };
};

const verifyRows = async (
  db: Database.Database,
  against: Database.Database | null,
  options: VerifyOptions,
): Promise<VerifyResult> => {
  const found = findings();
  const given = headCheck(options.head, found);
  const other = against === null ? null : comparison(against, found);
  const ends = streamEnds();
  // Events never change, so pages up to here are one state, and no long transaction keeps the log from being emptied.
  const last = lastPosition(db);
  const page = db.prepare<[number, number], EventTuple>(ROWS).raw();
  let events = 0;
  let head: LogHead = { position: 0, hash: '', digest: '' };
  while (head.position < last) {
    const from = head.position;
    const rows = page.all(from, CHUNK).map(rowOfTuple);
    for (const row of rows) {
      const problem = problemOf(row, ends);
      if (problem !== null) found.add(problem, row);
      const digest = nextDigest(head.digest, row.position, row.hash);
      head = { position: row.position, hash: row.hash, digest };
      given.at(row.position, digest);
      events += 1;
    }
    if (rows.length === 0) break;
    other?.chunk(rows, from, head.position);
    await turn();
  }
  given.end();
  other?.end(head.position);
  const audit = checkSchema(db, found) ? verifyAudit(db, (problem) => found.add(problem)) : [];
  if (options.audit !== undefined) checkAuditHeads(db, options.audit, found);
  checkPages(db, found);
  return { events, orders: ends.size(), problems: found.all, problemCount: found.count(), head, audit };
};

/**
 * Reads every event and every row of the audit of the database at `path`, and compares its schema; tells what is wrong: nothing that was edited, removed from the middle
 * or reordered within an order stays hidden. A tail that was cut off, or a log that was written anew with right hashes,
 * shows only against a head or a copy that was kept elsewhere. Refusals: those of `openStore`, BAD_VALUE.
 */
export const verify = async (path: string, options: VerifyOptions): Promise<VerifyResult> => {
  const db = openAnySchema(path, BUSY_TIMEOUT_MS);
  let against: Database.Database | null = null;
  try {
    against = options.against === undefined ? null : openAnySchema(options.against, BUSY_TIMEOUT_MS);
    return await verifyRows(db, against, options);
  } catch (error) {
    throw databaseError(error, path);
  } finally {
    against?.close();
    db.close();
  }
};
