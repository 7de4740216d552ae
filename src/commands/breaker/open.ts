import { defineCommand } from '../framework/parse/descriptor.ts';

export const breakerOpen = defineCommand({
  path: 'breaker open',
  summary: 'send nothing to a peer for a while',
  details:
    'For maintenance of the peer. Orders are taken as ever; their steps wait. It is recorded with the reason.',
  args: { name: { type: 'id', required: true, summary: 'ne, tm, or the full name that breaker list shows' } },
  flags: {
    for: {
      type: 'duration',
      required: true,
      ask: 'For how long',
      placeholder: 'D',
      summary: 'for how long, e.g. 30m',
    },
    reason: { type: 'lines', required: true, ask: 'Why', summary: 'why' },
  },
  examples: [{ line: 'breaker open ne --for 30m --reason "maintenance until 02:00"' }],
  output: { kind: 'object', schema: 'oss.breaker/1' },
  change: false,
});
