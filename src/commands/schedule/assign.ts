import { defineCommand } from '../framework/parse/descriptor.ts';

export const scheduleAssign = defineCommand({
  path: 'schedule assign',
  summary: "hold a technician's time for an order and phone the customer",
  details:
    'One order is held and its customer phoned at once, whatever the hour; several are only held, and the worker phones ' +
    'within the calling hours. Without --technician and --at the best visit is chosen, and what is held already stands. On a terminal the best times are shown to choose from, and then it asks whether ' +
    'to phone now, only to hold it, or whether the customer has agreed; -y takes the best one and phones.\n\n' +
    'Exit codes: 0 the visit is confirmed (or held, with --no-call); 8 the customer answered something else, or not yet; ' +
    '75 the desk cannot be reached: the hold stays and the worker goes on; 4 the slot is taken, with the next free ones.',
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
    technician: {
      type: 'technician',
      placeholder: 'ID|auto',
      pick: 'technician',
      summary: 'who goes there (default auto: the best one)',
    },
    at: { type: 'time-or-next', summary: 'when the visit begins (default next: the best time)' },
    prefer: { type: 'choice', choices: ['am', 'pm', 'evening'], summary: 'instead of what the order wishes' },
    agreed: { type: 'boolean', summary: 'the customer has agreed already: book without phoning' },
    noCall: { type: 'boolean', summary: 'only hold: the worker phones within the calling hours' },
    force: { type: 'boolean', summary: 'although it breaks a rule; needs --reason' },
    reason: { type: 'lines', summary: 'why a rule is broken; kept with the order' },
  },
  examples: [
    { line: 'schedule assign 42', says: 'the best technician and time; phones at once' },
    { line: 'schedule assign 42 --technician T-03 --at "tomorrow 14:00"' },
    { line: 'schedule assign 42 --at "tomorrow 14:00" --agreed', says: 'the customer has agreed: no call' },
    { line: 'schedule assign 42 43 44', says: 'hold the best visit for each; the worker phones' },
  ],
  output: {
    kind: 'list',
    schema: 'oss.results/1',
    fields: ['orderId', 'status', 'code', 'message'],
  },
  change: true,
  batch: { op: 'schedule.assign' },
});
