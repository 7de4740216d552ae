import { visitNumber } from '../../fieldwork/state.ts';
import type { OrderProcess } from '../../process/process.ts';
import { Refusal } from '../../rules/refusal.ts';
import { technicianOf } from '../../values/actor.ts';

/** Whether the reader is the technician whose visit it is, or was. */
export const isOwnVisit = ({ fieldwork, scheduling }: OrderProcess, actor: string): boolean => {
  const technicianId = technicianOf(actor);
  return technicianId !== null && technicianId === (fieldwork.completed ?? scheduling.visit)?.technicianId;
};

/** A technician reports on their own visits only; every other role may on all. Throws Refusal DENIED. */
export const mustBeTheirVisit = (process: OrderProcess, actor: string, command: string): void => {
  const technicianId = technicianOf(actor);
  const whose = process.fieldwork.completed?.technicianId ?? process.scheduling.visit?.technicianId;
  if (technicianId === null || whose === undefined || whose === technicianId) return;
  throw new Refusal('DENIED', { actor, command: `${command} ${process.orderId}`, roles: [], whose });
};

/** What is not reported of a visit, technicians add only to orders that have a visit of theirs. Throws Refusal DENIED. */
export const mustBeOwnOrder = (process: OrderProcess, actor: string, command: string): void => {
  if (technicianOf(actor) === null || isOwnVisit(process, actor)) return;
  const whose = process.scheduling.visit?.technicianId ?? '';
  throw new Refusal('DENIED', { actor, command: `${command} ${process.orderId}`, roles: [], whose });
};

/** Refuses a report about another visit than the one that is next or going on. Throws Refusal OTHER_VISIT. */
export const mustBeVisit = (process: OrderProcess, visit: number | undefined): void => {
  const current = visitNumber(process.fieldwork);
  if (visit === undefined || visit === current) return;
  throw new Refusal('OTHER_VISIT', { orderId: process.orderId, visit, current });
};
