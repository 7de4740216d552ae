import { defineCommand } from '../framework/parse/descriptor.ts';

export const fieldShow = defineCommand({
  path: 'field show',
  summary: 'one visit: where, whom to ring, what to bring, what happened before',
  args: { id: { type: 'order-id', required: true, pick: 'order', summary: 'the order' } },
  examples: [{ line: 'field show 42' }],
  output: { kind: 'object', schema: 'oss.visit/1' },
  change: false,
});
