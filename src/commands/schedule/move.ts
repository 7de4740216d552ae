import { REVISIT_CODES } from '../../core/rules/reason-codes.ts';
import { defineCommand } from '../framework/parse/descriptor.ts';

/** Why a visit is moved: what a revisit may be for, too. */
const MOVE_CODES: readonly string[] = Object.keys(REVISIT_CODES);

export const scheduleMove = defineCommand({
  path: 'schedule move',
  summary: 'another time or technician for an agreed visit',
  details:
    'A new time needs the word of the customer: --agreed. The same time with another technician needs nobody. The old ' +
    'visit stands until the desk has confirmed the new one; a technician who was dispatched already is recalled.',
  args: {
    id: {
      type: 'order-id',
      repeat: true,
      required: true,
      pick: 'order-agreed',
      summary: 'the order, or several',
    },
  },
  flags: {
    at: { type: 'time', summary: 'the new time' },
    technician: {
      type: 'technician',
      placeholder: 'ID|auto',
      pick: 'technician',
      summary: 'the new technician; auto: the best other one',
    },
    minutes: {
      type: 'integer',
      min: 1,
      max: 1440,
      placeholder: 'N',
      summary:
        'how long the visit is to last, for lines that will be added (at least what the present lines need)',
    },
    agreed: { type: 'boolean', summary: 'the customer has agreed to the new time' },
    force: { type: 'boolean', summary: 'although it breaks a rule; needs --reason' },
    reason: { type: 'lines', summary: 'why a rule is broken; kept with the order' },
    code: {
      type: 'choice',
      choices: MOVE_CODES,
      required: true,
      summary: 'why: a code as in field revisit, see oss help reason-codes',
    },
  },
  examples: [
    { line: 'schedule move 42 --at "wed 14:00" --agreed --code CUSTOMER_RESCHEDULE' },
    {
      line: 'schedule move 42 --technician auto --code TECHNICIAN_UNAVAILABLE',
      says: 'somebody else at the same time',
    },
    {
      line: 'schedule move 42 --minutes 120 --agreed --code ADDITIONAL_WORK',
      says: 'the same start with time for more lines',
    },
  ],
  output: {
    kind: 'list',
    schema: 'oss.results/1',
    fields: ['orderId', 'status', 'code', 'message'],
  },
  change: true,
});
