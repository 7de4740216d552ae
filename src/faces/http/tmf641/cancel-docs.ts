import type { RouteDoc } from '../route.ts';
import { CANCEL_EXAMPLE } from './examples.ts';

const TAG = 'TMF641 Service Ordering v4';

const TASK = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    href: { type: 'string', format: 'uri' },
    state: { const: 'done' },
    cancellationReason: { type: 'string' },
    completionMessage: { type: 'string', description: 'only where it was denied' },
    serviceOrder: { type: 'object' },
  },
  required: ['id', 'href', 'state', 'serviceOrder'],
};

/** What the description of the API says of wishes to cancel. */
export const CANCEL_DOCS = {
  create: {
    tag: TAG,
    summary: 'wishes an order to be cancelled',
    details:
      'done means assessed: the order is pendingCancellation until the network is proven off. A wish that comes too late is done as well, with a completionMessage, and the order goes on.',
    headers: [{ name: 'Idempotency-Key', summary: 'the same key with the same content is the same wish' }],
    body: {
      schema: {
        type: 'object',
        properties: {
          cancellationReason: { type: 'string', description: 'a reason code, or any other words' },
          requestedCancellationDate: {
            type: 'string',
            format: 'date-time',
            description: 'not in the future',
          },
          serviceOrder: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
        },
        required: ['serviceOrder'],
      },
      example: CANCEL_EXAMPLE,
    },
    answers: {
      201: { summary: 'assessed', schema: TASK, headers: { Location: 'of the wish' } },
      404: { summary: 'there is no such order' },
      409: { summary: 'the key was used for another wish' },
    },
  },
  list: {
    tag: TAG,
    summary: 'the first wishes to cancel, oldest first',
    query: [
      { name: 'serviceOrder.id', summary: 'only those about this order' },
      { name: 'fields', summary: 'only these fields of each, comma separated, and the id' },
    ],
    answers: { 200: { summary: 'they', schema: { type: 'array', items: TASK } } },
  },
  read: {
    tag: TAG,
    summary: 'one wish to cancel',
    query: [{ name: 'fields', summary: 'only these fields, comma separated, and the id' }],
    answers: { 200: { summary: 'the wish', schema: TASK }, 404: { summary: 'there is none' } },
  },
} as const satisfies Readonly<Record<string, RouteDoc>>;
