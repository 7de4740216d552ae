import { list } from '../framework/print/result.ts';
import type { Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { wordingOf } from '../framework/run/failure.ts';
import type { configValidate } from './validate.ts';

type Problem = {
  readonly code: string;
  readonly problem: string;
  readonly why: string | null;
  readonly next: string | null;
};

export const run: Handler<typeof configValidate> = async (ctx) => {
  const problems = await ctx.configuration.problems();
  const items = problems.map((refusal): Problem => {
    const { what, why, next } = wordingOf(ctx.t, refusal);
    const named = next?.replaceAll('$oss', ctx.program);
    return { code: refusal.code, problem: what, why: why ?? null, next: named ?? null };
  });
  return list<Problem>({
    schema: 'oss.problems/1',
    items,
    id: (item) => item.code,
    columns: [
      { title: ctx.t.config.problem, drop: 0, cell: (item) => ({ text: item.problem, tone: 'bad' }) },
      { title: ctx.t.common.why.toUpperCase(), drop: 1, cell: (item) => item.why ?? '' },
    ],
    empty: ctx.t.config.valid,
    exit: items.length === 0 ? EXIT.done : EXIT.configuration,
  });
};
