import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT } from '../../src/commands/framework/exit-codes.ts';
import { runCli } from '../../src/commands/framework/run-cli.ts';
import { wordsOf } from '../../src/commands/framework/tree.ts';
import { TREE } from '../../src/commands/tree.ts';
import { type Random, random } from '../simulation/random.ts';
import { envOf } from '../support/real-process.ts';

const RUNS = Number(process.env.OSS_LONG_RUNS ?? 1_000);
const SEED = Number(process.env.OSS_LONG_SEED ?? 1);

/** Those that go on until they are stopped, or play a whole play. */
const ENDLESS = ['worker', 'worker run', 'simulate', 'demo', 'events', 'status', 'schedule board'];

/** What people, scripts and enemies type where a value belongs. */
const VALUES: readonly [string, ...string[]] = [
  ...(['1', '42', 'ORD-000001', '#1', 'ord-1', '-1', '0', '1.5', '1e309', '１', 'NaN', ''] as const),
  ...['   ', '\u0000', '\u001b[31mred\u001b[0m', '\u202Eevil', '=1+1', '@cmd', 'a'.repeat(100_000)],
  ...['김하늘', '010-2345-6789', '+82 10 2345 6789', 'tomorrow 14:00', '2026-02-30', '25:00', '+2d', 'wed'],
  ...['auto', 'next', 'T-01', 'CUSTOMER_CHANGED_MIND', 'NO_FACILITY', '-', '--', '/', '.', 'orders.csv'],
  ...['[]', '{"__proto__":1}', 'null', '%s%n', '../../etc/passwd', '🧑‍🔧', '가', 'supervisor:kim', '60s'],
  ...['completed', 'json', 'csv', '-18.5', '18.5', 'ABCD12345678', '한'.normalize('NFD')],
];

const GLOBALS: readonly [string, ...string[]] = [
  '--json',
  '-o=csv',
  '-o=ndjson',
  '--dry-run',
  '-y',
  '--no-input',
];

const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const lineOf = (chaos: Random): readonly string[] => {
  const [first, ...rest] = TREE.commands.filter(({ spec }) => !ENDLESS.includes(spec.path));
  if (first === undefined) throw new Error('there is no command');
  const command = chaos.pick([first, ...rest]);
  const argv = [...wordsOf(command)];
  const flags = Object.keys(command.spec.flags ?? {});
  for (let n = chaos.below(6); n > 0; n -= 1) {
    const [one, ...others] = flags;
    if (one === undefined || chaos.is(0.3)) argv.push(chaos.pick(VALUES));
    else if (chaos.is(0.8)) argv.push(flagOf(chaos.pick([one, ...others])), chaos.pick(VALUES));
    else argv.push(`${flagOf(chaos.pick([one, ...others]))}=${chaos.pick(VALUES)}`);
  }
  if (chaos.is(0.5)) argv.push(chaos.pick(GLOBALS));
  if (chaos.is(0.05)) argv.splice(chaos.below(argv.length), 1, chaos.pick(VALUES));
  return argv.filter((word) => word !== '--watch' && word !== '--follow');
};

test(`${RUNS} command lines of any kind: an exit code of the table, and no stack trace`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-fuzz-'));
  const here = process.cwd();
  const chaos = random(SEED);
  const codes = new Set<number>(Object.values(EXIT));
  const seen = new Map<number, number>();
  try {
    mkdirSync(join(folder, 'here'));
    process.chdir(join(folder, 'here'));
    writeFileSync('orders.csv', 'key,name,phone,address,internet,tv\nk,김하늘,010-1111-2222,강남구 1,1,0\n');
    const env = envOf(folder, { OSS_NOW: '2026-11-24T01:00:00.000Z', OSS_INLINE_MAX_MS: '0', CI: '1' });
    await runCli(['db', 'init'], { env });
    for (let n = 0; n < RUNS; n += 1) {
      const argv = lineOf(chaos);
      const { exitCode, stderr } = await runCli(argv, { env, signal: AbortSignal.timeout(20_000) });
      const line = argv.map((word) => JSON.stringify(word.slice(0, 60))).join(' ');
      expect(codes.has(exitCode), `${exitCode}: ${line}`).toBe(true);
      expect(exitCode, `${line}\n${stderr.slice(0, 2_000)}`).not.toBe(EXIT.bug);
      expect(stderr, line).not.toMatch(/\n {4}at /);
      expect(stderr.includes('\u001b'), `${line} prints an escape`).toBe(false);
      seen.set(exitCode, (seen.get(exitCode) ?? 0) + 1);
    }
  } finally {
    process.chdir(here);
    rmSync(folder, { recursive: true, force: true });
  }
  // All refused as unusable would prove nothing.
  expect(seen.get(EXIT.done) ?? 0).toBeGreaterThan(RUNS / 50);
  expect(seen.size).toBeGreaterThan(3);
}, 300_000);
