import { type CommandSpec, defineCommand } from '../framework/parse/descriptor.ts';

const spec = {
  summary: 'run the steps of all orders in the background',
  details:
    'Switches services on and off, phones customers, dispatches, and closes orders, as each becomes due; after failures it ' +
    'tries again with growing pauses. Any number of workers may share one database. Ctrl-C ends after what is in flight; ' +
    'what was begun is gone on with by the next worker. While the database is locked, full or fails it waits, for ten ' +
    'minutes at most; an order that cannot be read is set aside and named, and all others go on.\n\n' +
    'With --drain it ends when nothing technical is left: exit 0, or 8 when work remains after --wait, or 75 when a ' +
    'breaker is open. It does not wait for people, for later calls, visit days or held orders.\n\n' +
    '-j auto works on more orders at once while more gets done, and on fewer when the peers become slow or fail. What it ' +
    'chose last, and why, is in worker status, and is said on stderr at a SIGUSR1.\n\n' +
    'Once a day it says on stderr where log and audit end, unless with --drain or --quiet: kept with its other lines, it ' +
    'shows later whether a tail was cut off (db verify --head).',
  flags: {
    drain: { type: 'boolean', summary: 'end when nothing technical is left' },
    wait: {
      type: 'duration',
      placeholder: 'D',
      summary: 'with --drain: wait for retries at most D (default 60s)',
    },
    jobs: { type: 'text', short: 'j', placeholder: 'N|auto', default: 'auto', summary: 'orders at once' },
  },
  examples: [
    { line: 'worker --drain', says: 'do all that can be done now, then end' },
    { line: 'worker', says: 'run until Ctrl-C' },
    { line: 'worker --drain --wait 10m -j 32' },
  ],
  output: { kind: 'object', schema: 'oss.drain/1' },
  change: false,
} as const satisfies Omit<CommandSpec, 'path'>;

export const worker = defineCommand({ ...spec, path: 'worker' });

/** The same in full. */
export const workerRun = defineCommand({ ...spec, path: 'worker run', hidden: true });
