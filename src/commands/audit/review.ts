import { defineCommand } from '../framework/parse/descriptor.ts';

export const auditReview = defineCommand({
  path: 'audit review',
  summary: 'the monthly check: who looked at how many, at which hours, and what was refused',
  details:
    'One line for each person and account of the machine. Unusual are the hours before 7 and after 21; bulk is a reading of twenty orders or customers and more. That it was made is written down. For supervisors.',
  flags: {
    month: { type: 'text', max: 7, required: true, placeholder: 'YYYY-MM', summary: 'the month' },
  },
  examples: [{ line: 'audit review --month 2026-11' }],
  output: {
    kind: 'list',
    schema: 'oss.audit-review/1',
    fields: [
      'actor',
      'osUser',
      'readings',
      'orders',
      'customers',
      'unusualHours',
      'bulk',
      'most',
      'denied',
      'changes',
    ],
  },
  change: false,
});
