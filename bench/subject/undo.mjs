// The undo of orders that are on: node undo.mjs <library> <folder> <orders> <jobs> <port of the peers>
import { atPeers, workOn } from '../lib/at-peers.mjs';
import { orderOf, pool } from '../lib/workload.mjs';

const [library, folder, ordersText, jobsText, port] = process.argv.slice(2);
const [orders, jobs] = [Number(ordersText), Number(jobsText)];
const program = await import(library);
const { cancelOrder, placeOrder } = program;
const { services, saga } = await atPeers(program, { folder, port, jobs });
const { store } = saga;
const work = () => workOn(program, saga, jobs);

const ids = [];
await pool(orders, jobs, async (i) => {
  const order = { ...orderOf(i), channel: 'batch', priority: 'normal', wishes: {} };
  ids[i] = (await placeOrder(saga, order, {})).process.orderId;
});
await work();
const { n: on } = await store.read((tx) => tx.events.head());
const used = process.cpuUsage();
const begun = performance.now();
await pool(orders, jobs, (i) =>
  cancelOrder(saga, ids[i], { code: 'CUSTOMER_REQUEST', note: undefined, claim: false }),
);
await work();
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(used);
const { n: position } = await store.read((tx) => tx.events.head());
const { cancelled = 0 } = await store.read((tx) => tx.views.counts());
const closed = await store.read(async (tx) => (await tx.events.load(ids[0])).at(-1)?.type);
await services.close();
if (cancelled !== orders || closed !== 'OrderClosed') throw new Error(`${cancelled} of ${orders}, ${closed}`);
process.stdout.write(
  `${JSON.stringify({ perSecond: orders / seconds, cpuMs: (user + system) / 1000 / orders, events: (position - on) / orders })}\n`,
);
