import type { Services } from '../../adapters/compose.ts';
import { readWhole } from '../../core/app/reconcile/read-orders.ts';
import type { OrderProcess } from '../../core/process/process.ts';
import type { Stage } from '../../core/rules/stage.ts';
import { shownKey } from '../../core/values/keys.ts';
import type { Ending } from './act.ts';

/** One service: what the log says of it, and what the simulated network's own ledger says. */
export type Beside = {
  readonly key: string;
  readonly log: 'on' | 'off' | 'unknown';
  readonly ne: string;
  /** How often the network really switched it on. */
  readonly created: number;
  readonly ok: boolean;
};

export type Compared = {
  readonly orderId: string;
  readonly stage: Stage;
  readonly ok: boolean;
  readonly services: readonly Beside[];
};

/** The log beside the ledger, for each order of an act. */
export const compareOrders = async (
  services: Services,
  endings: readonly Ending[],
): Promise<readonly Compared[]> => {
  const store = await services.store('read');
  const ledger = await services.ledger();
  const besides = (process: OrderProcess): readonly Beside[] => {
    const keys = new Set([
      ...process.activation.services.keys(),
      ...(ledger?.services ?? [])
        .map(({ key }) => key)
        .filter((key) => shownKey(key).startsWith(`${process.orderId}/`)),
    ]);
    return [...keys].map((key) => beside(key));
    function beside(key: string): Beside {
      const proof = process.activation.services.get(key)?.proof ?? 'off';
      const log = proof === 'refused' ? 'off' : proof;
      const live = (ledger?.services ?? []).filter((one) => one.key === key && one.state === 'active').length;
      const known = (ledger?.services ?? []).filter((one) => one.key === key);
      const created = (ledger?.effects ?? []).filter(
        (one) => one.peer === 'ne' && one.key === key && one.effect === 'create',
      ).length;
      return {
        key,
        log,
        ne: known.map(({ state }) => state).join(', '),
        created,
        ok: live === (log === 'on' ? 1 : 0) && log !== 'unknown' && created <= 1,
      };
    }
  };
  const orders = await readWhole(
    { store },
    endings.map(({ orderId }) => orderId),
    [],
  );
  return endings.flatMap(({ orderId, stage }): readonly Compared[] => {
    const process = orders.get(orderId)?.process;
    if (process === undefined) return [];
    const rows = besides(process);
    const ok = process.stage === stage && rows.length > 0 && rows.every((row) => row.ok);
    return [{ orderId, stage: process.stage, ok, services: rows }];
  });
};
