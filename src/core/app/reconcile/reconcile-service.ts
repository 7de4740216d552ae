import type { NeService } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import type { Finding } from '../../reconcile/finding.ts';
import { type Judged, judgeGhost, judgeLive } from '../../reconcile/judge.ts';
import type { SagaDeps } from '../deps.ts';
import { readOrder } from '../write-order.ts';
import { admitNe } from './inventory.ts';
import { mendOrder } from './mend-order.ts';
import type { ReconcileOptions, Seen } from './reconcile-options.ts';

/** A live service against its order; the log may not know the order at all. */
export const judgeOf = (process: OrderProcess, live: NeService): Judged | null =>
  process.version === 0
    ? { kind: 'orphan', detail: 'the log does not know its order', events: [], settles: false }
    : judgeLive(process, live);

/** Looks again, at the log first and then at the NE, before anything is believed. */
export const settleLive = async (
  deps: SagaDeps,
  options: ReconcileOptions,
  { live, orderId, seen }: { readonly live: NeService; readonly orderId: string; readonly seen: Seen },
): Promise<Finding | null> => {
  const process = await deps.store.read((tx) => readOrder(tx, orderId));
  const now = await lookUpNow(deps, live, options.signal);
  if (now === 'unclear') seen.unclear += 1;
  if (now === 'unclear' || now === 'gone') return null;
  const judged = judgeOf(process, now);
  return judged === null
    ? null
    : conclude(deps, options, { process, judged, key: live.key, neId: live.neId });
};

/** The very service, if it is live still. */
const lookUpNow = async (
  deps: SagaDeps,
  { key, neId }: NeService,
  signal: AbortSignal | undefined,
): Promise<NeService | 'gone' | 'unclear'> => {
  const lookUp = await deps.ne.find(key, await admitNe(deps, signal));
  switch (lookUp.kind) {
    case 'found':
      return lookUp.value.neId === neId ? lookUp.value : 'gone';
    case 'ambiguous':
      return lookUp.matches.find((match) => match.neId === neId && match.state === 'active') ?? 'gone';
    case 'terminated':
    case 'absent':
      return 'gone';
    case 'unsupported':
    case 'misconfigured':
    case 'unknown':
      return 'unclear';
  }
};

type Concluded = {
  readonly process: OrderProcess;
  readonly judged: Judged;
  readonly key: string;
  readonly neId: string | null;
};

/** The finding; with `fix` what can be recorded is, and the order's steps run. */
const conclude = async (
  deps: SagaDeps,
  { fix, signal }: ReconcileOptions,
  { process, judged, key, neId }: Concluded,
): Promise<Finding | null> => {
  const { kind, detail, events, settles } = judged;
  const stage = process.version === 0 ? null : process.stage;
  const finding = { kind, key, orderId: process.orderId, neId, stage, detail };
  if (events.length === 0) return { ...finding, state: 'by-hand' };
  if (!fix) return { ...finding, state: settles ? 'open' : 'by-hand' };
  // What was learnt of the order since it was read may make what was seen old.
  const isUnchanged = (current: OrderProcess): boolean =>
    current.activation.factVersion === process.activation.factVersion;
  const decide = (current: OrderProcess): readonly NewEvent[] => (isUnchanged(current) ? events : []);
  const isMended = await mendOrder(deps, process.orderId, { decide, signal });
  return isMended ? { ...finding, state: settles ? 'fixed' : 'by-hand' } : null;
};

/** The same of a service that the NE does not seem to have. */
export const settleGhost = async (
  deps: SagaDeps,
  options: ReconcileOptions,
  { orderId, key, seen }: { readonly orderId: string; readonly key: string; readonly seen: Seen },
): Promise<Finding | null> => {
  const process = await deps.store.read((tx) => readOrder(tx, orderId));
  const lookUp = await deps.ne.find(key, await admitNe(deps, options.signal));
  if (lookUp.kind === 'unknown' || lookUp.kind === 'unsupported' || lookUp.kind === 'misconfigured') {
    seen.unclear += 1;
    return null;
  }
  if (lookUp.kind === 'found' || lookUp.kind === 'ambiguous') return null;
  const judged = judgeGhost(process, key, { as: lookUp.kind, peer: deps.ne.identity });
  const neId = process.activation.services.get(key)?.neId ?? null;
  return judged === null ? null : conclude(deps, options, { process, judged, key, neId });
};
