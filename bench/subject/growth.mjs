// What things cost in a database that has grown: node growth.mjs <library> <folder> <orders>
// Fills it up to <orders> at least, once, and prints the median milliseconds of each.

import { median } from '../lib/measure.mjs';
import { orderOf, pool } from '../lib/workload.mjs';

const [library, folder, ordersText] = process.argv.slice(2);
const { compose, placeOrder } = await import(library);
const services = compose({ env: { HOME: process.env.HOME, OSS_HOME: folder } });
const store = await services.store('write');
const deps = { ...services, store };
const taken = { channel: 'batch', priority: 'normal', wishes: {} };
/** Everybody has a phone of their own, in no order: what many share would be looked through, whatever else has grown. */
const phoneOf = (i) => {
  const digits = String((i * 61_803_399) % 100_000_000).padStart(8, '0');
  return `010-${digits.slice(0, 4)}-${digits.slice(4)}`;
};
const place = (i) => placeOrder(deps, { ...orderOf(i), phone: phoneOf(i), ...taken }, {});
const { orders: placed = 0 } = await (await services.database('read')).info();
const wanted = Number(ordersText);
await pool(Math.max(0, wanted - placed), 256, (i) => place(placed + i));

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
const first = Math.max(wanted, placed);
const costs = {
  place: await cost((i) => place(first + i)),
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
