import type { Contact, Customer } from '../order/contact.ts';
import type { Binding } from '../peers/binding.ts';
import type { Envelope, EventType, NewEvent, WriteMeta } from '../process/events.ts';
import type { RefusalDetailOf } from '../rules/refusals.ts';
import type { Occupied, Technician } from '../technicians/technician.ts';
import type { TravelData, TravelKind } from '../travel/travel-data.ts';
import type { KeyMarks } from '../values/keys.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { Audit } from './audit.ts';
import type { BatchTable } from './batches.ts';
import type { BreakerTable } from './breakers.ts';
import type { Comparisons } from './comparisons.ts';
import type { Cursor } from './cursor.ts';
import type { OrderFilter, OrderQuery, OrderView } from './order-view.ts';
import type { Scope } from './scope.ts';
import type { WorkQueue } from './work.ts';

/** The streams. Append-only: an event is never changed or removed. */
export type EventStore = {
  /**
   * In version order, exclusive of `after` (default 0: all); empty when there is no such order. Refused
   * (ORDER_UNREADABLE) when one of them cannot be read, as everything here that gives events.
   */
  readonly load: (orderId: string, after?: number) => Promise<readonly Envelope[]>;
  /** The whole streams of some orders, by order id; empty for an order that is not there. */
  readonly loadAll: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, readonly Envelope[]>>;
  /**
   * Numbers and appends `events` (at least one) after version `expected`; 'none' wants a new stream.
   * Throws `VersionConflict` when the stream is elsewhere.
   */
  readonly append: (
    orderId: string,
    expected: number | 'none',
    events: readonly NewEvent[],
    meta: WriteMeta,
  ) => Promise<readonly Envelope[]>;
  /** Draws `ORD-000042`: rising, never drawn again; a write that is rolled back may leave a gap. */
  readonly nextOrderId: () => Promise<string>;
  /**
   * Of the feed, or of one order's part of it, exclusive of `after`. An event is there once it is committed and nothing that
   * is committed later comes before it. Refused (BAD_VALUE) for a cursor of an epoch that this database has not come to.
   */
  readonly page: (query: EventPage) => Promise<readonly FeedEvent[]>;
  /** Where the last event of the feed is; `START` when it is empty. */
  readonly head: () => Promise<Cursor>;
  /** Behind which the last `count` events of the feed come; `START` when there are not more. */
  readonly beforeLast: (count: number) => Promise<Cursor>;
  /** Ids of all streams in id order, exclusive of `after`. */
  readonly orderIds: (after: string, limit: number) => Promise<readonly string[]>;
};

/** An event, and where it is in the feed. */
export type FeedEvent = Envelope & { readonly cursor: Cursor };

export type EventPage = {
  readonly after: Cursor;
  readonly limit: number;
  readonly orderId?: string;
  readonly types?: readonly EventType[];
  /** Hears of each event that cannot be read, which is then left out. Absent: the read is refused (ORDER_UNREADABLE). */
  readonly onUnreadable?: (event: UnreadableEvent) => void;
};

/** Which event cannot be read, and why. */
export type UnreadableEvent = RefusalDetailOf<'ORDER_UNREADABLE'>;

/** The read model, a row an order. Written in the transaction of the events. */
export type Views = {
  /**
   * What the order was placed with (customer, key, time) is kept from the first put. Who knows `previous`, the
   * view as it was put last, has only written what differs from it.
   */
  readonly put: (view: OrderView, previous?: OrderView) => Promise<void>;
  /** Makes the row what the view says, whatever was there; false: it said so already. */
  readonly renew: (view: OrderView) => Promise<boolean>;
  readonly get: (orderId: string) => Promise<OrderView | null>;
  /**
   * Sorted and cut as the query says (default `-id`; ids as people count, ties by id, what has no such time last);
   * `nextCursor` continues, null at the end.
   */
  readonly list: (
    query: OrderQuery,
  ) => Promise<{ readonly items: readonly OrderView[]; readonly nextCursor: string | null }>;
  /** How many orders a list would have in all. */
  readonly count: (filter: OrderFilter) => Promise<number>;
  /** Orders by stage. */
  readonly counts: () => Promise<Readonly<Record<string, number>>>;
  /** Empties the read model (views and visits), before a rebuild. */
  readonly clear: () => Promise<void>;
};

