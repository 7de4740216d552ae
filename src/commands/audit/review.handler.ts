import { type PersonReview, reviewMonth } from '../../core/app/audited/review-month.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { tone } from '../../faces/cli/terminal/blocks.ts';
import { actorDeps } from '../changing.ts';
import { list } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import type { auditReview } from './review.ts';

export const run: Handler<typeof auditReview> = async (ctx, { flags }) => {
  const { audit } = ctx.t;
  if (!/^20[0-9]{2}-(0[1-9]|1[0-2])$/.test(flags.month)) {
    const expected = { code: 'IN_WORDS', text: audit.month } as const;
    throw new Refusal('BAD_VALUE', { flag: '--month', value: flags.month, expected });
  }
  const items = await reviewMonth(await actorDeps(ctx, 'write'), flags.month);
  const { columns } = audit;
  const figure = (title: string, of: (person: PersonReview) => number, { drop = 0, odd = false } = {}) => ({
    title,
    drop,
    align: 'right' as const,
    cell: (person: PersonReview) =>
      tone(odd && of(person) > 0 ? 'warn' : 'plain', of(person) === 0 ? '' : String(of(person))),
  });
  return list<PersonReview>({
    schema: 'oss.audit-review/1',
    items,
    id: ({ actor }) => actor,
    empty: audit.nobody(flags.month),
    columns: [
      { title: columns.actor, drop: 0, cell: ({ actor }) => actor },
      { title: columns.account, drop: 1, cell: ({ osUser }) => osUser },
      figure(columns.readings, ({ readings }) => readings),
      figure(columns.orders, ({ orders }) => orders, { drop: 2 }),
      figure(columns.customers, ({ customers }) => customers, { drop: 2 }),
      figure(columns.unusual, ({ unusualHours }) => unusualHours, { odd: true }),
      figure(columns.bulk, ({ bulk }) => bulk, { odd: true }),
      figure(columns.denied, ({ denied }) => denied, { odd: true }),
      figure(columns.changes, ({ changes }) => changes, { drop: 3 }),
    ],
  });
};
