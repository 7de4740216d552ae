import { defineCommand } from '../framework/parse/descriptor.ts';

export const technicianShow = defineCommand({
  path: 'technician show',
  summary: 'one technician, with the visits to come',
  args: { id: { type: 'technician', required: true, pick: 'technician', summary: 'the technician' } },
  flags: {
    days: { type: 'integer', min: 1, max: 90, default: 14, summary: 'how many days, from today on' },
  },
  examples: [{ line: 'technician show T-01' }],
  output: {
    kind: 'object',
    schema: 'oss.technician/1',
    fields: ['technicianId', 'name', 'phone', 'skills', 'areas', 'hours', 'daysOff', 'dailyLimit', 'active'],
  },
  change: false,
});
