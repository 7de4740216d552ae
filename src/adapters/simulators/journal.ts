import type { CustomerAnswer } from './answers.ts';
import type { LedgerDb } from './open-ledger.ts';
import type { SimRequest, Target } from './request.ts';

/** Work of a peer that is due later. It is in the ledger, so that it outlives the process that took it on. */
export type Job =
  /** A request whose effect comes after its caller has gone. */
  | { readonly kind: 'request'; readonly request: SimRequest; readonly target: Target }
  /** A monitor ends. */
  | { readonly kind: 'monitor'; readonly monitor: number; readonly request: SimRequest }
  /** The customer answers, by the mix unless a fault says what. */
  | { readonly kind: 'answer'; readonly appointment: number; readonly answer?: CustomerAnswer };

/** What both peers write down alike. Every method belongs inside a transaction. */
export type Journal = {
  /** Counts one request and returns how many of this key and operation there have been. */
  readonly countRequest: (target: Target) => number;
  readonly addEffect: (key: string, effect: string, at: number) => void;
  readonly addJob: (dueAt: number, job: Job) => void;
  /** Takes out the earliest job that is due. The process that takes it does it. */
  readonly takeDue: (now: number) => { readonly dueAt: number; readonly job: Job } | null;
  readonly nextDue: () => number | null;
  /** Takes one of the uses of a fault rule; false when all are taken. */
  readonly takeUse: (rule: string, count: number) => boolean;
  readonly usesOf: (rule: string) => number;
  readonly resetUses: (rule: string) => void;
};

type JobRow = { readonly id: number; readonly dueAt: number; readonly doc: string };

/** The journal of one peer. */
export const openJournal = (db: LedgerDb, peer: 'ne' | 'tm'): Journal => {
  const count = db.prepare<[string, string, string], { count: number }>(
    `INSERT INTO requests VALUES (?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count`,
  );
  const effect = db.prepare('INSERT INTO effects (peer, key, effect, at) VALUES (?, ?, ?, ?)');
  const add = db.prepare('INSERT INTO jobs (peer, due_at, doc) VALUES (?, ?, ?)');
  const due = db.prepare<[string, number], JobRow>(
    'SELECT id, due_at AS dueAt, doc FROM jobs WHERE peer = ? AND due_at <= ? ORDER BY due_at, id LIMIT 1',
  );
  const remove = db.prepare('DELETE FROM jobs WHERE id = ?');
  const next = db.prepare<[string], { dueAt: number | null }>(
    'SELECT min(due_at) AS dueAt FROM jobs WHERE peer = ?',
  );
  const take = db.prepare(
    `INSERT INTO fault_uses VALUES (?, ?, 1)
     ON CONFLICT DO UPDATE SET used = used + 1 WHERE used < ?`,
  );
  const uses = db.prepare<[string, string], { used: number }>(
    'SELECT used FROM fault_uses WHERE peer = ? AND rule = ?',
  );
  const reset = db.prepare('DELETE FROM fault_uses WHERE peer = ? AND rule = ?');

  return {
    countRequest: ({ key, operation }) => count.get(peer, key, operation)?.count ?? 1,
    addEffect: (key, kind, at) => {
      effect.run(peer, key, kind, new Date(at).toISOString());
    },
    addJob: (dueAt, job) => {
      add.run(peer, dueAt, JSON.stringify(job));
    },
    takeDue: (now) => {
      const row = due.get(peer, now);
      if (row === undefined) return null;
      remove.run(row.id);
      return { dueAt: row.dueAt, job: JSON.parse(row.doc) as Job };
    },
    nextDue: () => next.get(peer)?.dueAt ?? null,
    takeUse: (rule, limit) => take.run(peer, rule, limit).changes === 1,
    usesOf: (rule) => uses.get(peer, rule)?.used ?? 0,
    resetUses: (rule) => {
      reset.run(peer, rule);
    },
  };
};
