import { fileURLToPath } from 'node:url';
import { rateRow } from '../lib/figures.mjs';
import { interleaved, median, script } from '../lib/measure.mjs';
import { withPeers } from '../lib/with-peers.mjs';

const file = (name) => fileURLToPath(new URL(`../${name}/lifecycle.mjs`, import.meta.url));
const JOBS = 32;

/** From placing to OrderClosed, with both peers in another process. */
export const lifecycle = ({ library, fresh, quick }) =>
  withPeers(async (port) => {
    // A night's import. In the first thousands of orders much of the time goes into compiling the program.
    const orders = quick ? 100 : 20_000;
    const run = (name) => () => script(file(name), [library, fresh(), orders, JOBS, port]);
    const runs = await interleaved(quick ? 1 : 3, { floor: run('floor'), oss: run('subject') });
    const rates = (of) => of.map(({ perSecond }) => perSecond);
    const cpu = (of) => median(of.map(({ cpuMs }) => cpuMs));
    const { events, phases } = runs.oss[0];
    return [
      rateRow(`whole life of an order (${Math.round(events)} events, 6 requests), -j ${JOBS}`, {
        oss: rates(runs.oss),
        floor: rates(runs.floor),
        aim: 0.5,
        unit: 'orders/s',
        more: { cpuRatio: cpu(runs.floor) / cpu(runs.oss), phasesMs: phases },
      }),
    ];
  });
