import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  appointmentCreate,
  effectsOf,
  send,
  serviceCreate,
  type TestWorld,
  testWorld,
} from '../../testing/simulators/test-world.ts';

let world: TestWorld;
const children: ChildProcess[] = [];
beforeEach(() => {
  world = testWorld();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await world.end();
});

const serviceKey = (n: number): string => `ORD-${String(n).padStart(6, '0')}/access.gpon#1/1`;
const callKey = (n: number): string => `ORD-${String(n).padStart(6, '0')}/call#1`;

/** Sends every key to every simulator, all at the same time. */
const hammer = async (neUrls: readonly string[], tmUrls: readonly string[], keys: number) => {
  const numbers = Array.from({ length: keys }, (_, n) => n + 1);
  const replies = await Promise.all(
    numbers.flatMap((n) => [
      ...neUrls.map((url) => send('POST', `${url}/service`, serviceCreate(serviceKey(n)))),
      ...tmUrls.map((url) => send('POST', `${url}/appointment`, appointmentCreate(callKey(n)))),
    ]),
  );
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
  const ledger = world.ledger();
  for (const n of numbers) {
    expect(effectsOf(ledger, serviceKey(n))).toEqual(['create']);
    expect(effectsOf(ledger, callKey(n))).toEqual(['call', 'book']);
  }
  expect(ledger.calls.every(({ count }) => count === 1)).toBe(true);
  expect(ledger.services).toHaveLength(keys);
  expect(new Set(ledger.services.map(({ equipmentId }) => equipmentId)).size).toBe(keys);
  const creates = ledger.requests.filter(({ operation }) => operation === 'create');
  expect(creates.every(({ count }) => count === neUrls.length)).toBe(true);
};

describe('several simulators on one ledger', () => {
  it('have one effect a key, within one process', async () => {
    const both = [await world.start(), await world.start()];
    const urls = (kind: 'ne' | 'tm') => both.map((simulators) => simulators[kind]?.url ?? '');
    await hammer(urls('ne'), urls('tm'), 40);
  });

  it('give a port to no more services than there are ports', async () => {
    const both = [await world.start({ capacity: 5 }), await world.start({ capacity: 5 })];
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        send('POST', `${both[n % 2]?.ne?.url}/service`, serviceCreate(serviceKey(n))),
      ),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(replies.filter(({ status }) => status === 422)).toHaveLength(15);
  });

  it('strike with a counted fault as often as it says, all together', async () => {
    const faults = ['500-before:7@ne'];
    const both = [await world.start({ faults }), await world.start({ faults })];
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        send('POST', `${both[n % 2]?.ne?.url}/service`, serviceCreate(serviceKey(n))),
      ),
    );
    expect(replies.filter(({ status }) => status === 500)).toHaveLength(7);
  });
});

describe('simulators in processes of their own', () => {
  let script = '';
  beforeAll(async () => {
    const built = await build({
      stdin: {
        contents: `
          import { startSimulators } from './simulators.ts';
          const [ledgerPath, ...faults] = process.argv.slice(1);
          const { ne, tm } = await startSimulators({
            which: 'all', ledgerPath, seed: 1, now: Date.now, faults,
          });
          process.stdout.write(JSON.stringify({ ne: ne.url, tm: tm.url }) + '\\n');
        `,
        resolveDir: fileURLToPath(new URL('.', import.meta.url)),
        loader: 'ts',
      },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      packages: 'external',
    });
    script = built.outputFiles[0]?.text ?? '';
  });

  const startChild = async (...faults: readonly string[]) => {
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', script, world.ledgerPath, ...faults],
      { stdio: ['ignore', 'pipe', 'inherit'], cwd: fileURLToPath(new URL('../../..', import.meta.url)) },
    );
    children.push(child);
    const [line] = await once(child.stdout, 'data');
    const urls = JSON.parse(String(line)) as { readonly ne: string; readonly tm: string };
    return { child, ...urls };
  };

  it('start together on a ledger that does not exist yet, and have one effect a key', async () => {
    const all = await Promise.all([startChild(), startChild(), startChild()]);
    await hammer(
      all.map(({ ne }) => ne),
      all.map(({ tm }) => tm),
      15,
    );
  });

  it('lose no effect that was answered, and none that was cut off, when they are killed', async () => {
    const { child, ne, tm } = await startChild('reset-after@tm');
    expect((await send('POST', `${ne}/service`, serviceCreate(serviceKey(1)))).status).toBe(201);
    await expect(send('POST', `${tm}/appointment`, appointmentCreate(callKey(1)))).rejects.toThrow();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const ledger = world.ledger();
    expect(effectsOf(ledger, serviceKey(1))).toEqual(['create']);
    expect(effectsOf(ledger, callKey(1))).toEqual(['call', 'book']);
  });

  it('do what a killed one had still to do', async () => {
    const { child, ne } = await startChild('late-after:60000:1');
    await expect(send('POST', `${ne}/service`, serviceCreate(serviceKey(1)))).rejects.toThrow();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const dueAt = world.ledger().pending.nextDueAt ?? 0;
    expect(dueAt).toBeGreaterThan(0);
    await world.start({ now: () => dueAt });
    expect(effectsOf(world.ledger(), serviceKey(1))).toEqual(['create']);
  });
});
