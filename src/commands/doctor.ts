import { defineCommand } from './framework/parse/descriptor.ts';

export const doctor = defineCommand({
  path: 'doctor',
  summary: 'check configuration, database, peers and workers, and say what to do',
  details:
    'Each line is ok, warn or bad; exit 0 when nothing is bad, else 78 (configuration, database, disk) or 75 (peers). ' +
    'Real peers are asked a harmless question.\n\n' +
    'For monitors: --live checks only that the program can work at all here, --ready also that it may be given work, ' +
    'peers included.',
  flags: {
    live: { type: 'boolean', summary: 'configuration, database and disk only; asks nobody' },
    ready: { type: 'boolean', summary: 'also binding, peers and breakers' },
  },
  examples: [{ line: 'doctor' }, { line: 'doctor --ready -q' }],
  output: { kind: 'list', schema: 'oss.checks/1', fields: ['name', 'state', 'detail', 'next'] },
  change: false,
  needs: 'nothing',
});
