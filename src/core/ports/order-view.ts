import type { ClientTerms } from '../order/client-terms.ts';
import type { Priority, Wishes } from '../order/events.ts';
import type { LateBefore } from '../rules/late.ts';
import type { Milestone, OrderOutcome, Stage } from '../rules/stage.ts';
import type { CallOutcome } from '../scheduling/events.ts';
import type { FlatLines } from '../values/lines.ts';

/**
 * The stored row of an order in the read model (MyPage): a pure function of its events, so that a rebuild gives the
 * same bytes. It holds no personal data (joined from the vault when read), no due time and no setting.
 * All times are UTC ISO 8601.
 */
export type OrderView = FlatLines & {
  readonly orderId: string;
  readonly version: number;
  readonly key: string | null;
  readonly customerId: string;
  readonly stage: Stage;
  readonly stageSince: string;
  readonly milestone: Milestone;
  /** false once OrderClosed is the last word. */
  readonly open: boolean;
  readonly outcome: OrderOutcome | null;
  readonly priority: Priority;
  readonly wishes: Wishes;
  readonly area: string | null;
  readonly equipmentId: string | null;
  /** Services whose proof is unknown. */
  readonly inDoubt: number;
  readonly holds: readonly {
    readonly hold: string;
    readonly step: string;
    readonly cause: string;
    readonly since: string;
  }[];
  readonly calls: {
    readonly attempts: number;
    readonly lastOutcome: CallOutcome | null;
    readonly lastAt: string | null;
    readonly nextAt: string | null;
  };
  /** Set while a proposal (held) or an agreed visit exists. */
  readonly visit: {
    readonly start: string;
    readonly end: string;
    /** When the customer was told that somebody arrives; absent: at its start. */
    readonly window?: { readonly start: string; readonly end: string };
    readonly technicianId: string;
    readonly appointmentId: string | null;
    readonly status: 'held' | 'agreed';
    /** Of a held one. */
    readonly expiresAt: string | null;
  } | null;
  /** First agreed slot: what "promise kept" is measured against. */
  readonly promise: { readonly start: string; readonly end: string } | null;
  /** Visits that were made and count. */
  readonly visits: number;
  readonly pendingSince: string | null;
  readonly cancelCode: string | null;
  readonly returnCode: string | null;
  readonly placedAt: string;
  readonly updatedAt: string;
  /** Of an order that a client placed. */
  readonly terms?: ClientTerms;
};

/** Sort fields; a leading `-` descends. nextCall: the call that is due first, then priority, then the age in the stage. */
export type OrderSort =
  | 'id'
  | '-id'
  | 'updated'
  | '-updated'
  | 'stageSince'
  | 'visit'
  | 'priority'
  | 'nextCall';

/** Which orders. Everything that is given must hold. */
export type OrderFilter = {
  readonly stages?: readonly Stage[];
  readonly area?: string;
  readonly technicianId?: string;
  readonly customerId?: string;
  /** Whole or part of an order id, key or customer name; the last four digits of a phone number or fewer, or eight and more. */
  readonly text?: string;
  /**
   * Also where `searchedAnywhere` says that the text may be it: the initial consonants of a name, part of the id of the equipment, a whole
   * serial of what was installed; and, with `addresses`, part of an address. Up to four digits are no part of an id or a key then.
   */
  readonly anywhere?: { readonly addresses: boolean };
  /** Visits that start within [from, to). */
  readonly visitFrom?: string;
  readonly visitTo?: string;
  /** Placed within [since, until). */
  readonly since?: string;
  readonly until?: string;
  /** Only open orders (default: all). */
  readonly open?: boolean;
  /** The late orders, by stage. */
  readonly lateBefore?: Readonly<Partial<Record<Stage, LateBefore>>>;
  /** Only orders with a service whose proof is unknown. */
  readonly inDoubt?: true;
  /** As their client says it. */
  readonly category?: string;
  /** Their client said this priority, or said none and they have the priority `otherwise` (null: none of those). */
  readonly clientPriority?: { readonly said: string; readonly otherwise: Priority | null };
};

export type OrderQuery = OrderFilter & {
  readonly sort?: OrderSort;
  readonly limit: number;
  readonly cursor?: string;
};
