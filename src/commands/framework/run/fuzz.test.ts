import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runCli } from '../../../testing/cli/run-cli.ts';
import { SAMPLE_TREE } from '../../../testing/cli/sample-commands.ts';
import { EXIT } from './exit-codes.ts';

const WORDS = [
  ...[
    'thing',
    'place',
    'put',
    'list',
    'drop',
    '--',
    '-',
    '',
    ' ',
    '--help',
    '-h',
    '--version',
    '--json',
    '-o',
    'csv',
  ],
  ...[
    'table',
    '--fields',
    'id',
    'visit.start',
    '--name',
    'Kim',
    '--count',
    '1',
    '1e309',
    '１',
    '-1',
    '--rx',
    '-18.5',
  ],
  ...[
    '--wait',
    '--wait=',
    '--wait=5s',
    '--if-version',
    '--no-call',
    '--no-input',
    '-y',
    '-q',
    '--lang',
    'ko',
    '42',
  ],
  ...[
    '__proto__',
    'constructor',
    '--__proto__',
    '--constructor',
    '--toString=1',
    '=',
    '--=',
    '-qqq',
    '--color=always',
  ],
  ...[
    '\u001b[2J',
    '\u202e',
    '\ud800',
    '홍길동',
    '--tz',
    'Nowhere',
    '--resume',
    '--limit',
    '--colour',
    'red',
    '#7',
  ],
];
const word = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);

it('whatever is typed ends with an exit code of the table, in words, without a stack trace', async () => {
  const codes: readonly number[] = Object.values(EXIT);
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 9 }), async (argv) => {
      const { exitCode, stderr } = await runCli(argv, { tree: SAMPLE_TREE, stdin: '1\n2' });
      expect(codes).toContain(exitCode);
      expect(exitCode).not.toBe(EXIT.bug);
      expect(stderr).not.toMatch(/^ +at /m);
      if (!argv.some((one) => one.startsWith('--col'))) expect(stderr).not.toContain('\u001b');
    }),
    { seed: 20_261_124, numRuns: 500 },
  );
});
