import { readCause } from '../codes/cause.ts';
import { type EventType, schemaOf } from './events.ts';

type Payload = Readonly<Record<string, unknown>>;

/** Schema 1 has the cause in English words. */
const causeInWords = (data: Payload): Payload =>
  data.cause === undefined ? data : { ...data, cause: readCause(data.cause) };

/** What makes a payload of the schema before into one of that schema, by type; the first makes schema 2. */
const UPCASTS: Readonly<Partial<Record<EventType, readonly ((data: Payload) => Payload)[]>>> = {
  ServiceInDoubt: [causeInWords],
  ServiceNotFound: [causeInWords],
  CallNotPlaced: [causeInWords],
};

/** Whether this program knows that shape of the type. */
export const isKnownSchema = (type: EventType, schema: number): boolean =>
  schema >= 1 && schema <= schemaOf(type);

/** A stored payload in the shape of today. The stored bytes, and with them the hash, stay as they are. */
export const upcast = (type: EventType, schema: number, data: object): object =>
  schema === schemaOf(type)
    ? data
    : (UPCASTS[type] ?? []).slice(schema - 1).reduce((older, next) => next(older), data as Payload);
