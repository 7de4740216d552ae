import type { Schema } from '../openapi/schema.ts';
import type { RouteDoc } from '../route.ts';
import { ORDER_EXAMPLE, PATCH_EXAMPLE } from './examples.ts';
import { CUSTOMER_ROLE, PLACE_ROLE, SPECIFICATIONS } from './profile.ts';

const TAG = 'TMF641 Service Ordering v4';

const TEXT: Schema = { type: 'string' };
const MOMENT: Schema = { type: 'string', format: 'date-time' };
const PRIORITY: Schema = { type: 'string', enum: ['0', '1', '2', '3', '4'] };

const listOf = (items: Schema, more: Schema = {}): Schema => ({ type: 'array', minItems: 1, items, ...more });

const objectOf = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});

const ITEM = (actions: readonly string[]): Schema =>
  objectOf(
    {
      id: TEXT,
      action: { type: 'string', enum: actions },
      quantity: { type: 'integer', minimum: 1, description: 'so many lines; default 1' },
      service: objectOf(
        {
          serviceSpecification: objectOf({ id: { type: 'string', enum: SPECIFICATIONS } }, ['id']),
          place: listOf(objectOf({ role: { const: PLACE_ROLE }, name: TEXT }, ['role', 'name']), {
            maxItems: 1,
            description: 'the address in one line, in at least one item, and the same in all that have it',
          }),
          serviceCharacteristic: listOf(
            objectOf({ name: { const: 'area' }, value: TEXT }, ['name', 'value']),
            {
              maxItems: 1,
              description: 'the area of the address, where it cannot be read from it',
            },
          ),
        },
        ['serviceSpecification'],
      ),
    },
    ['id', 'action', 'service'],
  );

const CREATE: Schema = objectOf(
  {
    externalId: { type: 'string', description: 'unique among the orders of one client' },
    category: TEXT,
    description: TEXT,
    priority: PRIORITY,
    requestedStartDate: { ...MOMENT, description: 'no visit before that day' },
    requestedCompletionDate: { ...MOMENT, description: 'kept, and promised nothing by' },
    note: listOf(objectOf({ text: TEXT }, ['text'])),
    relatedParty: listOf(
      objectOf({
        id: { type: 'string', description: 'of a known customer (CUS-000001), else any' },
        role: { const: CUSTOMER_ROLE },
        name: TEXT,
        contactMedium: listOf(
          objectOf({ mediumType: { const: 'phone' }, characteristic: objectOf({ phoneNumber: TEXT }) }),
        ),
      }),
      { maxItems: 1 },
    ),
    serviceOrderItem: listOf(ITEM(['add'])),
  },
  ['relatedParty', 'serviceOrderItem'],
);

const PATCH: Schema = objectOf({
  description: { type: ['string', 'null'] },
  priority: { ...PRIORITY, type: ['string', 'null'], enum: ['0', '1', '2', '3', '4', null] },
  requestedStartDate: { ...MOMENT, type: ['string', 'null'] },
  requestedCompletionDate: { ...MOMENT, type: ['string', 'null'] },
  note: listOf(objectOf({ id: TEXT, text: TEXT }, ['text'])),
  serviceOrderItem: listOf(ITEM(['add', 'noChange'])),
});

const ORDER: Schema = objectOf(
  {
    id: TEXT,
    href: { type: 'string', format: 'uri' },
    state: TEXT,
    orderDate: MOMENT,
    serviceOrderItem: { type: 'array' },
  },
  ['id', 'href', 'state', 'orderDate', 'serviceOrderItem'],
);

const ETAG = { ETag: 'the version of the order, for If-Match' };
const KEY = { name: 'Idempotency-Key', summary: 'the same key with the same content is the same request' };

/** What the description of the API says of orders. */
export const SERVICE_ORDER_DOCS = {
  create: {
    tag: TAG,
    summary: 'places an order',
    details: 'Answered only once it is durable. Needs neither the network nor the desk.',
    headers: [KEY],
    body: { schema: CREATE, example: ORDER_EXAMPLE },
    answers: {
      200: { summary: 'this very order was placed before', schema: ORDER, headers: ETAG },
      201: { summary: 'the order is placed', schema: ORDER, headers: { ...ETAG, Location: 'of the order' } },
      404: { summary: 'there is no such customer' },
      409: { summary: 'the externalId, the key, or phone and address are those of another order' },
      422: { summary: 'no such order is possible' },
    },
  },
  list: {
    tag: TAG,
    summary: 'finds orders, oldest first, masked',
    answers: {
      200: {
        summary: 'all that fit',
        schema: { type: 'array', items: { type: 'object' } },
        headers: { 'X-Total-Count': 'how many fit' },
      },
      206: {
        summary: 'a page of them',
        schema: { type: 'array', items: { type: 'object' } },
        headers: {
          'X-Total-Count': 'how many fit',
          'Content-Range': 'items first-last/total',
          Link: 'of the next page, rel="next"',
        },
      },
    },
  },
  read: {
    tag: TAG,
    summary: 'one order',
    query: [{ name: 'fields', summary: 'only these fields, comma separated, and the id' }],
    answers: {
      200: { summary: 'the order', schema: ORDER, headers: ETAG },
      404: { summary: 'there is none' },
    },
  },
  patch: {
    tag: TAG,
    summary: 'changes an order while that is possible',
    details:
      'A merge patch (RFC 7386): null takes back, and a list of items is all of them. Notes are only added.',
    headers: [KEY, { name: 'If-Match', summary: 'only this version of the order' }],
    body: { schema: PATCH, example: PATCH_EXAMPLE },
    answers: {
      200: { summary: 'the order as it is now', schema: ORDER, headers: ETAG },
      404: { summary: 'there is none' },
      409: { summary: 'too late for that, or it is another version' },
      422: { summary: 'no such order is possible' },
    },
  },
} as const satisfies Readonly<Record<string, RouteDoc>>;
