import { absentFrom, noteRead } from '../../activation/absence.ts';
import type { Hold } from '../../order/state.ts';
import type { Sending } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { OrderProcess } from '../../process/process.ts';
import { Refusal } from '../../rules/refusal.ts';
import { ownClock } from '../../time/own-clock.ts';
import type { PersonalWords } from '../../values/personal-words.ts';
import { serviceKeyOf } from '../../views/fallout.ts';
import type { SagaDeps } from '../deps.ts';
import { cleanWords } from '../engine/peer-words.ts';
import { type NeReading, verdictOf } from './verify-hold.ts';

/** A person waits so long at most for the moment from which on an absence may be believed. */
const LONGEST_WAIT_MS = 30_000;

/**
 * What this very process counts from its first reading on (an intent of another boot) it would never believe if it did not
 * wait: a command does not live long.
 */
export const awaitTelling = async (
  { clock, policy }: SagaDeps,
  process: OrderProcess,
  key: string,
): Promise<void> => {
  const service = process.activation.services.get(key);
  if (service === undefined) return;
  const own = ownClock(clock);
  noteRead(service, own);
  const left = absentFrom(service, { timing: policy.ne, own }) - own.uptime();
  if (left > 0 && left <= LONGEST_WAIT_MS) await clock.wait(left);
};

/** The NE's permission for one request. Throws Refusal PEER_UNAVAILABLE. */
const admitted = async ({ ne, policy }: SagaDeps, orderId: string): Promise<Sending> => {
  const admission = await ne.admit();
  if (admission.admitted) return { permit: admission.permit, deadlineMs: policy.ne.timeoutMs, orderId };
  const { cause, retryAt } = admission;
  throw new Refusal('PEER_UNAVAILABLE', { peer: ne.identity, cause }, retryAt === null ? {} : { retryAt });
};

/** Reads only: by the id that was named, by key, and by every other id that the log knows. */
export const readNe = async (
  deps: SagaDeps,
  { orderId, activation }: OrderProcess,
  { key, neId }: { readonly key: string; readonly neId: string },
): Promise<NeReading> => {
  const { ne, clock } = deps;
  const service = activation.services.get(key);
  const beganAt = ownClock(clock).uptime();
  const byId = await ne.read(neId, await admitted(deps, orderId));
  const byKey = await ne.find(key, await admitted(deps, orderId));
  const known = [service?.neId, ...(service?.duplicates ?? [])];
  const others = [];
  for (const other of known) {
    if (other === null || other === undefined || other === neId) continue;
    others.push({ neId: other, lookUp: await ne.read(other, await admitted(deps, orderId)) });
  }
  return { byId, byKey, others, neId, peer: ne.identity, beganAt };
};

/**
 * What the reading proves of a held service; `known` of the customer is told by no refusal. Throws Refusal NOT_VERIFIED, PEER_MISCONFIGURED,
 * PEER_UNAVAILABLE.
 */
export const provenFact = (
  { ne, policy, clock }: SagaDeps,
  { orderId, activation }: OrderProcess,
  {
    hold,
    reading,
    known,
  }: { readonly hold: Hold; readonly reading: NeReading; readonly known: PersonalWords },
): NewEvent => {
  const service = activation.services.get(serviceKeyOf(hold) ?? '');
  if (service === undefined) throw new Error(`${orderId}: ${hold.hold} is about an unknown service`);
  const verdict = verdictOf(service, hold.step, reading, {
    timing: policy.ne,
    own: ownClock(clock),
    now: clock.now(),
  });
  switch (verdict.kind) {
    case 'proven':
      return verdict.fact;
    case 'not-so': {
      const found = cleanWords(verdict.found, known);
      throw new Refusal('NOT_VERIFIED', { orderId, service: service.plan.service, found });
    }
    case 'misconfigured':
      throw new Refusal('PEER_MISCONFIGURED', { peer: ne.identity, cause: cleanWords(verdict.cause, known) });
    case 'no-answer': {
      const { cause, retryAt } = verdict;
      throw new Refusal(
        'PEER_UNAVAILABLE',
        { peer: ne.identity, cause: cleanWords(cause, known) },
        retryAt === null ? {} : { retryAt },
      );
    }
  }
};
