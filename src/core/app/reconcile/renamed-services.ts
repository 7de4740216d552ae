import type { ServiceState } from '../../activation/service-state.ts';
import type { NeService } from '../../ports/peers.ts';
import { everTold } from '../../reconcile/ever-told.ts';
import { isBelievedOn } from '../../reconcile/judge.ts';
import type { Strangers } from '../../reconcile/strangers.ts';
import { ownerOf, readServiceKey, saysTheSame } from '../../values/keys.ts';
import type { SagaDeps } from '../deps.ts';
import { admitNe } from './inventory.ts';
import { allOrders, type WholeOrder } from './read-orders.ts';
import { type Comparing, MOST_SUSPECTS } from './reconcile-options.ts';
import type { Suspect } from './reconcile-service.ts';

type Live = Extract<Suspect, { as: 'live' }>;

/**
 * Services of the log that live at the NE under a name of its own, and that the log does not hold for on: a list by our
 * names does not show them. Known by each id that the NE ever told, and by each name that says the same as ours.
 */
export const renamedSuspects = async (
  deps: SagaDeps,
  signal: AbortSignal | undefined,
  { strangers, seen, gaps }: Comparing,
): Promise<readonly Suspect[]> => {
  const suspects: Suspect[] = [];
  if (strangers.isEmpty()) return suspects;
  const marks = await deps.store.read((tx) => tx.meta.keyMarks());
  for await (const order of allOrders(deps, signal, gaps)) {
    for (const service of order.process.activation.services.values()) {
      if (service.names.length === 0) continue;
      const { key } = service.plan;
      const live = await shownAs(deps, { service, ids: idsOf(order, key), strangers }, signal);
      if (live === 'unclear') seen.unclear += 1;
      else {
        const owner = ownerOf(readServiceKey(key)?.mark ?? null, marks);
        for (const one of live)
          suspects.push({ as: 'live', orderId: order.process.orderId, owner, ...one } satisfies Live);
      }
    }
    if (suspects.length >= MOST_SUSPECTS) {
      gaps.push({ part: 'too-many', why: { code: 'TOO_MANY_DIFFER', most: MOST_SUSPECTS } });
      break;
    }
  }
  return suspects;
};

const idsOf = ({ events }: WholeOrder, key: string): readonly string[] => [
  ...(everTold(events).get(key) ?? []),
];

type Sought = {
  readonly service: ServiceState;
  readonly ids: readonly string[];
  readonly strangers: Strangers;
};

/** What the NE shows of a service, by id and by its own names for it, and the log does not hold for on. */
const shownAs = async (
  deps: SagaDeps,
  { service, ids, strangers }: Sought,
  signal: AbortSignal | undefined,
): Promise<readonly Pick<Live, 'live' | 'shownAs'>[] | 'unclear'> => {
  const { plan, names } = service;
  const shown = new Map<string, NeService>();
  for (const neId of ids) {
    if (!strangers.mayHaveId(neId) || isBelievedOn(service, neId)) continue;
    const byId = await deps.ne.read(neId, await admitNe(deps, signal));
    if (byId.kind === 'found') shown.set(neId, byId.value);
    else if (byId.kind !== 'absent' && byId.kind !== 'terminated') return 'unclear';
  }
  for (const name of names) {
    if (!strangers.mayHaveName(name) || !saysTheSame(name, plan.key)) continue;
    const byName = await deps.ne.find(name, await admitNe(deps, signal));
    if (byName.kind === 'unknown' || byName.kind === 'misconfigured') return 'unclear';
    const matches =
      byName.kind === 'found' ? [byName.value] : byName.kind === 'ambiguous' ? byName.matches : [];
    for (const one of matches) if (one.state === 'active') shown.set(one.neId, one);
  }
  return [...shown.values()]
    .filter(({ neId, key }) => names.includes(key) && !isBelievedOn(service, neId))
    .map((one) => ({ live: { ...one, key: plan.key }, shownAs: one.key }));
};
