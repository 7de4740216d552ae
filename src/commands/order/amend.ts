import { defineCommand } from '../framework/parse/descriptor.ts';

export const orderAmend = defineCommand({
  path: 'order amend',
  summary: 'change the lines or the contact data of an order',
  details:
    'Lines may change until the technician is on site; services are switched on and off accordingly. Name and phone go to every open order of the customer, the address to this one.',
  args: { id: { type: 'order-id', required: true, pick: 'order', summary: 'the order' } },
  flags: {
    internet: { type: 'integer', min: 0, summary: 'how many Internet lines from now on' },
    tv: { type: 'integer', min: 0, summary: 'how many TV lines from now on' },
    name: { type: 'name', summary: 'name of the customer' },
    phone: { type: 'phone', summary: 'phone number of the customer' },
    address: { type: 'text', summary: 'where the lines are installed' },
    area: { type: 'text', max: 60, summary: 'area of the address (default: read from it)' },
  },
  examples: [{ line: 'order amend 42 --tv 2' }, { line: 'order amend 42 --phone 010-9876-5432' }],
  output: { kind: 'object', schema: 'oss.order/1' },
  change: true,
  batch: { op: 'order.amend' },
});
