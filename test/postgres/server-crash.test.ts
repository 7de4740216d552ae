import { afterAll, beforeAll, expect, test } from 'vitest';
import { pause } from '../../src/adapters/runtime/waits.ts';
import type { Store } from '../../src/core/ports/store.ts';
import { type PostgresServer, startPostgres } from '../../src/testing/store/postgres-server.fixture.ts';
import { openDesks, ordersOf } from './desks.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.end());

const CRASHES = 3;
/** Placed before each crash. */
const SOME = 40;

test('a server that is killed under load loses nothing that was acknowledged, and a repeat with its key doubles nothing', async () => {
  const desks = await openDesks(await server.newPlace());
  for (let crash = 0; crash < CRASHES; crash += 1) {
    await desks.more(SOME);
    await server.crash();
    await pause(50);
    await server.restart();
  }
  await desks.more(SOME);
  await desks.stop();
  const { log, feed } = await ordersOf(desks.stores[0] as Store);
  const acknowledged = [...desks.placed.values()].sort();
  expect(log).toEqual(acknowledged);
  expect(feed).toEqual(acknowledged);
  expect(desks.refused.size).toBeGreaterThan(0);
  await desks.close();
});
