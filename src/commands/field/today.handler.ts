import { visitsOfDay } from '../../core/app/field/field-visits.ts';
import { toLocal } from '../../core/time/zone.ts';
import { technicianOf } from '../../core/values/actor.ts';
import { linesOf } from '../../core/values/lines.ts';
import type { VisitSummary } from '../../core/views/field-visit.ts';
import { tone } from '../../faces/cli/terminal/blocks.ts';
import { list } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import type { Handler } from '../framework/run/context.ts';
import { stageTone } from '../order/words.ts';
import { readingDeps } from './reading.ts';
import type { fieldToday } from './today.ts';

export const run: Handler<typeof fieldToday> = async (ctx, { flags }) => {
  const { t } = ctx;
  const today = toLocal(ctx.now(), ctx.view.tz).date;
  const date = flags.date ?? today;
  const technicianId = flags.technician ?? technicianOf(ctx.services.actor) ?? undefined;
  const { deps, options } = await readingDeps(ctx);
  const visits = await visitsOfDay(deps, { ...options, technicianId, date, overdue: date === today });
  const { columns } = t.field;
  const first = visits.find(({ stage }) => stage === 'scheduled' || stage === 'dispatched');
  return list<VisitSummary>({
    schema: 'oss.visits/1',
    items: visits,
    id: ({ orderId }) => orderId,
    columns: [
      { title: columns.time, drop: 0, cell: timeCell },
      { title: columns.order, drop: 0, cell: ({ orderId }) => orderId },
      {
        title: columns.stage,
        drop: 0,
        cell: ({ stage }) => tone(stageTone(stage), t.stages.stage[stage]),
      },
      { title: columns.customer, drop: 2, cell: ({ customer }) => customer.name ?? t.orders.erased },
      { title: columns.phone, drop: 3, cell: ({ customer }) => customer.phone ?? '' },
      { title: columns.address, drop: 4, max: 36, cell: ({ customer }) => customer.address ?? '' },
      {
        title: columns.lines,
        drop: 5,
        cell: (visit) => t.orders.lines(linesOf(visit)),
      },
      ...(technicianId === undefined
        ? [{ title: columns.technician, drop: 1, cell: (visit: VisitSummary) => visit.technicianId }]
        : []),
    ],
    empty: t.field.noneOn(date),
    ...(visits.some(({ overdue }) => overdue)
      ? { foot: () => [{ kind: 'text' as const, lines: [tone('warn', t.field.overdueFoot)] }] }
      : {}),
    hints: first === undefined ? [] : [{ command: `field start ${first.orderId}` }],
  });
};

/** `14:00-15:30`; of an earlier day with its date and a sign, and so where it will begin late. */
const timeCell = ({ start, end, overdue, expectedStart }: VisitSummary, view: View) => {
  const [date = '', from = ''] = view.clock(start).split(' ');
  const [, to = ''] = view.clock(end).split(' ');
  if (overdue) return tone('warn', view.t.field.overdue(`${date} ${from}`));
  const time = `${from}-${to}`;
  return expectedStart === null
    ? time
    : tone('warn', view.t.field.expected(time, view.clock(expectedStart).slice(11)));
};
