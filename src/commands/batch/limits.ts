import { Refusal } from '../../core/rules/refusal.ts';
import type { Texts } from '../../texts/catalogue.ts';

/** How many failures end a run of so many rows; null: none do. */
export type Limit = (rows: number) => number | null;

/** Throws USAGE, BAD_VALUE. */
export const limitOf = (
  { failFast, maxFailures }: { readonly failFast: boolean; readonly maxFailures: string | undefined },
  t: Texts,
): Limit => {
  if (maxFailures === undefined) return () => (failFast ? 1 : null);
  if (failFast)
    throw new Refusal('USAGE', {
      fault: { code: 'NOT_TOGETHER', flags: ['--fail-fast', '--max-failures'] },
      example: null,
    });
  const [, number = '', share] = /^(\d{1,9}(?:\.\d{1,3})?)(%?)$/.exec(maxFailures.trim()) ?? [];
  const value = Number(number);
  const isGood =
    number !== '' && (share === '%' ? value > 0 && value <= 100 : Number.isInteger(value) && value >= 1);
  if (!isGood) {
    const expected = { code: 'IN_WORDS', text: t.batch.usage.maxFailures } as const;
    throw new Refusal('BAD_VALUE', { flag: '--max-failures', value: maxFailures, expected });
  }
  return (rows) => (share === '%' ? Math.max(1, Math.ceil((rows * value) / 100)) : value);
};
