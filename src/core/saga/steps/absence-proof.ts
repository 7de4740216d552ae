import { absentFrom, isFrom, shownFrom, tellsFrom } from '../../activation/absence.ts';

import { hasOpenRequest, lastRequest, type ServiceRequest, soleMaker } from '../../activation/requests.ts';
import type { ServiceState } from '../../activation/service-state.ts';
import type { Cause } from '../../codes/cause.ts';
import type { NewEvent } from '../../process/events.ts';
import type { NeTiming } from '../../rules/policy.ts';
import { iso, ms } from '../../time/iso.ts';
import { untilNextLook } from '../../time/next-look.ts';
import { countedFrom, type OwnClock } from '../../time/own-clock.ts';
import { MINUTE_MS } from '../../time/units.ts';
import type { SettleContext } from './kinds.ts';

/** A look-up by key that found nothing. */
export type EmptyLook = {
  /** When it began, on the own clock. */
  readonly beganAt: number;
  /** Identity of the NE that answered. */
  readonly peer: string;
  /** The NE itself has said that what the log knows is terminated: one look is enough then. */
  readonly isConfirmed: boolean;
};

/** What the look proves. `again`: nothing yet; the next look comes at `at` (epoch ms), with the events as its memory. */
export type Absence =
  | { readonly kind: 'proven' }
  | {
      readonly kind: 'again';
      readonly cause: Cause;
      readonly at: number;
      readonly events: readonly NewEvent[];
    }
  | { readonly kind: 'elsewhere'; readonly asked: string }
  /** No look-up by key has shown such a service at this NE yet. */
  | { readonly kind: 'unshown' };

/**
 * Whether nothing is there (rule 3): at the NE that got the request (rule 4) and has shown a presence once, after the last
 * effect that any request can have had, and by two looks where reads may be old. Times are those of the own clock.
 */
export const judgeAbsence = async (
  service: ServiceState,
  look: EmptyLook,
  context: SettleContext,
): Promise<Absence> => {
  const { policy, own, now } = context;
  const asked = lastRequest(service)?.peer ?? service.revert?.peer ?? look.peer;
  if (asked !== look.peer && !look.isConfirmed) return { kind: 'elsewhere', asked };
  const from = absentFrom(service, { timing: policy.ne, own });
  if (!isFrom(look.beganAt, from)) {
    return {
      kind: 'again',
      cause: { code: 'TOO_EARLY' },
      at: now + waitMs(service, from, context),
      events: remembered(service, look, context),
    };
  }
  if (!(await isShown(service, look.peer, context))) return { kind: 'unshown' };
  if (look.isConfirmed || policy.ne.consistencyMs === 0) return { kind: 'proven' };
  return secondLook(service, look, context);
};

/** The NE may show any moment what it ought to show by now, long before the worker believes its absence. */
const waitMs = (service: ServiceState, from: number, { policy, own }: SettleContext): number => {
  const { consistencyMs, pollMs } = policy.ne;
  const since = own.uptime() - shownFrom(service, { timing: policy.ne, own });
  return since < 0
    ? untilNextLook({ left: -since, since: null, atLeast: 0 })
    : untilNextLook({ left: from - own.uptime(), since, atLeast: Math.max(consistencyMs, pollMs) });
};

/** Reads of an NE may come from a replica that lags behind: after one that shows nothing the worker looks again. */
const secondLook = (service: ServiceState, look: EmptyLook, context: SettleContext): Absence => {
  const { policy, own, now } = context;
  const { consistencyMs } = policy.ne;
  const { notSeen } = service;
  const cause = { code: 'NOT_SEEN_ONCE' } as const;
  if (notSeen?.counts !== true) {
    return {
      kind: 'again',
      cause,
      at: now + consistencyMs,
      events: [notSeenBy(service, look, true, context)],
    };
  }
  const from = countedFrom({ ...notSeen, intent: notSeen.event }, own) + consistencyMs;
  if (isFrom(look.beganAt, from)) return { kind: 'proven' };
  return { kind: 'again', cause, at: now + Math.max(0, from - own.uptime()), events: [] };
};

/** Puts on the log once what this boot knows, so that its other processes count from here too. */
const remembered = (service: ServiceState, look: EmptyLook, context: SettleContext): readonly NewEvent[] => {
  const { boot } = context.own;
  const isKnown =
    service.notSeen?.boot === boot ||
    service.requests.every((request) => request.outcome === 'not-sent' || request.boot === boot);
  return isKnown ? [] : [notSeenBy(service, look, false, context)];
};

const notSeenBy = (
  { plan }: ServiceState,
  { beganAt }: EmptyLook,
  counts: boolean,
  { own }: SettleContext,
): NewEvent => ({
  type: 'ServiceNotSeen',
  data: { key: plan.key, counts, boot: own.boot, uptimeMs: Math.ceil(beganAt) },
});

const isShown = async ({ plan }: ServiceState, peer: string, context: SettleContext): Promise<boolean> =>
  (await isKnownToShow(context)) || (await context.tx.keyProofs.get(peer, plan.spec)).provenAt !== null;

/** Our simulators find what they made by its key, also where they stand alone and only their answers say who they are. */
const isKnownToShow = async ({ policy, tx }: Pick<SettleContext, 'policy' | 'tx'>): Promise<boolean> =>
  policy.ne.isKeyProven || (await tx.meta.binding())?.answeredBy?.ne === 'simulator';

/**
 * The request that a look-up answers when it shows a service: the open one, once it can have no further effect, or before
 * that if no other one can have made what is there. null: none of them yet.
 */
export const answeredBy = (
  service: ServiceState,
  { request, beganAt }: { readonly request: ServiceRequest | null; readonly beganAt: number },
  { timing, own }: { readonly timing: NeTiming; readonly own: OwnClock },
): string | null => {
  if (request === null) return null;
  const tells = isFrom(beganAt, tellsFrom(request, service, { timing, own }));
  return tells || soleMaker(service)?.intent === request.intent ? request.intent : null;
};

/** Names the request that an answer is about; names none where no request is open. */
export const naming = (
  service: ServiceState,
  request: string | null,
): { readonly request?: string | null } => (hasOpenRequest(service) ? { request } : {});

/** A look-up by key has shown a service: absence by key means something at this NE from now on. */
export const noteShown = async (
  { plan }: ServiceState,
  peer: string,
  { policy, tx, now }: Pick<SettleContext, 'policy' | 'tx' | 'now'>,
): Promise<void> => {
  if (policy.ne.isKeyProven) return;
  const proof = await tx.keyProofs.get(peer, plan.spec);
  if (proof.provenAt === null) await tx.keyProofs.put(peer, plan.spec, { ...proof, provenAt: iso(now) });
};

/**
 * Whether the worker reads a service back by key that the NE just created: no look-up has shown one of its specification
 * at this NE yet, and no other one is being read back for that now.
 */
export const isToBeRead = async (
  spec: string,
  peer: string,
  { policy, tx, now }: Pick<SettleContext, 'policy' | 'tx' | 'now'>,
): Promise<boolean> => {
  if (policy.ne.isKeyProven) return false;
  const { provenAt, askedAt } = await tx.keyProofs.get(peer, spec);
  if (provenAt !== null || (await isKnownToShow({ policy, tx }))) return false;
  const isAsked = askedAt !== null && Math.abs(now - ms(askedAt)) < policy.ne.afterlookMinutes * MINUTE_MS;
  if (isAsked) return false;
  await tx.keyProofs.put(peer, spec, { provenAt, askedAt: iso(now) });
  return true;
};
