import type { OrderProcess } from '../../process/process.ts';
import { Refusal } from '../../rules/refusal.ts';
import type { Occupied } from '../../technicians/technician.ts';
import { allow } from '../allow.ts';
import type { Change } from '../change-order.ts';
import type { AppDeps } from '../deps.ts';
import { rehearsable } from '../within.ts';
import { reassignVisit } from './reassign.ts';
import { type Absence, type Dates, knownTechnician, takeOff } from './technicians.ts';

/** What became of a visit of a technician who is off. */
export type GivenAway = { readonly visit: Occupied } & (
  | { readonly kind: 'left' }
  /** `process`: as it is after what the change made due. */
  | { readonly kind: 'given'; readonly process: OrderProcess }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
);

export type GiveAway = {
  readonly dates: Dates;
  /** A technician id; `auto`: the best other one for each visit; `none`: they are left as they are. */
  readonly to: string;
  readonly dryRun: boolean;
  readonly claim: boolean;
  /** Goes on with what a change made due, after its commit. A rehearsal does not call it. */
  readonly carryOn: (change: Change) => Promise<OrderProcess>;
};

export type LeftDays = Absence & { readonly given: readonly GivenAway[] };

/**
 * Days on which the technician does not work, and what stands there given to others: what customers have agreed to
 * first. A rehearsal is the same, in one write that is rolled back. Throws TECHNICIAN_NOT_FOUND, BAD_VALUE; what one visit
 * is refused with is in the result.
 */
export const takeOffAndGive = async (
  deps: AppDeps,
  technicianId: string,
  away: GiveAway,
): Promise<LeftDays> => {
  await allow(deps, 'technician off');
  return rehearsable(deps, away.dryRun, (inner) => leaveDays(inner, technicianId, away));
};

const leaveDays = async (deps: AppDeps, technicianId: string, away: GiveAway): Promise<LeftDays> => {
  await mustKnow(deps, technicianId, away.to);
  const absence = await takeOff(deps, technicianId, { dates: away.dates });
  const byKind = [...absence.visits].sort((a, b) => a.kind.localeCompare(b.kind));
  const given: GivenAway[] = [];
  for (const visit of byKind) given.push(await giveOne(deps, visit, away));
  return { ...absence, given };
};

/** The technician who takes the visits must be known before anything changes. */
const mustKnow = async ({ store }: AppDeps, technicianId: string, to: string): Promise<void> => {
  if (to === 'auto' || to === 'none') return;
  await store.read((tx) => knownTechnician(tx, to));
  if (to === technicianId) throw new Refusal('TECHNICIAN_NOT_FOUND', { technicianId: to });
};

const giveOne = async (
  deps: AppDeps,
  visit: Occupied,
  { to, claim, dryRun, carryOn }: GiveAway,
): Promise<GivenAway> => {
  if (to === 'none') return { visit, kind: 'left' };
  try {
    const change = await reassignVisit(deps, visit, { claim, from: visit.technicianId, to });
    return { visit, kind: 'given', process: dryRun ? change.process : await carryOn(change) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { visit, kind: 'refused', refusal: error };
  }
};
