import type { QueuePlan } from '../../core/app/desk/plan-queue.ts';
import { type Block, heading } from '../../faces/cli/terminal/blocks.ts';
import type { View } from '../framework/print/view.ts';

/** More areas and days than that stand a day a line. */
const ROWS = 30;

type Row = { readonly name: readonly string[]; readonly before: number; readonly planned: number };

/** How many visits each day has, by area as long as that is a screenful. */
export const loadBlocks = ({ load }: Pick<QueuePlan, 'load'>, { t }: View): readonly Block[] => {
  const { columns, planLoad, planDays, planAreas, areaUnknown } = t.schedule;
  if (load.length === 0) return [];
  const isLong = load.length > ROWS;
  const rows = isLong
    ? [...new Set(load.map(({ date }) => date))].map((date): Row => {
        const own = load.filter((one) => one.date === date);
        return {
          name: [date, planAreas(own.length)],
          before: own.reduce((sum, { before }) => sum + before, 0),
          planned: own.reduce((sum, { planned }) => sum + planned, 0),
        };
      })
    : load.map(
        ({ date, area, before, planned }): Row => ({ name: [date, area ?? areaUnknown], before, planned }),
      );
  return [
    heading(isLong ? planDays : planLoad),
    {
      kind: 'table',
      columns: [
        { title: columns.date, drop: 0 },
        { title: columns.area, drop: 0 },
        { title: columns.before, drop: 0, align: 'right' },
        { title: columns.planned, drop: 0, align: 'right' },
      ],
      rows: rows.map(({ name, before, planned }) => [...name, String(before), `+${planned}`]),
    },
  ];
};
