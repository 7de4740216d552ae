import { noteRead } from '../../activation/absence.ts';
import type { ServiceState } from '../../activation/service-state.ts';
import { wantedKeys } from '../../activation/wanted.ts';
import type { OwnHoldCause } from '../../codes/hold-cause.ts';
import type { LookUp } from '../../peers/outcome.ts';
import type { NeService } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { judgeAbsence, noteShown } from './absence-proof.ts';
import {
  laterAlone,
  NOTHING,
  notAdmitted,
  type RemoteStep,
  type Settle,
  type SettleContext,
  type Settled,
  type StepIo,
} from './kinds.ts';
import { aloneAfterLookUp, laterAfter } from './outcome-retry.ts';
import { duplicatesIntent, revertDuplicates } from './revert-duplicates.ts';
import {
  type Foreign,
  heldRevert,
  liveUnder,
  nowFound,
  oursOf,
  type RevertedEach,
  revertEach,
  reverted,
  settledPart,
  settleFailure,
  stillThere,
} from './revert-parts.ts';
import { serviceOf } from './service-of.ts';

/**
 * Switches a service off. Absolute: it may be sent again freely under lease and fence. Every live service of the key goes:
 * what the NE answers about one id says nothing about another one that it made beside it, so only a look-up by key proves
 * it, and whatever the NE answered, that look-up follows. Of a service that is wanted, the further ones go and the service
 * stays.
 */
export const revertService: RemoteStep = {
  windowed: false,
  intent: (process, step, { peer }) => {
    const service = serviceOf(process, step);
    if (staysOn(process, service)) return duplicatesIntent(service, peer);
    const { plan, revert } = service;
    return revert === null ? [{ type: 'RevertRequested', data: { key: plan.key, peer } }] : [];
  },
  send: async (process, step, io) => {
    const service = serviceOf(process, step);
    noteRead(service, io.own);
    if (staysOn(process, service)) return revertDuplicates(service, io);
    const sent = await revertEach(idsOf(service), oursOf(service), io);
    // The step could send nothing, so it cannot look up either.
    if (sent.failure?.kind === 'not-sent') {
      const { failure } = sent;
      return (current) => withDisowned(current, service, sent.foreign, laterAfter(failure));
    }
    return proveOff(service, sent, io);
  },
};

const staysOn = (process: OrderProcess, { plan }: ServiceState): boolean => wantedKeys(process).has(plan.key);

const idsOf = ({ neId, duplicates, told }: ServiceState): readonly string[] => [
  ...new Set([...duplicates, ...(neId === null ? [] : [neId]), ...told.map((one) => one.neId)]),
];

const proveOff = async (service: ServiceState, sent: RevertedEach, io: StepIo): Promise<Settle> => {
  const { key } = service.plan;
  const sending = await io.askToSend();
  if (sending === null) return notAdmitted;
  const beganAt = io.own.uptime();
  const lookUp = await io.ne.find(key, sending);
  const proof: Proof = { sent, lookUp, beganAt, peer: io.ne.identity };
  const shared = sharedId(sent.foreign, lookUp);
  // Undo goes on asking, and a person is told after a while: no change by this id would be of this service alone.
  if (shared !== null) return () => laterAlone({ code: 'ID_OF_SEVERAL', neId: shared });
  return async (current, context) => {
    const settled = await settleProof(current, key, proof, context);
    return withDisowned(current, service, sent.foreign, settled);
  };
};

/** An id under which the NE shows this service by its key, and another one when it is read by that id. */
const sharedId = (foreign: readonly Foreign[], lookUp: LookUp<NeService>): string | null => {
  if (lookUp.kind !== 'found' && lookUp.kind !== 'ambiguous') return null;
  const live = liveUnder(lookUp);
  return foreign.find(({ neId }) => live.some((one) => one.neId === neId))?.neId ?? null;
};

type Proof = {
  readonly sent: RevertedEach;
  readonly lookUp: LookUp<NeService>;
  /** When the look-up began, on the own clock. */
  readonly beganAt: number;
  readonly peer: string;
};

