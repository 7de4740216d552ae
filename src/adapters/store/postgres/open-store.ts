import type { Client, ClientBase, PoolClient } from 'pg';
import type { MaintainedStore } from '../../../core/ports/maintenance.ts';
import type { Ids } from '../../../core/ports/runtime.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Tx } from '../../../core/ports/store.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { systemClock } from '../../runtime/system-clock.ts';
import { thisOrigin } from '../../runtime/this-origin.ts';
import { uuidIds } from '../../runtime/uuid-ids.ts';
import { attempt } from '../attempt.ts';
import { enclosing, type Running, runAs } from '../running.ts';
import type { Origin } from '../sql/audit-chain.ts';
import { knownEnds } from '../sql/known-ends.ts';
import type { Session } from '../sql/session.ts';
import { SqlTx } from '../sql/tx.ts';
import { addressOf, assertFit, type ConnectOptions, connectAlone, lineTo, openPool } from './connect.ts';
import { migrate } from './migrate.ts';
import { pgChanges } from './pg-changes.ts';
import { isLost, mayOnlyLook, pgError } from './pg-error.ts';
import { NeedsNumbers, numberFeed, pgFeed } from './pg-feed.ts';
import { pgMaintenance } from './pg-maintenance.ts';
import { pgScrub, scrubMarkOf } from './pg-scrub.ts';
import { pgSession } from './pg-session.ts';
import { pgWork } from './pg-work.ts';
import { type MadeWrite, pgWriter, type Ran } from './pg-writer.ts';
import { serverClock } from './server-clock.ts';
import { settleTimeline } from './timeline.ts';
import { UNREST_MS, unrest } from './unrest.ts';

export type OpenPgStoreOptions = {
  /** `postgres://…`, without a password; so the database is named to people. */
  readonly url: string;
  /** By default none is known. */
  readonly password?: ConnectOptions['password'];
  /** `read`: its writes are refused (DATABASE_READONLY). */
  readonly mode: 'read' | 'write';
  /** Only with `write`: makes the tables of an empty database. */
  readonly create: boolean;
  /** How long a write waits for others, ms. */
  readonly busyTimeoutMs?: number;
  /** How long it is asked what became of a COMMIT, ms. */
  readonly doubtMs?: number;
  readonly ids?: Ids;
  /** Of a database that this process fills. */
  readonly token?: string | null;
  readonly origin?: () => Origin;
  /** Ms, by a clock that nobody sets and that counts while the machine sleeps. */
  readonly own?: () => number;
  /** The wall clock of this process, epoch ms. */
  readonly wall?: () => number;
};

/** `mayAsk`: a read that finds events without a number is done again. */
type Transaction = MadeWrite & { readonly mode: Running['mode']; readonly mayAsk: boolean };

const BUSY_MS = 5_000;
const HARDLY_MS = 50;
const DOUBT_MS = 15_000;
/** Connections of one process: for writes, and for reads and what is told. */
const WRITERS = 8;
const READERS = 4;
/** A clock that was heard longer ago is asked for once more. */
const CLOCK_MS = 5_000;

/** How often a read is made whose connection is lost. */
const MOST_READS = 5;

const CLOCK = 'select (extract(epoch from clock_timestamp()) * 1000)::float8 as now';
const READ = 'begin isolation level repeatable read read only';

/**
 * Opens the database of a PostgreSQL server. Refusals: DATABASE_UNREACHABLE, DATABASE_CLOSED, DATABASE_UNFIT, DATABASE_MISSING,
 * DATABASE_FOREIGN, DATABASE_NEWER, DATABASE_BUSY.
 */
