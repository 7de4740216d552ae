import { defineCommand } from '../framework/parse/descriptor.ts';
import { REPORT_FLAGS, VISIT_ARG } from './flags.ts';

const { at, visit } = REPORT_FLAGS;

export const fieldStart = defineCommand({
  path: 'field start',
  summary: 'say that you are on site',
  args: VISIT_ARG,
  flags: { at, visit },
  examples: [
    { line: 'field start 42' },
    { line: 'field start --actor technician:T-01', says: 'the next visit of T-01' },
    { line: 'field start 42 --at 13:55', says: 'entered later' },
  ],
  output: { kind: 'object', schema: 'oss.order/1' },
  change: true,
  batch: { op: 'field.start' },
});
