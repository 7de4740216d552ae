import { canonicalJson } from '../values/canonical-json.ts';
import type { DomainEvent, EnvelopeMeta } from './events.ts';

/** An event with all that its hash covers: everything but its place in the log and the hash itself. */
export type HashedEvent = DomainEvent & Omit<EnvelopeMeta, 'position' | 'hash'>;

/**
 * The text whose SHA-256 (lower-case hex) is an event's `hash`: the hash before it in the same order ('' for the first)
 * and the event's canonical form. The position is left out, so that a log that is copied in another interleaving keeps
 * its hashes. Members that are not of the envelope do not count.
 */
export const hashInput = (previousHash: string, event: HashedEvent): string =>
  previousHash +
  canonicalJson({
    orderId: event.orderId,
    version: event.version,
    eventId: event.eventId,
    type: event.type,
    schema: event.schema,
    at: event.at,
    actor: event.actor,
    causationId: event.causationId,
    data: event.data,
  });
