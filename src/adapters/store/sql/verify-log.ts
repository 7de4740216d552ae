import type {
  LogHead,
  Problem,
  ProblemKind,
  VerifyOptions,
  VerifyResult,
} from '../../../core/ports/maintenance.ts';
import { turn } from '../../runtime/waits.ts';
import { type EventRow, hashOfRow, unreadable } from './event-row.ts';
import { nextDigest, parseHead } from './head.ts';
import { type StreamEnds, streamEnds } from './stream-ends.ts';

const MAX_PROBLEMS = 1_000;
/** Events of one read. */
const CHUNK = 2_000;

export type LogPoint = { readonly position: number; readonly hash: string };

/** A log as it is kept, by rising positions. */
export type StoredLog = {
  /** What comes later is not looked at. */
  readonly last: number;
  /** Behind `after`. */
  readonly page: (after: number, limit: number) => Promise<readonly EventRow[]>;
};

/** An older copy. `between`: behind `from`, up to `to`. */
export type LogCopy = {
  readonly last: number;
  readonly between: (from: number, to: number) => Promise<readonly LogPoint[]>;
};

export type Findings = {
  readonly add: (
    problem: ProblemKind,
    row?: Pick<EventRow, 'order_id' | 'version' | 'position'> | null,
    position?: number,
  ) => void;
  /** The first of them. */
  readonly all: readonly Problem[];
  readonly count: () => number;
};

export const findings = (): Findings => {
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

/** Compares events by position with an older copy. */
const comparison = ({ last, between }: LogCopy, found: Findings) => ({
  chunk: async (rows: readonly EventRow[], from: number, to: number): Promise<void> => {
    const theirs = new Map((await between(from, to)).map(({ position, hash }) => [position, hash]));
    for (const row of rows) {
      if (row.position <= last && theirs.get(row.position) !== row.hash) found.add('against', row);
      theirs.delete(row.position);
    }
    for (const position of theirs.keys()) found.add('against', null, position);
  },
  end: async (position: number): Promise<void> => {
    for (const point of await between(position, last)) found.add('against', null, point.position);
  },
});

/** What is to be known of the head that was given. */
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

/**
 * Reads every event: what was edited, removed from the middle or reordered within an order is found. A tail that was cut off,
 * or a log that was written anew with right hashes, shows only against a head or a copy that was kept elsewhere.
 * Refusal BAD_VALUE of the head.
 */
export const verifyLog = async (
  log: StoredLog,
  found: Findings,
  { head: kept, copy }: { readonly head: VerifyOptions['head']; readonly copy: LogCopy | null },
): Promise<Pick<VerifyResult, 'events' | 'orders' | 'head'>> => {
  const given = headCheck(kept, found);
  const other = copy === null ? null : comparison(copy, found);
  const ends = streamEnds();
  let events = 0;
  let head: LogHead = { position: 0, hash: '', digest: '' };
  while (head.position < log.last) {
    const from = head.position;
    const rows = await log.page(from, CHUNK);
    for (const row of rows) {
      const problem = problemOf(row, ends);
      if (problem !== null) found.add(problem, row);
      const digest = nextDigest(head.digest, row.position, row.hash);
      head = { position: row.position, hash: row.hash, digest };
      given.at(row.position, digest);
      events += 1;
    }
    if (rows.length === 0) break;
    await other?.chunk(rows, from, head.position);
    await turn();
  }
  given.end();
  await other?.end(head.position);
  return { events, orders: ends.size(), head };
};
