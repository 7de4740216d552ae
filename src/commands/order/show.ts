import { defineCommand } from '../framework/parse/descriptor.ts';

export const orderShow = defineCommand({
  path: 'order show',
  summary: 'everything about one order',
  details:
    'The view of those who work on it: services, calls, visit, holds, notes and what is due. Personal data is clear for customer service and those who run the place, for a technician on own visits, and else with --show-pii; a clear reading is audited.',
  args: { id: { type: 'order-id', required: true, pick: 'order', summary: 'the order' } },
  flags: { history: { type: 'boolean', summary: 'with everything that happened' } },
  examples: [{ line: 'order show 42' }, { line: 'order show 42 --history' }],
  output: { kind: 'object', schema: 'oss.order/1' },
  change: false,
});
