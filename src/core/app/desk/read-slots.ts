import { bestByPart, chooseVisit, rankVisits } from '../../assign/assign.ts';
import { indexed } from '../../assign/candidates.ts';
import { type ReasonCode, readReason } from '../../assign/reason.ts';
import { type Relaxation, relaxations } from '../../assign/relaxations.ts';
import type { AssignOptions, RankedVisit } from '../../assign/types.ts';
import { readWorld, visitRequest } from '../../assign/visit-world.ts';
import type { WhyNoneCode } from '../../codes/why-none.ts';
import type { PartOfDay } from '../../order/events.ts';
import { mustBeGoing } from '../../process/legal.ts';
import { partOfDay } from '../../scheduling/slots.ts';
import { ms } from '../../time/iso.ts';
import type { Slot } from '../../time/slot.ts';
import { toLocal } from '../../time/zone.ts';
import type { AppDeps } from '../deps.ts';
import { readOrder } from '../write-order.ts';

/** An item of `oss.slots/1`. */
export type OfferedSlot = Slot & {
  /** Local `YYYY-MM-DD`. */
  readonly date: string;
  readonly part: PartOfDay;
  readonly technicianId: string;
  readonly technicianName: string;
  /** Minutes of driving that it adds to the technician's day; null: ways are not known. */
  readonly travelMinutes: number | null;
  readonly score: number;
  readonly reasons: readonly ReasonCode[];
};

/** When there are none: `why`, what stood in the way, as in `Choice`; `would`, what alone would make one. */
export type OfferedSlots = {
  readonly slots: readonly OfferedSlot[];
  readonly why: readonly WhyNoneCode[];
  readonly would: readonly Relaxation[];
};

/** `top`: so many of the best times; absent: the best time of each part of each day. */
export type SlotsQuery = Pick<AssignOptions, 'date' | 'prefer' | 'technicianId'> & {
  readonly top?: number | undefined;
};

/**
 * The best times for an order, best first, with the technician for each, by the points that a plan is made by. Throws
 * ORDER_NOT_FOUND, ALREADY_FINAL.
 */
export const readSlots = (
  { store, policy, clock }: Pick<AppDeps, 'store' | 'policy' | 'clock'>,
  orderId: string,
  { top, ...options }: SlotsQuery,
): Promise<OfferedSlots> =>
  store.read(async (tx) => {
    const process = await readOrder(tx, orderId);
    mustBeGoing(process, 'schedule slots');
    const world = await readWorld(tx, { policy, now: clock.now() });
    const request = visitRequest(process);
    const names = new Map(world.technicians.map(({ technicianId, name }) => [technicianId, name]));
    const offered = ({ slot, technicianId, score, reasons }: RankedVisit): OfferedSlot => ({
      ...slot,
      date: toLocal(ms(slot.start), policy.tz).date,
      part: partOfDay(ms(slot.start), policy.tz),
      technicianId,
      technicianName: names.get(technicianId) ?? '',
      travelMinutes: minutesAdded(reasons),
      score,
      reasons,
    });
    const ranked =
      top === undefined
        ? bestByPart(request, world, options)
        : rankVisits(request, world, { ...options, top });
    if (ranked.length > 0) return { slots: ranked.map(offered), why: [], would: [] };
    const choice = chooseVisit(request, world, options);
    return {
      slots: [],
      why: choice.kind === 'none' ? choice.why : [],
      would: relaxations(request, options, indexed(world)),
    };
  });

const minutesAdded = (reasons: readonly ReasonCode[]): number | null => {
  for (const reason of reasons) {
    const read = readReason(reason);
    if (read.code === 'travel') return read.minutes;
  }
  return null;
};