export const openPgStore = async ({
  url,
  password = async () => null,
  mode,
  create,
  busyTimeoutMs = BUSY_MS,
  doubtMs = DOUBT_MS,
  ids = uuidIds(Date.now),
  token = null,
  origin = thisOrigin,
  own = systemClock().uptime,
  wall = Date.now,
}: OpenPgStoreOptions): Promise<MaintainedStore> => {
  const database = url;
  const line = lineTo({ address: addressOf(url), password, database, busyTimeoutMs, token });
  const connect = (): Promise<Client> => connectAlone(line);
  const told = (error: unknown): unknown => pgError(error, database);

  const calm = unrest(own);
  const clock = serverClock(own, calm.begins);
  /** The line of the server's history, once it is known. */
  let timeline: string | null = null;
  const askClock = async (client: ClientBase): Promise<void> => {
    const asked = own();
    const { rows } = await client.query<{ now: number }>(CLOCK);
    if (rows[0] !== undefined) clock.heard(rows[0].now, asked);
  };
  const settleWith = async (client: ClientBase): Promise<void> => {
    const settled = await settleTimeline(client, ids, line);
    timeline = settled.timeline;
    if (settled.agoMs < UNREST_MS) calm.begins(settled.agoMs);
  };
  const settle = async (): Promise<void> => {
    const client = await connect();
    try {
      await settleWith(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  let isMarked = false;
  const writers = openPool(line, WRITERS);
  const readers = openPool(line, READERS);
  try {
    // The connection that proved the database good is kept: making one costs.
    const first = await (mode === 'write' ? writers : readers).connect();
    try {
      await assertFit(first, database, line);
      await migrate(first, { database, line, ids, create: create && mode === 'write', token });
      if (mode === 'write') await settleWith(first);
      isMarked = mode === 'write' && (await scrubMarkOf(first)) !== null;
      await askClock(first);
    } finally {
      first.release();
    }
  } catch (error) {
    await Promise.all([writers.end(), readers.end()]);
    throw told(error);
  }

  const scrub = async (waitMs: number): Promise<boolean> => {
    try {
      const client = await connect();
      return await pgScrub(client, { line, database, waitMs }).finally(() =>
        client.end().catch(() => undefined),
      );
    } catch (error) {
      throw told(error);
    }
  };
  // What an erasure could not do beside others. No process waits for it.
  if (isMarked) await scrub(HARDLY_MS);

  const takesWork = (session: Session) => pgWork(session, calm.isOver);
  const changes = pgChanges(connect, readers, line);
  let closed = false;
  const assertOpen = (): void => {
    if (closed) throw new Error('the store is closed');
  };

  const run = async <T>(
    client: PoolClient,
    work: (tx: Tx) => Promise<T>,
    { mode, mayAsk, made, needs }: Transaction,
  ): Promise<Ran<T>> => {
    const running: Running = { active: true, mode };
    let failure: unknown;
    const within = pgSession(client, {
      named: line.named,
      guard: () => {
        if (!running.active)
          throw new Error('the store was used outside its transaction: is an await missing?');
      },
      onError: (error) => {
        failure ??= error;
        return error;
      },
      damaged: (cause) => new Refusal('DATABASE_DAMAGED', { database, cause }),
    });
    // What another process appends meanwhile is not known here, so nothing is remembered beyond the transaction.
    const known = knownEnds(() => 0);
    const feed = pgFeed(mode, mayAsk);
    const tx = new SqlTx(within, { ids, known, origin, attempt: made, feed, needs, takesWork });
    const result = await runAs(running, () => work(tx));
    return { result, failure };
  };

  const writer = pgWriter({
    database,
    pool: writers,
    connect,
    line,
    own,
    doubtMs,
    run: (client, work, made) => run(client, work, { ...made, mode: 'write', mayAsk: false }),
    begun: ({ now, timeline: line, asked }) => {
      clock.heard(now, asked);
      return line === timeline;
    },
    prepare: settle,
    onCommit: changes.tell,
  });

  const write = async <T>(work: (tx: Tx) => Promise<T>, rehearsal: boolean, scope: Scope): Promise<T> => {
    assertOpen();
    const outer = enclosing();
    if (outer !== null) throw new Error(`a write inside a ${outer.mode} would wait for itself: use its tx`);
    if (mode === 'read') throw new Refusal('DATABASE_READONLY', { database });
    return await writer.write({ work, rehearsal, scope });
  };

  const readOnce = async <T>(work: (tx: Tx) => Promise<T>, mayAsk: boolean): Promise<T> => {
    const client = await readers.connect();
    let isBroken = false;
    try {
      if (clock.age() > CLOCK_MS) await askClock(client);
      await line.begin(client, READ);
      const made: MadeWrite = { made: attempt(), needs: () => {} };
      const { result } = await run(client, work, { ...made, mode: 'read', mayAsk });
      return result;
    } finally {
      await client.query('rollback').catch(() => {
        isBroken = true;
      });
      client.release(isBroken);
    }
  };

  const numberOnce = async (): Promise<void> => {
    const client = await readers.connect();
    try {
      await numberFeed(client, line);
      client.release();
    } catch (error) {
      client.release(true);
      throw error;
    }
  };

  const number = async (): Promise<void> => {
    try {
      await numberOnce();
    } catch (error) {
      // A role that may only look sees what others have numbered.
      if (mode === 'write' || !mayOnlyLook(error)) throw told(error);
    }
  };

  const read = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    assertOpen();
    const outer = enclosing();
    if (outer?.mode === 'write') throw new Error('a read inside a write would not see it: use its tx');
    if (outer !== null) throw new Error('a read inside a read sees another state: use its tx');
    let mayAsk = true;
    for (let tries = 1; ; tries += 1) {
      try {
        return await readOnce(work, mayAsk);
      } catch (error) {
        const isPassing = isLost(error) && tries < MOST_READS;
        if (!(error instanceof NeedsNumbers || isPassing)) throw told(error);
        if (!(error instanceof NeedsNumbers)) continue;
      }
      // What was committed before is numbered then; what comes meanwhile is of another state.
      mayAsk = false;
      await number();
    }
  };

  return {
    ...pgMaintenance({ database, connect, line, number, ids, heads: () => read((tx) => tx.audit.heads()) }),
    write: (work, scope = 'everything') => write(work, false, scope),
    rehearse: (work, scope = 'everything') => write(work, true, scope),
    read,
    scrub: async () => {
      assertOpen();
      if (mode === 'read') throw new Refusal('DATABASE_READONLY', { database });
      return await scrub(busyTimeoutMs);
    },
    changes: (signal) => {
      assertOpen();
      return changes.listen(signal);
    },
    clockAhead: () => clock.aheadOf(wall()),
    close: async () => {
      if (closed) return;
      closed = true;
      await changes.close();
      await writer.forgetAll();
      await Promise.all([writers.end(), readers.end()]);
    },
  };
};
