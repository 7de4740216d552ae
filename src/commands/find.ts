import { LINE_COLUMNS } from '../core/values/lines.ts';
import { defineCommand } from './framework/parse/descriptor.ts';

export const find = defineCommand({
  path: 'find',
  summary: 'find orders by whatever you have',
  details:
    'An order number, a phone number in any form or its last four digits, a name or its initial consonants, a key, a serial, the id of ' +
    'equipment, a customer id, part of an address. Open orders come first. `oss 42` and `oss 010-1234-5678` do the same. What is ' +
    'found is masked, and every search is in the audit log; addresses are looked through only for those who may see customers. ' +
    'Exit 3 when nothing is found.',
  args: {
    text: { type: 'text', required: true, repeat: true, placeholder: 'what', summary: 'what you have' },
  },
  flags: { limit: { type: 'integer', min: 1, max: 1000, summary: 'at most so many (default 20)' } },
  examples: [
    { line: 'find 010-1234-5678' },
    { line: 'find 5678', says: 'the last four digits of a phone number, or order 5678' },
    { line: 'find ㅎㄱㄷ', says: 'by initial consonants' },
    { line: 'find HWTC12345678', says: 'where this ONT stands' },
  ],
  output: {
    kind: 'list',
    schema: 'oss.found/1',
    fields: [
      'orderId',
      'by',
      'stage',
      'open',
      'customer.id',
      'customer.name',
      'customer.phone',
      'customer.address',
      'area',
      ...LINE_COLUMNS,
      'visit.start',
      'visit.technicianId',
      'placedAt',
    ],
  },
  change: false,
});
