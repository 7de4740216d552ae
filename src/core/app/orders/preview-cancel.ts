import { mustExist } from '../../process/legal.ts';
import { type UndoPlan, undoPlan } from '../../views/undo-plan.ts';
import type { AppDeps } from '../deps.ts';
import { readOrder } from '../write-order.ts';

/** What a cancel of one order would do. */
export type CancelPreview = {
  readonly orderId: string;
  /** It is cancelled already. */
  readonly already: boolean;
  readonly undo: UndoPlan;
};

/** Looks at every order before the first is changed. Throws Refusal ORDER_NOT_FOUND. */
export const previewCancel = (
  { store }: Pick<AppDeps, 'store'>,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, CancelPreview>> =>
  store.read(async (tx) => {
    const previews = new Map<string, CancelPreview>();
    for (const orderId of orderIds) {
      const process = await readOrder(tx, orderId);
      mustExist(process);
      const already = process.order.cancelled !== null;
      previews.set(orderId, { orderId, already, undo: undoPlan(process) });
    }
    return previews;
  });

/** What the cancels of several orders would take back from the network together; it does not list their visits. */
export const undoOfAll = (previews: readonly CancelPreview[]): UndoPlan => {
  const sum = (count: (plan: UndoPlan) => number): number =>
    previews.reduce((total, { undo }) => total + count(undo), 0);
  return {
    services: sum(({ services }) => services),
    inDoubt: sum(({ inDoubt }) => inDoubt),
    visit: null,
    recall: null,
  };
};
