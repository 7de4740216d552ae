import { type Envelope, type NewEvent, schemaOf } from '../../src/core/process/events.ts';
import { evolve, newProcess, type OrderProcess } from '../../src/core/process/process.ts';
import { iso, ms } from '../../src/core/time/iso.ts';

export const ORDER_ID = 'ORD-000042';

/** When the first event of a given order happened; each further one a second later. 10:00 in Seoul, a Tuesday. */
export const GIVEN_FROM = '2026-11-24T01:00:00.000Z';

/** A bare event, perhaps with a time of its own. */
export type GivenEvent = NewEvent & { readonly at?: string };

/** The event as the store would have numbered it. Its id is `e<version>`, so that an intent can be named. */
export const envelope = (event: GivenEvent, version: number): Envelope => ({
  ...event,
  orderId: ORDER_ID,
  position: version,
  version,
  eventId: `e${version}`,
  schema: schemaOf(event.type),
  at: event.at ?? iso(ms(GIVEN_FROM) + (version - 1) * 1000),
  actor: 'cs:kim',
  causationId: event.causationId ?? null,
  hash: '',
});

/** The order after more events. */
export const and = (process: OrderProcess, ...events: readonly GivenEvent[]): OrderProcess =>
  events.reduce((state, event) => evolve(state, envelope(event, state.version + 1)), process);

/** The order that these events make. */
export const given = (...events: readonly GivenEvent[]): OrderProcess => and(newProcess(ORDER_ID), ...events);

/** The bare events that a decider answered, by type. */
export const typesOf = (events: readonly NewEvent[]): readonly string[] => events.map(({ type }) => type);
