import { defineCommand } from '../framework/parse/descriptor.ts';

export const scheduleSlots = defineCommand({
  path: 'schedule slots',
  summary: 'the best times for a visit, with who goes there and why',
  args: { id: { type: 'order-id', required: true, pick: 'order', summary: 'the order' } },
  flags: {
    top: { type: 'integer', min: 1, max: 500, default: 5, summary: 'how many' },
    date: { type: 'date', summary: 'only this day' },
    prefer: { type: 'choice', choices: ['am', 'pm', 'evening'], summary: 'instead of what the order wishes' },
    technician: { type: 'id', pick: 'technician', summary: 'only this technician' },
  },
  examples: [
    { line: 'schedule slots 42' },
    { line: 'schedule slots 42 --date tomorrow --prefer pm --top 3' },
  ],
  output: {
    kind: 'list',
    schema: 'oss.slots/1',
    fields: ['start', 'end', 'technicianId', 'technicianName', 'score', 'reasons'],
  },
  change: false,
});
