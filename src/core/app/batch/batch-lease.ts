import type { Batch } from '../../ports/batches.ts';
import type { Tx } from '../../ports/store.ts';
import { Refusal } from '../../rules/refusal.ts';
import { iso } from '../../time/iso.ts';
import type { AppDeps } from '../deps.ts';

/** Another run may take over one that has written nothing for so long, though its process lives. */
const BATCH_LEASE_MS = 60_000;
const RENEW_MS = 20_000;

/** `startedAt`: what times in the file are relative to, also when it is gone on with. */
export type NewBatch = Pick<Batch, 'file' | 'fileHash' | 'op' | 'rows' | 'startedAt'>;

/** Short, sortable by day, and of letters that survive a phone call: `B-20261122-9F3A2C`. */
const newBatchId = ({ clock, ids }: AppDeps): string => {
  const day = iso(clock.now()).slice(0, 10).replaceAll('-', '');
  return `B-${day}-${ids.uuid().slice(-6).toUpperCase()}`;
};

/** `b-20261122-9f3a2c` is the same batch. */
const parseBatchId = (text: string): string => text.trim().toUpperCase();

const isLeasedElsewhere = ({ owner, leaseUntil }: Batch, { clock, processes }: AppDeps): boolean =>
  owner !== null && owner !== processes.self && leaseUntil > clock.now() && processes.alive(owner);

const refuseLeased = ({ batchId, file, owner }: Batch): Refusal =>
  new Refusal('BATCH_HELD', { batchId, file, owner: owner ?? '' });

/**
 * Begins a batch under a lease of this process. Throws BATCH_HELD when another process runs the same file now: the keys would
 * keep the orders apart from doubles, but not its report from nonsense.
 */
export const createBatch = (deps: AppDeps, batch: NewBatch): Promise<Batch> => {
  const { clock, processes, actor } = deps;
  return deps.store.write(async ({ batches }) => {
    const running = (await batches.ofFile(batch.fileHash)).find(
      (other) => other.state === 'running' && isLeasedElsewhere(other, deps),
    );
    if (running !== undefined) throw refuseLeased(running);
    const created: Batch = {
      ...batch,
      batchId: newBatchId(deps),
      state: 'running',
      finishedAt: null,
      actor,
      owner: processes.self,
      leaseUntil: clock.now() + BATCH_LEASE_MS,
    };
    await batches.create(created);
    return created;
  });
};

/** One batch. Throws BATCH_NOT_FOUND. */
export const readBatch = async (tx: Tx, batchId: string): Promise<Batch> => {
  const batch = await tx.batches.get(parseBatchId(batchId));
  if (batch === null) throw new Refusal('BATCH_NOT_FOUND', { batchId });
  return batch;
};

/** Takes a batch to go on with it. Throws BATCH_NOT_FOUND, or BATCH_HELD with the process that runs it. */
export const takeBatch = (deps: AppDeps, batchId: string): Promise<Batch> => {
  const { clock, processes } = deps;
  return deps.store.write(async (tx) => {
    const batch = await readBatch(tx, batchId);
    if (isLeasedElsewhere(batch, deps)) throw refuseLeased(batch);
    const taken: Batch = {
      ...batch,
      state: 'running',
      finishedAt: null,
      owner: processes.self,
      leaseUntil: clock.now() + BATCH_LEASE_MS,
    };
    await tx.batches.update(taken);
    return taken;
  });
};

/** Ends this process's run of a batch. */
export const endBatch = ({ store, clock }: AppDeps, batch: Batch, state: Batch['state']): Promise<Batch> => {
  const finishedAt = state === 'interrupted' ? null : iso(clock.now());
  const ended: Batch = { ...batch, state, finishedAt, owner: null, leaseUntil: 0 };
  return store.write(async ({ batches }) => {
    await batches.update(ended);
    return ended;
  });
};

/**
 * Proves in a row's write that this process still has the lease of the batch; renews the lease now and then. Throws BATCH_HELD.
 * Until the lease may have ended no question to the database is needed: no other process can have taken it.
 */
export const batchLease = (deps: AppDeps, batch: Batch): ((tx: Tx) => Promise<void>) => {
  const { clock, processes } = deps;
  let renewedAt = clock.monotonic();
  return async ({ batches, afterCommit }) => {
    const now = clock.monotonic();
    if (now - renewedAt < RENEW_MS) return;
    const { batchId } = batch;
    const wall = clock.now();
    if (!(await batches.hold(batchId, processes.self, wall, wall + BATCH_LEASE_MS))) {
      throw refuseLeased((await batches.get(batchId)) ?? batch);
    }
    afterCommit(() => {
      renewedAt = now;
    });
  };
};
