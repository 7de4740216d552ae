import { defineCommand } from '../framework/parse/descriptor.ts';

export const scheduleBoard = defineCommand({
  path: 'schedule board',
  summary: 'the day by technician: visits, free time, and who waits beside it',
  flags: {
    date: { type: 'date', summary: 'the day (default today)' },
    area: { type: 'text', summary: 'only who serves this area' },
    watch: { type: 'boolean', summary: 'follow it: redrawn when something changes (on a terminal)' },
  },
  examples: [
    { line: 'schedule board' },
    { line: 'schedule board --date tomorrow' },
    { line: 'schedule board --watch' },
  ],
  output: {
    kind: 'list',
    schema: 'oss.board/1',
    fields: ['technicianId', 'name', 'areas', 'working.start', 'working.end', 'dailyLimit', 'visits', 'free'],
  },
  change: false,
});
