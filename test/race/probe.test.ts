import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { peerPlace } from '../../src/adapters/http/peer-url.ts';
import { createPeers } from '../../src/adapters/http/peers.ts';
import { probeLeaseMs } from '../../src/adapters/http/probe-lease.ts';
import { systemClock } from '../../src/adapters/runtime/system-clock.ts';
import { readLedger } from '../../src/adapters/simulators/ledger.ts';
import { startSimulators } from '../../src/adapters/simulators/simulators.ts';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { breakerConfigHash, DEFAULT_BREAKER } from '../../src/core/breaker.ts';

const PROCESSES = Number(process.env.OSS_LONG_PROCESSES ?? 10);
const ROUNDS = Number(process.env.OSS_LONG_ROUNDS ?? 3);
const TIMEOUT_MS = 2_000;
const KEY = 'ORD-000001/access.gpon#1/1';

test(`of ${PROCESSES} that come when an open breaker may be probed, exactly one sends`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oss-probe-'));
  const clock = systemClock();
  const ledgerPath = join(folder, 'ledger');
  const simulators = await startSimulators({
    which: 'ne',
    ledgerPath,
    seed: 1,
    now: clock.now,
    latencyMs: 150,
  });
  const place = peerPlace('ne', simulators.ne?.url ?? '', { embedded: true });
  const closers: (() => Promise<void>)[] = [];
  const asked = (): number => readLedger(ledgerPath).requests.reduce((sum, { count }) => sum + count, 0);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const path = join(folder, `${round}.db`);
      // Each has its own connection, its own way to the peer, and its own name: a process in all but the pid.
      const processes = await Promise.all(
        Array.from({ length: PROCESSES }, async (_, n) => {
          const store = await openStore({ path, mode: 'write', create: true });
          const config = { ...place, timeoutMs: TIMEOUT_MS, breaker: DEFAULT_BREAKER };
          const peers = createPeers({
            ne: config,
            tm: config,
            breakers: {
              readRow: (name) => store.read((tx) => tx.breakers.get(name)),
              compareAndSet: (row, gen) => store.write((tx) => tx.breakers.compareAndSet(row, gen)),
            },
            clock,
            self: `host/${n}/0`,
          });
          closers.push(async () => {
            await peers.close();
            await store.close();
          });
          return { peers, store };
        }),
      );
      const row = {
        name: place.breakerName,
        configHash: breakerConfigHash({ ...DEFAULT_BREAKER, probeLeaseMs: probeLeaseMs(TIMEOUT_MS) }),
        state: 'open',
        gen: 7,
        failures: 5,
        lastFailureAt: clock.now() - 10_000,
        lastError: 'HTTP 500',
        openUntil: clock.now() - 1,
        reopened: 0,
        probeOwner: null,
        probeUntil: null,
        forced: null,
      } as const;
      const [first] = processes;
      await first?.store.write((tx) => tx.breakers.compareAndSet(row, null));
      const before = asked();
      const admitted = await Promise.all(
        processes.map(async ({ peers }) => {
          const admission = await peers.ne.admit();
          if (!admission.admitted) return false;
          await peers.ne.find(KEY, { permit: admission.permit, deadlineMs: TIMEOUT_MS });
          return true;
        }),
      );
      expect(admitted.filter(Boolean)).toHaveLength(1);
      expect(asked() - before).toBe(1);
    }
  } finally {
    for (const close of closers) await close();
    await simulators.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
