import type { CreateService } from '../activation/request.ts';
import type { Cause } from '../codes/cause.ts';
import type { LookUp, Outcome } from '../peers/outcome.ts';
import type { CallOutcome, CallVia } from '../scheduling/events.ts';
import type { Slot } from '../time/slot.ts';
import type { BreakerTable } from './breakers.ts';

/** A place in the peer's bulkhead and a closed (or probing) breaker. Exactly one request may use it. */
export type Permit = { readonly release: () => void };

/** What breaker and bulkhead answer before a worker commits an intent. */
export type Admission =
  | { readonly admitted: true; readonly permit: Permit }
  | {
      readonly admitted: false;
      readonly why: 'breaker-open' | 'bulkhead-full';
      /** Epoch ms at which to come back; null when unknown. */
      readonly retryAt: number | null;
      readonly cause: Cause;
    };

/** What every request of a peer is given: its permit, and the milliseconds it may take in all. */
export type Sending = {
  readonly permit: Permit;
  readonly deadlineMs: number;
  /**
   * Monotonic moment from which the milliseconds count (default: when the port is called). A process that is stopped
   * between the two must not send when it wakes: by then other workers may believe that nothing will come any more.
   */
  readonly since?: number;
  /** The same on the clock that goes on while the machine sleeps (`Clock.uptime`): both must be inside the milliseconds. */
  readonly sinceUptime?: number;
  /** The correlation id, for requests that name no key of the order. */
  readonly orderId?: string;
};

/** Asks whether one request may be sent; null: the peer takes none now. A step that needs several asks for each. */
export type AskToSend = () => Promise<Sending | null>;

/** A service as the NE tells it. `state` is the NE's own word, kept as it is. */
export type NeService = {
  readonly neId: string;
  readonly key: string;
  readonly state: string;
  readonly equipmentId?: string;
  readonly spec?: string;
  /** name -> value, as the NE keeps them. */
  readonly characteristics?: Readonly<Record<string, string>>;
};

/** By what a service is known as ours: the key that it was created with, and every name that the NE gave it ('': none). */
export type OurService = { readonly key: string; readonly names: readonly string[] };

/** What the revert of one id came to. */
export type Reverted =
  | Outcome<NeService>
  | { readonly kind: 'gone' }
  | { readonly kind: 'foreign'; readonly name: string };

/** Which part of a peer's list the reader wants. */
export type PageAsked = {
  readonly offset: number;
  readonly limit: number;
  /** The `next` of the page before, which then says where to go on; null: the offset says it. */
  readonly next: string | null;
};

/** One page of a peer's list, as the peer gave it. Whether it is the last is for its reader to judge. */
export type ListPage<T> = {
  readonly items: readonly T[];
  /** Of all elements that have one, also those that are not among the items. */
  readonly ids: readonly string[];
  /** Of all elements. */
  readonly count: number;
  /** How many there are in all, as far as the peer says; null: it does not. */
  readonly total: number | null;
  /** The peer's own name of the next page, which the reader gives back as it is; null: there is none. */
  readonly next: string | null;
  /** The peer itself says that this is the last page; a total alone does not: some count the page. */
  readonly isLast: boolean;
  /** Why the page may not show what is there; null: nothing speaks against it. */
  readonly doubt: Cause | null;
};

/** How much of a list its reader saw in the end. `why` not: null when it is whole. */
export type ListSeen =
  | { readonly isWhole: true; readonly why: null }
  | { readonly isWhole: false; readonly why: Cause };

/** The code of a `rejected` page that is too large to be read: the reader asks for smaller ones. */
export const PAGE_TOO_LARGE = 'PAGE_TOO_LARGE';

type Peer = {
  /** Stable identity, e.g. `ne:http://10.0.0.5/tmf-api/…` or `ne:simulated`; written into every intent. */
  readonly identity: string;
  /** A worker calls it before it commits the intent. Sends nothing. Inside a write, `breakers` are those of its transaction. */
  readonly admit: (breakers?: BreakerTable) => Promise<Admission>;
};

