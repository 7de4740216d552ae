import type { Coded, None } from './coded.ts';

/** What exactly differs between the network, or the desk, and the log. */
export type DifferenceValues = {
  /** What was written in words before there were codes. */
  readonly AS_WRITTEN: { readonly text: string };

  // services
  readonly ORDER_UNKNOWN: None;
  readonly NEVER_PLANNED: None;
  readonly WAS_SWITCHED_OFF: None;
  readonly NEVER_SWITCHED_ON: None;
  /** A person ended it without a proof. */
  readonly LEFT_UNPROVEN: None;
  readonly UNPROVEN_IS_ON: None;
  /** `neId`: the id that the log knows; null: none. */
  readonly OTHER_ID: { readonly neId: string | null };
  /** `name` null: the kind of service itself. `has` null: the NE does not tell it. */
  readonly OTHER_VALUES: {
    readonly values: readonly {
      readonly name: string | null;
      readonly has: string | null;
      readonly sent: string;
    }[];
  };
  readonly NOT_THERE: None;
  readonly TERMINATED: None;
  readonly SHOWN_AGAIN: None;
  /** Identity of the NE that got the request to switch it on. */
  readonly OTHER_PEER: { readonly asked: string };

  // appointments
  readonly AT_DESK: { readonly appointmentId: string; readonly status: string };
  readonly AGREED_BY_HAND: { readonly appointmentId: string };
  /** `known`: the one that the log knows; null: none. */
  readonly OTHER_APPOINTMENT: { readonly appointmentId: string; readonly known: string | null };
  readonly ENDED_HERE: { readonly appointmentId: string };
  /** `reason`: the desk's own code; null: it does not say. */
  readonly ENDED_BY_DESK: { readonly appointmentId: string; readonly reason: string | null };
  readonly MOVED_BY_DESK: { readonly appointmentId: string; readonly start: string; readonly end: string };
  readonly UNKNOWN_TO_DESK: { readonly appointmentId: string };
  readonly SHOWN_BY_DESK_AGAIN: { readonly appointmentId: string };
};

export type Difference = Coded<DifferenceValues>;

/** A stored difference; older programs wrote it in words. */
export const readDifference = (stored: Difference | string): Difference =>
  typeof stored === 'string' ? { code: 'AS_WRITTEN', text: stored } : stored;
