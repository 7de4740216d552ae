import { defineCommand } from '../framework/parse/descriptor.ts';
import { REPORT_FLAGS, VISIT_ARG } from './flags.ts';

export const fieldReturn = defineCommand({
  path: 'field return',
  summary: 'report that an order cannot be installed: FINAL, everything is switched off',
  details:
    'Prints what will be switched off and asks; off a terminal it needs -y. The return is safe as soon as the command ends, whatever the network does: what is left is switched off by `oss worker`. For another visit use `oss field revisit`.',
  args: VISIT_ARG,
  flags: {
    code: { type: 'text', max: 60, placeholder: 'CODE', summary: 'why, see `oss help reason-codes`' },
    ...REPORT_FLAGS,
  },
  examples: [
    { line: 'field return 42 --code NO_FACILITY -y' },
    { line: 'field return 42 --code OTHER --note "the building is torn down" -y' },
    { line: 'field return 42 --code NO_FACILITY --dry-run', says: 'only shows what would be switched off' },
  ],
  output: { kind: 'object', schema: 'oss.order/1' },
  change: true,
  batch: { op: 'field.return' },
});
