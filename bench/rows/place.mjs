import { fileURLToPath } from 'node:url';
import { rateRow } from '../lib/figures.mjs';
import { interleaved, script } from '../lib/measure.mjs';

const file = (name) => fileURLToPath(new URL(`../${name}/place.mjs`, import.meta.url));

export const place = async ({ library, fresh, quick }) => {
  const orders = quick ? 100 : 1_000;
  const run = (name) => async () => (await script(file(name), [library, fresh(), orders])).perSecond;
  const { oss, floor } = await interleaved(quick ? 1 : 7, { floor: run('floor'), oss: run('subject') });
  return [rateRow('placing orders one by one, each durable', { oss, floor, aim: 0.5, unit: 'orders/s' })];
};
