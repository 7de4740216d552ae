// Places orders one by one, each durable before the next: node place.mjs <library> <folder> <orders>
const [library, folder, orders] = process.argv.slice(2);
const { compose, placeOrder } = await import(library);
const { orderOf } = await import('../lib/workload.mjs');

const services = compose({
  env: { HOME: process.env.HOME, OSS_HOME: folder },
});
const deps = { ...services, store: await services.store('write') };
const taken = { channel: 'batch', priority: 'normal', wishes: {} };
const used = process.cpuUsage();
const begun = performance.now();
for (let i = 0; i < Number(orders); i += 1) await placeOrder(deps, { ...orderOf(i), ...taken }, {});
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(used);
await services.close();
process.stdout.write(
  `${JSON.stringify({ perSecond: Number(orders) / seconds, cpuMs: (user + system) / 1000 / Number(orders) })}\n`,
);
