import { type NeTiming, wholeBound } from '../rules/policy.ts';
import { countedFrom, type OwnClock } from '../time/own-clock.ts';
import { MINUTE_MS } from '../time/units.ts';
import type { ServiceRequest } from './requests.ts';
import type { ServiceState } from './service-state.ts';

/** How long after its intent a request may still have an effect: as its sender was set, not as the checker is. Ms. */
export const effectBound = (
  { boundMs, monitor, isAccepted }: Pick<ServiceRequest, 'boundMs' | 'monitor' | 'isAccepted'>,
  timing: NeTiming,
): number => {
  const bound = boundMs ?? wholeBound(timing);
  return monitor !== null || isAccepted ? Math.max(bound, timing.pollMaxMs) : bound;
};

/** Nothing to wait for. A moved clock (OSS_NOW) may stand before the boot, so 0 is none. */
const LONG_AGO = Number.NEGATIVE_INFINITY;

type Asked = Pick<ServiceState, 'requests' | 'unseen' | 'notSeen'>;

/** From when on the own clock counts a request: a process of this boot may have known of it before this one did. */
const knownFrom = (request: ServiceRequest, { notSeen }: Asked, own: OwnClock): number => {
  const from = countedFrom(request, own);
  if (notSeen === null || notSeen.boot !== own.boot) return from;
  return Math.min(from, countedFrom({ ...notSeen, intent: notSeen.event, uptimeMs: notSeen.since }, own));
};

/**
 * From which moment of the own clock on a look-up that begins tells what became of a request: it can have no further
 * effect, and a read shows what it had.
 */
export const tellsFrom = (
  request: ServiceRequest,
  service: Asked,
  { timing, own }: { readonly timing: NeTiming; readonly own: OwnClock },
): number => knownFrom(request, service, own) + effectBound(request, timing) + timing.consistencyMs;

/**
 * From which moment of the own clock on a look-up that begins and finds nothing may say that nothing is there: after the
 * last effect of every request, and after an id that the NE told has had its time to be shown.
 */
export const absentFrom = (
  service: Asked,
  { timing, own }: { readonly timing: NeTiming; readonly own: OwnClock },
): number => {
  return Math.max(shownFrom(service, { timing, own }), unseenUntil(service, { timing, own }));
};

/** From when on the own clock reads ought to show whatever the requests came to. */
export const shownFrom = (
  service: Asked,
  { timing, own }: { readonly timing: NeTiming; readonly own: OwnClock },
): number =>
  Math.max(...service.requests.map((request) => effectShownFrom(request, service, { timing, own })));

/** From when on a read shows the last effect of one request. */
const effectShownFrom = (
  request: ServiceRequest,
  service: Asked,
  { timing, own }: { readonly timing: NeTiming; readonly own: OwnClock },
): number => {
  switch (request.outcome) {
    case 'absent':
    case 'refused':
    case 'not-sent':
      return LONG_AGO;
    case 'open':
      return tellsFrom(request, service, { timing, own });
    case 'activated':
    case 'found':
    case 'told':
    case 'over': {
      if (timing.consistencyMs === 0) return LONG_AGO;
      // Its effect is older than its answer, and than the end of its bound.
      const { answer } = request;
      const answered =
        answer === null ? Number.POSITIVE_INFINITY : own.firstRead(answer) + timing.consistencyMs;
      return Math.min(tellsFrom(request, service, { timing, own }), answered);
    }
  }
};

/** Where reads are of the moment there is nothing to wait for. */
const unseenUntil = (
  service: Asked,
  { timing, own }: { readonly timing: NeTiming; readonly own: OwnClock },
): number => {
  const { unseen, requests } = service;
  if (unseen === null || timing.consistencyMs === 0) return LONG_AGO;
  const told = own.firstRead(unseen.by);
  // The NE gave the id no later than the last bound of the requests.
  const bounds = requests
    .filter(({ outcome }) => outcome !== 'not-sent')
    .map((request) => knownFrom(request, service, own) + effectBound(request, timing));
  return Math.min(told, Math.max(...bounds)) + timing.afterlookMinutes * MINUTE_MS;
};

/** This process begins to count what it reads of a service now. */
export const noteRead = ({ requests, unseen }: Asked, own: OwnClock): void => {
  for (const { intent, answer } of requests) {
    own.firstRead(intent);
    if (answer !== null) own.firstRead(answer);
  }
  if (unseen !== null) own.firstRead(unseen.by);
};

/** The wall clock that schedules a look counts whole milliseconds: it may come so much before the own clock says so. */
const SCHEDULED_MS = 2;

/** Whether a look that began at `beganAt` counts as begun after `from`. */
export const isFrom = (beganAt: number, from: number): boolean => beganAt + SCHEDULED_MS > from;
