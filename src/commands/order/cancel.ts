import { defineCommand } from '../framework/parse/descriptor.ts';

export const orderCancel = defineCommand({
  path: 'order cancel',
  summary: 'cancel orders, and undo what was done for them',
  details:
    'Possible until the order is completed. It is final as soon as the command answers; switching off, recalling and cancelling the visit follow, now or by `oss worker`, however long that takes.',
  args: {
    id: { type: 'order-id', required: true, repeat: true, pick: 'order', summary: 'the order, or several' },
  },
  flags: {
    code: {
      type: 'text',
      max: 60,
      required: true,
      placeholder: 'CODE',
      pick: 'cancel-code',
      summary: 'why; see `oss help reason-codes`',
    },
    note: { type: 'lines', summary: 'the reason in words' },
  },
  examples: [
    { line: 'order cancel 42 --code CUSTOMER_CHANGED_MIND' },
    { line: 'order cancel 42 --code TEST --dry-run', says: 'shows what would be undone' },
    { line: 'order list --stage held -o id | oss order cancel - --code NETWORK_ISSUE -y' },
  ],
  output: { kind: 'list', schema: 'oss.results/1', fields: ['orderId', 'status', 'code', 'message'] },
  change: true,
  batch: { op: 'order.cancel' },
});
