import { OP_NAMES } from '../../core/app/batch/ops/op-names.ts';
import { type CommandSpec, defineCommand } from '../framework/parse/descriptor.ts';

/** Flags of everything that runs rows. */
export const RUN_FLAGS = {
  jobs: {
    type: 'integer',
    min: 1,
    max: 1000,
    short: 'j',
    summary: 'rows in work at once (default: 128 a core); rows that wait share a commit',
  },
  failFast: { type: 'boolean', summary: 'end after the first failure' },
  maxFailures: { type: 'text', max: 20, placeholder: 'N|P%', summary: 'end after so many failures' },
  report: {
    type: 'text',
    repeat: true,
    max: 4096,
    placeholder: 'FILE',
    summary: 'write all rows to a .json, .csv or .xml (JUnit) file',
  },
  failedOut: {
    type: 'text',
    repeat: true,
    max: 4096,
    placeholder: 'FILE',
    summary: 'write the failed rows with their errors, to be run again',
  },
} as const satisfies CommandSpec['flags'];

export const batchRun = defineCommand({
  path: 'batch run',
  summary: 'run a file of orders and changes',
  details:
    'The file is CSV (the header names the columns), NDJSON or YAML; - reads stdin. CSV is read as spreadsheets write it: ' +
    'with , ; or tabs (also told by a first line sep=;), cells such as ="0101", empty columns at the end, in UTF-8, UTF-16 ' +
    'or CP949. See `oss help batch` for its columns and ' +
    '`oss batch template --op OP` for an example. Every row is checked first: with an error anywhere nothing is done, and ' +
    'each is listed as file:line: field: reason (exit 65). A row is journaled in the commit of what it does: a run that was ' +
    'ended, even by a power cut, is gone on with by `oss batch resume`, nothing lost and nothing done twice. The same file ' +
    'again skips what was done, rows without a key too; the same key with other content is a conflict. Rows only ' +
    'record what is wanted, so orders are taken while the network is down; the network and the desk are asked by `oss worker`.\n\n' +
    'With --wait this run asks them too, for its own orders, with no more requests at once than each peer takes, and a row ' +
    'about a visit waits until its order is ready for it. While the breaker of a peer is open the run pauses, says until ' +
    'when, and goes on by itself; no row fails for it. It ends with exit 75 when nothing could be done for the time of ' +
    '--wait.',
  args: {
    file: {
      type: 'text',
      max: 4096,
      required: true,
      placeholder: 'file|-',
      summary: 'the file, or - for stdin',
    },
  },
  flags: {
    op: {
      type: 'choice',
      choices: OP_NAMES,
      placeholder: 'OP',
      summary: 'what the rows do, when they do not say it themselves',
    },
    format: {
      type: 'choice',
      choices: ['csv', 'ndjson', 'yaml'],
      placeholder: 'FORMAT',
      summary: 'what the file must be; an empty one that is said to be ndjson is nothing to do',
    },
    ...RUN_FLAGS,
    skipInvalid: { type: 'boolean', summary: 'pass over rows with errors and run the others' },
  },
  examples: [
    { line: 'batch run data/samples/orders.csv --op order.new' },
    {
      line: 'batch run orders.csv --op order.new --dry-run',
      says: 'checks the file, and says which rows would fail',
    },
    { line: 'batch run orders.csv --op order.new --wait=30m', says: 'and switches the lines on' },
    { line: 'batch run day.ndjson --max-failures 5% --failed-out failed.ndjson --report report.xml' },
  ],
  output: { kind: 'object', schema: 'oss.batch/1' },
  change: true,
});
