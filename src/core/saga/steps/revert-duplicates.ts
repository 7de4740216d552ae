import type { ServiceState } from '../../activation/service-state.ts';
import { liftHold } from '../../order/decide.ts';
import type { LookUp } from '../../peers/outcome.ts';
import type { NeService } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { holdOf } from '../../rules/step.ts';
import { judgeAbsence } from './absence-proof.ts';
import {
  laterAlone,
  notAdmitted,
  type Settle,
  type SettleContext,
  type Settled,
  type StepIo,
} from './kinds.ts';
import { aloneAfterLookUp, laterAfter } from './outcome-retry.ts';
import {
  heldRevert,
  liveUnder,
  nowFound,
  oursOf,
  revertEach,
  settledPart,
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
 * Switches off what the NE made beside a wanted service. The one whose id the log knows stays; the step looks it up first,
 * so that it never takes the last live service of a customer for a duplicate.
 */
export const revertDuplicates = async (service: ServiceState, io: StepIo): Promise<Settle> => {
  const { key } = service.plan;
  const peer = io.ne.identity;
  const first = await look(key, io);
  if (first === null) return notAdmitted;
  const surplus = surplusOf(service, first.lookUp);
  if (surplus === null)
    return (current, context) => settleLook(current, { service, ...first, peer }, context);
  const sent = await revertEach(surplus, oursOf(service), io);
  const { failure } = sent;
  if (failure?.kind === 'not-sent') return () => laterAfter(failure);
  const second = await look(key, io);
  if (second === null) return notAdmitted;
  return async (current, context) => {
    const settled = await settleLook(current, { service, ...second, peer }, context);
    // The look-up proves them off, whatever the reverts came to; the failure counts only for what is still there.
    return failure === null || settled.events.length > 0 ? settled : settleFailure(current, key, failure);
  };
};

type Look = {
  readonly lookUp: LookUp<NeService>;
  /** When it began, on the own clock. */
  readonly beganAt: number;
};

const look = async (key: string, io: StepIo): Promise<Look | null> => {
  const sending = await io.askToSend();
  if (sending === null) return null;
  const beganAt = io.own.uptime();
  return { beganAt, lookUp: await io.ne.find(key, sending) };
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

type Looked = Look & {
  /** The service as it was when the step sent its revert. */
  readonly service: ServiceState;
  readonly peer: string;
};

const settleLook = async (
  process: OrderProcess,
  { service, lookUp, peer, beganAt }: Looked,
  context: SettleContext,
): Promise<Settled> => {
  const { plan, duplicates, neId: own } = service;
  const { key } = plan;
  switch (lookUp.kind) {
    case 'found':
    case 'ambiguous': {
      const live = liveUnder(lookUp);
      const self = live.filter(({ neId }) => neId === own);
      const others = live.filter(({ neId }) => neId !== own);
      if (others.length === 0) return settledOff(process, key, duplicates);
      // The service lives under another id than the log knew: that id is the service from now on.
      if (self.length === 0) return nowFound(service, others);
      const isNew = others.some(({ neId }) => !duplicates.includes(neId));
      return isNew ? nowFound(service, [...self, ...others]) : stillThere(key);
    }
    case 'absent': {
      // Reconcile finds a wanted service that is gone.
      const look = { beganAt, peer, isConfirmed: false };
      const absence = await judgeAbsence(settledPart(service), look, context);
      switch (absence.kind) {
        case 'proven':
          return settledOff(process, key, duplicates);
        case 'again':
          return { events: absence.events, retry: laterAlone(absence.cause, absence.at, false).retry };
        case 'elsewhere':
          return heldRevert(process, key, 'PEER_CHANGED');
        case 'unshown':
          return heldRevert(process, key, 'KEY_UNSHOWN');
      }
      break;
    }
    case 'terminated':
    case 'unsupported':
      return settledOff(process, key, duplicates);
    case 'misconfigured':
    case 'unknown':
      return aloneAfterLookUp(lookUp);
  }
};

const settledOff = (process: OrderProcess, key: string, neIds: readonly string[]): Settled => ({
  events: [
    { type: 'DuplicatesReverted', data: { key, neIds } },
    ...liftHold(process, holdOf('RevertService', key)),
  ],
  retry: null,
});
