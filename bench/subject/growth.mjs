// What things cost in a database that has grown: node growth.mjs <library> <folder> <orders>
// Fills it up to <orders> and prints the median milliseconds of each.

import { median } from '../lib/measure.mjs';
import { orderOf, pool } from '../lib/workload.mjs';

const [library, folder, ordersText] = process.argv.slice(2);
const { compose, placeOrder } = await import(library);
const services = compose({ env: { HOME: process.env.HOME, OSS_HOME: folder } });
const store = await services.store('write');
const deps = { ...services, store };
const taken = { channel: 'batch', priority: 'normal', wishes: {} };
const { orders: placed = 0 } = await (await services.database('read')).info();
const wanted = Number(ordersText);
await pool(wanted - placed, 256, (i) =>
  placeOrder(deps, { ...orderOf(placed + i), ...taken }, { duplicateOk: true }),
);

const REPEATS = 200;
const cost = async (work) => {
  const times = [];
  for (let i = 0; i < REPEATS; i += 1) {
    const begun = performance.now();
    await work(i);
    times.push(performance.now() - begun);
  }
  return median(times);
};
const now = services.clock.now();
const costs = {
  place: await cost((i) => placeOrder(deps, { ...orderOf(wanted + i), ...taken }, { duplicateOk: true })),
  status: await cost((i) => store.read((tx) => tx.views.get(`ORD-${String(1 + i * 37).padStart(6, '0')}`))),
  list: await cost(() => store.read((tx) => tx.views.list({ limit: 50 }))),
  claim: await cost(() =>
    store.rehearse((tx) =>
      tx.work.claim({ now, owner: 'bench', leaseMs: 1, lanes: ['local', 'ne', 'tm'] }, 32),
    ),
  ),
};
await services.close();
process.stdout.write(`${JSON.stringify(costs)}\n`);
