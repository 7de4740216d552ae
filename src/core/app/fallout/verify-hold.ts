import { absentFrom, isFrom } from '../../activation/absence.ts';
import { lastRequest, openRequests, soleMaker } from '../../activation/requests.ts';
import { serviceFound } from '../../activation/service-found.ts';
import type { ServiceState } from '../../activation/service-state.ts';
import type { Cause } from '../../codes/cause.ts';
import type { Found } from '../../codes/found.ts';
import type { LookUp } from '../../peers/outcome.ts';
import type { NeService } from '../../ports/peers.ts';
import type { NewEvent } from '../../process/events.ts';
import type { Policy } from '../../rules/policy.ts';
import { answeredBy, naming } from '../../saga/steps/absence-proof.ts';
import type { OwnClock } from '../../time/own-clock.ts';

/** What the NE answered about a service that a person says is done. */
export type NeReading = {
  /** By the id that the person named. */
  readonly byId: LookUp<NeService>;
  /** By service key: what else lives under it. */
  readonly byKey: LookUp<NeService>;
  /** By every other id that the log knows of it. */
  readonly others: readonly { readonly neId: string; readonly lookUp: LookUp<NeService> }[];
  readonly neId: string;
  /** Identity of the NE that was read. */
  readonly peer: string;
  /** When the reading began, on the own clock. */
  readonly beganAt: number;
};

/** What the reading is judged by. `now`: epoch ms. */
export type Judging = { readonly timing: Policy['ne']; readonly own: OwnClock; readonly now: number };

/** The fact that the reading proves; or what the NE says instead; or that it says nothing now. */
export type Verdict =
  | { readonly kind: 'proven'; readonly fact: NewEvent }
  | { readonly kind: 'not-so'; readonly found: Found }
  | { readonly kind: 'no-answer'; readonly cause: Cause; readonly retryAt: number | null }
  | { readonly kind: 'misconfigured'; readonly cause: Cause };

const notSo = (found: Found): Verdict => ({ kind: 'not-so', found });

/** Judges the reading of a held service (rule 7): the log believes a person only as far as the NE says the same. */
export const verdictOf = (
  service: ServiceState,
  step: string,
  reading: NeReading,
  judging: Judging,
): Verdict => {
  const { byId, neId } = reading;
  const hasName = byId.kind === 'found' || byId.kind === 'terminated';
  const isOurs = hasName && [service.plan.key, ...service.names].includes(byId.value.key);
  switch (byId.kind) {
    case 'found':
      if (!isOurs) return notSo({ code: 'OTHER_KEY', neId, key: byId.value.key });
      if (step === 'RevertService') return notSo({ code: 'STILL_ACTIVE', neIds: [neId] });
      return provenOn(service, byId.value, { reading, judging });
    case 'terminated':
      if (!isOurs) return notSo({ code: 'OTHER_KEY', neId, key: byId.value.key });
      return step === 'ActivateService'
        ? notSo({ code: 'TERMINATED', neId })
        : provenOff(service, reading, judging);
    case 'absent':
      return step === 'ActivateService'
        ? notSo({ code: 'NOT_KNOWN', neId })
        : provenOff(service, reading, judging);
    case 'ambiguous':
      return notSo({ code: 'SEVERAL', neId });
    case 'unsupported':
      return notSo({ code: 'UNREADABLE', cause: byId.cause });
    case 'misconfigured':
      return { kind: 'misconfigured', cause: byId.cause };
    case 'unknown':
      return { kind: 'no-answer', cause: byId.cause, retryAt: byId.retryAt };
  }
};

/** On, unless something else is alive under the same key: no step would ever switch that off. */
const provenOn = (
  service: ServiceState,
  found: NeService,
  { reading, judging }: { readonly reading: NeReading; readonly judging: Judging },
): Verdict => {
  const { byKey, neId, beganAt } = reading;
  const { key } = service.plan;
  if (byKey.kind === 'unknown') return { kind: 'no-answer', cause: byKey.cause, retryAt: byKey.retryAt };
  if (byKey.kind === 'misconfigured') return { kind: 'misconfigured', cause: byKey.cause };
  const others = liveIds(byKey).filter((id) => id !== neId);
  if (others.length > 0) return notSo({ code: 'OTHERS_ACTIVE', neIds: others });
  const [open = null] = openRequests(service);
  const request = answeredBy(service, { request: open, beganAt }, judging);
  const fact = serviceFound({ ...found, neId }, { key, how: 'by-hand', ...naming(service, request) });
  return { kind: 'proven', fact };
};

/** Off: only at the NE that had the request (rule 4), late enough (rule 3), and when nothing lives under the key any more. */
const provenOff = (service: ServiceState, reading: NeReading, { timing, own, now }: Judging): Verdict => {
  const { plan, revert } = service;
  const { byId, byKey, others, peer, beganAt } = reading;
  const asked = lastRequest(service)?.peer ?? revert?.peer ?? peer;
  if (asked !== peer) return notSo({ code: 'REQUESTED_ELSEWHERE', asked, here: peer });
  const [open = null] = openRequests(service);
  const isSole = byId.kind === 'terminated' && (open === null || soleMaker(service) === open);
  const from = isSole ? Number.NEGATIVE_INFINITY : absentFrom(service, { timing, own });
  if (!isFrom(beganAt, from)) {
    const retryAt = now + Math.max(0, from - own.uptime());
    return { kind: 'no-answer', cause: { code: 'TOO_EARLY' }, retryAt };
  }
  const live = [
    ...liveIds(byKey),
    ...others.flatMap(({ neId, lookUp }) => (lookUp.kind === 'found' ? [neId] : [])),
  ];
  if (live.length > 0) return notSo({ code: 'STILL_ACTIVE', neIds: [...new Set(live)] });
  for (const lookUp of [byKey, ...others.map((other) => other.lookUp)]) {
    if (lookUp.kind === 'unknown') return { kind: 'no-answer', cause: lookUp.cause, retryAt: lookUp.retryAt };
    if (lookUp.kind === 'misconfigured') return { kind: 'misconfigured', cause: lookUp.cause };
  }
  const data = { key: plan.key, how: 'by-hand', ...naming(service, open?.intent ?? null) } as const;
  return { kind: 'proven', fact: { type: 'ServiceReverted', data } };
};

/** A match in a state that is neither active nor over counts as alive. */
const liveIds = (lookUp: LookUp<NeService>): readonly string[] => {
  if (lookUp.kind === 'found') return [lookUp.value.neId];
  if (lookUp.kind !== 'ambiguous') return [];
  return lookUp.matches.filter(({ state }) => state.toLowerCase() !== 'terminated').map(({ neId }) => neId);
};
