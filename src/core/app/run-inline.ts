import type { OrderProcess } from '../process.ts';
import type { Change } from './change-order.ts';
import type { SagaDeps } from './deps.ts';
import type { RunOptions } from './order-run.ts';
import { runOrder } from './run-order.ts';

/**
 * Runs the steps that a command made due, after its commit and for as long as the budget lasts. What is left is the
 * worker's; whatever the peers do, the change itself stands.
 */
export const runInline = async (
  deps: SagaDeps,
  change: Change,
  options: RunOptions,
): Promise<OrderProcess> => {
  if (change.claim === null) return change.process;
  return runOrder(deps, change.claim, options);
};
