import { allow } from '../allow.ts';
import type { AppDeps } from '../deps.ts';
import { rehearsable } from '../within.ts';
import { readChangedTechnician, type TechnicianDetails } from './read-technicians.ts';
import { type Absence, type Dates, takeOn } from './technicians.ts';

export type Returned = Omit<Absence, 'visits'> & { readonly details: TechnicianDetails };

/**
 * The technician works again on these dates, and how the days to come look then: also in a rehearsal, where nothing of it
 * stays. Throws TECHNICIAN_NOT_FOUND.
 */
export const backAtWork = async (
  deps: AppDeps,
  technicianId: string,
  {
    dates,
    days,
    showPii,
    dryRun,
  }: {
    readonly dates: Dates;
    readonly days: number;
    readonly showPii: boolean;
    readonly dryRun: boolean;
  },
): Promise<Returned> => {
  await allow(deps, 'technician on');
  return rehearsable(deps, dryRun, async (inner) => ({
    ...(await takeOn(inner, technicianId, { dates })),
    details: await readChangedTechnician(inner, technicianId, { days, showPii }),
  }));
};
