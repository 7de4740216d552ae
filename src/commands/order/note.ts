import { defineCommand } from '../framework/parse/descriptor.ts';

export const orderNote = defineCommand({
  path: 'order note',
  summary: 'add a note to an order',
  args: { id: { type: 'order-id', required: true, pick: 'order', summary: 'the order' } },
  flags: { text: { type: 'lines', required: true, ask: 'The note', summary: 'the note' } },
  examples: [{ line: 'order note 42 --text "ring twice, the bell is weak"' }],
  output: { kind: 'object', schema: 'oss.order/1' },
  change: true,
});
