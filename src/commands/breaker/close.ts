import { defineCommand } from '../framework/parse/descriptor.ts';

export const breakerClose = defineCommand({
  path: 'breaker close',
  summary: 'let requests go to a peer again at once',
  details: 'It opens again by itself if the peer still fails. It is recorded with the reason.',
  args: { name: { type: 'id', required: true, summary: 'ne, tm, or the full name that breaker list shows' } },
  flags: { reason: { type: 'lines', required: true, ask: 'Why', summary: 'why' } },
  examples: [{ line: 'breaker close ne --reason "the NE is back"' }],
  output: { kind: 'object', schema: 'oss.breaker/1' },
  change: false,
});
