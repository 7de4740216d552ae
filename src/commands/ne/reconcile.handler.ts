import { compareAndKeep } from '../../core/app/reconcile/compare-peers.ts';
import { readLastComparison } from '../../core/app/reconcile/last-comparison.ts';
import { reconcile } from '../../core/app/reconcile/reconcile.ts';
import type { Compared, Excess } from '../../core/app/reconcile/reconcile-options.ts';
import type { Finding } from '../../core/peers/finding.ts';
import type { Comparison, Gap } from '../../core/ports/comparisons.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { iso } from '../../core/time/iso.ts';
import { shownKey } from '../../core/values/keys.ts';
import { inWords } from '../../texts/coded.ts';
import { differences } from '../../texts/en/differences.ts';
import { list } from '../framework/print/result.ts';
import type { CommandContext, Handler } from '../framework/run/context.ts';
import { EXIT } from '../framework/run/exit-codes.ts';
import { wordingOf } from '../framework/run/failure.ts';
import type { neReconcile } from './reconcile.ts';

const TONES = { open: 'bad', fixed: 'good', 'by-hand': 'warn', 'held-back': 'bad' } as const;

type Told = { readonly states: Set<Finding['state']>; compared: Compared | null };

export const run: Handler<typeof neReconcile> = async (ctx, { flags }) => {
  if (flags.last && flags.fix) {
    throw new Refusal('USAGE', {
      fault: { code: 'NOT_TOGETHER', flags: ['--last', '--fix'] },
      example: 'ne reconcile --last',
    });
  }
  return flags.last ? lastTime(ctx) : now(ctx, flags.fix);
};

const now = async (ctx: CommandContext, fix: boolean) => {
  const { t } = ctx;
  const told: Told = { states: new Set(), compared: null };
  return list<Finding>({
    ...findingList(ctx, await ctx.services.simulated()),
    items: findings(ctx, fix, told),
    // Nothing was found of what was seen: that is no agreement.
    ...(fix ? {} : { empty: t.ne.even }),
    foot: () =>
      told.compared === null ? [] : [{ kind: 'text', lines: [t.ne.summary(told.compared.counts)] }],
    // What was fixed differed too, but does not any more.
    exitAtEnd: () => {
      if (told.compared === null || told.compared.gaps.length > 0) return EXIT.tryLater;
      return [...told.states].some((state) => state !== 'fixed') ? EXIT.refused : EXIT.done;
    },
  });
};

/** What the last comparison that set things right has left to people. */
const lastTime = async (ctx: CommandContext) => {
  const { t, services } = ctx;
  const store = await services.store('read');
  const { last, findings: kept } = await readLastComparison({ store });
  return list<Finding & { readonly since: string }>({
    ...findingList(ctx, await services.simulated()),
    items: kept.map((finding) => ({ ...finding, since: iso(finding.since) })),
    empty: t.ne.nothingKept,
    notes: [last === null ? t.ne.neverCompared(ctx.program) : comparedAt(ctx, last)],
    exit: kept.length > 0 ? EXIT.refused : EXIT.done,
  });
};

const comparedAt = ({ t, view }: CommandContext, { beganAt, endedAt, gaps, failure }: Comparison): string => {
  const at = view.time(iso(beganAt));
  if (failure !== null) return t.ne.failedAt(at, inWords(t.causes, failure));
  if (endedAt === null) return t.ne.begunAt(at);
  return gaps.length === 0 ? t.ne.comparedAt(at) : t.ne.partlyAt(at, gapsText(t, gaps));
};

const gapsText = (t: CommandContext['t'], gaps: readonly Gap[]): string =>
  gaps.map(({ part, why }) => `${t.ne.gaps[part]} (${inWords(t.causes, why)})`).join('; ');

const findingList = ({ t }: CommandContext, simulated: boolean) => {
  const { columns } = t.ne;
  return {
    schema: 'oss.findings/1',
    id: ({ key }: Finding) => key,
    told: toldFinding,
    extra: { simulated },
    columns: [
      {
        title: columns.kind,
        drop: 0,
        cell: ({ kind }: Finding) => ({ text: t.ne.kinds[kind], tone: 'warn' as const }),
      },
      { title: columns.service, drop: 0, cell: ({ key }: Finding) => shownKey(key) },
      { title: columns.stage, drop: 0, cell: ({ stage }: Finding) => stageOf(t, stage) },
      { title: 'NE', drop: 3, cell: ({ neId }: Finding) => neId ?? '' },
      {
        title: columns.state,
        drop: 0,
        cell: ({ state }: Finding) => ({ text: t.ne.states[state], tone: TONES[state] }),
      },
      { title: columns.detail, drop: 1, cell: ({ detail }: Finding) => inWords(t.differences, detail) },
    ],
  };
};

/** As JSON tells it: `detail` in English words, and beside them as a code with its values. */
const toldFinding = (finding: Finding): object => ({
  ...finding,
  detail: inWords(differences, finding.detail),
  detailCode: finding.detail,
});

const stageOf = (t: CommandContext['t'], stage: string | null): string => {
  const words: Readonly<Record<string, string>> = t.stages.stage;
  return stage === null ? t.ne.nobody : (words[stage] ?? stage);
};

async function* findings(ctx: CommandContext, fix: boolean, told: Told): AsyncGenerator<Finding> {
  const { t, services, terminal } = ctx;
  let toldAt = services.clock.monotonic();
  const options = {
    signal: ctx.signal,
    mayExceed: (excess: Excess) => mayExceed(ctx, excess),
    onDeskUnread: (refusal: Refusal) => void ctx.warn(t.ne.deskUnread(wordingOf(t, refusal).what)),
    onProgress: (counts: Compared['counts']) => {
      const at = services.clock.monotonic();
      if (at - toldAt < (terminal.stderrTty ? 200 : 10_000)) return;
      toldAt = at;
      void ctx.progress(t.ne.progress(counts));
    },
  };
  const saga = await services.saga();
  const all = fix ? compareAndKeep(saga, options) : reconcile(saga, { ...options, fix });
  for (let next = await all.next(); ; next = await all.next()) {
    if (next.done === true) {
      told.compared = next.value;
      break;
    }
    told.states.add(next.value.state);
    yield next.value;
  }
  await ctx.progress(null);
  await tellTheRest(ctx, fix, told.compared, told.states);
}

const tellTheRest = async (
  ctx: CommandContext,
  fix: boolean,
  { counts, gaps }: Compared,
  states: ReadonlySet<Finding['state']>,
): Promise<void> => {
  const { t, program } = ctx;
  if (counts.unclear > 0) await ctx.warn(t.ne.unclear(counts.unclear));
  if (gaps.length > 0) await ctx.warn(t.ne.incomplete(gapsText(t, gaps)));
  if (!fix && states.has('open')) await ctx.note(t.ne.howToFix(program));
  if (states.has('by-hand')) await ctx.note(t.ne.byHand(program));
  if (states.has('held-back')) await ctx.note(t.ne.heldBack(program));
};

/** The operator confirms so much at once; off a terminal `-y` must say so. */
const mayExceed = async (ctx: CommandContext, { what, count, most }: Excess): Promise<boolean> => {
  if (ctx.globals.yes) return true;
  await ctx.progress(null);
  await ctx.warn(ctx.t.ne.tooMany[what](count, most));
  if (!ctx.prompts.possible) return false;
  return ctx.prompts.confirmCount(`${ctx.t.ne.reallySo} ${ctx.t.prompts.typeCount(count)}`, count);
};
