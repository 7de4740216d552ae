import { isHeld } from '../order/state.ts';
import { isUndoing, type OrderProcess } from '../process/process.ts';
import { lostHold } from '../rules/lost-service.ts';
import { type NeededService, neededServices } from './catalogue.ts';
import { hasOpenRequest } from './requests.ts';
import type { ServiceState } from './service-state.ts';

/** The services that should be on: the lines' own, or none once the order is cancelled or returned. */
export const wantedServices = (process: OrderProcess): readonly NeededService[] =>
  isUndoing(process) ? [] : neededServices(process.order.lines);

/** The latest generation of a service; undefined when it was never planned. */
export const latest = (process: OrderProcess, service: string): ServiceState | undefined => {
  let found: ServiceState | undefined;
  for (const state of process.activation.services.values()) {
    if (state.plan.service !== service) continue;
    if (found === undefined || state.plan.generation > found.plan.generation) found = state;
  }
  return found;
};

/** A generation that was reverted, or is being reverted, is used up: a new wish needs the next one. */
const isUsedUp = (state: ServiceState): boolean => state.reverted || state.revert !== null;

/** Wanted services that no usable generation is planned for, with the generation to plan. */
export const unplanned = (process: OrderProcess): readonly { needed: NeededService; generation: number }[] =>
  wantedServices(process).flatMap((needed) => {
    const state = latest(process, needed.service);
    if (state === undefined) return [{ needed, generation: 1 }];
    return state.reverted ? [{ needed, generation: state.plan.generation + 1 }] : [];
  });

/** Keys of the wanted services. */
export const wantedKeys = (process: OrderProcess): ReadonlySet<string> => {
  const keys = new Set<string>();
  for (const needed of wantedServices(process)) {
    const state = latest(process, needed.service);
    if (state !== undefined && !isUsedUp(state)) keys.add(state.plan.key);
  }
  return keys;
};

/** The plan covers the wanted lines and each of them is proven on. */
export const isAllOn = (process: OrderProcess): boolean =>
  wantedServices(process).every((needed) => {
    const state = latest(process, needed.service);
    return state !== undefined && state.proof === 'on' && !isUsedUp(state);
  });

/** Every service that differs between wanted and proven, or that the NE has lost: by key, or by name when it is not planned yet. */
export const differences = (process: OrderProcess): readonly string[] => {
  const wanted = wantedKeys(process);
  const isLost = ({ plan }: ServiceState): boolean => isHeld(process.order, lostHold(plan.key));
  const differs = (state: ServiceState) =>
    wanted.has(state.plan.key)
      ? state.proof !== 'on' || hasOpenRequest(state) || isLost(state)
      : !isOff(state);
  return [
    ...unplanned(process).map(({ needed }) => needed.service),
    ...[...process.activation.services.values()].filter(differs).map((state) => state.plan.key),
  ];
};

/** All services this one needs are on. */
export const dependenciesOn = (process: OrderProcess, state: ServiceState): boolean =>
  state.plan.dependsOn.every((service) => {
    const dependency = latest(process, service);
    return dependency !== undefined && dependency.proof === 'on' && !isUsedUp(dependency);
  });

/**
 * No service that depends on this one is on or unknown. None stands on an older generation: what depends on a service
 * stands on its latest one.
 */
export const dependentsOff = (process: OrderProcess, state: ServiceState): boolean => {
  if (latest(process, state.plan.service)?.plan.key !== state.plan.key) return true;
  return [...process.activation.services.values()].every(
    (other) =>
      !other.plan.dependsOn.includes(state.plan.service) ||
      other.waived ||
      (other.proof !== 'on' && other.proof !== 'unknown'),
  );
};

/** Nothing is left to do about it: proven off, or left unproven by a person's word. */
export const isDone = (state: ServiceState): boolean => isOff(state) || state.waived;

/** Proven not to be on at the NE. */
export const isOff = (state: ServiceState): boolean => state.proof === 'off' || state.proof === 'refused';
