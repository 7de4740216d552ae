// The whole life of orders: node lifecycle.mjs <library> <folder> <orders> <jobs> <port of the peers>
import { atPeers, workOn } from '../lib/at-peers.mjs';
import {
  orderOf,
  pool,
  serialOf,
  startOfToday,
  TECHNICIANS,
  technicianOf,
  visitOf,
} from '../lib/workload.mjs';

const [library, folder, ordersText, jobsText, port] = process.argv.slice(2);
const [orders, jobs] = [Number(ordersText), Number(jobsText)];
const program = await import(library);
const { assignVisit, completeVisit, placeOrder } = program;
const { services, saga } = await atPeers(program, {
  folder,
  port,
  jobs,
  more: { OSS_DISPATCH_LEAD_HOURS: '500' },
});
const { store, clock } = saga;
await store.write(async (tx) => {
  for (let i = 0; i < TECHNICIANS; i += 1) await tx.technicians.put(technicianOf(i));
});
const today = startOfToday(clock.now());
const work = () => workOn(program, saga, jobs);

const ids = [];
const phases = {};
const timed = async (name, run) => {
  const begun = performance.now();
  await run();
  phases[name] = Math.round(performance.now() - begun);
};
const used = process.cpuUsage();
const begun = performance.now();
await timed('place', () =>
  pool(orders, jobs, async (i) => {
    const order = { ...orderOf(i), channel: 'batch', priority: 'normal', wishes: {} };
    ids[i] = (await placeOrder(saga, order, {})).process.orderId;
  }),
);
await timed('activate', work);
await timed('assign', () =>
  pool(orders, jobs, async (i) => {
    const { technicianId, start } = visitOf(i, today);
    const wish = { technician: technicianId, at: start, via: 'agreed', call: 'now' };
    await assignVisit(saga, ids[i], { wish });
  }),
);
await timed('book', work);
await timed('complete', () =>
  pool(orders, jobs, (i) =>
    completeVisit(saga, ids[i], { facts: {}, evidence: { ont: serialOf(i), rx: -18.5, signer: 'Kim' } }),
  ),
);
await timed('close', work);
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(used);
const { n: position } = await store.read((tx) => tx.events.head());
const { completed = 0 } = await store.read((tx) => tx.views.counts());
const closed = await store.read(async (tx) => (await tx.events.load(ids[0])).at(-1)?.type);
await services.close();
if (completed !== orders || closed !== 'OrderClosed') throw new Error(`${completed} of ${orders}, ${closed}`);
process.stdout.write(
  `${JSON.stringify({ perSecond: orders / seconds, cpuMs: (user + system) / 1000 / orders, events: position / orders, phases })}\n`,
);
