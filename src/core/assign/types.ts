import type { WhyNoneCode } from '../codes/why-none.ts';
import type { PartOfDay, Priority, Wishes } from '../order/events.ts';
import type { Policy } from '../rules/policy.ts';
import type { Occupied, Technician } from '../technicians/technician.ts';
import type { Slot } from '../time/slot.ts';
import type { Travel } from '../travel/travel.ts';
import type { Lines } from '../values/lines.ts';
import type { ReasonCode } from './reason.ts';

/** What an order needs of a visit. */
export type VisitRequest = {
  readonly orderId: string;
  readonly lines: Lines;
  /** null: not known; no automatic choice, and no area rule by hand. */
  readonly area: string | null;
  readonly wishes: Wishes;
  /** What the desk offered; null: it has offered nothing yet, every time is open. */
  readonly offered: readonly Slot[] | null;
  /** Absent: a usual one. Counts only beside others, in a plan. */
  readonly urgency?: Urgency | undefined;
  /** The time that it has and that a plan may shift; absent: it has none, or that stands. */
  readonly stands?: Stands | undefined;
};

/** A time that an order has. */
export type Stands = {
  readonly technicianId: string;
  readonly slot: Slot;
  /** Agreed with the customer: it may begin between these two, both included, and the same technician goes. null: only held. */
  readonly promised: Slot | null;
};

/** What an order is worth beside others. */
export type Urgency = {
  readonly priority: Priority;
  readonly isLate: boolean;
  /** Whole days since it was placed. */
  readonly waitedDays: number;
};

/** All that a choice looks at. */
export type AssignWorld = {
  readonly technicians: readonly Technician[];
  /** All that overlaps the days searched. What the asking order itself occupies is ignored. */
  readonly occupied: readonly Occupied[];
  readonly travel: Travel;
  readonly policy: Policy;
  /** Epoch ms. */
  readonly now: number;
};

export type AssignOptions = {
  /** Only this technician; then an order without area may be placed too. */
  readonly technicianId?: string | undefined;
  /** Only the visit that starts then (UTC ISO), also off the slot grid. */
  readonly at?: string | undefined;
  /** Only this local date `YYYY-MM-DD`. */
  readonly date?: string | undefined;
  /** Instead of the wish of the order. */
  readonly prefer?: PartOfDay | undefined;
};

export type RankedVisit = {
  readonly slot: Slot;
  readonly technicianId: string;
  /** Higher is better; see `score.ts`. */
  readonly score: number;
  readonly reasons: readonly ReasonCode[];
};

export type Choice =
  | { readonly kind: 'chosen'; readonly visit: RankedVisit }
  | { readonly kind: 'none'; readonly why: readonly WhyNoneCode[] };
