import { defineCommand } from '../framework/parse/descriptor.ts';

export const scheduleCall = defineCommand({
  path: 'schedule call',
  summary: 'phone the customer for what is held, or record a call that you made',
  details:
    'Without --outcome the desk phones for the visit that is held; when nothing is held, the best one is held first. ' +
    'One order is phoned at once, whatever the hour; several are left to the worker and the calling hours.\n\n' +
    'With --outcome nobody is phoned: it records what the customer said to you. Exit codes as in schedule assign; what ' +
    'was recorded is 0.',
  args: {
    id: {
      type: 'order-id',
      repeat: true,
      required: true,
      pick: 'order-at-desk',
      summary: 'the order, or several',
    },
  },
  flags: {
    outcome: {
      type: 'choice',
      choices: ['AGREED', 'NO_ANSWER', 'BUSY', 'CALLBACK', 'REFUSED', 'WRONG_NUMBER'],
      summary: 'what the customer said: AGREED, NO_ANSWER, BUSY, CALLBACK, REFUSED or WRONG_NUMBER',
    },
    at: { type: 'time', summary: 'with AGREED: another time than the held one; with CALLBACK: when to call' },
    note: { type: 'lines', summary: 'what else was said' },
  },
  examples: [
    { line: 'schedule call 42' },
    { line: 'schedule call 42 --outcome NO_ANSWER' },
    { line: 'schedule call 42 --outcome CALLBACK --at "tomorrow 10:00"' },
    { line: 'schedule call 42 --outcome AGREED --at "wed 14:00" --note "side entrance"' },
  ],
  output: {
    kind: 'list',
    schema: 'oss.results/1',
    fields: ['orderId', 'status', 'code', 'message'],
  },
  change: true,
});
