import type { ActivationEvent } from '../activation/events.ts';
import type { FieldworkEvent } from '../fieldwork/events.ts';
import type { OrderEvent } from '../order/events.ts';
import type { SchedulingEvent } from '../scheduling/events.ts';

/** Everything that can happen to an order. The four contexts share one stream, named by the order id. */
export type DomainEvent = OrderEvent | ActivationEvent | SchedulingEvent | FieldworkEvent;

export type EventType = DomainEvent['type'];

/** The event of one type, without its envelope. */
export type EventOf<T extends EventType> = Extract<DomainEvent, { type: T }>;

/** What is known of an event besides what happened. */
export type EnvelopeMeta = {
  /** Another one for each event, rising within the order; tells nothing of two orders: that does their place in the feed. */
  readonly position: number;
  /** `ORD-000042`: the stream, and the correlation id of everything. */
  readonly orderId: string;
  /** Dense within the order: 1, 2, 3 … */
  readonly version: number;
  /** UUIDv7. */
  readonly eventId: string;
  /** Version of the payload's shape. */
  readonly schema: number;
  /** UTC ISO 8601 with milliseconds. */
  readonly at: string;
  /** `role:name`. */
  readonly actor: string;
  /** The event that this one answers, if any. */
  readonly causationId: string | null;
  /** SHA-256 in hex over the order's previous hash and this event's canonical form. */
  readonly hash: string;
};

/** An event as it stands on the log. */
export type Envelope<E extends DomainEvent = DomainEvent> = E extends DomainEvent ? E & EnvelopeMeta : never;

/** An event that a decision produced and the store has yet to number. */
export type NewEvent = DomainEvent & { readonly causationId?: string };

/** Types whose shape has changed since they were first written, with the version that is written today. */
const CHANGED: Readonly<Partial<Record<EventType, number>>> = {
  ServiceInDoubt: 2,
  ServiceNotFound: 2,
  CallNotPlaced: 2,
};

/** The version of the shape that is written today; older ones are brought to it by `upcast`. */
export const schemaOf = (type: EventType): number => CHANGED[type] ?? 1;

/** What `append` stamps on every event of one write. */
export type WriteMeta = { readonly at: string; readonly actor: string };
