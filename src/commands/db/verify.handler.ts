import { resolve } from 'node:path';
import type { Services } from '../../adapters/compose.ts';
import { type Block, textBlock, tone } from '../../faces/cli/terminal/blocks.ts';
import { object } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import type { dbVerify } from './verify.ts';

type Result = Awaited<ReturnType<Awaited<ReturnType<Services['database']>>['verify']>>;
type Problem = Result['problems'][number];

/** `oss.verified/1`. */
export type Verified = {
  readonly ok: boolean;
  readonly events: number;
  readonly orders: number;
  readonly problemCount: number;
  /** The first of them. */
  readonly problems: readonly Problem[];
  /** To be kept elsewhere, and given to `--head` later. */
  readonly head: string;
};

export const run: Handler<typeof dbVerify> = async (ctx, { flags }) => {
  const database = await ctx.services.database('read');
  const { events, orders, problems, problemCount, head } = await database.verify({
    ...(flags.head === undefined ? {} : { head: flags.head }),
    ...(flags.against === undefined ? {} : { against: resolve(flags.against) }),
  });
  const ok = problemCount === 0;
  return object<Verified>({
    schema: 'oss.verified/1',
    data: { ok, events, orders, problemCount, problems, head: `${head.position}:${head.digest}` },
    id: `${head.position}:${head.digest}`,
    exit: ok ? EXIT.done : EXIT.refused,
    show: shown,
    notes: ok ? [ctx.t.db.keepHead] : [],
  });
};

const SHOWN_PROBLEMS = 20;

const shown = (data: Verified, { t }: View): readonly Block[] => {
  const head: Block = {
    kind: 'card',
    sections: [
      {
        rows: [
          [t.db.verdict, data.ok ? tone('good', t.db.whole) : tone('bad', t.db.problems(data.problemCount))],
          [t.db.orders, String(data.orders)],
          [t.db.events, String(data.events)],
          [t.db.head, data.head],
        ],
      },
    ],
  };
  if (data.ok) return [head];
  const first = data.problems.slice(0, SHOWN_PROBLEMS);
  return [
    head,
    {
      kind: 'table',
      columns: [
        { title: t.common.columns.order, drop: 0 },
        { title: t.db.columns.version, drop: 0, align: 'right' },
        { title: t.db.columns.problem, drop: 0 },
      ],
      rows: first.map(({ orderId, version, problem }) => [
        orderId ?? '-',
        version === null ? '-' : String(version),
        t.db.problem(problem),
      ]),
    },
    ...(data.problemCount > first.length
      ? [textBlock(t.db.moreProblems(data.problemCount - first.length))]
      : []),
  ];
};
