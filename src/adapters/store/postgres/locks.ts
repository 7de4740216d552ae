import { createHash } from 'node:crypto';
import { namesOf, type Scope } from '../../../core/ports/scope.ts';

/** The key of an advisory lock, as PostgreSQL takes it: 64 bits. Two names with one key wait for each other, and no more. */
export const lockKey = (name: string): string =>
  createHash('sha256').update(name).digest().readBigInt64BE().toString();

export const MIGRATION_LOCK = lockKey('oss/migration');
/** Held by the process that fills an empty database. */
export const FILLING_LOCK = lockKey('oss/filling');
export const FEED_LOCK = lockKey('oss/feed');
/** Held by all writes: by one of everything alone, by the others together. */
export const EVERYTHING_LOCK = lockKey('oss/everything');

/**
 * The line of a server's history: another one when a standby was promoted, or the server was put back to a time before. null:
 * it is a standby, and nobody writes to it.
 */
export const TIMELINE =
  'case when pg_is_in_recovery() then null else substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end';

/**
 * What each transaction begins with that takes a lock before it reads: whatever the server, the role or the URL makes of
 * `default_transaction_isolation`, each statement sees what was committed while the one before it waited.
 */
export const BEGIN = 'begin isolation level read committed';

/**
 * A statement of its own, before the first read of a write: folded into a read, or under another isolation than READ
 * COMMITTED, the read would see the row as it was before the lock. It keeps the write's id, forgets those whose end is known
 * ($3), and answers the database's clock once all locks are there, the line of its history, and which programs may write then: a
 * migration may have come while it waited.
 */
const begin = (lock: string, locks: string): string => `
with kept as (insert into writes (write_id, void) values ($2, false)),
  forgotten as (delete from writes where write_id = any($3::uuid[])),
  locked as (select ${lock}(${EVERYTHING_LOCK}) as all_of_it),
  named as (${locks})
select (extract(epoch from clock_timestamp()) * 1000)::float8 as now, oss_compatible_from() as compatible_from,
  ${TIMELINE} as timeline
from (select count(*) from locked) a, (select count(*) from named) b`;

const NAMED = 'select pg_advisory_xact_lock(k) from locked, unnest($1::bigint[]) k';

const SHARED = begin('pg_advisory_xact_lock_shared', NAMED);
const ALONE = begin('pg_advisory_xact_lock', NAMED);

/** What a write begins with: the text, and the keys of what it decides about in the order of all writes. */
export const lockStatement = (scope: Scope): { readonly text: string; readonly keys: readonly string[] } =>
  scope === 'everything'
    ? { text: ALONE, keys: [] }
    : { text: SHARED, keys: namesOf(scope).map((name) => lockKey(`scope/${name}`)) };
