import type { OrderProcess } from '../../process/process.ts';
import type { Policy } from '../../rules/policy.ts';
import { Refusal } from '../../rules/refusal.ts';
import { nextCallTime } from '../../scheduling/calling-hours.ts';
import { ms } from '../../time/iso.ts';
import type { Change } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { type VisitStanding, visitStanding } from './visit-standing.ts';

/** What a change at the desk came to. */
export type VisitOutcome = {
  readonly standing: VisitStanding;
  /** The desk's code when it refused the move that this change wanted: the old visit stands. null: it did not. */
  readonly rejectedMove: string | null;
  /** Why this visit, as `ReasonCode`, or as an older program wrote it. */
  readonly reasons: readonly string[];
  /** Of everybody that the order's schedule speaks of, by technician id; who is not known is absent. */
  readonly names: ReadonlyMap<string, string>;
};

/** `process`: the order after what the change made due. */
export const readVisitOutcome = (
  { store }: Pick<AppDeps, 'store'>,
  change: Change,
  process: OrderProcess,
): Promise<VisitOutcome> =>
  store.read(async (tx) => {
    const row = await tx.work.get(process.orderId);
    const requested = change.events.find(({ type }) => type === 'MoveRequested');
    const wasMoveRejected = requested !== undefined && process.scheduling.move === null;
    const later = wasMoveRejected ? await tx.events.load(process.orderId, requested.version) : [];
    const rejected = later.find((event) => event.type === 'MoveRejected');
    const ids = new Set(technicianIds(process));
    const known = await Promise.all([...ids].map((id) => tx.technicians.get(id)));
    return {
      standing: visitStanding(process, { callsBefore: callsBefore(change), lane: row?.lanes.tm ?? null }),
      rejectedMove: rejected?.data.code ?? null,
      reasons: reasonsOf(change, process),
      names: new Map(known.flatMap((one) => (one === null ? [] : [[one.technicianId, one.name] as const]))),
    };
  });

/** Calls that the order had before the change, which may record one itself. */
const callsBefore = ({ events, process }: Change): number =>
  process.scheduling.calls.length - events.filter(({ type }) => type === 'CustomerCalled').length;

const technicianIds = ({ scheduling: { visit, proposal, move } }: OrderProcess): readonly string[] =>
  [visit, proposal, move].flatMap((part) => (part === null ? [] : [part.technicianId]));

const reasonsOf = ({ events }: Change, { scheduling }: OrderProcess): readonly string[] => {
  const proposed = events.find((event) => event.type === 'VisitProposed');
  return proposed?.data.reasons ?? scheduling.proposal?.reasons ?? [];
};

/** Why a call that is due now comes at a bad time. A person wants the call, so it is made all the same. */
export type AwkwardCall =
  /** The desk has promised the customer to call at another time, UTC ISO. */
  { readonly kind: 'promised'; readonly at: string } | { readonly kind: 'outside-hours' };

/** What speaks against the call that an order waits for; empty when none is due at `now`, epoch ms. */
export const awkwardCalls = (
  { scheduling: { proposal, callback } }: OrderProcess,
  now: number,
  policy: Policy,
): readonly AwkwardCall[] => {
  if (proposal?.via !== 'desk' || ms(proposal.callAt) > now) return [];
  const isPromised = callback !== null && ms(callback) > now;
  return [
    ...(isPromised ? [{ kind: 'promised', at: callback } as const] : []),
    ...(nextCallTime(now, policy) === now ? [] : [{ kind: 'outside-hours' } as const]),
  ];
};

/** Before the first of several orders is changed. Throws Refusal ORDER_NOT_FOUND. */
export const orderMustBeThere = async ({ store }: Pick<AppDeps, 'store'>, orderId: string): Promise<void> => {
  if ((await store.read((tx) => tx.views.get(orderId))) === null) {
    throw new Refusal('ORDER_NOT_FOUND', { orderId });
  }
};
