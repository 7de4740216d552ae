import type { Stage } from '../../rules/stage.ts';
import { type KeyMarks, ownerOf, readServiceKey } from '../../values/keys.ts';
import { withoutPersonal } from '../../values/personal-words.ts';
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
  const marks = await deps.store.read((tx) => tx.meta.keyMarks());
  for await (const page of inventory(deps, { signal })) {
    const stages = await stagesOf(
      deps,
      page.flatMap(({ key }) => orderOf(key, marks) ?? []),
    );
    for (const { neId, key, spec, equipmentId, state } of page) {
      const orderId = orderOf(key, marks);
      const stage = orderId === null ? null : (stages.get(orderId) ?? null);
      yield {
        neId,
        // A name that is none of ours may be a customer's.
        key: readServiceKey(key) === null ? withoutPersonal(key) : key,
        spec: spec === undefined ? null : withoutPersonal(spec),
        orderId,
        stage,
        equipmentId: equipmentId ?? null,
        state,
      };
    }
  }
}

/** The order that a service of ours belongs to; null: another database's, or of no order that we know. */
const orderOf = (key: string, marks: KeyMarks): string | null => {
  const said = readServiceKey(key);
  return said === null || ownerOf(said.mark, marks) === 'foreign' ? null : said.orderId;
};

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
