import { STAGES } from '../../core/rules/stage.ts';
import { LINE_COLUMNS } from '../../core/values/lines.ts';
import { defineCommand } from '../framework/parse/descriptor.ts';

export const orderList = defineCommand({
  path: 'order list',
  summary: 'find orders',
  details:
    'Everything that is asked for must hold. Names, phones and addresses are masked unless --show-pii is given. csv, ndjson and id print all that is found, the others the first 50.',
  flags: {
    stage: { type: 'list', choices: STAGES, placeholder: 'S,..', summary: 'in one of these stages' },
    open: { type: 'boolean', summary: 'only orders on which something is left to do' },
    late: {
      type: 'boolean',
      summary:
        'only orders that are too long in their stage, or whose visit is late or will be; the worst first',
    },
    inDoubt: {
      type: 'boolean',
      summary: 'only orders with a service of which nobody knows whether it is on',
    },
    area: { type: 'text', max: 60, summary: 'in this area' },
    technician: {
      type: 'technician',
      placeholder: 'ID',
      pick: 'technician',
      summary: 'visited by this technician',
    },
    text: { type: 'text', summary: 'with this in the id, key, name or phone number' },
    visitDate: { type: 'date', summary: 'with a visit on this day' },
    since: { type: 'time', summary: 'placed at or after this time' },
    until: { type: 'time', summary: 'placed before this time' },
    sort: {
      type: 'choice',
      choices: ['id', '-id', 'updated', '-updated', 'stageSince', 'visit', 'priority', 'nextCall', 'worst'],
      placeholder: 'F',
      summary: 'in this order (default: -id, with --late worst); - turns it round',
    },
    limit: { type: 'integer', min: 1, max: 10_000, summary: 'at most so many' },
    all: { type: 'boolean', summary: 'all that are found' },
    cursor: { type: 'text', max: 400, summary: 'go on behind this cursor (nextCursor of a list)' },
  },
  examples: [
    { line: 'order list --stage held,customer-pending --sort stageSince' },
    { line: 'order list --late' },
    { line: 'order list --text 5678', says: 'by the last digits of a phone number' },
  ],
  output: {
    kind: 'list',
    schema: 'oss.orders/1',
    fields: [
      'orderId',
      'key',
      'stage',
      'stageSince',
      'late.level',
      'priority',
      'customer.id',
      'customer.name',
      'customer.phone',
      'customer.address',
      'area',
      ...LINE_COLUMNS,
      'equipmentId',
      'visit.start',
      'visit.end',
      'visit.technicianId',
      'visit.status',
      'calls.attempts',
      'calls.nextAt',
      'outcome',
      'returnCode',
      'placedAt',
      'updatedAt',
      'version',
      'late.what',
      'late.dueAt',
      'late.expectedAt',
    ],
  },
  change: false,
});
