import { serviceFound } from '../../activation/service-found.ts';
import type { ServiceState } from '../../activation/state.ts';
import { holdOrder, liftHold } from '../../order/decide.ts';
import type { LookUp, Outcome } from '../../peers/outcome.ts';
import type { NeService, OurService } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { holdOf } from '../../rules/step.ts';
import { laterAlone, type Settled, type StepIo } from './kinds.ts';
import { laterAfter } from './outcome-retry.ts';

type Failure = Exclude<Outcome<NeService>, { kind: 'confirmed' }>;

/** What became of reverts by id. `isGone`: an id is not known to the NE or is another's by now, or it was
 * sent a DELETE: that proves nothing. */
export type RevertedEach =
  | { readonly kind: 'sent'; readonly isGone: boolean }
  | { readonly kind: 'failed'; readonly outcome: Failure };

/** By what a service at the NE is known as this one. */
export const oursOf = ({ plan }: ServiceState): OurService => ({ key: plan.key, names: [plan.key] });

/** Reverts one id after the other; the first that fails ends it. */
export const revertEach = async (
  neIds: readonly string[],
  ours: OurService,
  io: StepIo,
): Promise<RevertedEach> => {
  let isGone = false;
  for (const neId of neIds) {
    const outcome = await io.ne.revert(neId, ours, io.leave);
    if (outcome.kind === 'gone' || outcome.kind === 'foreign') isGone = true;
    else if (outcome.kind !== 'confirmed') return { kind: 'failed', outcome };
  }
  return { kind: 'sent', isGone };
};

/** What a look-up by key shows and has not come to its end: also what is neither on nor off yet. */
export const liveUnder = (
  lookUp: Extract<LookUp<NeService>, { kind: 'found' | 'ambiguous' }>,
): readonly NeService[] =>
  (lookUp.kind === 'found' ? [lookUp.value] : lookUp.matches).filter(
    ({ state }) => state.toLowerCase() !== 'terminated',
  );

/** `live` is not empty; its first is the service. */
export const nowFound = (key: string, [first, ...rest]: readonly NeService[]): Settled => {
  if (first === undefined) return stillThere(key);
  const duplicates = rest.map(({ neId }) => neId);
  return { events: [serviceFound(first, { key, how: 'look-up', duplicates })], retry: null };
};

/** The NE confirmed what it did not do (yet): it is asked again, and waits longer each time. */
export const stillThere = (key: string): Settled => laterAlone({ code: 'STILL_AT_NE', key });

export const reverted = (process: OrderProcess, key: string, how: 'reverted' | 'was-absent'): Settled => ({
  events: [
    { type: 'ServiceReverted', data: { key, how } },
    ...liftHold(process, holdOf('RevertService', key)),
  ],
  retry: null,
});

/** Refused by the peer it is also a hold, visible, and tried again for ever (rule 5). */
export const settleFailure = (process: OrderProcess, key: string, outcome: Failure): Settled => {
  if (outcome.kind !== 'rejected') return laterAfter(outcome);
  const known = process.activation.services.get(key)?.revert?.code;
  const rejected: readonly NewEvent[] =
    known === outcome.code ? [] : [{ type: 'RevertRejected', data: { key, code: outcome.code } }];
  return {
    events: [...rejected, ...holdOrder(process, holdOf('RevertService', key), 'RevertService', outcome.code)],
    retry: laterAlone({ code: 'REFUSED', reason: outcome.code, told: outcome.message }).retry,
  };
};

export const heldRevert = (process: OrderProcess, key: string, cause: string): Settled => ({
  ...laterAlone({ code: 'HELD', hold: cause }),
  events: holdOrder(process, holdOf('RevertService', key), 'RevertService', cause),
});
