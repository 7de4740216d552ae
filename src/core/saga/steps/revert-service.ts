import type { ServiceState } from '../../activation/state.ts';
import { wantedKeys } from '../../activation/wanted.ts';
import type { LookUp } from '../../peers/outcome.ts';
import type { NeService } from '../../ports/peers.ts';
import type { OrderProcess } from '../../process/process.ts';
import { notAdmitted, type RemoteStep, type Settle, type Settled, type StepIo } from './kinds.ts';
import { laterAfterLookUp } from './outcome-retry.ts';
import { duplicatesIntent, revertDuplicates } from './revert-duplicates.ts';
import {
  heldRevert,
  liveUnder,
  nowFound,
  oursOf,
  revertEach,
  reverted,
  settleFailure,
  stillThere,
} from './revert-parts.ts';
import { serviceOf } from './service-of.ts';

/**
 * Switches a service off. Absolute: it may be sent again freely under lease and fence. Every live service of the key goes:
 * what the NE answers about one id says nothing about another one that it made beside it, so only a look-up by key proves
 * it. Of a service that is wanted, the further ones go and the service stays.
 */
export const revertService: RemoteStep = {
  windowed: false,
  intent: (process, step, peer) => {
    const service = serviceOf(process, step);
    if (staysOn(process, service)) return duplicatesIntent(service, peer);
    const { plan, revert } = service;
    return revert === null ? [{ type: 'RevertRequested', data: { key: plan.key, peer } }] : [];
  },
  send: async (process, step, io) => {
    const service = serviceOf(process, step);
    if (staysOn(process, service)) return revertDuplicates(service, io);
    const ids = [...service.duplicates, ...(service.neId === null ? [] : [service.neId])];
    const sent = await revertEach(ids, oursOf(service), io);
    if (sent.kind === 'failed') return (current) => settleFailure(current, service.plan.key, sent.outcome);
    return proveOff(service, { isConfirmed: !sent.isGone && ids.length > 0 }, io);
  },
};

const staysOn = (process: OrderProcess, { plan }: ServiceState): boolean => wantedKeys(process).has(plan.key);

type Proof = {
  /** The NE confirmed each id that the log knows; false: it did not know one of them (any more). */
  readonly isConfirmed: boolean;
};

const proveOff = async (
  { plan, request, revert }: ServiceState,
  proof: Proof,
  io: StepIo,
): Promise<Settle> => {
  const sending = await io.leave();
  if (sending === null) return notAdmitted;
  const lookUp = await io.ne.find(plan.key, sending);
  const asked = request?.peer ?? revert?.peer ?? io.ne.identity;
  const isRightPeer = asked === io.ne.identity;
  return (current) => settleProof(current, plan.key, { ...proof, lookUp, isRightPeer });
};

type Proven = Proof & { readonly lookUp: LookUp<NeService>; readonly isRightPeer: boolean };

const settleProof = (
  process: OrderProcess,
  key: string,
  { lookUp, isConfirmed, isRightPeer }: Proven,
): Settled => {
  switch (lookUp.kind) {
    case 'terminated':
      return reverted(process, key, 'reverted');
    case 'absent':
      if (isConfirmed) return reverted(process, key, 'reverted');
      // Absence proves it off at the right peer only (rule 4).
      return isRightPeer ? reverted(process, key, 'was-absent') : heldRevert(process, key, 'PEER_CHANGED');
    case 'found':
    case 'ambiguous':
      return settleLive(process, key, lookUp);
    case 'unsupported':
      // There is no better proof to be had than the NE's word for each id.
      return isConfirmed ? reverted(process, key, 'reverted') : heldRevert(process, key, 'NO_LOOKUP');
    case 'misconfigured':
    case 'unknown':
      return laterAfterLookUp(lookUp);
  }
};

/** Something lives under the key that the log did not know: it is a fact, and goes next. */
const settleLive = (
  process: OrderProcess,
  key: string,
  lookUp: Extract<LookUp<NeService>, { kind: 'found' | 'ambiguous' }>,
): Settled => {
  const service = process.activation.services.get(key);
  const known = [service?.neId, ...(service?.duplicates ?? [])];
  const live = liveUnder(lookUp);
  return live.some(({ neId }) => !known.includes(neId)) ? nowFound(key, live) : stillThere(key);
};
