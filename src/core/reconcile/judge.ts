import { lastRequest } from '../activation/requests.ts';
import { serviceFound } from '../activation/service-found.ts';
import type { ServiceState } from '../activation/service-state.ts';
import { wantedKeys } from '../activation/wanted.ts';
import type { Difference } from '../codes/difference.ts';
import { holdOrder, liftHold } from '../order/decide.ts';
import { isHeld } from '../order/state.ts';
import type { FindingKind } from '../peers/finding.ts';
import type { NeService } from '../ports/peers.ts';
import type { NewEvent } from '../process/events.ts';
import { isGoing, type OrderProcess } from '../process/process.ts';
import { LOST_SERVICE_CAUSE, LOST_SERVICE_STEP, lostHold } from '../rules/lost-service.ts';
import { holdOf } from '../rules/step.ts';

/** A difference, and what is to become of it. */
export type Judged = {
  readonly kind: FindingKind;
  readonly detail: Difference;
  /** The events that record it, of the order as it is then; none: a person must look. */
  readonly decide: (process: OrderProcess) => readonly NewEvent[];
  /** What follows: a service is switched off, the log alone is set right, or a person decides. */
  readonly follows: 'reverts' | 'records' | 'by-hand';
};

const NOTHING = (): readonly NewEvent[] => [];

/**
 * A live service of the NE against its order. null: it is as the log says, or a step of the order is about to find out
 * by itself (a look-up, or a revert that is under way).
 */
export const judgeLive = (process: OrderProcess, live: NeService): Judged | null => {
  const service = process.activation.services.get(live.key);
  if (service === undefined)
    return { kind: 'orphan', detail: { code: 'NEVER_PLANNED' }, decide: NOTHING, follows: 'by-hand' };
  switch (service.proof) {
    case 'unknown':
      return service.waived ? news(process, service, live) : null;
    case 'on':
      return judgeOn(process, service, live);
    case 'off':
    case 'refused':
      return news(process, service, live);
  }
};

/** It is on, which the log does not believe, or never knew. */
const news = (process: OrderProcess, service: ServiceState, live: NeService): Judged => {
  const isWanted = wantedKeys(process).has(live.key);
  const believed = service.reverted ? 'WAS_SWITCHED_OFF' : 'NEVER_SWITCHED_ON';
  return {
    kind: isWanted ? 'unrecorded' : 'orphan',
    detail: { code: service.waived ? 'LEFT_UNPROVEN' : believed },
    decide: (current) => [found(live, []), ...liftHold(current, holdOf('ActivateService', live.key))],
    follows: isWanted ? 'records' : 'reverts',
  };
};

const judgeOn = (process: OrderProcess, service: ServiceState, live: NeService): Judged | null => {
  const wanted = wantedKeys(process).has(live.key);
  if (live.neId === service.neId && service.waived) {
    return { kind: 'orphan', detail: { code: 'UNPROVEN_IS_ON' }, decide: NOTHING, follows: 'by-hand' };
  }
  if (live.neId === service.neId && !wanted) return null;
  if (live.neId === service.neId) return backAgain(process, live) ?? drift(service, live);
  const known = service.duplicates.includes(live.neId);
  if (known && (!wanted || service.revertsDuplicates)) return null;
  // The one that the NE itself answered with stays; an undo takes every one.
  const detail = { code: 'OTHER_ID', neId: service.neId } as const;
  return { kind: 'duplicate', detail, decide: () => [foundBeside(service, live)], follows: 'reverts' };
};

/** A service that was missed and shows again ends its hold. */
const backAgain = (process: OrderProcess, { key }: NeService): Judged | null =>
  isHeld(process.order, lostHold(key))
    ? {
        kind: 'ghost',
        detail: { code: 'SHOWN_AGAIN' },
        decide: (current) => liftHold(current, lostHold(key)),
        follows: 'records',
      }
    : null;

/** The id that the log knows stays the service's own. */
const foundBeside = ({ neId }: ServiceState, live: NeService): NewEvent =>
  neId === null ? found(live, []) : found({ neId, key: live.key }, [live.neId]);

/** The NE holds other values than were sent, or another kind of service. */
const drift = ({ plan }: ServiceState, live: NeService): Judged | null => {
  const told = live.characteristics ?? {};
  const differs = plan.characteristics.flatMap(({ name, value }) =>
    told[name] === value ? [] : [{ name, has: told[name] ?? null, sent: value }],
  );
  const spec =
    live.spec === undefined || live.spec === plan.spec
      ? []
      : [{ name: null, has: live.spec, sent: plan.spec }];
  const values = [...spec, ...differs];
  return values.length === 0
    ? null
    : { kind: 'drift', detail: { code: 'OTHER_VALUES', values }, decide: NOTHING, follows: 'by-hand' };
};

/** Whether the log holds this very service for on: then the NE must have it. */
export const isBelievedOn = (service: ServiceState | undefined, neId: string): boolean =>
  service?.proof === 'on' && (service.neId === neId || service.duplicates.includes(neId));

/**
 * A service that the log holds for on and the NE does not show, by key or by id. No step makes it again: a
 * hold has a person say whether it is truly gone, if the order goes on. null: not wanted, its revert is under way.
 */
export const judgeGhost = (
  process: OrderProcess,
  key: string,
  seen: { readonly as: 'absent' | 'terminated'; readonly peer: string },
): Judged | null => {
  const service = process.activation.services.get(key);
  if (service === undefined || service.proof !== 'on' || !wantedKeys(process).has(key)) return null;
  const asked = lastRequest(service)?.peer ?? seen.peer;
  const ghost = { kind: 'ghost', follows: 'by-hand' } as const;
  if (asked !== seen.peer) {
    return { ...ghost, detail: { code: 'OTHER_PEER', asked }, decide: NOTHING };
  }
  return {
    ...ghost,
    detail: { code: seen.as === 'absent' ? 'NOT_THERE' : 'TERMINATED' },
    decide: (current) =>
      isGoing(current) ? holdOrder(current, lostHold(key), LOST_SERVICE_STEP, LOST_SERVICE_CAUSE) : [],
  };
};

const found = (
  live: Pick<NeService, 'neId' | 'key' | 'equipmentId'>,
  duplicates: readonly string[],
): NewEvent => serviceFound(live, { key: live.key, how: 'reconcile', duplicates });
