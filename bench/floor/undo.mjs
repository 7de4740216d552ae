// The floor of an undo: node undo.mjs <library> <folder> <orders> <jobs> <port of the peers>
// The same events, the same six requests, the same leases, a durable commit before and after each revert, and writes
// that wait share one.
import { join } from 'node:path';
import { bareCalls, createService, servicesOf } from '../lib/bare-calls.mjs';
import { orderOf, pool } from '../lib/workload.mjs';
import { openFloor } from './database.mjs';

const [library, folder, ordersText, jobsText, port] = process.argv.slice(2);
const [orders, jobs] = [Number(ordersText), Number(jobsText)];
const { initial } = await import(library);
const floor = openFloor(join(folder, 'floor.db'), initial);
const commit = floor.grouped();
const { call, close } = bareCalls(port, jobs);

const append = (order, events, lanes, also = () => {}) =>
  commit(() => {
    floor.append(order, events, lanes);
    also(order);
  });

/** An order with both services on; not measured. */
const activate = async (i) => {
  const order = await commit(() => floor.place(orderOf(i)));
  const services = servicesOf(order);
  await append(order, [['ActivationStarted', { services }]], {});
  const made = [];
  for (const service of services) {
    const { id } = await createService(call, service);
    made.push({ key: service.key, neId: id });
  }
  await append(order, [['ActivationCompleted', { equipmentId: 'OLT-1/1' }]], {});
  return { order, made };
};

const undo = async ({ order, made }) => {
  const due = Date.now();
  await append(order, [['OrderCancelled', { code: 'CUSTOMER_REQUEST' }]], { local: due });
  await append(order, [['ScheduleCancelled', {}]], { ne: due }, floor.take);
  const backwards = [...made].reverse();
  const requested = ({ key, neId }) => ['RevertRequested', { key, neId, peer: 'ne' }];
  await append(order, [requested(backwards[0])], { ne: due });
  for (const [n, { key, neId }] of backwards.entries()) {
    const path = `/ne/service/${neId}`;
    const { name } = await call('GET', path);
    if (name !== key) throw new Error(`${neId} is ${name}`);
    await call('PATCH', path, { state: 'terminated' });
    const [{ state }] = await call('GET', `/ne/service?name=${encodeURIComponent(key)}`);
    if (state !== 'terminated') throw new Error(`${key} is ${state}`);
    const reverted = ['ServiceReverted', { key, neId }];
    const next = backwards[n + 1];
    if (next === undefined) {
      const end = [reverted, ['ActivationCancelled', {}], ['OrderClosed', { outcome: 'cancelled' }]];
      await append(order, end, {}, floor.release);
    } else await append(order, [reverted, requested(next)], { ne: due });
  }
};

const on = [];
await pool(orders, jobs, async (i) => {
  on[i] = await activate(i);
});
const counted = () => floor.db.prepare('select count(*) from events').pluck().get();
const before = counted();
const used = process.cpuUsage();
const begun = performance.now();
await pool(orders, jobs, (i) => undo(on[i]));
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(used);
const events = counted() - before;
await close();
floor.close();
process.stdout.write(
  `${JSON.stringify({ perSecond: orders / seconds, cpuMs: (user + system) / 1000 / orders, events: events / orders })}\n`,
);
