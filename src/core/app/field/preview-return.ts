import { failFieldWork } from '../../fieldwork/decide.ts';
import { mustBeGoing, mustExist } from '../../process/legal.ts';
import type { ReturnCode } from '../../rules/reason-codes.ts';
import { keepingDenials, mustBeAllowed } from '../allow.ts';
import type { AppDeps } from '../deps.ts';
import { readOrder } from '../write-order.ts';
import { mustBeTheirVisit, mustBeVisit } from './field-rules.ts';

/** What a return would undo. */
export type ReturnUndo = {
  /** Returned before: there is nothing to ask. */
  readonly already: boolean;
  /** Live services, and those whose last request is in doubt (NE id null), in the order they were planned. */
  readonly services: readonly { readonly service: string; readonly neId: string | null }[];
  /** The agreed visit, which ends with it. */
  readonly visit: { readonly start: string; readonly technicianId: string } | null;
  readonly version: number;
};

const COMMAND = 'field return';

/**
 * Reads what a return would switch off. `writable`: where a denial is written down. Throws what the return itself is refused with: NO_VISIT, ALREADY_FINAL,
 * OTHER_VISIT, DENIED, ORDER_NOT_FOUND.
 */
export const previewReturn = async (
  deps: Pick<AppDeps, 'store' | 'clock' | 'actor'> & { readonly writable: () => Promise<AppDeps['store']> },
  orderId: string,
  { code, visit }: { readonly code: ReturnCode; readonly visit: number | undefined },
): Promise<ReturnUndo> => {
  const process = await deps.store.read((tx) => readOrder(tx, orderId));
  mustExist(process);
  const store: Pick<AppDeps['store'], 'write'> = {
    write: async (work) => (await deps.writable()).write(work),
  };
  await keepingDenials({ ...deps, store }, { subject: orderId, command: COMMAND }, async () => {
    mustBeAllowed(deps.actor, COMMAND);
    mustBeTheirVisit(process, deps.actor, COMMAND);
  });
  const already = process.fieldwork.failed !== null;
  if (!already) {
    mustBeGoing(process, 'field return');
    mustBeVisit(process, visit);
    failFieldWork(process, code, { occurredAt: process.updatedAt });
  }
  const agreed = process.scheduling.visit;
  return {
    already,
    services: [...process.activation.services.values()]
      .filter(({ proof }) => proof === 'on' || proof === 'unknown')
      .map(({ plan, proof, neId }) => ({ service: plan.service, neId: proof === 'on' ? neId : null })),
    visit: agreed && { start: agreed.slot.start, technicianId: agreed.technicianId },
    version: process.version,
  };
};
