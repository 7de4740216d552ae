// The floor of placing one by one: node place.mjs <library> <folder> <orders>
import { join } from 'node:path';
import { orderOf } from '../lib/workload.mjs';
import { openFloor } from './database.mjs';

const [library, folder, orders] = process.argv.slice(2);
const { initial } = await import(library);
const floor = openFloor(join(folder, 'floor.db'), initial);
const used = process.cpuUsage();
const begun = performance.now();
for (let i = 0; i < Number(orders); i += 1) floor.write(() => floor.place(orderOf(i)));
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(used);
floor.close();
process.stdout.write(
  `${JSON.stringify({ perSecond: Number(orders) / seconds, cpuMs: (user + system) / 1000 / Number(orders) })}\n`,
);
