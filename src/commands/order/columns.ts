import { linesOf } from '../../core/values/lines.ts';
import type { OrderSummary } from '../../core/views/order-summary.ts';
import { type Cell, tone } from '../../faces/cli/terminal/blocks.ts';
import type { ListColumn } from '../framework/print/result.ts';
import type { View } from '../framework/print/view.ts';
import { causeText, dayAndTime, stageTone } from './words.ts';

/** What comes next or what it waits for, as far as a list knows. */
const nextCell = (order: OrderSummary, view: View): Cell => {
  const { visit, calls, holds, stage } = order;
  const { t } = view;
  if (holds.length > 0) return tone('warn', holds.map(({ cause }) => causeText(cause, t)).join('; '));
  if (order.outcome !== null || stage === 'completed') return '';
  if (stage === 'customer-pending') return t.orders.awaited.contact;
  if (calls.nextAt !== null) return t.overview.callAt(view.clock(calls.nextAt));
  if (visit !== null) return t.orders.visitBy(dayAndTime(visit.start, view), visit.technicianId);
  return stage === 'tm-queue' ? t.orders.awaited.assign : '';
};

/** The mark of an order that is too long in its stage. */
export const lateMark = ({ late }: Pick<OrderSummary, 'late'>, { t }: View): Cell =>
  late === null
    ? ''
    : tone(
        late.level === 'critical' ? 'bad' : 'warn',
        `! ${late.what === 'expected' ? t.orders.willBeLateWord : t.orders.lateWord[late.level]}`,
      );

/** The columns of every list of orders. */
export const orderColumns = ({ orders, stages }: View['t']): readonly ListColumn<OrderSummary>[] => {
  const { columns } = orders;
  return [
    { title: columns.order, drop: 0, cell: ({ orderId }) => orderId },
    {
      title: columns.stage,
      drop: 0,
      cell: ({ stage }) => tone(stageTone(stage), stages.stage[stage]),
    },
    { title: columns.since, drop: 0, cell: ({ stageSince }, view) => view.clock(stageSince) },
    { title: columns.late, drop: 1, cell: lateMark },
    { title: columns.next, drop: 2, max: 44, cell: nextCell },
    { title: columns.customer, drop: 4, max: 20, cell: ({ customer }) => customer.name ?? orders.erased },
    { title: columns.phone, drop: 7, cell: ({ customer }) => customer.phone ?? '' },
    { title: columns.area, drop: 3, max: 20, cell: ({ area }) => area ?? '' },
    {
      title: columns.lines,
      drop: 5,
      cell: (order) => orders.lines(linesOf(order)),
    },
    {
      title: columns.priority,
      drop: 8,
      cell: ({ priority }, { t }) => {
        const word = t.schedule.priority[priority];
        return priority === 'urgent' ? tone('bad', word) : priority === 'high' ? tone('warn', word) : '';
      },
    },
  ];
};
