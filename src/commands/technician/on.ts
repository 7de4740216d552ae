import { defineCommand } from '../framework/parse/descriptor.ts';

export const technicianOn = defineCommand({
  path: 'technician on',
  summary: 'a technician works again on days that were off',
  details: 'Without --date: today. A technician who was not here any more is here again.',
  args: { id: { type: 'technician', required: true, pick: 'technician', summary: 'the technician' } },
  flags: { date: { type: 'dates', summary: 'the day, or the first and the last one (default today)' } },
  examples: [{ line: 'technician on T-03' }, { line: 'technician on T-03 --date 2026-12-30..2026-12-31' }],
  output: {
    kind: 'object',
    schema: 'oss.technician/1',
    fields: ['technicianId', 'name', 'phone', 'skills', 'areas', 'hours', 'daysOff', 'dailyLimit', 'active'],
  },
  change: true,
});
