import { defineCommand } from '../framework/parse/descriptor.ts';

export const customerErase = defineCommand({
  path: 'customer erase',
  summary: 'remove name, phone, addresses and texts of a customer for ever',
  details:
    'The log never held them and stays whole: the orders are still there, of nobody. Older backups still hold them. ' +
    'Refused while an order is open. It is recorded with the reason.',
  args: { id: { type: 'id', required: true, pick: 'customer', summary: 'the customer' } },
  flags: {
    reason: { type: 'lines', required: true, ask: 'Why', summary: 'why, e.g. the number of the request' },
  },
  examples: [{ line: 'customer erase CUS-000042 --reason "request 2026-118"' }],
  output: { kind: 'object', schema: 'oss.customer/1' },
  change: false,
});
