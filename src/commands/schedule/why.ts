import { defineCommand } from '../framework/parse/descriptor.ts';

export const scheduleWhy = defineCommand({
  path: 'schedule why',
  summary: 'why this technician goes there, or why nobody can',
  details:
    'The reasons stand on the log as they were when the visit was chosen. Beside them everybody is looked at as things are now: ' +
    'how they would do at that time, or which rules keep them from it. For an order that has no place: what blocks it, and ' +
    'what alone would place it.',
  args: { id: { type: 'order-id', required: true, pick: 'order', summary: 'the order' } },
  examples: [{ line: 'schedule why 42' }],
  output: { kind: 'object', schema: 'oss.visit-why/1' },
  change: false,
});
