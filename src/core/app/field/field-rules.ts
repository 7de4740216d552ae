import { visitNumber } from '../../fieldwork/state.ts';
import type { OrderProcess } from '../../process/process.ts';
import { Refusal } from '../../rules/refusal.ts';
import { iso } from '../../time/iso.ts';
import type { AppDeps } from '../deps.ts';

const TECHNICIAN = 'technician:';

/** The technician id of an actor in that role; null for everybody else. */
export const technicianOf = (actor: string): string | null =>
  actor.startsWith(TECHNICIAN) ? actor.slice(TECHNICIAN.length) : null;

/** A technician reports on their own visits only; every other role may on all. Throws Refusal DENIED. */
export const mustBeTheirVisit = (process: OrderProcess, actor: string, command: string): void => {
  const technicianId = technicianOf(actor);
  const whose = process.fieldwork.completed?.technicianId ?? process.scheduling.visit?.technicianId;
  if (technicianId === null || whose === undefined || whose === technicianId) return;
  throw new Refusal('DENIED', { actor, command: `${command} ${process.orderId}`, roles: [], whose });
};

/** Refuses a report about another visit than the one that is next or going on. Throws Refusal OTHER_VISIT. */
export const mustBeVisit = (process: OrderProcess, visit: number | undefined): void => {
  const current = visitNumber(process.fieldwork);
  if (visit === undefined || visit === current) return;
  throw new Refusal('OTHER_VISIT', { orderId: process.orderId, visit, current });
};

/** A refused role is not about one order's life: it goes to the audit log, after the write that it undid. */
export const withDenialsKept = async <T>(
  { store, clock, actor }: AppDeps,
  about: { readonly orderId: string; readonly command: string; readonly dryRun: boolean },
  work: () => Promise<T>,
): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'DENIED' && !about.dryRun) {
      const { orderId, command } = about;
      const entry = { at: iso(clock.now()), actor, action: 'denied', subject: orderId, detail: { command } };
      await store.write((tx) => tx.audit.add(entry));
    }
    throw error;
  }
};
