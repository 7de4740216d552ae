import { describe, expect, it } from 'vitest';
import { faultScript, type PeerFault, seededFaults } from './memory-faults.ts';

const LOST: PeerFault = { fault: 'lost-after' };
const REJECT: PeerFault = { fault: 'reject', code: 'NO_PORT' };

describe('faultScript', () => {
  it('strikes the next requests of that operation and key, in the order written', () => {
    const script = faultScript<'create' | 'find'>();
    script.add('create', LOST, { key: 'b' });
    script.add('create', REJECT, { times: 2 });
    const { nextFault } = script;
    expect(nextFault('find', 'a')).toBeNull();
    expect(nextFault('create', 'a')).toBe(REJECT);
    expect(nextFault('create', 'b')).toBe(LOST);
    expect(script.left()).toBe(1);
    expect(nextFault('create', 'b')).toBe(REJECT);
    expect(nextFault('create', 'b')).toBeNull();
  });

  it('clear makes all well', () => {
    const script = faultScript<'create'>();
    script.add('create', LOST, { times: 9 });
    script.clear();
    expect([script.nextFault('create', 'a'), script.left()]).toEqual([null, 0]);
  });
});

describe('seededFaults', () => {
  const run = (seed: number) => {
    const faults = seededFaults<'create' | 'find'>(seed, {
      create: [
        { probability: 0.3, fault: LOST },
        { probability: 0.2, fault: REJECT },
      ],
    });
    return Array.from(
      { length: 2_000 },
      (_, i) => faults.nextFault('create', `k${i % 100}`)?.fault ?? 'well',
    );
  };
  const share = (results: readonly string[], what: string) =>
    results.filter((each) => each === what).length / results.length;

  it('goes wrong as often as told, the same for the same seed', () => {
    const results = run(7);
    expect(share(results, 'lost-after')).toBeCloseTo(0.3, 1);
    expect(share(results, 'reject')).toBeCloseTo(0.2, 1);
    expect(run(7)).toEqual(results);
    expect(run(8)).not.toEqual(results);
  });

  it('what is not in the rates goes well, and all does when it is off', () => {
    const faults = seededFaults<'create' | 'find'>(1, { create: [{ probability: 1, fault: LOST }] });
    expect(faults.nextFault('find', 'a')).toBeNull();
    expect(faults.nextFault('create', 'a')).toBe(LOST);
    faults.on = false;
    expect(faults.nextFault('create', 'a')).toBeNull();
  });
});
