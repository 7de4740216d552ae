import { defineCommand } from '../framework/parse/descriptor.ts';

export const workerStatus = defineCommand({
  path: 'worker status',
  summary: 'which workers run, what waits for them, and what keeps failing',
  examples: [{ line: 'worker status' }],
  output: { kind: 'object', schema: 'oss.workers/1', fields: ['leased', 'nextDueAt'] },
  change: false,
});
