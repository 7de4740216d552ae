import { defineCommand } from './framework/parse/descriptor.ts';

export const demo = defineCommand({
  path: 'demo',
  summary: 'see it work: four acts on simulators, in under a minute',
  details:
    'An order is completed, one is returned, one is cancelled, and one comes in a night in which the network is down and an ' +
    'answer is lost. On a terminal it waits for Enter between the acts, unless with -y. Every command is shown as you would type it and then run, in a folder of its own that is removed at ' +
    'the end. Each act ends with the log beside what the simulated network really did. Exit 1 when anything is not as it ' +
    'should be.',
  flags: {
    keep: { type: 'boolean', summary: 'keep the folder, to look around in it' },
    act: { type: 'integer', min: 1, max: 4, summary: 'one act only' },
  },
  examples: [{ line: 'demo' }, { line: 'demo --act 4 --keep' }],
  output: { kind: 'list', schema: 'oss.demo/1', fields: ['act', 'kind', 'text', 'ok'] },
  change: false,
  needs: 'nothing',
});
