import { CONTEXT_OF } from '../core/process/context-of.ts';
import { defineCommand } from './framework/parse/descriptor.ts';

export const events = defineCommand({
  path: 'events',
  summary: 'what happened, as it stands on the log',
  details:
    'With an id: the story of that order. Without: what happened last, to all orders. The log is never changed, and holds no personal data.',
  args: { id: { type: 'order-id', pick: 'order', summary: 'the order' } },
  flags: {
    follow: { type: 'boolean', short: 'f', summary: 'go on with what happens from now on' },
    type: {
      type: 'list',
      choices: Object.keys(CONTEXT_OF),
      placeholder: 'T,..',
      summary: 'only events of these types',
    },
    after: {
      type: 'text',
      placeholder: 'CURSOR',
      summary: 'only what came after the event with this cursor, e.g. 1:42',
    },
    limit: { type: 'integer', min: 1, summary: 'at most so many events' },
  },
  examples: [
    { line: 'events 42' },
    { line: 'events --follow --type OrderPlaced,OrderCancelled -o ndjson' },
    { line: 'events --after 0 -o ndjson', says: 'the whole log' },
    { line: 'events --follow -o cloudevents', says: 'as GET /events tells them' },
  ],
  output: {
    kind: 'list',
    schema: 'oss.events/1',
    cloudEvents: true,
    fields: [
      'position',
      'orderId',
      'version',
      'type',
      'at',
      'actor',
      'eventId',
      'causationId',
      'data',
      'cursor',
    ],
  },
  change: false,
});
