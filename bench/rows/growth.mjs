import { fileURLToPath } from 'node:url';
import { costRow } from '../lib/figures.mjs';
import { script } from '../lib/measure.mjs';

const file = fileURLToPath(new URL('../subject/growth.mjs', import.meta.url));
const NAMES = {
  place: 'placing an order',
  status: 'the state of one',
  list: 'the first page of a list',
  claim: 'a claim of 32',
};

/** The same work at 10,000 and at 1,000,000 orders. */
export const growth = async ({ library, fresh, quick }) => {
  const [small, large] = quick ? [500, 2_000] : [10_000, 1_000_000];
  const base = await script(file, [library, fresh(), small]);
  const grown = await script(file, [library, fresh(), large]);
  return Object.entries(NAMES).map(([name, words]) =>
    costRow(`${words}, ${large.toLocaleString('en-US')} orders beside ${small.toLocaleString('en-US')}`, {
      oss: [grown[name]],
      base: [base[name]],
      aim: 1.2,
    }),
  );
};
