import { defineCommand } from '../framework/parse/descriptor.ts';

export const scheduleUnassign = defineCommand({
  path: 'schedule unassign',
  summary: 'free the time that is held for an order',
  details: 'Only what the customer has not agreed to yet: an agreed visit is moved, or ends with its order.',
  args: {
    id: {
      type: 'order-id',
      repeat: true,
      required: true,
      pick: 'order-proposed',
      summary: 'the order, or several',
    },
  },
  examples: [{ line: 'schedule unassign 42' }],
  output: {
    kind: 'list',
    schema: 'oss.results/1',
    fields: ['orderId', 'status', 'code', 'message'],
  },
  change: true,
});