/** All personal data. Keyed by customer, order (addresses) and text id. */
export type Vault = {
  /** Draws `CUS-000042`, as `nextOrderId` does. */
  readonly nextCustomerId: () => Promise<string>;
  readonly putCustomer: (customer: { customerId: string; name: string; phone: string }) => Promise<void>;
  readonly customer: (customerId: string) => Promise<Customer | null>;
  /** Customers of exactly this phone number (digits only are compared). */
  readonly customersByPhone: (phone: string) => Promise<readonly Customer[]>;
  readonly putAddress: (orderId: string, customerId: string, address: string) => Promise<void>;
  readonly putText: (textId: string, orderId: string, text: string) => Promise<void>;
  /** Missing or erased ids are absent from the map. */
  readonly texts: (textIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Bulk join of name, phone and address for orders; an erased or unknown order is absent. */
  readonly contacts: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, Contact>>;
  /** Orders of a customer, ascending. */
  readonly ordersOf: (customerId: string) => Promise<readonly string[]>;
  /**
   * Removes name, phone, addresses and texts for ever, and what could be guessed from fingerprints of the orders' keys; what
   * is left is the id (with '' for both) and its orders' ids. The files still hold it until `Store.scrub`.
   */
  readonly erase: (customerId: string, at: string) => Promise<void>;
};

/** The people who visit. */
export type Technicians = {
  readonly put: (technician: Technician) => Promise<void>;
  readonly get: (technicianId: string) => Promise<Technician | null>;
  /** By id. Active ones only, unless `all`. */
  readonly list: (options?: { readonly all?: boolean }) => Promise<readonly Technician[]>;
};

/** The technicians' calendar, derived from the log and written with the view. */
export type Calendar = {
  /** Replaces what this order occupies. */
  readonly put: (orderId: string, occupied: readonly Occupied[]) => Promise<void>;
  /** All that overlaps [from, to), UTC ISO, of one technician or of all; by technician and start. */
  readonly between: (from: string, to: string, technicianId?: string) => Promise<readonly Occupied[]>;
};

/** What was imported about areas. */
export type TravelTable = {
  /** The same object for as long as nothing is imported. */
  readonly data: () => Promise<TravelData>;
  /** Replaces all that was imported of that kind. */
  readonly put: <K extends TravelKind>(kind: K, imported: NonNullable<TravelData[K]>) => Promise<void>;
};

/** Idempotency keys of commands. */
export type Requests = {
  readonly get: (scope: string, key: string) => Promise<RequestRecord | null>;
  readonly put: (scope: string, key: string, record: RequestRecord) => Promise<void>;
  /** Keyed (HMAC) fingerprint of a command's content, so that no personal data is stored. */
  readonly fingerprint: (content: string) => Promise<string>;
};

/** What a used idempotency key stood for. `at`: UTC ISO 8601. */
export type RequestRecord = { readonly orderId: string; readonly fingerprint: string; readonly at: string };

/** The fingerprint of a key whose order is of an erased customer: what it stood for is not known any more. */
export const ERASED_PRINT = '';

export type Meta = {
  readonly binding: () => Promise<Binding | null>;
  readonly bind: (binding: Binding) => Promise<void>;
  /** Marks of the names that this database makes and has made. */
  readonly keyMarks: () => Promise<KeyMarks>;
};

/** Since when a look-up by key is known to show, at one NE, services of one specification (UTC ISO); null: not known. */
export type KeyProof = {
  readonly provenAt: string | null;
  /** When the last service was to be read back for that; null: none was. */
  readonly askedAt: string | null;
};

/** What was learnt of an NE across orders. An absence by key proves something only where a presence was seen. */
export type KeyProofs = {
  readonly get: (peer: string, spec: string) => Promise<KeyProof>;
  readonly put: (peer: string, spec: string, proof: KeyProof) => Promise<void>;
};

/**
 * All ports of the store, inside one attempt at a transaction. Another attempt may follow: what the work does to anything
 * but these ports belongs into one of the two functions at the end, or into what it gives back.
 */
export type Tx = {
  readonly events: EventStore;
  readonly work: WorkQueue;
  readonly views: Views;
  readonly vault: Vault;
  readonly technicians: Technicians;
  readonly calendar: Calendar;
  readonly travel: TravelTable;
  readonly requests: Requests;
  readonly audit: Audit;
  readonly meta: Meta;
  readonly breakers: BreakerTable;
  readonly keyProofs: KeyProofs;
  readonly batches: BatchTable;
  readonly comparisons: Comparisons;
  readonly accessTokens: AccessTokens;
  /**
   * Says what else this write decides about, before it reads what decides. Throws NeedsScope when its scope does not name
   * that: then the store runs it again with both, and after some such attempts with everything.
   */
  readonly needs: (scope: Scope) => void;
  /** Has `effect` run after COMMIT, in the order of these calls and before the write resolves; never if it comes to nothing. */
  readonly afterCommit: (effect: () => void) => void;
  /** Has `effect` run when this attempt comes to nothing, or only may have been committed, before another one begins. */
  readonly afterRollback: (effect: () => void) => void;
};

/**
 * The only holder of the database's outer handle.
 * Adapters: SQLite, PostgreSQL (both through kysely) and memory; `store.contract.ts` runs against each.
 */
export type Store = {
  /**
   * Runs `work` in one write transaction; resolves after COMMIT has returned. What `work` throws undoes its changes, of
   * no other write, and is thrown to its caller. The store may run `work` more than once, each time after all that the time
   * before it did was rolled back, because of a conflict or of a connection that was lost.
   *
   * A store that lost the answer of its COMMIT finds out what became of it: then it resolves, or runs `work` again. If it cannot
   * find out, the write is refused (COMMIT_IN_DOUBT): it was kept whole or not at all, and nothing is kept later.
   *
   * `scope` names what it decides about: what `work` reads of that nobody else changes before it is committed. What is only
   * looked through to choose from (lists, pages, counts) needs no name. Absent: everything, and it waits for all others.
   */
  readonly write: <T>(work: (tx: Tx) => Promise<T>, scope?: Scope) => Promise<T>;
  /** Like `write`, then rolls everything back: the result of a dry run. Never shares a transaction. */
  readonly rehearse: <T>(work: (tx: Tx) => Promise<T>, scope?: Scope) => Promise<T>;
  /** Reads of one consistent state. `work` must not write, and may be run more than once. */
  readonly read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /**
   * Removes from the files what erasures have left in them. false: a reader still has an older state, and kept it
   * for some seconds; the next process that opens the store to write does it.
   */
  readonly scrub: () => Promise<boolean>;
  /**
   * Yields after commits of any process, once for several that came together, until the signal comes. What is committed
   * after this has resolved is told, though perhaps a second late.
   */
  readonly changes: (signal: AbortSignal) => Promise<AsyncIterable<void>>;
  /**
   * By how many ms the database's clock was ahead of this process's wall clock when a write had all its locks, or a read began,
   * for the last time; 0 where they are one clock. Who needs a time takes `sharedClock`.
   */
  readonly clockAhead: () => number;
  readonly close: () => Promise<void>;
};
