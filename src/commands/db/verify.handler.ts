import { resolve } from 'node:path';
import type { Services } from '../../adapters/compose.ts';
import { checkDerived, type DerivedProblem } from '../../core/app/check-derived.ts';
import { type SignedHead, signedHeadText } from '../../core/ports/audit.ts';
import type { ProblemKind, Problem as StoredProblem, VerifyResult } from '../../core/ports/maintenance.ts';
import type { Store } from '../../core/ports/store.ts';
import { type Block, textBlock, tone } from '../../faces/cli/terminal/blocks.ts';
import { object } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import type { dbVerify } from './verify.ts';

type Problem = Omit<StoredProblem, 'problem'> & {
  readonly problem: ProblemKind | DerivedProblem | 'head-signature';
};

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
  // The very database that opening refuses is what this is for.
  const kept = await keptHead(ctx.services, flags);
  const database = await ctx.services.database('read', { asFound: true });
  const checked = await database.verify({
    ...kept.options,
    ...(flags.against === undefined ? {} : { against: resolve(flags.against) }),
  });
  const derived = isReadable(checked) ? await derivedProblems(ctx.services, database) : [];
  const { events, orders, head } = checked;
  const problems = [...kept.problems, ...checked.problems, ...derived.slice(0, MOST_LISTED)];
  const problemCount = kept.problems.length + checked.problemCount + derived.length;
  const ok = problemCount === 0;
  return object<Verified>({
    schema: 'oss.verified/1',
    data: { ok, events, orders, problemCount, problems, head: `${head.position}:${head.digest}` },
    id: `${head.position}:${head.digest}`,
    exit: ok ? EXIT.done : EXIT.refused,
    show: shown,
    notes: ok ? [ctx.t.db.keepHead] : nextOf(problems).map((next) => ctx.t.db.next[next]),
  });
};

type Kept = {
  readonly options: { readonly head?: string; readonly audit?: SignedHead['audit'] };
  readonly problems: readonly Problem[];
};

/** The head that was given, as a text or in a file, whose signature is judged if a key is given. */
const keptHead = async (
  { headFile, signatureCheck }: Services,
  { head, key }: { readonly head: string | undefined; readonly key: string | undefined },
): Promise<Kept> => {
  const isSigned = key === undefined ? null : await signatureCheck(resolve(key));
  const forged: Problem = { orderId: null, version: null, position: null, problem: 'head-signature' };
  if (head === undefined || /^[0-9]+:/.test(head.trim()))
    return { options: head === undefined ? {} : { head }, problems: isSigned === null ? [] : [forged] };
  const { signature, ...told } = await headFile(resolve(head));
  const isGood = isSigned === null || isSigned(signedHeadText(told), signature ?? '');
  return {
    options: { head: `${told.position}:${told.digest}`, audit: told.audit },
    problems: isGood ? [] : [forged],
  };
};

/** Tables that are gone or others cannot be compared with the log. */
const isReadable = ({ problems }: VerifyResult): boolean =>
  !problems.some(({ problem }) => /^(page|schema-(missing|changed): table)/.test(problem));

/** What is derived from the log, and what the log speaks of, against the log. */
const derivedProblems = async ({ policy, clock }: Services, store: Store): Promise<readonly Problem[]> => {
  const found: Problem[] = [];
  await checkDerived({ store, policy, clock }, ({ orderId, problem }) => {
    found.push({ orderId, version: null, position: null, problem });
  });
  return found;
};

const MOST_LISTED = 1_000;
const SHOWN_PROBLEMS = 20;

/** What to do about what was found, the worst first. */
const nextOf = (
  problems: readonly Problem[],
): readonly ('restore' | 'schema' | 'audit' | 'rebuild' | 'vault')[] => {
  const has = (pattern: RegExp): boolean => problems.some(({ problem }) => pattern.test(problem));
  return [
    ...(has(/^(gap|hash|data|unknown-|head|against|page)/) ? (['restore'] as const) : []),
    ...(has(/^schema-/) ? (['schema'] as const) : []),
    ...(has(/^audit-/) ? (['audit'] as const) : []),
    ...(has(/^(view|no-view|stray-views|no-work)$/) ? (['rebuild'] as const) : []),
    ...(has(/^no-(customer|address|text|binding)$/) ? (['vault'] as const) : []),
  ];
};

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
