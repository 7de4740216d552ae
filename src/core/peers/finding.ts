import type { Difference } from '../codes/difference.ts';

/**
 * How the network and the log can differ. orphan: live in the NE, and no order wants it. unrecorded: live and wanted, but
 * the log believes it off. duplicate: a further live service of a key. drift: other characteristics than were sent.
 * ghost: on in the log, and not in the NE. late-call: the desk placed a call that was believed never placed.
 * stray-appointment: the desk keeps an appointment that no technician goes to. moved-by-desk, cancelled-by-desk: the desk did so
 * by itself. lost-appointment: an agreed visit is to come, and the desk does not know its appointment.
 */
export type FindingKind =
  | 'orphan'
  | 'unrecorded'
  | 'duplicate'
  | 'drift'
  | 'ghost'
  | 'late-call'
  | 'stray-appointment'
  | 'moved-by-desk'
  | 'cancelled-by-desk'
  | 'lost-appointment';

/** One difference between the network (or the desk) and the log. */
export type Finding = {
  readonly kind: FindingKind;
  /** The service's key; of what is at the desk the call key. */
  readonly key: string;
  readonly orderId: string;
  readonly neId: string | null;
  /** null: the log does not know such an order. */
  readonly stage: string | null;
  /** What exactly. */
  readonly detail: Difference;
  /**
   * open: `--fix` can set it right. fixed: it was recorded and its steps are under way. by-hand: a person must look.
   * held-back: so much differs at once that a person must say whether it is true.
   */
  readonly state: 'open' | 'fixed' | 'by-hand' | 'held-back';
};
