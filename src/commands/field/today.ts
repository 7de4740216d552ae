import { LINE_COLUMNS } from '../../core/values/lines.ts';
import { defineCommand } from '../framework/parse/descriptor.ts';

export const fieldToday = defineCommand({
  path: 'field today',
  summary: 'the visits of a day',
  details:
    'A technician sees their own visits, with names and phone numbers; others see the visits of all technicians, masked. Visits of earlier days without a result come first.',
  flags: {
    technician: {
      type: 'technician',
      pick: 'technician',
      summary: 'of this technician (default: your own, else all)',
    },
    date: { type: 'date', summary: 'of this day (default: today)' },
  },
  examples: [
    { line: 'field today --actor technician:T-01' },
    { line: 'field today --technician T-01 --date tomorrow' },
  ],
  output: {
    kind: 'list',
    schema: 'oss.visits/1',
    fields: [
      'orderId',
      'start',
      'end',
      'stage',
      'technicianId',
      'customer.name',
      'customer.phone',
      'customer.address',
      'area',
      ...LINE_COLUMNS,
      'overdue',
      'expectedStart',
    ],
  },
  change: false,
});
