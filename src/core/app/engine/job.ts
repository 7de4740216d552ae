import type { Permit } from '../../ports/peers.ts';
import type { OrderProcess } from '../../process/process.ts';
import type { PeerLane } from '../../rules/lanes.ts';
import type { Step } from '../../rules/step.ts';

/** A step whose intent is committed and whose request is to be sent now. */
export type Job = {
  readonly step: Step;
  readonly lane: PeerLane;
  /** The order as it was when the intent was committed. */
  readonly process: OrderProcess;
  /** Event id of the intent; null: the step needs none. */
  readonly intent: string | null;
  /** Monotonic time, no later than the one on the intent, from which others count when it can come no more. */
  readonly intentAt: number;
  /** The same on the clock that goes on while the machine sleeps. */
  readonly intentUptime: number;
  readonly permit: Permit;
};
