import { runsHere } from '../engine/carry-on.ts';
import type { VisitWish } from './choose-visit.ts';

/** When the customers of a change are phoned, and by which process. */
export type Phoning = Pick<VisitWish, 'call'> & {
  /** true: the process that makes the change places the call. false: the worker does, in the calling hours. */
  readonly here: boolean;
};

/** Rows of a file, several orders, and visits of which a person says "only hold": the worker phones. */
export const BY_WORKER: Phoning = { call: 'hours', here: false };

/** What decides it: how many orders the change names, and how long the asker waits for what it makes due, ms. */
export type PhoningAsked = {
  readonly orders: number;
  readonly waitMs: number | undefined;
  /** The asker wants no call now. */
  readonly isHoldOnly?: boolean;
};

/**
 * A person who asks for one order asks for that very call, whatever the hour. The customers of several orders are never
 * phoned outside the calling hours, and by this process only if the asker waits for them.
 */
export const phoning = ({ isHoldOnly = false, ...asked }: PhoningAsked): Phoning => {
  if (isHoldOnly || !runsHere(asked)) return BY_WORKER;
  return { call: asked.orders === 1 ? 'now' : 'hours', here: true };
};
