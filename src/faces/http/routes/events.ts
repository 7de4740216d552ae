import {
  type CloudEvent,
  cloudEvent,
  FEED_LIMITS,
  type FeedAsked,
  readCursor,
  readFeed,
  readTypes,
} from '../../../core/app/orders/feed.ts';
import { cursorText } from '../../../core/ports/cursor.ts';
import { Refusal } from '../../../core/rules/refusal.ts';
import { parseCount } from '../../../core/values/counts.ts';
import { streamEvents } from '../feed/stream-events.ts';
import { HttpFault } from '../http-fault.ts';
import { typeAsked } from '../negotiate.ts';
import type { Schema } from '../openapi/schema.ts';
import type { Answer, Call, Route } from '../route.ts';

const BATCH = 'application/cloudevents-batch+json';
const STREAM = 'text/event-stream';

export const CLOUD_EVENT: Schema = {
  type: 'object',
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', description: 'the same whenever the event is told again' },
    source: { type: 'string', format: 'uri', description: 'the database' },
    type: { type: 'string', description: 'oss. and the type, as oss events lists them' },
    subject: { type: 'string', description: 'the id of the order' },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    dataversion: { type: 'integer', description: 'version of the shape of data' },
    orderversion: { type: 'integer', description: 'number within the order, from 1' },
    cursor: { type: 'string', description: 'its place in the feed' },
    data: { type: 'object', description: 'without personal data' },
  },
  required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'cursor', 'data'],
};

const EXAMPLE: CloudEvent = {
  specversion: '1.0',
  id: '019ab3d2-7c00-7000-8000-000000000001',
  source: 'urn:oss:5f0c3a9b1d2e4f60718293a4',
  type: 'oss.OrderCancelled',
  subject: 'ORD-000042',
  time: '2026-11-24T05:00:00.000Z',
  datacontenttype: 'application/json',
  dataversion: 1,
  orderversion: 7,
  cursor: '1:97',
  data: { code: 'CUSTOMER_CHANGED_MIND' },
};

/** `limit` of the query. Throws Refusal BAD_VALUE. */
const readLimit = (text: string | null): number => {
  if (text === null) return FEED_LIMITS.usual;
  const limit = parseCount(text, { min: 1, max: FEED_LIMITS.most });
  if (limit !== null) return limit;
  const expected = { code: 'WHOLE_NUMBER', min: 1, max: FEED_LIMITS.most, unit: 'none' } as const;
  throw new Refusal('BAD_VALUE', { flag: 'limit', value: text, expected });
};

const readAsked = ({ query, header }: Call): FeedAsked => {
  // A reader that comes back says where it was; what the address says is where it began.
  const last = header('last-event-id');
  const after =
    last === undefined ? readCursor(query.get('after') ?? '', 'after') : readCursor(last, 'Last-Event-ID');
  const types = query.get('types');
  return {
    after,
    limit: readLimit(query.get('limit')),
    types: types === null ? undefined : readTypes(types, 'types'),
  };
};

const handle = async (call: Call): Promise<Answer> => {
  const { source } = call.house.feed;
  const type = typeAsked(call.header('accept'), [BATCH, STREAM, 'application/json']);
  if (type === null) throw new HttpFault({ code: 'NOT_ACCEPTABLE', offered: [BATCH, STREAM] });
  const asked = readAsked(call);
  const page = await readFeed(call.deps(), type === STREAM ? { ...asked, limit: 1 } : asked);
  if (type === STREAM) return streamEvents(call, asked);
  const next = page.at(-1)?.cursor ?? asked.after;
  return {
    kind: 'json',
    status: 200,
    value: page.map((event) => cloudEvent(event, source)),
    headers: { 'content-type': `${type}; charset=utf-8`, 'next-cursor': cursorText(next) },
  };
};

/** What happened to all orders, from the first day on: a page at a time, or as it happens. */
export const EVENTS: Route = {
  method: 'GET',
  path: '/events',
  may: 'events feed',
  errors: 'problem',
  weight: 'read',
  doc: {
    tag: 'events',
    summary: 'what happened to all orders, in the order in which it was committed',
    details:
      'With Accept: text/event-stream as it happens: the id of each is its cursor, a comment comes every 15 seconds, an event `end` before ' +
      'the server ends; a reader that comes back with Last-Event-ID misses nothing. A reader that is 64 KiB behind is cut.',
    query: [
      { name: 'after', summary: 'only what came behind this cursor; empty: from the beginning' },
      {
        name: 'limit',
        summary: 'at most so many',
        schema: { type: 'integer', minimum: 1, maximum: FEED_LIMITS.most, default: FEED_LIMITS.usual },
      },
      { name: 'types', summary: 'only these, separated by commas' },
    ],
    headers: [{ name: 'Last-Event-ID', summary: 'goes before after' }],
    answers: {
      200: {
        summary: 'CloudEvents 1.0, as a batch or as a stream',
        type: BATCH,
        schema: { type: 'array', items: CLOUD_EVENT },
        example: [EXAMPLE],
        headers: { 'Next-Cursor': 'what to ask after next' },
      },
      406: { summary: 'none of the types in Accept' },
    },
  },
  handle,
};
