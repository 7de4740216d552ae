import { defineCommand } from '../framework/parse/descriptor.ts';

export const scheduleSlots = defineCommand({
  path: 'schedule slots',
  summary: 'when a visit fits best: the best time of each part of each day, and who goes there',
  details:
    'By the points that a plan is made by: the wish, the day, minutes of driving, even loads. With --top the best times one by ' +
    'one, and why.',
  args: { id: { type: 'order-id', required: true, pick: 'order', summary: 'the order' } },
  flags: {
    top: { type: 'integer', min: 1, max: 500, summary: 'so many of the best times one by one' },
    date: { type: 'date', summary: 'only this day' },
    prefer: { type: 'choice', choices: ['am', 'pm', 'evening'], summary: 'instead of what the order wishes' },
    technician: { type: 'technician', pick: 'technician', summary: 'only this technician' },
  },
  examples: [
    { line: 'schedule slots 42', says: 'the best of each part of each day' },
    { line: 'schedule slots 42 --date tomorrow --prefer pm --top 3' },
  ],
  output: {
    kind: 'list',
    schema: 'oss.slots/1',
    fields: [
      'start',
      'end',
      'date',
      'part',
      'technicianId',
      'technicianName',
      'travelMinutes',
      'score',
      'reasons',
    ],
  },
  change: false,
});
