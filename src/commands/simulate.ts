import { defineCommand } from './framework/parse/descriptor.ts';

export const simulate = defineCommand({
  path: 'simulate',
  summary: 'serve a simulated NE, TM desk, or both, until Ctrl-C',
  details:
    'For trying things out with several processes, as with real peers. They listen on 127.0.0.1 alone and keep their own ' +
    'ledger of what truly happened. Without this command the simulators run inside every command by themselves. ' +
    'Fault rules: docs/simulators.md.',
  args: {
    which: { type: 'choice', choices: ['ne', 'tm', 'all'], required: true, summary: 'which peer' },
  },
  flags: {
    port: {
      type: 'integer',
      min: 0,
      max: 65_534,
      summary: 'port, of both the first; 0: a free one (default 8701 for the NE, 8702 for the desk)',
    },
    seed: { type: 'integer', min: 0, max: 4_294_967_295, summary: 'seed of chance (default simulate.seed)' },
    fault: {
      type: 'text',
      repeat: true,
      placeholder: 'RULE',
      summary: 'a fault rule, e.g. reset-after:1@/service',
    },
  },
  examples: [
    { line: 'simulate all' },
    { line: "simulate ne --port 9001 --fault 'timeout-after:20%@POST /service' -v" },
  ],
  output: { kind: 'list', schema: 'oss.simulators/1', fields: ['peer', 'url', 'adminToken', 'ledger'] },
  change: false,
});
