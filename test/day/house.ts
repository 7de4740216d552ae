import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compose } from '../../src/adapters/compose.ts';
import { iso } from '../../src/core/time/iso.ts';
import type { RunRecord } from '../support/invariants.ts';
import { recordOf } from '../support/run-record.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const SAMPLES = join(ROOT, 'data/samples');
export const SCENARIO = join(SAMPLES, 'day.yaml');

/** How many of the sample orders are placed. */
export const ORDERS = 200;

/** Writes the orders of the play into its folder, as `orders.csv`. */
export const writeOrders = (folder: string): void => {
  const [head = '', ...rows] = readFileSync(join(ROOT, 'data/samples/orders.csv'), 'utf8').split('\n');
  writeFileSync(join(folder, 'orders.csv'), [head, ...rows.slice(0, ORDERS), ''].join('\n'));
};

/** Names of files in the play, as they are found from anywhere. */
export const located = (argv: readonly string[], folder: string): readonly string[] =>
  argv.map((word) => {
    if (word === 'orders.csv') return join(folder, word);
    return word.startsWith('data/') ? join(ROOT, word) : word;
  });

export const homeOf = (folder: string): Readonly<Record<string, string>> => ({
  HOME: folder,
  OSS_HOME: folder,
  OSS_LANG: 'en',
});

/** What log, read model and the simulators' ledger hold at `now` (epoch ms). */
export const recordIn = async (folder: string, now: number): Promise<RunRecord> => {
  const services = compose({ env: { ...homeOf(folder), OSS_NOW: iso(now) } });
  try {
    const ledger = await services.ledger();
    if (ledger === null) throw new Error('the simulators never ran');
    const ids = Array.from({ length: ORDERS }, (_, index) => `ORD-${String(index + 1).padStart(6, '0')}`);
    return await recordOf(await services.store('read'), {
      acknowledged: ids,
      policy: services.policy,
      now,
      ne: ledger,
      tm: ledger,
    });
  } finally {
    await services.close();
  }
};
