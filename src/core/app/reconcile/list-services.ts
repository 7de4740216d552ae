import { orderOfKey } from '../../reconcile/finding.ts';
import type { Stage } from '../../rules/stage.ts';
import type { AppDeps } from '../deps.ts';
import { inventory, type NeAccess } from './inventory.ts';

/** An item of `oss.inventory/1`: a live service of the NE. */
export type ServiceItem = {
  readonly neId: string;
  readonly key: string;
  readonly spec: string | null;
  /** null: no order of ours is named in its key. */
  readonly orderId: string | null;
  /** null: there is no such order. */
  readonly stage: Stage | null;
  readonly equipmentId: string | null;
  readonly state: string;
};

/** The live services of the NE with the orders they belong to. Throws Refusal as `inventory` does. */
export async function* listServices(
  deps: NeAccess & Pick<AppDeps, 'store'>,
  { signal }: { readonly signal: AbortSignal },
): AsyncGenerator<ServiceItem> {
  for await (const page of inventory(deps, { signal })) {
    const stages = await stagesOf(
      deps,
      page.flatMap(({ key }) => orderOfKey(key) ?? []),
    );
    for (const { neId, key, spec, equipmentId, state } of page) {
      const orderId = orderOfKey(key);
      const stage = orderId === null ? null : (stages.get(orderId) ?? null);
      yield { neId, key, spec: spec ?? null, orderId, stage, equipmentId: equipmentId ?? null, state };
    }
  }
}

const stagesOf = (
  { store }: Pick<AppDeps, 'store'>,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, Stage>> =>
  store.read(async (tx) => {
    const found = new Map<string, Stage>();
    for (const orderId of new Set(orderIds)) {
      const view = await tx.views.get(orderId);
      if (view !== null) found.set(orderId, view.stage);
    }
    return found;
  });
