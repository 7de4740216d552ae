import { defineCommand } from '../framework/parse/descriptor.ts';

export const customerShow = defineCommand({
  path: 'customer show',
  summary: 'one customer with all orders',
  args: { id: { type: 'id', required: true, pick: 'customer', summary: 'the customer' } },
  examples: [{ line: 'customer show CUS-000042' }],
  output: { kind: 'object', schema: 'oss.customer/1' },
  change: false,
});
