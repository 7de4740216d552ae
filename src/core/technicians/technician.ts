import type { Slot } from '../time/slot.ts';
import type { Weekday } from '../time/weekday.ts';

export type Skill = 'internet' | 'tv';

/** The person who visits. Never called "worker". */
export type Technician = {
  readonly technicianId: string;
  readonly name: string;
  readonly phone: string;
  readonly skills: readonly Skill[];
  readonly areas: readonly string[];
  /** The area in which the day begins and ends; null or absent: not known, the day begins at the first visit. */
  readonly base?: string | null;
  /** Working minutes of the local day by weekday; a weekday that is missing is off. */
  readonly hours: Readonly<Partial<Record<Weekday, { readonly from: number; readonly to: number }>>>;
  /** Local dates `YYYY-MM-DD`. */
  readonly daysOff: readonly string[];
  readonly dailyLimit: number;
  /** false: no longer works here; keeps past visits readable. */
  readonly active: boolean;
};

/** Time of a technician that is taken, by a proposal (held) or an agreed visit. */
export type Occupied = {
  readonly orderId: string;
  readonly technicianId: string;
  readonly slot: Slot;
  readonly kind: 'held' | 'agreed';
  readonly area: string | null;
};
