import { linesOf } from '../../core/values/lines.ts';
import type { OrderDetails } from '../../core/views/order-details.ts';
import { type Block, type CardRow, cellText, tone } from '../../faces/cli/terminal/blocks.ts';
import type { View } from '../framework/print/view.ts';
import { progressSteps } from './progress.ts';
import { causeText, customerText, lateCell, slotText, stageTone, visitText, waitingText } from './words.ts';

/** MyPage: how far the order is, whom it waits for, and what the customer ordered. Rows without a value are not printed. */
export const orderCard = (order: OrderDetails, view: View): readonly Block[] => [
  { kind: 'card', title: titleOf(order, view), sections: [] },
  { kind: 'progress', steps: progressSteps(order, view.t) },
  { kind: 'card', sections: [{ rows: [...rowsOf(order, view), ...simulatedRow(order, view)] }] },
];

/** No reader may take the simulators for the real network. */
const simulatedRow = ({ simulated }: OrderDetails, { t }: View): readonly CardRow[] =>
  simulated ? [[t.orders.labels.peers, t.orders.simulated]] : [];

const titleOf = ({ orderId, stage }: OrderDetails, { t }: View): string =>
  `${orderId}  ${t.stages.stage[stage]}`;

/** What both the short and the long card say, in this order. */
export const rowsOf = (order: OrderDetails, view: View): readonly CardRow[] => present(allRows(order, view));

/** An empty row would still make the labels wide. */
export const present = (rows: readonly CardRow[]): readonly CardRow[] =>
  rows.filter(([, value]) => cellText(value) !== '');

const allRows = (order: OrderDetails, view: View): readonly CardRow[] => {
  const { t } = view;
  const { labels, ...words } = t.orders;
  const { stage, stageSince, waitingFor, customer, visit, promise, cancel, result } = order;
  const moved = promise !== null && visit?.start !== promise.start;
  return [
    [labels.stage, tone(stageTone(stage), `${t.stages.stage[stage]}, ${words.since(view.time(stageSince))}`)],
    [labels.waitingFor, waitingFor.who === 'nobody' ? '' : waitingText(waitingFor, view)],
    [labels.late, lateCell(order.late, view)],
    ...order.holds.map(
      ({ cause, since }): CardRow => [
        labels.held,
        tone('warn', `${causeText(cause, t)}, ${words.since(view.time(since))}`),
      ],
    ),
    [labels.unproven, order.unproven.length === 0 ? '' : tone('bad', words.unproven(order.unproven))],
    [
      labels.cancelled,
      cancel === null ? '' : `${t.reasons.cancel[cancel.code] ?? cancel.code}, ${view.time(cancel.at)}`,
    ],
    [
      labels.returned,
      order.returnCode === null ? '' : (t.reasons.return[order.returnCode] ?? order.returnCode),
    ],
    [labels.visit, visit === null ? '' : visitText(visit, view)],
    [labels.window, visit?.window === undefined ? '' : slotText(visit.window, view)],
    [labels.promise, promise !== null && moved ? slotText(promise, view) : ''],
    [
      labels.result,
      result === null ? '' : words.result(result.ontSerial, result.rxPowerDbm, result.signedBy ?? ''),
    ],
    [labels.lines, words.lines(linesOf(order))],
    [labels.customer, customerText(customer, view)],
    [labels.address, customer.address ?? ''],
    [labels.placed, view.time(order.placedAt)],
  ];
};
