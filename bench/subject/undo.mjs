// The undo of orders that are on: node undo.mjs <library> <folder> <orders> <jobs> <port of the peers>
import { orderOf, pool } from '../lib/workload.mjs';

const [library, folder, ordersText, jobsText, port] = process.argv.slice(2);
const [orders, jobs] = [Number(ordersText), Number(jobsText)];
const { cancelOrder, compose, drain, placeOrder } = await import(library);
const services = compose({
  env: {
    HOME: process.env.HOME,
    OSS_HOME: folder,
    OSS_NE_URL: `http://127.0.0.1:${port}/ne`,
    OSS_TM_URL: `http://127.0.0.1:${port}/tm`,
    OSS_NE_BULKHEAD: String(jobs),
    OSS_TM_BULKHEAD: String(jobs),
    OSS_TZ: 'UTC',
    OSS_ACTOR: 'supervisor:bench',
  },
});
const saga = await services.saga();
const { store } = saga;
const work = () =>
  drain(saga, {
    concurrency: jobs,
    drain: true,
    waitMs: 60_000,
    signal: new AbortController().signal,
    closedLanes: async () => new Map(),
    places: { local: jobs, ne: jobs, tm: jobs },
  });

const ids = [];
await pool(orders, jobs, async (i) => {
  const order = { ...orderOf(i), channel: 'batch', priority: 'normal', wishes: {} };
  ids[i] = (await placeOrder(saga, order, {})).process.orderId;
});
await work();
const { position: on } = await store.read((tx) => tx.events.head());
const used = process.cpuUsage();
const begun = performance.now();
await pool(orders, jobs, (i) =>
  cancelOrder(saga, ids[i], { code: 'CUSTOMER_REQUEST', note: undefined, claim: false }),
);
await work();
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(used);
const { position } = await store.read((tx) => tx.events.head());
const { cancelled = 0 } = await store.read((tx) => tx.views.counts());
const closed = await store.read(async (tx) => (await tx.events.load(ids[0])).at(-1)?.type);
await services.close();
if (cancelled !== orders || closed !== 'OrderClosed') throw new Error(`${cancelled} of ${orders}, ${closed}`);
process.stdout.write(
  `${JSON.stringify({ perSecond: orders / seconds, cpuMs: (user + system) / 1000 / orders, events: (position - on) / orders })}\n`,
);
