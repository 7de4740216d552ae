import { comparePlans, type OtherWorld, type PlanComparison } from '../../core/app/desk/compare-plans.ts';
import type { PlanQuery, PlanWatch } from '../../core/app/desk/plan-queue.ts';
import type { PlanFigures } from '../../core/assign/plan-figures.ts';
import { Refusal } from '../../core/rules/refusal.ts';
import { parseDaySpan } from '../../core/time/day-span.ts';
import { type Block, tone } from '../../faces/cli/terminal/blocks.ts';
import { actorDeps } from '../changing.ts';
import type { InputOf } from '../framework/parse/descriptor.ts';
import { flagName } from '../framework/parse/flag-names.ts';
import { type ObjectResult, object } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { readTechnicians } from '../technician/read-file.ts';
import type { schedulePlan } from './plan.ts';

type Flags = InputOf<typeof schedulePlan>['flags'];

const OTHER = ['without', 'withFile', 'travel', 'hours'] as const;

/** The first flag that asks for another world; null: none does. */
export const flagOfOther = (flags: Flags): string | null => {
  const key = OTHER.find((one) => flags[one] !== undefined);
  return key === undefined ? null : flagName(key);
};

/** The plan of this world beside that of another one; the command writes nothing, whatever the other flags say. */
export const planComparison = async (
  ctx: CommandContext,
  flags: Flags,
  { query, watch }: { readonly query: PlanQuery; readonly watch: PlanWatch },
): Promise<ObjectResult> => {
  const other = await otherOf(ctx, flags);
  const data = await comparePlans(await actorDeps(ctx, 'read'), query, { other, watch });
  if (ctx.terminal.stderrTty) await ctx.progress(null);
  return object<PlanComparison>({
    schema: 'oss.plan-comparison/1',
    data,
    id: 'comparison',
    show: comparisonBlocks,
    notes: [ctx.t.schedule.comparison.nothing],
  });
};

const otherOf = async (
  ctx: CommandContext,
  { without, withFile, travel, hours }: Flags,
): Promise<OtherWorld> => {
  const span = hours === undefined ? undefined : parseDaySpan(hours);
  if (span === null) {
    throw new Refusal('BAD_VALUE', { flag: '--hours', value: hours ?? '', expected: { code: 'DAY_HOURS' } });
  }
  const file =
    withFile === undefined ? null : await readTechnicians(ctx, withFile, () => actorDeps(ctx, 'read'));
  return {
    without: without ?? [],
    technicians: file?.technicians ?? [],
    keep: file?.keep ?? [],
    travelMinutes: travel,
    hours: span,
  };
};

const km = (metres: number | null): string => (metres === null ? '' : String(Math.round(metres / 1_000)));

const comparisonBlocks = ({ now, other, gained, lost }: PlanComparison, { t }: View): readonly Block[] => {
  const words = t.schedule.comparison;
  const { rows: names } = words;
  const row = (name: string, of: (figures: PlanFigures) => string): readonly string[] => [
    name,
    of(now),
    of(other),
  ];
  const ids = [
    ...new Set([...now.technicians, ...other.technicians].map(({ technicianId }) => technicianId)),
  ].sort();
  const own = (figures: PlanFigures, id: string): string => {
    const found = figures.technicians.find(({ technicianId }) => technicianId === id);
    if (found === undefined) return words.none;
    return words.technician(
      found.visits,
      found.minutes,
      found.metres === null ? null : Math.round(found.metres / 1_000),
    );
  };
  return [
    {
      kind: 'table',
      columns: [
        { title: '', drop: 0 },
        { title: words.now, drop: 0, align: 'right' },
        { title: words.other, drop: 0, align: 'right' },
      ],
      rows: [
        row(names.placed, ({ placed }) => String(placed)),
        row(names.unplaced, ({ unplaced }) => String(unplaced)),
        row(names.latePlaced, ({ latePlaced }) => String(latePlaced)),
        row(names.lateUnplaced, ({ lateUnplaced }) => String(lateUnplaced)),
        row(names.wishesMet, ({ wishesMet, wishes }) => `${wishesMet}/${wishes}`),
        row(names.minutes, ({ minutes }) => String(minutes)),
        ...(now.metres === null ? [] : [row(names.km, ({ metres }) => km(metres))]),
        ...ids.map((id) => [id, own(now, id), own(other, id)]),
      ],
    },
    {
      kind: 'text',
      lines: [
        ...(gained.length === 0 ? [] : [tone('good', words.gained(gained))]),
        ...(lost.length === 0 ? [] : [tone('bad', words.lost(lost))]),
      ],
    },
  ];
};
