import { fileURLToPath } from 'node:url';
import { rounded } from '../lib/figures.mjs';
import { interleaved, median, script, spread } from '../lib/measure.mjs';
import { withPeers } from '../lib/with-peers.mjs';

const file = (name) => fileURLToPath(new URL(`../${name}.mjs`, import.meta.url));
const AIM = 100_000;

/** `oss db verify` and `oss db rebuild` over the log of whole lives. */
export const log = async ({ library, fresh, quick }) => {
  const folder = fresh();
  // Fewer are done in a third of a second, most of which V8 takes to compile what it runs.
  const orders = quick ? 100 : 5_000;
  await withPeers((port) => script(file('subject/lifecycle'), [library, folder, orders, 32, port]));
  const run = (name) => () => script(file(`${name}/maintain`), [library, folder]);
  const runs = await interleaved(quick ? 1 : 5, { floor: run('floor'), oss: run('subject') });
  const row = (what, name) => {
    const rates = runs.oss.map((one) => one[name]);
    return {
      what,
      ratio: median(rates) / median(runs.floor.map((one) => one[name])),
      spread: spread(rates),
      aim: `>= ${AIM.toLocaleString('en-US')}/s`,
      met: median(rates) >= AIM,
      measured: `${rounded(median(rates))}/s`,
      oss: median(rates),
      floor: `${rounded(median(runs.floor.map((one) => one[name])))} events/s`,
      rounds: rates.length,
    };
  };
  return [row('oss db verify, events', 'verify'), row('oss db rebuild, events', 'rebuild')];
};
