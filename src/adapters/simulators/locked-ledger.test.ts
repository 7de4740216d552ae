import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLedger } from './open-ledger.ts';
import { startSimulators } from './simulators.ts';

test('a ledger that another process does not let go of is busy, in words, and not a bug', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-ledger-'));
  const ledgerPath = join(folder, 'ledger');
  const holder = openLedger(ledgerPath);
  holder.exec('begin immediate');
  try {
    const options = { which: 'all', ledgerPath, seed: 1, now: Date.now, busyTimeoutMs: 1 } as const;
    await expect(startSimulators(options)).rejects.toMatchObject({
      code: 'DATABASE_BUSY',
      detail: { database: ledgerPath },
    });
    holder.exec('rollback');
    await (await startSimulators(options)).close();
  } finally {
    holder.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
