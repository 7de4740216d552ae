import { hash } from 'node:crypto';
import type { EventProblem } from '../../../core/ports/maintenance.ts';
import type { Envelope, EventType } from '../../../core/process/events.ts';
import { isKnownSchema, upcast } from '../../../core/process/upcast.ts';
import { quoted } from '../../../core/values/canonical-json.ts';

/** A row of the table `events`. */
export type EventRow = {
  readonly position: number;
  readonly order_id: string;
  readonly version: number;
  readonly event_id: string;
  readonly type: string;
  readonly schema: number;
  readonly data: string;
  readonly at: string;
  readonly actor: string;
  readonly causation_id: string | null;
  readonly hash: string;
};

/** The columns in the order of `EventTuple`. */
export const EVENT_COLUMNS = [
  'position',
  'order_id',
  'version',
  'event_id',
  'type',
  'schema',
  'data',
  'at',
  'actor',
  'causation_id',
  'hash',
] as const satisfies readonly (keyof EventRow)[];

/** A row as SQLite gives it fastest: its values alone, in the order of `EVENT_COLUMNS`. */
export type EventTuple = readonly [
  position: number,
  orderId: string,
  version: number,
  eventId: string,
  type: string,
  schema: number,
  data: string,
  at: string,
  actor: string,
  causationId: string | null,
  hash: string,
];

/** By index: taking an array apart by a pattern walks an iterator. */
export const rowOfTuple = (values: EventTuple): EventRow => ({
  position: values[0],
  order_id: values[1],
  version: values[2],
  event_id: values[3],
  type: values[4],
  schema: values[5],
  data: values[6],
  at: values[7],
  actor: values[8],
  causation_id: values[9],
  hash: values[10],
});

/** Every event there is; the compiler holds it complete. */
const KNOWN: Readonly<Record<EventType, true>> = {
  OrderPlaced: true,
  OrderAmended: true,
  ContactChanged: true,
  NoteAdded: true,
  TermsChanged: true,
  CancellationAssessed: true,
  OrderCancelled: true,
  OrderHeld: true,
  HoldReleased: true,
  OrderClosed: true,
  ActivationStarted: true,
  ServiceRequested: true,
  ServiceActivated: true,
  ServiceFound: true,
  ServiceRejected: true,
  ServiceInDoubt: true,
  ServiceNotFound: true,
  ServiceNotSeen: true,
  ServiceDisowned: true,
  ActivationCompleted: true,
  RevertRequested: true,
  ServiceReverted: true,
  DuplicatesReverted: true,
  RevertRejected: true,
  ServiceWaived: true,
  HistoryMayBeLost: true,
  ActivationCancelled: true,
  ActivationReverted: true,
  SlotSearchStarted: true,
  SchedulingRequested: true,
  VisitProposed: true,
  VisitReleased: true,
  CallRequested: true,
  CallInDoubt: true,
  CustomerCalled: true,
  CallNotPlaced: true,
  CallNotSeen: true,
  MoveRequested: true,
  MoveRejected: true,
  Scheduled: true,
  VisitRetimed: true,
  AppointmentFound: true,
  AppointmentMovedByDesk: true,
  AppointmentCancelledByDesk: true,
  AppointmentWaived: true,
  AppointmentClosed: true,
  ScheduleCancelled: true,
  FieldWorkDispatched: true,
  FieldWorkRecalled: true,
  FieldWorkStarted: true,
  FieldWorkCompleted: true,
  FieldResultCorrected: true,
  VisitNotDone: true,
  FieldWorkFailed: true,
};

const isKnownType = (type: string): type is EventType => Object.hasOwn(KNOWN, type);

export type ReadRow =
  | { readonly ok: true; readonly event: Envelope }
  | { readonly ok: false; readonly problem: EventProblem };

const parseData = (text: string): object | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
};

/** The event of a row whose type, schema and payload are known to be good. */
const envelopeOf = (row: EventRow, data: object): Envelope => {
  const event = {
    position: row.position,
    orderId: row.order_id,
    version: row.version,
    eventId: row.event_id,
    type: row.type,
    schema: row.schema,
    data,
    at: row.at,
    actor: row.actor,
    causationId: row.causation_id,
    hash: row.hash,
  };
  // Which payload goes with which type is vouched for by the hash.
  return event as Envelope;
};

const payloadOf = (row: EventRow): object | EventProblem => {
  if (!isKnownType(row.type)) return 'unknown-type';
  if (!isKnownSchema(row.type, row.schema)) return 'unknown-schema';
  const data = parseData(row.data);
  return data === null ? 'data' : upcast(row.type, row.schema, data);
};

/** A row as an event. The payload's shape is vouched for by its type, its schema and its hash. */
export const readRow = (row: EventRow): ReadRow => {
  const data = payloadOf(row);
  return typeof data === 'string' ? { ok: false, problem: data } : { ok: true, event: envelopeOf(row, data) };
};

/** Why `readRow` cannot read a row; null: it can. */
export const unreadable = (row: EventRow): EventProblem | null => {
  const data = payloadOf(row);
  return typeof data === 'string' ? data : null;
};

/**
 * The same text as `hashInput` of the core makes (a test holds them equal), from the stored canonical payload as it is:
 * so the hash covers the very bytes, and verifying needs no second canonical form.
 */
const hashedText = (previousHash: string, row: Omit<EventRow, 'position' | 'hash'>): string =>
  `${previousHash}{"actor":${quoted(row.actor)},"at":${quoted(row.at)},"causationId":${
    row.causation_id === null ? 'null' : quoted(row.causation_id)
  },"data":${row.data},"eventId":${quoted(row.event_id)},"orderId":${quoted(row.order_id)},"schema":${
    row.schema
  },"type":${quoted(row.type)},"version":${row.version}}`;

export const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** SHA-256 in hex over the order's previous hash ('' for the first) and the event's canonical form. */
export const hashOfRow = (previousHash: string, row: Omit<EventRow, 'position' | 'hash'>): string =>
  sha256(hashedText(previousHash, row));
