import { defineCommand } from '../framework/parse/descriptor.ts';

export const neReconcile = defineCommand({
  path: 'ne reconcile',
  summary: "compare the NE's inventory with the log, both ways",
  details:
    'orphan: live in the NE and nobody wants it. unrecorded: live and wanted, but the log believes it off. duplicate: ' +
    'live more than once. drift: other values than were sent. ghost: on in the log and not in the NE. late-call: the desk ' +
    'placed a call that was believed never placed. stray-appointment: the desk keeps an appointment that nobody visits, ' +
    'such as a second one of a call. moved-by-desk, cancelled-by-desk: the desk changed an agreed visit without being ' +
    'asked. lost-appointment: the desk does not know the appointment of an agreed visit any more. Everybody may work meanwhile. Exit 1 when anything differs, with ' +
    '--fix when anything is left; 75 when not everything could be seen.\n\n' +
    'With --fix what can be set right is recorded as events and goes through the ordinary steps: an orphan is switched ' +
    'off, and a closed order it belongs to shows as cancelling or returning until that is proven. Nothing is ever made ' +
    'again: an order under way whose service the NE has lost is held, see fallout. When more services are to be switched ' +
    'off, or more are lost, than reconcile.maxShare of all, the list is more likely wrong than the network: that is asked ' +
    'first, or needs -y.\n\n' +
    'The worker compares by itself every reconcile.everyMinutes; --last shows what it left to people, without asking anybody.',
  flags: {
    fix: { type: 'boolean', summary: 'set right what can be set right' },
    last: { type: 'boolean', summary: 'what the last comparison left to people' },
  },
  examples: [{ line: 'ne reconcile' }, { line: 'ne reconcile --fix' }, { line: 'ne reconcile --last' }],
  output: {
    kind: 'list',
    schema: 'oss.findings/1',
    fields: ['kind', 'key', 'orderId', 'stage', 'neId', 'state', 'detail', 'since'],
  },
  change: false,
});
