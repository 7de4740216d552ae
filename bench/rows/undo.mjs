import { fileURLToPath } from 'node:url';
import { rateRow } from '../lib/figures.mjs';
import { interleaved, median, script } from '../lib/measure.mjs';
import { withPeers } from '../lib/with-peers.mjs';

const file = (name) => fileURLToPath(new URL(`../${name}/undo.mjs`, import.meta.url));
const JOBS = 32;

/** From OrderCancelled to OrderClosed, of orders whose services are on; each revert is looked at afterwards. */
export const undo = ({ library, fresh, quick }) =>
  withPeers(async (port) => {
    const orders = quick ? 100 : 10_000;
    const run = (name) => () => script(file(name), [library, fresh(), orders, JOBS, port]);
    const runs = await interleaved(quick ? 1 : 3, { floor: run('floor'), oss: run('subject') });
    const rates = (of) => of.map(({ perSecond }) => perSecond);
    const cpu = (of) => median(of.map(({ cpuMs }) => cpuMs));
    return [
      rateRow(
        `undo of an activated order (${Math.round(runs.oss[0].events)} events, 6 requests), -j ${JOBS}`,
        {
          oss: rates(runs.oss),
          floor: rates(runs.floor),
          aim: 0.4,
          unit: 'orders/s',
          more: { cpuRatio: cpu(runs.floor) / cpu(runs.oss) },
        },
      ),
    ];
  });
