import { defineCommand } from '../framework/parse/descriptor.ts';

export const falloutShow = defineCommand({
  path: 'fallout show',
  summary: 'the holds of one order: what happened, what the network holds, what to do',
  args: { id: { type: 'order-id', required: true, pick: 'order-held', summary: 'the order' } },
  examples: [{ line: 'fallout show 42' }],
  output: { kind: 'object', schema: 'oss.fallout-order/1' },
  change: false,
});
