import { defineCommand } from '../framework/parse/descriptor.ts';
import { REPORT_FLAGS, VISIT_ARG } from './flags.ts';

export const fieldRevisit = defineCommand({
  path: 'field revisit',
  aliases: ['not-done'],
  summary: 'report that the visit failed, and another one makes sense',
  details:
    'Nothing is switched off. The code says where the order goes: back to the call desk, to the NOC, or to customer service. For an order that cannot be installed at all use `oss field return`.',
  args: VISIT_ARG,
  flags: {
    code: { type: 'text', max: 60, placeholder: 'CODE', summary: 'why, see `oss help reason-codes`' },
    ...REPORT_FLAGS,
  },
  examples: [
    { line: 'field revisit 42 --code NO_ACCESS' },
    { line: 'field revisit 42 --code CUSTOMER_RESCHEDULE --note "after 18:00"' },
    { line: 'field not-done 42 --code LOW_OPTICAL_POWER --visit 2', says: 'only when it is about visit 2' },
  ],
  output: { kind: 'object', schema: 'oss.order/1' },
  change: true,
  batch: { op: 'field.revisit' },
});
