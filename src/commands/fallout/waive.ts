import { HOLD_STEPS } from '../../core/views/fallout.ts';
import { defineCommand } from '../framework/parse/descriptor.ts';

export const falloutWaive = defineCommand({
  path: 'fallout waive',
  summary: 'let an order end without the proof that nobody can give (supervisors)',
  details:
    'For what can never be looked up: an NE that cannot say, a peer that is gone. What the hold is about is left unproven, ' +
    'shown in red for ever, and compared with the network for ever: should it turn up, the order opens again. Refused ' +
    'while a request may still have an effect, and where the NE says that the service is on.',
  args: { id: { type: 'order-id', required: true, pick: 'order', summary: 'the order' } },
  flags: {
    step: { type: 'choice', choices: HOLD_STEPS, summary: 'the step that is held' },
    service: { type: 'id', placeholder: 'SERVICE', summary: 'which service, when several are held' },
    reason: {
      type: 'lines',
      required: true,
      placeholder: 'TEXT',
      ask: 'Why can nobody prove it?',
      summary: 'why nobody can prove it',
    },
  },
  examples: [
    { line: 'fallout waive 42 --service internet.hsi#1 --reason "the OLT was scrapped" -y' },
    { line: 'fallout waive 42 --step CancelSchedule --reason "the desk of the old contractor is gone" -y' },
  ],
  output: { kind: 'object', schema: 'oss.order/1' },
  change: true,
});
