import { reconcile } from '../../core/app/reconcile/reconcile.ts';
import type { ReconcileCounts } from '../../core/app/reconcile/reconcile-options.ts';
import type { Finding } from '../../core/reconcile/finding.ts';
import { list } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { wordingOf } from '../framework/run/failure.ts';
import type { neReconcile } from './reconcile.ts';

const TONES = { open: 'bad', fixed: 'good', 'by-hand': 'warn' } as const;

type Told = { open: number; byHand: number; counts: ReconcileCounts | null };

export const run: Handler<typeof neReconcile> = async (ctx, { flags }) => {
  const { t } = ctx;
  const told: Told = { open: 0, byHand: 0, counts: null };
  const { columns } = t.ne;
  return list<Finding>({
    schema: 'oss.findings/1',
    items: findings(ctx, flags.fix, told),
    id: ({ key }) => key,
    empty: t.ne.even,
    extra: { simulated: await ctx.services.simulated() },
    foot: () => (told.counts === null ? [] : [{ kind: 'text', lines: [t.ne.summary(told.counts)] }]),
    // What was fixed differed too, but does not any more.
    exitAtEnd: () => (told.open + told.byHand > 0 ? EXIT.refused : EXIT.done),
    columns: [
      { title: columns.kind, drop: 0, cell: ({ kind }) => ({ text: t.ne.kinds[kind], tone: 'warn' }) },
      { title: columns.service, drop: 0, cell: ({ key }) => key },
      { title: columns.stage, drop: 0, cell: ({ stage }, view) => stageOf(view.t, stage) },
      { title: 'NE', drop: 3, cell: ({ neId }) => neId ?? '' },
      {
        title: columns.state,
        drop: 0,
        cell: ({ state }) => ({ text: t.ne.states[state], tone: TONES[state] }),
      },
      { title: columns.detail, drop: 1, cell: ({ detail }) => detail },
    ],
  });
};

const stageOf = (t: CommandContext['t'], stage: string | null): string => {
  const words: Readonly<Record<string, string>> = t.stages.stage;
  return stage === null ? t.ne.nobody : (words[stage] ?? stage);
};

async function* findings(ctx: CommandContext, fix: boolean, told: Told): AsyncGenerator<Finding> {
  const { t, services, terminal } = ctx;
  let toldAt = services.clock.monotonic();
  const all = reconcile(await services.saga(), {
    fix,
    signal: ctx.signal,
    onDeskUnread: (refusal) => void ctx.warn(t.ne.deskUnread(wordingOf(t, refusal).what)),
    onProgress: (counts) => {
      const now = services.clock.monotonic();
      if (now - toldAt < (terminal.stderrTty ? 200 : 10_000)) return;
      toldAt = now;
      void ctx.progress(t.ne.progress(counts));
    },
  });
  for (let next = await all.next(); ; next = await all.next()) {
    if (next.done === true) {
      told.counts = next.value;
      break;
    }
    if (next.value.state === 'open') told.open += 1;
    if (next.value.state === 'by-hand') told.byHand += 1;
    yield next.value;
  }
  await ctx.progress(null);
  if (told.counts.unclear > 0) await ctx.warn(t.ne.unclear(told.counts.unclear));
  if (!fix && told.open > 0) await ctx.note(t.ne.howToFix(ctx.program));
  if (told.byHand > 0) await ctx.note(t.ne.byHand(ctx.program));
}
