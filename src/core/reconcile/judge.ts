import { lastRequest } from '../activation/requests.ts';
import { serviceFound } from '../activation/service-found.ts';
import type { ServiceState } from '../activation/state.ts';
import { wantedKeys } from '../activation/wanted.ts';
import { liftHold } from '../order/decide.ts';
import type { NeService } from '../ports/peers.ts';
import type { NewEvent } from '../process/events.ts';
import { isGoing, type OrderProcess } from '../process/process.ts';
import { holdOf } from '../rules/step.ts';
import type { FindingKind } from './finding.ts';

/** A difference, and the events that record it; none: a person must look. */
export type Judged = {
  readonly kind: FindingKind;
  readonly detail: string;
  readonly events: readonly NewEvent[];
  /** The steps that follow from the events set it right. */
  readonly settles: boolean;
};

/**
 * A live service of the NE against its order. null: it is as the log says, or a step of the order is about to find out
 * by itself (a look-up, or a revert that is under way).
 */
export const judgeLive = (process: OrderProcess, live: NeService): Judged | null => {
  const service = process.activation.services.get(live.key);
  if (service === undefined)
    return { kind: 'orphan', detail: 'its order never planned it', events: [], settles: false };
  switch (service.proof) {
    case 'unknown':
      return null;
    case 'on':
      return judgeOn(process, service, live);
    case 'off':
    case 'refused':
      return {
        kind: wantedKeys(process).has(live.key) ? 'unrecorded' : 'orphan',
        detail: service.reverted
          ? 'the log says it was switched off'
          : 'the log says it was never switched on',
        events: [found(live, []), ...lift(process, live.key)],
        settles: true,
      };
  }
};

const judgeOn = (process: OrderProcess, service: ServiceState, live: NeService): Judged | null => {
  const wanted = wantedKeys(process).has(live.key);
  if (live.neId === service.neId) return wanted ? drift(service, live) : null;
  const known = service.duplicates.includes(live.neId);
  if (known && (!wanted || service.revertsDuplicates)) return null;
  // The one that the NE itself answered with stays; an undo takes every one.
  const detail = `the log knows ${service.neId ?? 'no id'}`;
  return { kind: 'duplicate', detail, events: [foundBeside(service, live)], settles: true };
};

/** The id that the log knows stays the service's own. */
const foundBeside = ({ neId }: ServiceState, live: NeService): NewEvent =>
  neId === null ? found(live, []) : found({ neId, key: live.key }, [live.neId]);

/** The NE holds other values than were sent, or another kind of service. */
const drift = ({ plan }: ServiceState, live: NeService): Judged | null => {
  const told = live.characteristics ?? {};
  const differs = plan.characteristics.flatMap(({ name, value }) =>
    told[name] === value ? [] : [`${name}: ${told[name] ?? 'missing'} instead of ${value}`],
  );
  const spec =
    live.spec === undefined || live.spec === plan.spec ? [] : [`${live.spec} instead of ${plan.spec}`];
  const all = [...spec, ...differs];
  return all.length === 0 ? null : { kind: 'drift', detail: all.join(', '), events: [], settles: false };
};

/** Whether the log holds this very service for on: then the NE must have it. */
export const isBelievedOn = (service: ServiceState | undefined, neId: string): boolean =>
  service?.proof === 'on' && (service.neId === neId || service.duplicates.includes(neId));

/**
 * A service that the log holds for on and the NE does not have. Once gone it needs a new generation to come back, which
 * the order plans by itself while it is going. null: nobody wants it, its revert is under way.
 */
export const judgeGhost = (
  process: OrderProcess,
  key: string,
  seen: { readonly as: 'absent' | 'terminated'; readonly peer: string },
): Judged | null => {
  const service = process.activation.services.get(key);
  if (service === undefined || service.proof !== 'on' || !wantedKeys(process).has(key)) return null;
  const asked = lastRequest(service)?.peer ?? seen.peer;
  if (asked !== seen.peer) {
    return {
      kind: 'ghost',
      detail: `it was switched on at ${asked}, which is another peer`,
      events: [],
      settles: false,
    };
  }
  const detail = seen.as === 'absent' ? 'the NE does not have it' : 'the NE says it is terminated';
  const gone: NewEvent = { type: 'ServiceReverted', data: { key, how: 'was-absent' } };
  const settles = isGoing(process);
  return { kind: 'ghost', detail, events: settles ? [gone] : [], settles };
};

const found = (
  live: Pick<NeService, 'neId' | 'key' | 'equipmentId'>,
  duplicates: readonly string[],
): NewEvent => serviceFound(live, { key: live.key, how: 'reconcile', duplicates });

/** What nobody has to decide any more, now that it is known to be on. */
const lift = (process: OrderProcess, key: string): readonly NewEvent[] =>
  liftHold(process, holdOf('ActivateService', key));
