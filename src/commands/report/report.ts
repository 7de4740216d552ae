import { defineCommand } from '../framework/parse/descriptor.ts';

export const report = defineCommand({
  path: 'report',
  summary: 'figures: lead time, first visits, returns, promises, what is open',
  details:
    'Counts what was placed and what ended in the asked days, in one pass over the log; without days, all of it. Open orders are those of now. Spans are milliseconds in JSON and CSV.',
  flags: {
    date: { type: 'date', summary: 'of this day' },
    from: { type: 'date', summary: 'from this day on' },
    to: { type: 'date', summary: 'to this day, included' },
    by: {
      type: 'choice',
      choices: ['area', 'technician'],
      summary: 'the visits that ended instead: how many, their ways, late starts, first visits',
    },
  },
  examples: [
    { line: 'report --date today' },
    { line: 'report --from 2026-11-01 --to 2026-11-30 --json' },
    { line: 'report --by technician --from 2026-11-01' },
    { line: 'report' },
  ],
  output: { kind: 'object', schema: 'oss.report/1', other: 'oss.visit-report/1' },
  change: false,
});
