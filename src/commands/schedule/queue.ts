import { LINE_COLUMNS } from '../../core/values/lines.ts';
import { defineCommand } from '../framework/parse/descriptor.ts';

export const scheduleQueue = defineCommand({
  path: 'schedule queue',
  summary: 'who waits for a call, the most urgent first',
  details:
    'First those whose agreed time nobody can keep, then by the call that is due first, by priority, and by age. ' +
    'The last column says how long an order may wait in its stage.',
  flags: {
    pending: { type: 'boolean', summary: 'customers who have to be reached first, instead' },
    area: { type: 'text', summary: 'only this area' },
    late: { type: 'boolean', summary: 'only those who have waited too long' },
    limit: {
      type: 'integer',
      min: 1,
      placeholder: 'N',
      summary: 'at most N (default 100; csv, ndjson, id: all)',
    },
    all: { type: 'boolean', summary: 'all of them' },
  },
  examples: [
    { line: 'schedule queue' },
    { line: 'schedule queue --pending', says: 'customers who could not be reached' },
    { line: 'schedule queue -o id', says: 'only the ids, e.g. for: schedule assign -' },
  ],
  output: {
    kind: 'list',
    schema: 'oss.schedule-queue/1',
    fields: [
      'orderId',
      'priority',
      'area',
      ...LINE_COLUMNS,
      'calls.nextAt',
      'calls.attempts',
      'calls.lastOutcome',
      'visit.technicianId',
      'visit.start',
      'stageSince',
      'late.level',
      'customer.name',
      'customer.phone',
    ],
  },
  change: false,
});
