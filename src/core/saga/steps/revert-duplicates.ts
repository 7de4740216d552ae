import type { ServiceState } from '../../activation/state.ts';
import { liftHold } from '../../order/decide.ts';
import type { LookUp } from '../../peers/outcome.ts';
import type { NeService } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { holdOf } from '../../rules/step.ts';
import { notAdmitted, type Settle, type Settled, type StepIo } from './kinds.ts';
import { laterAfterLookUp } from './outcome-retry.ts';
import {
  heldRevert,
  liveUnder,
  nowFound,
  oursOf,
  revertEach,
  settleFailure,
  stillThere,
} from './revert-parts.ts';

/** Once for the further services that the log knows of, however often their revert is sent again. */
export const duplicatesIntent = (
  { plan, duplicates, revertsDuplicates }: ServiceState,
  peer: string,
): readonly NewEvent[] =>
  revertsDuplicates ? [] : [{ type: 'RevertRequested', data: { key: plan.key, peer, duplicates } }];

/**
 * Switches off what the NE made beside a wanted service. The one whose id the log knows stays; it is looked up first, for
 * the last live service of a customer must not be taken for a duplicate.
 */
export const revertDuplicates = async (service: ServiceState, io: StepIo): Promise<Settle> => {
  const { key } = service.plan;
  const peer = io.ne.identity;
  const first = await look(key, io);
  if (first === null) return notAdmitted;
  const surplus = surplusOf(service, first);
  if (surplus === null) return (current) => settleLook(current, { service, lookUp: first, peer });
  const sent = await revertEach(surplus, oursOf(service), io);
  if (sent.kind === 'failed') return (current) => settleFailure(current, key, sent.outcome);
  const second = await look(key, io);
  return second === null ? notAdmitted : (current) => settleLook(current, { service, lookUp: second, peer });
};

const look = async (key: string, io: StepIo): Promise<LookUp<NeService> | null> => {
  const sending = await io.leave();
  return sending === null ? null : io.ne.find(key, sending);
};

/** Ids that live beside the service itself; null: the look-up tells of no such thing. */
const surplusOf = (
  { neId, duplicates }: ServiceState,
  lookUp: LookUp<NeService>,
): readonly string[] | null => {
  if (lookUp.kind === 'unsupported') return duplicates;
  if (lookUp.kind !== 'ambiguous') return null;
  const ids = liveUnder(lookUp).map((one) => one.neId);
  return neId !== null && ids.includes(neId) && ids.length > 1 ? ids.filter((id) => id !== neId) : null;
};

type Looked = {
  /** As it was when its revert was sent. */
  readonly service: ServiceState;
  readonly lookUp: LookUp<NeService>;
  readonly peer: string;
};

const settleLook = (process: OrderProcess, { service, lookUp, peer }: Looked): Settled => {
  const { plan, duplicates, neId: own, request } = service;
  const { key } = plan;
  switch (lookUp.kind) {
    case 'found':
    case 'ambiguous': {
      const live = liveUnder(lookUp);
      const self = live.filter(({ neId }) => neId === own);
      const others = live.filter(({ neId }) => neId !== own);
      if (others.length === 0) return settledOff(process, key, duplicates);
      // It lives under another id than the log knew: that one is the service from now on.
      if (self.length === 0) return nowFound(key, others);
      const isNew = others.some(({ neId }) => !duplicates.includes(neId));
      return isNew ? nowFound(key, [...self, ...others]) : stillThere(key);
    }
    case 'absent':
      // Absence at the wrong peer is nothing (rule 4). What is wanted and gone is for reconcile to tell.
      return (request?.peer ?? peer) === peer
        ? settledOff(process, key, duplicates)
        : heldRevert(process, key, 'PEER_CHANGED');
    case 'terminated':
    case 'unsupported':
      return settledOff(process, key, duplicates);
    case 'misconfigured':
    case 'unknown':
      return laterAfterLookUp(lookUp);
  }
};

const settledOff = (process: OrderProcess, key: string, neIds: readonly string[]): Settled => ({
  events: [
    { type: 'DuplicatesReverted', data: { key, neIds } },
    ...liftHold(process, holdOf('RevertService', key)),
  ],
  retry: null,
});
