import type { HardRule } from '../codes/hard-rule.ts';
import { type Span, slotOf } from '../scheduling/slots.ts';
import type { Occupied, Technician } from '../technicians/technician.ts';
import { indexed } from './candidates.ts';
import { type Asked, rulesBroken } from './rules.ts';
import type { AssignWorld } from './types.ts';

/** A visit that is to be, beside others that are to be. */
export type Seat = {
  readonly asked: Asked;
  readonly technician: Technician;
  readonly visit: Span;
  /** The time that the order has now, and keeps if it gets no other; null: none. */
  readonly stood: Occupied | null;
};

export const occupiedBySeat = ({ asked: { request }, technician, visit, stood }: Seat): Occupied => ({
  orderId: request.orderId,
  technicianId: technician.technicianId,
  slot: slotOf(visit),
  kind: stood?.kind ?? 'held',
  area: request.area,
});

/** Those that break no hard rule, and what the others break. */
export type Seated = {
  readonly kept: readonly Seat[];
  /** By order id. */
  readonly broken: ReadonlyMap<string, readonly HardRule[]>;
};

/**
 * Which of these visits may be, all at once: two may change places, which neither could alone. One that breaks a rule goes back
 * to the time that its order has, and whoever would be there then goes back too. `world`: what stands whatever becomes of them.
 */
export const seated = (wanted: readonly Seat[], world: AssignWorld): Seated => {
  const broken = new Map<string, readonly HardRule[]>();
  const isIn = ({ asked }: Seat): boolean => !broken.has(asked.request.orderId);
  for (;;) {
    const kept = wanted.filter(isIn);
    const back = wanted.flatMap((seat) => (isIn(seat) || seat.stood === null ? [] : [seat.stood]));
    const ready = indexed({
      ...world,
      occupied: [...world.occupied, ...back, ...kept.map(occupiedBySeat)],
    });
    const rules = kept.map(({ asked, technician, visit }) => rulesBroken(asked, technician, visit, ready));
    for (const [i, seat] of kept.entries()) {
      const own = rules[i] ?? [];
      if (own.length > 0) broken.set(seat.asked.request.orderId, own);
    }
    if (rules.every((own) => own.length === 0)) return { kept, broken };
  }
};
