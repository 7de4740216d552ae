import { describe, expect, it } from 'vitest';
import { sagaWorld } from '../../../../test/support/saga-world.ts';
import type { Finding } from '../../reconcile/finding.ts';
import type { Refusal } from '../../rules/refusal.ts';
import { keepReconciled } from './keep-reconciled.ts';

const HOUR_MS = 3_600_000;

describe('keepReconciled', () => {
  it('goes on after an NE that could not be read, and mends what it finds, until it is ended', async () => {
    const world = await sagaWorld();
    const key = 'ORD-000001/internet.hsi#1/1';
    world.neFaults.add('create', { fault: 'late-after', ms: 120_000 }, { key });
    await world.place();
    await world.run('ORD-000001');
    await world.cancel('ORD-000001');
    await world.settle('ORD-000001', 60_000);
    world.neFaults.add('inventory', { fault: 'misconfigured' });

    const stop = new AbortController();
    const findings: Finding[] = [];
    const refusals: Refusal[] = [];
    const startedAt = world.clock.now();
    await world.awaiting(
      keepReconciled(world.deps, {
        everyMs: HOUR_MS,
        signal: stop.signal,
        onFinding: (finding) => {
          findings.push(finding);
          stop.abort();
        },
        onRefusal: (refusal) => refusals.push(refusal),
      }),
    );
    expect(refusals.map(({ code }) => code)).toEqual(['PEER_MISCONFIGURED']);
    expect(findings).toMatchObject([{ kind: 'orphan', key, state: 'fixed' }]);
    expect(world.clock.now() - startedAt).toBeGreaterThanOrEqual(2 * HOUR_MS);
    expect(world.ne.ledger().services.filter(({ state }) => state === 'active')).toEqual([]);
  });
});
