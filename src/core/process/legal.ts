import { Refusal } from '../rules/refusal.ts';
import type { Stage } from '../rules/stage.ts';
import { finalIntent, isClosed, type OrderProcess } from './process.ts';

/** The event that a final intent stands on the log with. */
const INTENT_EVENT = {
  cancelled: 'OrderCancelled',
  returned: 'FieldWorkFailed',
  completed: 'FieldWorkCompleted',
} as const;

/** Refuses a command on an order that does not exist. */
export const mustExist = (process: OrderProcess): void => {
  if (process.version === 0) throw new Refusal('ORDER_NOT_FOUND', { orderId: process.orderId });
};

/** Refuses a command once a final intent is on the log (rule 1). */
export const mustBeGoing = (process: OrderProcess, command: string): void => {
  mustExist(process);
  const intent = finalIntent(process);
  if (intent === null) return;
  const { order, fieldwork } = process;
  const at = order.cancelled?.at ?? fieldwork.failed?.at ?? fieldwork.completed?.at ?? process.updatedAt;
  throw new Refusal('ALREADY_FINAL', { orderId: process.orderId, command, intent: INTENT_EVENT[intent], at });
};

/** Refuses a command while the order is in none of the stages. */
export const mustBeIn = (process: OrderProcess, command: string, stages: readonly Stage[]): void => {
  mustBeGoing(process, command);
  if (stages.includes(process.stage)) return;
  throw new Refusal('ILLEGAL_IN_STAGE', {
    orderId: process.orderId,
    command,
    stage: process.stage,
    allowed: stages,
  });
};

/** Open: not closed, whatever its intent is. */
export const mustBeOpen = (process: OrderProcess): void => {
  mustExist(process);
  if (isClosed(process))
    throw new Refusal('ORDER_CLOSED', { orderId: process.orderId, stage: process.stage });
};
