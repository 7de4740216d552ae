import { defineCommand } from '../framework/parse/descriptor.ts';

export const technicianOff = defineCommand({
  path: 'technician off',
  summary: 'days on which a technician does not work; their visits go to others',
  details:
    'Nothing more is planned on those days, and what stands there goes to others at the same time, so no customer is ' +
    'phoned; who was dispatched already is recalled. What nobody else can take stays, is listed, and the exit code is 7.',
  args: { id: { type: 'technician', required: true, pick: 'technician', summary: 'the technician' } },
  flags: {
    date: { type: 'dates', summary: 'the day, or the first and the last one (default today)' },
    reassign: {
      type: 'technician',
      default: 'auto',
      pick: 'technician',
      placeholder: 'auto|ID|none',
      summary: 'who takes the visits: the best other ones (default), this one, or nobody',
    },
  },
  examples: [
    { line: 'technician off T-03', says: 'ill today: the visits go to others' },
    {
      line: 'technician off T-03 --date 2026-12-24..2026-12-31 --reassign none',
      says: 'only lists the visits',
    },
  ],
  output: {
    kind: 'list',
    schema: 'oss.technician-off/1',
    fields: ['orderId', 'start', 'end', 'kind', 'status', 'technicianId', 'code', 'message'],
  },
  change: true,
});
