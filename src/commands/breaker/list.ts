import { defineCommand } from '../framework/parse/descriptor.ts';

export const breakerList = defineCommand({
  path: 'breaker list',
  summary: 'the circuit breakers: which peers nothing is sent to now, and why',
  details:
    'After several faults in a row a peer is left alone for a while, by every process; then one request tries it. ' +
    'Nothing is lost meanwhile.',
  examples: [{ line: 'breaker list' }],
  output: {
    kind: 'list',
    schema: 'oss.breakers/1',
    fields: ['name', 'state', 'openUntil', 'failures', 'lastError', 'lastFailureAt'],
  },
  change: false,
});