/** The Network Elements, over TMF640. No method throws for what a peer does: a fault is an outcome. */
export type NetworkElement = Peer & {
  readonly create: (request: CreateService, sending: Sending) => Promise<Outcome<NeService>>;
  /** By service key. */
  readonly find: (key: string, sending: Sending) => Promise<LookUp<NeService>>;
  /** Reads a monitor: `accepted` while it runs. */
  readonly readMonitor: (monitor: string, key: string, sending: Sending) => Promise<Outcome<NeService>>;
  /**
   * Switches one service off, and never by its id alone: it is read first, its name compared, and changed only as it was
   * read (`If-Match` where the NE gives a strong ETag). Confirmed: terminated. `gone`: the NE does not know the id (404)
   * or was sent a DELETE; look up by key. `foreign`: the id is another's now, and nothing was changed.
   */
  readonly revert: (neId: string, ours: OurService, askToSend: AskToSend) => Promise<Reverted>;
  /** A read by the NE's own id. */
  readonly read: (neId: string, sending: Sending) => Promise<LookUp<NeService>>;
  /** Active services, for reconcile; those without a usable name have the key ''. */
  readonly inventory: (page: PageAsked, sending: Sending) => Promise<Outcome<ListPage<NeService>>>;
};

export type AppointmentStatus =
  | 'initialized'
  | 'confirmed'
  | 'cancelled'
  | 'completed'
  | 'failed'
  | 'unknown';

export type Appointment = {
  readonly appointmentId: string;
  readonly callKey: string | null;
  readonly status: AppointmentStatus;
  readonly slot: Slot;
  /** What the customer said, when the call is over without an agreement. */
  readonly answer: { readonly outcome: CallOutcome; readonly callbackAt: string | null } | null;
};

export type SlotSearch = { readonly orderId: string; readonly from: string; readonly to: string };

export type SlotOffer = { readonly taskId: string; readonly slots: readonly Slot[] };

/** What an appointment of that call is to be like. */
export type AppointmentChange = {
  readonly callKey: string;
  readonly slot: Slot;
  readonly status?: 'cancelled' | 'completed' | 'failed';
  readonly technicianId?: string;
};

export type CallRequest = {
  readonly orderId: string;
  readonly callKey: string;
  readonly via: CallVia;
  readonly slot: Slot;
  /** The arrival window that the customer is to be told; absent: the start of the slot. */
  readonly window?: Slot;
  readonly technicianId: string;
  /** Read from the vault when the call is sent. */
  readonly phone: string;
};

/** The TM desk, over TMF646. */
export type TmDesk = Peer & {
  /** `accepted`: the search runs, and is read by `monitor`, its task. */
  readonly searchSlots: (search: SlotSearch, sending: Sending) => Promise<Outcome<SlotOffer>>;
  /** A search that was accepted; `accepted` while it runs, `gone` when the desk knows no such task (any more). */
  readonly readSearch: (
    taskId: string,
    orderId: string,
    sending: Sending,
  ) => Promise<Outcome<SlotOffer> | { readonly kind: 'gone' }>;
  readonly call: (request: CallRequest, sending: Sending) => Promise<Outcome<Appointment>>;
  /** By call key. */
  readonly findCall: (callKey: string, sending: Sending) => Promise<LookUp<Appointment>>;
  /** What the desk keeps in one status, for reconcile. */
  readonly inventory: (
    status: 'initialized' | 'confirmed',
    page: PageAsked,
    sending: Sending,
  ) => Promise<Outcome<ListPage<Appointment>>>;
  readonly readAppointment: (appointmentId: string, sending: Sending) => Promise<LookUp<Appointment>>;
  /**
   * Changes one appointment, and never by its id alone: it is read first, its call key compared, and changed only as it was
   * read. Absolute: may be sent again freely. `gone`: the desk does not know the id; `foreign`: the id is another call's
   * now, and nothing was changed.
   */
  readonly changeAppointment: (
    appointmentId: string,
    change: AppointmentChange,
    askToSend: AskToSend,
  ) => Promise<
    | Outcome<Appointment>
    | { readonly kind: 'gone' }
    | { readonly kind: 'foreign'; readonly callKey: string | null }
  >;
};
