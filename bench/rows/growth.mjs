import { fileURLToPath } from 'node:url';
import { costRow } from '../lib/figures.mjs';
import { interleaved, script } from '../lib/measure.mjs';

const file = fileURLToPath(new URL('../subject/growth.mjs', import.meta.url));
const NAMES = {
  place: 'placing an order',
  status: 'the state of one',
  list: 'the first page of a list',
  claim: 'a claim of 32',
};

/** The same work at 10,000 and at 1,000,000 orders: both are filled first, then measured in turn. */
export const growth = async ({ library, fresh, quick }) => {
  const [small, large] = quick ? [500, 2_000] : [10_000, 1_000_000];
  const subject = (orders) => {
    const folder = fresh();
    return () => script(file, [library, folder, orders]);
  };
  const subjects = { base: subject(small), oss: subject(large) };
  for (const fill of Object.values(subjects)) await fill();
  const { base, oss } = await interleaved(quick ? 1 : 5, subjects);
  return Object.entries(NAMES).map(([name, words]) =>
    costRow(`${words}, ${large.toLocaleString('en-US')} orders beside ${small.toLocaleString('en-US')}`, {
      oss: oss.map((costs) => costs[name]),
      base: base.map((costs) => costs[name]),
      aim: 1.2,
    }),
  );
};