const settleProof = async (
  process: OrderProcess,
  key: string,
  { sent, lookUp, beganAt, peer }: Proof,
  context: SettleContext,
): Promise<Settled> => {
  const service = process.activation.services.get(key);
  if (service === undefined) return NOTHING;
  const { isConfirmed, failure } = sent;
  const unnamed = unnamedAmong(service, sent.foreign);
  if (unnamed !== null) return heldRevert(process, key, 'NAME_UNKNOWN');
  // The key does not show what has another name: only the answer about its id says that it is off.
  const isToldLeft = failure !== null && service.told.length > 0;
  switch (lookUp.kind) {
    case 'terminated':
      await noteShown(service, peer, context);
      return isToldLeft ? settleFailure(process, key, failure) : reverted(process, service, 'reverted');
    case 'absent': {
      if (isToldLeft) return settleFailure(process, key, failure);
      const look = { beganAt, peer, isConfirmed };
      const absence = await judgeAbsence(settledPart(service), look, context);
      switch (absence.kind) {
        case 'proven':
          return reverted(process, service, isConfirmed ? 'reverted' : 'was-absent');
        case 'again':
          return { events: absence.events, retry: laterAlone(absence.cause, absence.at, false).retry };
        case 'elsewhere':
          return heldRevert(process, key, 'PEER_CHANGED');
        case 'unshown':
          // No better proof exists than the NE's word for each id.
          return isConfirmed
            ? reverted(process, service, 'reverted')
            : unproven(process, service, { failure, cause: 'KEY_UNSHOWN' });
      }
      break;
    }
    case 'found':
    case 'ambiguous':
      await noteShown(service, peer, context);
      return settleLive(process, service, { lookUp, failure });
    case 'unsupported':
      return isConfirmed
        ? reverted(process, service, 'reverted')
        : unproven(process, service, { failure, cause: 'NO_LOOKUP' });
    case 'misconfigured':
    case 'unknown':
      return failure === null ? aloneAfterLookUp(lookUp) : settleFailure(process, key, failure);
  }
};

type Unproven = { readonly failure: RevertedEach['failure']; readonly cause: OwnHoldCause };

const unproven = (process: OrderProcess, { plan }: ServiceState, { failure, cause }: Unproven): Settled =>
  failure === null ? heldRevert(process, plan.key, cause) : settleFailure(process, plan.key, failure);

type Live = {
  readonly lookUp: Extract<LookUp<NeService>, { kind: 'found' | 'ambiguous' }>;
  readonly failure: RevertedEach['failure'];
};

/** A service lives under the key that the log did not know: it is a fact, and goes next. */
const settleLive = (process: OrderProcess, service: ServiceState, { lookUp, failure }: Live): Settled => {
  const { key } = service.plan;
  const known = [service.neId, ...service.duplicates];
  const live = liveUnder(lookUp);
  if (live.some(({ neId }) => !known.includes(neId))) return nowFound(service, live);
  return failure === null ? stillThere(key) : settleFailure(process, key, failure);
};

/** A service whose id the NE gave without a name: no name tells whether the one under that id is that one. */
const unnamedAmong = ({ told }: ServiceState, foreign: readonly Foreign[]): string | null =>
  told.find(({ neId, name }) => name === null && foreign.some((one) => one.neId === neId))?.neId ?? null;

/** First gives up the ids that another service has by now: no step ever switches anything off by them. */
const withDisowned = (
  process: OrderProcess,
  { plan }: ServiceState,
  foreign: readonly Foreign[],
  settled: Settled,
): Settled => {
  const service = process.activation.services.get(plan.key);
  if (service === undefined) return settled;
  const ids = idsOf(service);
  const disowned = foreign
    .filter(({ neId }) => ids.includes(neId) && unnamedAmong(service, [{ neId, name: '' }]) === null)
    .map(
      ({ neId, name }): NewEvent => ({
        type: 'ServiceDisowned',
        data: { key: plan.key, neId, name },
      }),
    );
  return disowned.length === 0 ? settled : { ...settled, events: [...disowned, ...settled.events] };
};
