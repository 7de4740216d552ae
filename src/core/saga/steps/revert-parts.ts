import { openRequests } from '../../activation/requests.ts';
import { serviceFound } from '../../activation/service-found.ts';
import type { ServiceState } from '../../activation/service-state.ts';
import type { OwnHoldCause } from '../../codes/hold-cause.ts';
import { holdOrder, liftHold } from '../../order/decide.ts';
import type { LookUp, Outcome } from '../../peers/outcome.ts';
import type { NeService, OurService } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { holdOf } from '../../rules/step.ts';
import { naming } from './absence-proof.ts';
import { laterAlone, type Settled, type StepIo } from './kinds.ts';
import { aloneAfter } from './outcome-retry.ts';

export type Failure = Exclude<Outcome<NeService>, { kind: 'confirmed' }>;

/** An id that another service has by now. */
export type Foreign = { readonly neId: string; readonly name: string };

/** What became of reverts by id. */
export type RevertedEach = {
  /** The NE confirmed every one of them, and there was one. */
  readonly isConfirmed: boolean;
  readonly foreign: readonly Foreign[];
  /** The first that failed; the others were tried all the same. */
  readonly failure: Failure | null;
};

/** What identifies a service at the NE as this one. */
export const oursOf = ({ plan, names }: ServiceState): OurService => ({
  key: plan.key,
  names: [plan.key, ...names],
});

/** Reverts one id after the other, and stops where it can send nothing. */
export const revertEach = async (
  neIds: readonly string[],
  ours: OurService,
  io: StepIo,
): Promise<RevertedEach> => {
  let isConfirmed = neIds.length > 0;
  let failure: Failure | null = null;
  const foreign: Foreign[] = [];
  for (const neId of neIds) {
    const outcome = await io.ne.revert(neId, ours, io.askToSend);
    if (outcome.kind === 'confirmed') continue;
    isConfirmed = false;
    if (outcome.kind === 'foreign') foreign.push({ neId, name: outcome.name });
    else if (outcome.kind !== 'gone') failure ??= outcome;
    if (outcome.kind === 'not-sent') break;
  }
  return { isConfirmed, foreign, failure };
};

/** What a look-up by key shows and is not terminated: also what is neither on nor off yet. */
export const liveUnder = (
  lookUp: Extract<LookUp<NeService>, { kind: 'found' | 'ambiguous' }>,
): readonly NeService[] =>
  (lookUp.kind === 'found' ? [lookUp.value] : lookUp.matches).filter(
    ({ state }) => state.toLowerCase() !== 'terminated',
  );

/** `live` is not empty; its first is the service. An open request gets its answer by its own look-up. */
export const nowFound = (service: ServiceState, [first, ...rest]: readonly NeService[]): Settled => {
  const { key } = service.plan;
  if (first === undefined) return stillThere(key);
  const duplicates = rest.map(({ neId }) => neId);
  const fact = serviceFound(first, { key, how: 'look-up', duplicates, ...naming(service, null) });
  return { events: [fact], retry: null };
};

/** The NE confirmed what it did not do (yet): the step asks again, and waits longer each time. */
export const stillThere = (key: string): Settled => laterAlone({ code: 'STILL_AT_NE', key });

export const reverted = (
  process: OrderProcess,
  service: ServiceState,
  how: 'reverted' | 'was-absent',
): Settled => {
  const { key } = service.plan;
  return {
    events: [
      { type: 'ServiceReverted', data: { key, how, ...naming(service, null) } },
      ...liftHold(process, holdOf('RevertService', key)),
    ],
    retry: null,
  };
};

/** Without the requests that are still open: CheckService looks those up. */
export const settledPart = (service: ServiceState): ServiceState => {
  const open = openRequests(service);
  return open.length === 0
    ? service
    : { ...service, requests: service.requests.filter((request) => !open.includes(request)) };
};

/** A revert that the peer refused is also a hold, visible, and the worker tries it for ever (rule 5). */
export const settleFailure = (process: OrderProcess, key: string, outcome: Failure): Settled => {
  if (outcome.kind !== 'rejected') return aloneAfter(outcome);
  const known = process.activation.services.get(key)?.revert?.code;
  const rejected: readonly NewEvent[] =
    known === outcome.code ? [] : [{ type: 'RevertRejected', data: { key, code: outcome.code } }];
  return {
    events: [
      ...rejected,
      ...holdOrder(process, holdOf('RevertService', key), 'RevertService', { peer: outcome.code }),
    ],
    retry: laterAlone({ code: 'REFUSED', reason: outcome.code, told: outcome.message }).retry,
  };
};

export const heldRevert = (process: OrderProcess, key: string, cause: OwnHoldCause): Settled => ({
  ...laterAlone({ code: 'HELD', hold: cause }),
  events: holdOrder(process, holdOf('RevertService', key), 'RevertService', cause),
});
