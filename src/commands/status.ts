import { STAGES } from '../core/rules/stage.ts';
import { defineCommand } from './framework/parse/descriptor.ts';

export const status = defineCommand({
  path: 'status',
  summary: 'how far an order is, or how everything stands',
  details:
    'Without an id: orders by stage, what is late, held or in doubt, the breakers and workers, and the open orders. `--watch` shows every change until the order is closed, or has come to the stage of --until.',
  args: { id: { type: 'order-id', repeat: true, pick: 'order', summary: 'the order, or several' } },
  flags: {
    watch: { type: 'boolean', short: 'w', summary: 'go on and show every change' },
    until: {
      type: 'choice',
      choices: STAGES,
      placeholder: 'STAGE',
      summary: 'watch until the order has come to this stage',
    },
    timeout: { type: 'duration', summary: 'watch no longer than D (then exit 8)' },
    limit: { type: 'integer', min: 1, max: 1000, summary: 'how many open orders the overview lists' },
  },
  examples: [
    { line: 'status 42' },
    { line: 'status', says: 'everything at a glance' },
    { line: 'status 42 --watch --until completed --timeout 1h' },
  ],
  output: { kind: 'object', schema: 'oss.order/1', many: 'oss.orders/1' },
  change: false,
});
