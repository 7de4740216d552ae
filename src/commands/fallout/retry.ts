import { HOLD_STEPS } from '../../core/views/fallout.ts';
import { defineCommand } from '../framework/parse/descriptor.ts';

export const falloutRetry = defineCommand({
  path: 'fallout retry',
  summary: 'try again what is held',
  details:
    'With orders: all their holds, or those of --step, --service and --cause. Without: every order that is held so. The next request carries a new idempotency suffix, so that the peer does not answer with its old refusal.',
  args: { id: { type: 'order-id', repeat: true, summary: 'the orders; `-` reads them from stdin' } },
  flags: {
    cause: { type: 'text', max: 60, placeholder: 'CODE', summary: 'only holds of this cause' },
    step: { type: 'choice', choices: HOLD_STEPS, summary: 'only holds of this step' },
    service: { type: 'id', placeholder: 'SERVICE', summary: 'only this service, e.g. internet.hsi#2' },
    reason: { type: 'lines', placeholder: 'TEXT', summary: 'why it will work now' },
  },
  examples: [
    { line: 'fallout retry 42' },
    { line: 'fallout retry --cause PORT_FULL --step ActivateService', says: 'every order held so' },
    { line: 'fallout retry 42 43 --reason "new line card" --wait' },
  ],
  output: { kind: 'list', schema: 'oss.results/1' },
  change: true,
});
